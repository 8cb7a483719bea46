import Writing

/// Five numbers of each category side by side, such as the spread of the results of algorithms.
public struct BoxPlot: Figure, Equatable {
    public struct Category: Sendable, Equatable {
        public var name: String
        public var minimum: Double
        public var lowerQuartile: Double
        public var median: Double
        public var upperQuartile: Double
        public var maximum: Double

        public init(
            _ name: String, minimum: Double, lowerQuartile: Double, median: Double, upperQuartile: Double,
            maximum: Double
        ) {
            self.name = name
            self.minimum = minimum
            self.lowerQuartile = lowerQuartile
            self.median = median
            self.upperQuartile = upperQuartile
            self.maximum = maximum
        }

        var numbers: [Double] { [minimum, lowerQuartile, median, upperQuartile, maximum] }
    }

    public var title: String
    /// The kind of category: `algorithm`.
    public var label: String
    public var y: Axis
    /// From left to right. A category one of whose numbers is not a number keeps its position and shows no box; an
    /// infinite whisker runs to the end of the axis and has no cap.
    public var categories: [Category]
    public var shape: FigureShape

    public init(
        title: String, label: String = "", y: Axis, categories: [Category], shape: FigureShape = .wide
    ) {
        self.title = title
        self.label = label
        self.y = y
        self.categories = categories
        self.shape = shape
    }

    public func table() -> FigureTable {
        FigureTable(
            header: [label.isEmpty ? "category" : label]
                + ["minimum", "lower quartile", "median", "upper quartile", "maximum"],
            rows: categories.map { [$0.name] + $0.numbers.map(NumberText.csv) })
    }

    public func drawing() -> Drawing {
        let up = AxisScale(y, values: categories.flatMap(\.numbers))
        let ticks = up.ticks(atMost: 8)
        let labels = CategoryLabels(
            names: categories.map(\.name), left: ChartLayout.left(ticks, title: y.label, shape), shape: shape)
        let layout = ChartLayout(
            title: title, shape: shape, width: labels.width, left: labels.left, right: CategoryLabels.right,
            below: labels.depth + (label.isEmpty ? 10 : 32), across: label,
            leastHeight: shape.hasLegendBelow ? 0 : 260)

        var document = Drawing(width: layout.width, height: layout.height, title: title, description: description)
        document.heading(layout.titleLines, whole: title)
        document.verticalAxis(up, ticks, label: y.label, shape, layout.area)
        document.group("axis x") { document in
            labels.draw(in: &document, below: layout.area)
            document.labelBelow(
                layout.acrossLines, layout.area,
                at: layout.height - 12 - ChartLayout.room(layout.acrossLines))
        }
        document.group("boxes") { document in
            for (i, category) in categories.enumerated() {
                draw(category, middle: labels.middle(i), slot: labels.slot, up, layout.area, in: &document)
            }
        }
        document.frame(layout.area)
        return document
    }

    private func draw(
        _ category: Category, middle: Double, slot: Double, _ up: AxisScale, _ area: PixelBox,
        in document: inout Drawing
    ) {
        guard !category.numbers.contains(where: \.isNaN) else { return }
        let heights = category.numbers.map { number in
            let fraction = up.fraction(number) ?? (number > 0 ? 1 : 0)
            return area.point(across: 0, up: min(max(fraction, 0), 1)).y
        }
        func isShown(_ number: Double) -> Bool { up.fraction(number).map { (0...1).contains($0) } ?? false }
        let half = min(slot * 0.3, 28)
        func horizontal(_ height: Double, _ half: Double, _ width: Double) {
            let ends = (PixelPoint(x: middle - half, y: height), PixelPoint(x: middle + half, y: height))
            document.line(from: ends.0, to: ends.1, Paint(stroke: Ink.text, width: width))
        }
        for (tip, hinge, value) in [(0, 1, category.minimum), (4, 3, category.maximum)] {
            document.line(
                from: PixelPoint(x: middle, y: heights[tip]), to: PixelPoint(x: middle, y: heights[hinge]),
                Paint(stroke: Ink.text, width: 1.2))
            if isShown(value) { horizontal(heights[tip], half / 2, 1.2) }
        }
        let box = PixelBox(
            left: middle - half, top: min(heights[1], heights[3]), right: middle + half,
            bottom: max(heights[1], heights[3]))
        document.rectangle(box, name: "box", Paint(stroke: Ink.text, width: 1.2, fill: "#88CCEE"))
        if isShown(category.median) { horizontal(heights[2], half, 3) }
    }

    private var description: String {
        let medians = categories.map { "\($0.name): median \(NumberText.csv($0.median))" }
        return "Box plot of \(y.label) (\(y.scale.rawValue)), from minimum over quartiles and median to maximum. "
            + (medians.isEmpty ? "No categories." : medians.joined(separator: "; ") + ".")
    }
}
