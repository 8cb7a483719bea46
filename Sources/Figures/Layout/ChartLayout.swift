/// Where the parts of a chart are: title on top, labels left and below, the frame of the data in what is left.
struct ChartLayout {
    static let edge = 10.0
    static let longestLabel = 180.0

    /// From one line of an axis's title to the next.
    static let titleLine = 16.0

    let titleLines: [String]
    /// The title of the horizontal axis.
    let acrossLines: [String]
    let area: PixelBox
    let width: Double
    let height: Double

    /// - Parameters:
    ///   - width: of the picture, if it is more than the shape's.
    ///   - left: the room for what is left of the frame.
    ///   - right: the room for what is right of it, such as the legend.
    ///   - below: the room for what is below it, one line of an axis's title included.
    ///   - across: the title of the horizontal axis, which takes as many lines as it needs.
    ///   - leastHeight: the least height of the frame.
    init(
        title: String, shape: FigureShape, width: Double? = nil, left: Double, right: Double, below: Double,
        across: String = "", leastHeight: Double
    ) {
        let width = width ?? shape.width
        titleLines = Self.titleLines(title, width: width)
        acrossLines = Self.axisTitle(across, to: width - left - right)
        let top = Self.top(titleLines)
        let below = below + Self.room(acrossLines)
        self.width = width
        height = max(shape.height, top + max(leastHeight, shape.leastFrame) + below)
        area = PixelBox(left: left, top: top, right: width - right, bottom: height - below)
    }

    /// A title beside an axis, in lines.
    static func axisTitle(_ title: String, to length: Double) -> [String] {
        TextMeasure.wrapped(title, to: length, lines: 4, size: TextMeasure.medium)
    }

    /// What more than one line of an axis's title takes.
    static func room(_ lines: [String]) -> Double { titleLine * Double(max(0, lines.count - 1)) }

    static func titleLines(_ title: String, width: Double) -> [String] {
        TextMeasure.wrapped(title, to: width - 2 * edge, lines: 2, size: TextMeasure.large)
    }

    static func top(_ titleLines: [String]) -> Double { 18 + 22 * Double(titleLines.count) }

    /// The room left of the frame: the label of the axis on its side, then the labels of the ticks.
    static func left(_ ticks: [Tick], title: String, _ shape: FigureShape) -> Double {
        edge + 26 + room(axisTitle(title, to: shape.longestUpTitle)) + widest(ticks) + 8
    }

    static func widest(_ ticks: [Tick]) -> Double { ticks.map { TextMeasure.width($0.label) }.max() ?? 0 }
}

extension Drawing {
    mutating func heading(_ lines: [String], whole: String) {
        group("title") { document in
            for (i, line) in lines.enumerated() {
                let place = PixelPoint(x: document.width / 2, y: 26 + 22 * Double(i))
                document.text(
                    line, at: place, size: TextMeasure.large, anchor: .middle, whole: lines.count == 1 ? whole : nil)
            }
        }
    }

    mutating func verticalAxis(
        _ scale: AxisScale, _ ticks: [Tick], label: String, _ shape: FigureShape, _ area: PixelBox
    ) {
        group("axis y") { document in
            for tick in ticks {
                let place = area.point(across: 0, up: tick.fraction)
                document.line(from: place, to: area.point(across: 1, up: tick.fraction), Paint(stroke: Ink.grid))
                document.line(from: PixelPoint(x: place.x - 5, y: place.y), to: place, Paint(stroke: Ink.axis))
                let text = PixelPoint(x: place.x - 8, y: place.y + 4)
                document.text(tick.label, at: text, anchor: .end)
            }
            for fraction in scale.fractionsBetween {
                let place = area.point(across: 0, up: fraction)
                document.line(
                    from: PixelPoint(x: place.x - 3, y: place.y), to: place, Paint(stroke: Ink.axis, width: 0.6))
            }
            for (k, line) in ChartLayout.axisTitle(label, to: shape.longestUpTitle).enumerated() {
                let place = PixelPoint(
                    x: ChartLayout.edge + 12 + ChartLayout.titleLine * Double(k), y: area.middle.y)
                document.text(line, at: place, size: TextMeasure.medium, anchor: .middle, turn: -90)
            }
        }
    }

    mutating func horizontalAxis(_ scale: AxisScale, _ ticks: [Tick], title: [String], _ area: PixelBox) {
        group("axis x") { document in
            for tick in ticks {
                let place = area.point(across: tick.fraction, up: 0)
                document.line(from: place, to: area.point(across: tick.fraction, up: 1), Paint(stroke: Ink.grid))
                document.line(from: place, to: PixelPoint(x: place.x, y: place.y + 5), Paint(stroke: Ink.axis))
                document.text(tick.label, at: PixelPoint(x: place.x, y: place.y + 19), anchor: .middle)
            }
            for fraction in scale.fractionsBetween {
                let place = area.point(across: fraction, up: 0)
                document.line(
                    from: place, to: PixelPoint(x: place.x, y: place.y + 3), Paint(stroke: Ink.axis, width: 0.6))
            }
            document.labelBelow(title, area, at: area.bottom + 42)
        }
    }

    /// - Parameter baseline: of the first line.
    mutating func labelBelow(_ lines: [String], _ area: PixelBox, at baseline: Double) {
        for (k, line) in lines.enumerated() {
            let place = PixelPoint(x: area.middle.x, y: baseline + ChartLayout.titleLine * Double(k))
            text(line, at: place, size: TextMeasure.medium, anchor: .middle)
        }
    }

    mutating func frame(_ area: PixelBox) {
        rectangle(area, name: "plot", Paint(stroke: Ink.axis))
    }
}
