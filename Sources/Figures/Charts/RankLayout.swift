import Writing

/// Where the parts of a critical-difference diagram are. From the top: title, ruler of the critical difference, axis,
/// bars, names.
struct RankLayout {
    private static let rowHeight = 22.0
    private static let barHeight = 9.0

    private let diagram: CriticalDifferenceDiagram
    private let ranked: [CriticalDifferenceDiagram.Entry]
    /// The half with names on the left, worst first, and the half with names on the right, best first: from the outside
    /// inwards, so that no leader crosses another.
    private let worse: [CriticalDifferenceDiagram.Entry]
    private let better: ArraySlice<CriticalDifferenceDiagram.Entry>
    private let titleLines: [String]
    private let scale: AxisScale
    /// The axis is the upper side of this box, the names are in its lower part.
    private let area: PixelBox
    private let bars: [(left: Double, right: Double, row: Int)]
    private let firstName: Double
    let height: Double

    init(_ diagram: CriticalDifferenceDiagram) {
        self.diagram = diagram
        ranked = diagram.ranked
        worse = ranked.suffix(ranked.count / 2).reversed()
        better = ranked.dropLast(ranked.count / 2)
        titleLines = ChartLayout.titleLines(diagram.title, width: diagram.shape.width)
        let ranks = ranked.map(\.meanRank)
        let ends = [1, Double(max(ranked.count, 2))] + ranks
        scale = AxisScale(Axis("", range: (ends.min() ?? 1)...(ends.max() ?? 2)), values: [])

        func margin(_ entries: some Sequence<CriticalDifferenceDiagram.Entry>) -> Double {
            ChartLayout.edge + max(entries.map { TextMeasure.width(Self.label($0)) }.max() ?? 0, 60) + 24
        }
        let top = ChartLayout.top(titleLines) + 58
        let across = (left: margin(worse), right: diagram.shape.width - margin(better))
        let scale = scale
        func place(_ rank: Double) -> Double { Self.place(rank, scale, across.left, across.right) }

        // Bars reach a little past their ends, so that one that joins equal ranks can be seen.
        let stretches = diagram.groups.map {
            (left: place(ranks[$0.upperBound]) - 5, right: place(ranks[$0.lowerBound]) + 5)
        }
        let rows = CriticalDifferenceGroups.rows(stretches, gap: 6)
        bars = zip(stretches, rows).map { ($0.left, $0.right, $1) }
        let barRows = Double((rows.max() ?? -1) + 1)
        firstName = top + 14 + barRows * Self.barHeight + Self.rowHeight / 2
        height = firstName + Double(max(better.count, 1)) * Self.rowHeight
        area = PixelBox(left: across.left, top: top, right: across.right, bottom: height)
    }

    func draw(in document: inout Drawing) {
        document.heading(titleLines, whole: diagram.title)
        drawAxis(in: &document)
        document.group("names") { document in
            for (row, entry) in worse.enumerated() { draw(entry, row, left: true, in: &document) }
            for (row, entry) in better.enumerated() { draw(entry, row, left: false, in: &document) }
        }
        document.group("bars") { document in
            for bar in bars {
                let y = area.top + 12 + Double(bar.row) * Self.barHeight
                document.line(
                    from: PixelPoint(x: bar.left, y: y), to: PixelPoint(x: bar.right, y: y),
                    Paint(stroke: Ink.text, width: 4))
            }
        }
        drawRuler(in: &document)
    }

    private func drawAxis(in document: inout Drawing) {
        document.group("axis x") { document in
            let y = area.top
            document.line(
                from: PixelPoint(x: area.left, y: y), to: PixelPoint(x: area.right, y: y),
                Paint(stroke: Ink.text, width: 1.4))
            for rank in wholeRanks {
                let x = Self.place(rank, scale, area.left, area.right)
                document.line(from: PixelPoint(x: x, y: y - 3), to: PixelPoint(x: x, y: y), Paint(stroke: Ink.text))
            }
            for tick in scale.ticks(along: area.width) {
                let x = area.right - tick.fraction * area.width
                document.line(from: PixelPoint(x: x, y: y - 6), to: PixelPoint(x: x, y: y), Paint(stroke: Ink.text))
                document.text(tick.label, at: PixelPoint(x: x, y: y - 10), anchor: .middle)
            }
        }
    }

    /// Small marks at integer ranks, if there is room between them.
    private var wholeRanks: [Double] {
        guard area.width / (scale.high - scale.low) >= 6 else { return [] }
        return Array(stride(from: scale.low.rounded(.up), through: scale.high, by: 1))
    }

    /// The critical difference to scale, at the left end of the axis; one longer than the axis is drawn as long as the
    /// axis.
    private func drawRuler(in document: inout Drawing) {
        guard diagram.criticalDifference > 0 else { return }
        let share = min(diagram.criticalDifference / (scale.high - scale.low), 1)
        let y = area.top - 34
        let ends = (PixelPoint(x: area.left, y: y), PixelPoint(x: area.left + share * area.width, y: y))
        document.group("ruler") { document in
            document.line(from: ends.0, to: ends.1, Paint(stroke: Ink.text, width: 1.4))
            for end in [ends.0, ends.1] {
                document.line(
                    from: PixelPoint(x: end.x, y: y - 5), to: PixelPoint(x: end.x, y: y + 5), Paint(stroke: Ink.text))
            }
            let text = "critical difference " + SVGText.twoDecimals(diagram.criticalDifference)
            document.text(text, at: PixelPoint(x: ends.0.x, y: y - 9))
        }
    }

    private func draw(
        _ entry: CriticalDifferenceDiagram.Entry, _ row: Int, left: Bool, in document: inout Drawing
    ) {
        let x = Self.place(entry.meanRank, scale, area.left, area.right)
        let y = firstName + Double(row) * Self.rowHeight
        let side = left ? area.left - 18 : area.right + 18
        let corner = [PixelPoint(x: x, y: area.top), PixelPoint(x: x, y: y), PixelPoint(x: side, y: y)]
        document.polyline(corner, Paint(stroke: Ink.axis))
        let place = PixelPoint(x: left ? side - 6 : side + 6, y: y + 4)
        document.text(
            Self.label(entry), at: place, anchor: left ? .end : .start,
            whole: "\(entry.name) (\(NumberText.csv(entry.meanRank)))")
    }

    /// The name and its rank, the name shortened if it has to be.
    private static func label(_ entry: CriticalDifferenceDiagram.Entry) -> String {
        TextMeasure.shortened(entry.name, to: ChartLayout.longestLabel) + " (" + SVGText.twoDecimals(entry.meanRank)
            + ")"
    }

    /// Ranks run from right to left.
    private static func place(_ rank: Double, _ scale: AxisScale, _ left: Double, _ right: Double) -> Double {
        right - (scale.fraction(rank) ?? 0) * (right - left)
    }
}
