/// Names of the series, each with a sample of its style: beside the frame, one below the other, or below it in columns,
/// so that they never cover data.
struct Legend {
    enum Sample: Equatable {
        case line(SeriesStyle)
        case marker(SeriesStyle)
        case area(AreaStyle)
        case stroke(Paint)
    }
    struct Entry: Equatable {
        let name: String
        let sample: Sample
    }

    static let rowHeight = 20.0
    private static let gap = 16.0
    private static let longest = 42.0

    let entries: [Entry]
    private let shape: FigureShape
    private let sampleWidth: Double
    private let columns: Int
    /// Longer names are shortened: below the data they may take the whole width.
    private let longestName: Double

    init(_ entries: [Entry], shape: FigureShape) {
        self.entries = entries
        self.shape = shape
        let hasLines = entries.contains {
            switch $0.sample {
            case .line, .stroke: true
            case .marker, .area: false
            }
        }
        sampleWidth = hasLines ? Self.longest : 18
        longestName =
            shape.hasLegendBelow
            ? shape.width - 3 * ChartLayout.edge - sampleWidth - 8 : ChartLayout.longestLabel
        let column = sampleWidth + 8 + Self.widest(entries, longestName) + ChartLayout.edge
        columns = max(1, Int((shape.width - 2 * ChartLayout.edge) / column))
    }

    private static func widest(_ entries: [Entry], _ longest: Double) -> Double {
        entries.map { min(TextMeasure.width($0.name), longest) }.max() ?? 0
    }

    private var rows: Int { (entries.count + columns - 1) / columns }

    var roomBeside: Double {
        guard !entries.isEmpty, !shape.hasLegendBelow else { return 0 }
        return Self.gap + sampleWidth + 8 + Self.widest(entries, longestName) + ChartLayout.edge
    }

    var heightBeside: Double { shape.hasLegendBelow ? 0 : Self.rowHeight * Double(entries.count) }

    var roomBelow: Double {
        guard !entries.isEmpty, shape.hasLegendBelow else { return 0 }
        return 8 + Self.rowHeight * Double(rows)
    }

    func draw(in document: inout Drawing, _ layout: ChartLayout) {
        guard !entries.isEmpty else { return }
        document.group("legend") { document in
            for (i, entry) in entries.enumerated() {
                let left = place(i, layout)
                draw(entry.sample, at: left, in: &document)
                let text = PixelPoint(x: left.x + sampleWidth + 8, y: left.y + 4)
                document.text(
                    TextMeasure.shortened(entry.name, to: longestName), at: text, whole: entry.name)
            }
        }
    }

    /// Left end of a sample, at half the height of its row.
    private func place(_ i: Int, _ layout: ChartLayout) -> PixelPoint {
        guard shape.hasLegendBelow else {
            return PixelPoint(
                x: layout.area.right + Self.gap, y: layout.area.top + Self.rowHeight * (Double(i) + 0.5))
        }
        let width = (layout.width - 2 * ChartLayout.edge) / Double(columns)
        return PixelPoint(
            x: ChartLayout.edge + width * Double(i % columns),
            y: layout.height - Self.rowHeight * (Double(rows - i / columns) - 0.5) - 4)
    }

    private func draw(_ sample: Sample, at left: PixelPoint, in document: inout Drawing) {
        let right = PixelPoint(x: left.x + sampleWidth, y: left.y)
        let middle = PixelPoint(x: left.x + sampleWidth / 2, y: left.y)
        switch sample {
        case .line(let style):
            document.line(from: left, to: right, style.line)
            document.marker(style, at: middle)
        case .marker(let style): document.marker(style, at: middle)
        case .stroke(let paint): document.line(from: left, to: right, paint)
        case .area(let style):
            let box = PixelBox(left: left.x, top: left.y - 7, right: right.x, bottom: left.y + 7)
            document.area([box], style)
        }
    }
}
