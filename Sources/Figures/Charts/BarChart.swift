import Writing

/// Bars of several series side by side, group by group, such as what each party pays before and after.
///
/// ```swift
/// BarChart(
///     title: "Costs", y: Axis("cost [CNY]"), groups: ["mill", "homes"],
///     series: [.init("alone", [80, 60]), .init("together", [65, 55])]
/// ).svg()
/// ```
public struct BarChart: Figure, Equatable {
    public struct Series: Sendable, Equatable {
        public var name: String
        /// One value per group. A value that is not a number is not drawn.
        public var values: [Double]

        public init(_ name: String, _ values: [Double]) {
            self.name = name
            self.values = values
        }
    }

    public var title: String
    public var y: Axis
    /// From left to right.
    public var groups: [String]
    public var series: [Series]
    public var shape: FigureShape

    public init(title: String, y: Axis, groups: [String], series: [Series], shape: FigureShape = .column) {
        self.title = title
        self.y = y
        self.groups = groups
        self.series = series
        self.shape = shape
    }

    private static let widest = 60.0

    private func value(_ series: Series, _ group: Int) -> Double? {
        series.values.indices.contains(group) && series.values[group].isFinite ? series.values[group] : nil
    }

    public func table() -> FigureTable {
        FigureTable(
            header: ["group", "series", y.label],
            rows: groups.enumerated().flatMap { k, group in
                series.map { [group, $0.name, value($0, k).map(NumberText.csv) ?? ""] }
            })
    }

    public func drawing() -> Drawing {
        let up = AxisScale(y, values: [0] + groups.indices.flatMap { k in series.compactMap { value($0, k) } })
        let ticks = up.ticks(atMost: 8)
        let labels = CategoryLabels(names: groups, left: ChartLayout.left(ticks, title: y.label, shape), shape: shape)
        let legend = Legend(
            series.count > 1 ? series.enumerated().map { .init(name: $1.name, sample: .area(AreaStyle($0))) } : [],
            shape: shape)
        let layout = ChartLayout(
            title: title, shape: shape, width: labels.width, left: labels.left, right: CategoryLabels.right,
            below: labels.depth + 10 + legend.roomBelow, leastHeight: 0)

        var document = Drawing(width: layout.width, height: layout.height, title: title, description: description)
        document.heading(layout.titleLines, whole: title)
        document.verticalAxis(up, ticks, label: y.label, shape, layout.area)
        document.group("axis x") { document in labels.draw(in: &document, below: layout.area) }
        let width = min(labels.slot * 0.8 / Double(max(1, series.count)), Self.widest)
        for (k, series) in series.enumerated() {
            let boxes = groups.indices.compactMap { group -> PixelBox? in
                guard let value = value(series, group), value != 0 else { return nil }
                let left = labels.middle(group) + width * (Double(k) - Double(self.series.count) / 2)
                let ends = [0, value].map { layout.area.point(across: 0, up: min(max(up.fraction($0) ?? 0, 0), 1)).y }
                return PixelBox(
                    left: left, top: min(ends[0], ends[1]), right: left + width, bottom: max(ends[0], ends[1]))
            }
            document.group("bars") { document in document.area(boxes, AreaStyle(k)) }
        }
        if let zero = up.fraction(0), (0...1).contains(zero) {
            let height = layout.area.point(across: 0, up: zero).y
            document.line(
                from: PixelPoint(x: layout.area.left, y: height), to: PixelPoint(x: layout.area.right, y: height),
                Paint(stroke: Ink.axis))
        }
        document.frame(layout.area)
        legend.draw(in: &document, layout)
        return document
    }

    private var description: String {
        let texts = groups.enumerated().map { k, group in
            let values = series.map { "\($0.name) \(value($0, k).map(NumberText.csv) ?? "no value")" }
            return "\(group): \(values.joined(separator: ", "))"
        }
        return "Bars of \(y.label). " + (texts.isEmpty ? "No groups." : texts.joined(separator: "; ") + ".")
    }
}
