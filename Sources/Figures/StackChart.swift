/// Values of each step on top of each other: what comes in above zero, what goes out below it.
///
/// Each value is a bar as wide as its step and as high as it is large, so the height of a stack is the sum of its values. A black line
/// shows the sum of all values: it lies on zero where what comes in goes out.
public struct StackChart: Figure, Equatable {
    public struct Series: Sendable, Equatable {
        public var name: String
        /// One a step. What is not a number is not drawn.
        public var values: [Double]

        public init(_ name: String, _ values: [Double]) {
            self.name = name
            self.values = values
        }
    }

    public var title: String
    public var x: Axis
    public var y: Axis
    /// Where steps begin, and where the last one ends: one more than there are values.
    public var borders: [Double]
    /// From zero outwards.
    public var series: [Series]
    /// What the sum of all values is called.
    public var sumName: String
    public var shape: FigureShape

    public init(
        title: String, x: Axis, y: Axis, borders: [Double], series: [Series], sumName: String,
        shape: FigureShape = .wide
    ) {
        self.title = title
        self.x = x
        self.y = y
        self.borders = borders
        self.series = series
        self.sumName = sumName
        self.shape = shape
    }

    private var steps: Range<Int> { 0..<max(0, borders.count - 1) }

    private func value(_ series: Series, _ t: Int) -> Double {
        series.values.indices.contains(t) && series.values[t].isFinite ? series.values[t] : 0
    }

    /// Sum of all values of each step.
    public var sums: [Double] { steps.map { t in series.reduce(0) { $0 + value($1, t) } } }

    /// The ends of the stacks: what lies below zero and what lies above it.
    private func ends(_ t: Int) -> (low: Double, high: Double) {
        series.reduce((0, 0)) { ($0.0 + min(0, value($1, t)), $0.1 + max(0, value($1, t))) }
    }

    public func table() -> FigureTable {
        FigureTable(
            header: ["series", x.label, y.label],
            rows: series.flatMap { series in
                zip(borders, series.values).map { [series.name, SVGText.cell($0), SVGText.cell($1)] }
            } + zip(borders, sums).map { [sumName, SVGText.cell($0), SVGText.cell($1)] })
    }

    public func svg() -> String {
        let across = AxisScale(x, values: borders)
        let up = AxisScale(y, values: [0] + steps.flatMap { [ends($0).low, ends($0).high] })
        let sumPaint = Paint(stroke: "#000000", width: 2)
        let legend = Legend(
            series.enumerated().map { .init(name: $1.name, sample: .area(AreaStyle($0))) }
                + [.init(name: sumName, sample: .stroke(sumPaint))], shape: shape)
        let upTicks = up.ticks(atMost: 8)
        let overhang = ChartLayout.widest(across.ticks(along: shape.width)) / 2 + ChartLayout.edge
        let layout = ChartLayout(
            title: title, shape: shape, left: max(ChartLayout.left(upTicks), overhang),
            right: max(legend.roomBeside, overhang), below: 56 + legend.roomBelow, leastHeight: legend.heightBeside)

        var document = SVGDocument(width: layout.width, height: layout.height, title: title, description: description)
        document.heading(layout.titleLines, whole: title)
        document.verticalAxis(up, upTicks, label: y.label, layout.area)
        document.horizontalAxis(across, across.ticks(along: layout.area.width), label: x.label, layout.area)
        draw(across, up, layout.area, in: &document)
        let sum = zip(borders, sums).map { (x: $0, y: $1) } + (borders.last.map { [(x: $0, y: sums.last ?? 0)] } ?? [])
        document.group("sum") { document in
            let line = sum.compactMap { Self.place($0.x, $0.y, across, up, layout.area) }
            for piece in PixelPath.clipped(PixelPath.steps(line), to: layout.area) where piece.count > 1 {
                document.polyline(piece, sumPaint)
            }
        }
        document.frame(layout.area)
        legend.draw(in: &document, layout)
        return document.text
    }

    private func draw(_ across: AxisScale, _ up: AxisScale, _ area: PixelBox, in document: inout SVGDocument) {
        var above = steps.map { _ in 0.0 }
        var below = above
        for (k, series) in series.enumerated() {
            var boxes: [[PixelBox]] = [[], []]
            for t in steps {
                let value = value(series, t)
                guard value != 0 else { continue }
                let from = value > 0 ? above[t] : below[t]
                if value > 0 { above[t] += value } else { below[t] += value }
                guard let start = Self.place(borders[t], from, across, up, area),
                    let end = Self.place(borders[t + 1], from + value, across, up, area)
                else { continue }
                let box = PixelBox(
                    left: max(area.left, min(start.x, end.x)), top: max(area.top, min(start.y, end.y)),
                    right: min(area.right, max(start.x, end.x)), bottom: min(area.bottom, max(start.y, end.y)))
                boxes[value > 0 ? 0 : 1].append(box)
            }
            document.group("stack") { document in
                for boxes in boxes { document.area(boxes, AreaStyle(k)) }
            }
        }
    }

    static func place(_ x: Double, _ y: Double, _ across: AxisScale, _ up: AxisScale, _ area: PixelBox) -> PixelPoint? {
        guard let x = across.fraction(x), let y = up.fraction(y) else { return nil }
        return area.point(across: min(max(x, -1000), 1000), up: min(max(y, -1000), 1000))
    }

    private var description: String {
        let totals = series.map { series in
            let values = series.values.filter(\.isFinite)
            return "\(series.name): \(SVGText.cell(values.min() ?? 0)) to \(SVGText.cell(values.max() ?? 0))"
        }
        return "Stacked bars of \(y.label) over \(x.label), what comes in above zero, what goes out below. "
            + (totals.isEmpty ? "No series." : totals.joined(separator: "; ") + ".")
            + " Largest sum of a step: \(SVGText.cell(sums.map(abs).max() ?? 0))."
    }
}
