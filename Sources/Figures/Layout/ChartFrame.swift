/// The frame of a chart of numbers over numbers: its two axes, title and legend, and the position of a value in it.
struct ChartFrame {
    let across: AxisScale
    let up: AxisScale
    private let legend: Legend
    private let layout: ChartLayout
    private let upTicks: [Tick]
    private let upTitle: String
    private let shape: FigureShape

    var area: PixelBox { layout.area }

    /// - Parameters:
    ///   - x: the title of the horizontal axis.
    ///   - y: that of the vertical one.
    init(
        title: String, across: AxisScale, up: AxisScale, x: String, y: String, legend: Legend, shape: FigureShape
    ) {
        upTitle = y
        self.shape = shape
        self.across = across
        self.up = up
        self.legend = legend
        upTicks = up.ticks(atMost: 8)
        // The labels at the ends of the horizontal axis reach past the frame by half their width.
        let overhang = ChartLayout.widest(across.ticks(along: shape.width)) / 2 + ChartLayout.edge
        layout = ChartLayout(
            title: title, shape: shape, left: max(ChartLayout.left(upTicks, title: y, shape), overhang),
            right: max(legend.roomBeside, overhang), below: 56 + legend.roomBelow, across: x,
            leastHeight: legend.heightBeside)
    }

    /// The picture with title and axes; the frame and the legend are drawn on top of the content.
    func drawing(title: String, description: String, drawing: (inout Drawing) -> Void) -> Drawing {
        var document = Drawing(width: layout.width, height: layout.height, title: title, description: description)
        document.heading(layout.titleLines, whole: title)
        document.verticalAxis(up, upTicks, label: upTitle, shape, area)
        document.horizontalAxis(across, across.ticks(along: area.width), title: layout.acrossLines, area)
        drawing(&document)
        document.frame(area)
        legend.draw(in: &document, layout)
        return document
    }

    /// The position of a value, at most a thousand frame sizes outside the frame; nil if its axis cannot show it.
    func place(_ x: Double, _ y: Double) -> PixelPoint? {
        guard let x = across.fraction(x), let y = up.fraction(y) else { return nil }
        return area.point(across: min(max(x, -1000), 1000), up: min(max(y, -1000), 1000))
    }
}
