import Writing

/// Values of each step on top of each other: inflows above zero, outflows below it.
///
/// Each value is a bar as wide as its step and as high as it is large, so the height of a stack is the sum of its
/// values. A black line shows the sum of all values: it is zero where inflows equal outflows.
public struct StackChart: LookedFigure, Equatable {
    public struct Series: Sendable, Equatable {
        public var name: String
        /// One value per time step. A value that is not a number is not drawn.
        public var values: [Double]

        /// Whose colour it has.
        public var owner: SeriesOwner?

        public init(_ name: String, _ values: [Double], owner: SeriesOwner? = nil) {
            self.name = name
            self.values = values
            self.owner = owner
        }
    }

    public var title: String
    public var x: Axis
    public var y: Axis
    /// Where steps begin, and where the last one ends: one more than there are values.
    public var borders: [Double]
    /// From zero outwards.
    public var series: [Series]
    /// The name of the sum of all values.
    public var sumName: String
    public var shape: FigureShape
    var looks = SeriesLooks()

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

    /// The ends of the stacks: the sums below zero and above it.
    private func ends(_ t: Int) -> (low: Double, high: Double) {
        series.reduce((0, 0)) { ($0.0 + min(0, value($1, t)), $0.1 + max(0, value($1, t))) }
    }

    public func table() -> FigureTable {
        FigureTable(
            header: ["series", x.label, y.label],
            rows: series.flatMap { series in
                zip(borders, series.values).map { [series.name, NumberText.csv($0), NumberText.csv($1)] }
            } + zip(borders, sums).map { [sumName, NumberText.csv($0), NumberText.csv($1)] })
    }

    public func drawing() -> Drawing {
        let across = AxisScale(x, values: borders)
        let up = AxisScale(y, values: [0] + steps.flatMap { [ends($0).low, ends($0).high] })
        let sumPaint = Paint(stroke: "#000000", width: 2)
        let legend = Legend(
            series.enumerated().map { .init(name: $1.name, sample: .area(looks.area($0))) }
                + [.init(name: sumName, sample: .stroke(sumPaint))], shape: shape)
        let frame = ChartFrame(
            title: title, across: across, up: up, x: x.label, y: y.label, legend: legend, shape: shape)
        return frame.drawing(title: title, description: description) { document in
            drawStacks(in: frame, &document)
            let sum =
                zip(borders, sums).map { (x: $0, y: $1) } + (borders.last.map { [(x: $0, y: sums.last ?? 0)] } ?? [])
            document.group("sum") { document in
                let line = sum.compactMap { frame.place($0.x, $0.y) }
                for piece in PixelPath.clipped(PixelPath.steps(line), to: frame.area) where piece.count > 1 {
                    document.polyline(piece, sumPaint)
                }
            }
        }
    }

    private func drawStacks(in frame: ChartFrame, _ document: inout Drawing) {
        let area = frame.area
        var above = steps.map { _ in 0.0 }
        var below = above
        for (k, series) in series.enumerated() {
            var boxes: [[PixelBox]] = [[], []]
            for t in steps {
                let value = value(series, t)
                guard value != 0 else { continue }
                let from = value > 0 ? above[t] : below[t]
                if value > 0 { above[t] += value } else { below[t] += value }
                guard let start = frame.place(borders[t], from),
                    let end = frame.place(borders[t + 1], from + value)
                else { continue }
                let box = PixelBox(
                    left: max(area.left, min(start.x, end.x)), top: max(area.top, min(start.y, end.y)),
                    right: min(area.right, max(start.x, end.x)), bottom: min(area.bottom, max(start.y, end.y)))
                boxes[value > 0 ? 0 : 1].append(box)
            }
            document.group("stack") { document in
                for boxes in boxes { document.area(boxes, looks.area(k)) }
            }
        }
    }

    public var owners: [SeriesOwner?] { series.map(\.owner) }

    private var description: String {
        let totals = series.map { series in
            let values = series.values.filter(\.isFinite)
            return "\(series.name): \(NumberText.csv(values.min() ?? 0)) to \(NumberText.csv(values.max() ?? 0))"
        }
        return "Stacked bars of \(y.label) over \(x.label), what comes in above zero, what goes out below. "
            + (totals.isEmpty ? "No series." : totals.joined(separator: "; ") + ".")
            + " Largest sum of a step: \(NumberText.csv(sums.map(abs).max() ?? 0))."
    }
}
