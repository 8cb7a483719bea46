/// Names of series right of the frame, one below the other, so that they never lie on data.
struct Legend {
    static let rowHeight = 20.0
    private static let sample = 42.0
    private static let gap = 16.0

    let names: [String]

    var width: Double {
        guard !names.isEmpty else { return 0 }
        let widest = names.map { min(TextMeasure.width($0), ChartLayout.longestLabel) }.max() ?? 0
        return Self.gap + Self.sample + 8 + widest + ChartLayout.edge
    }

    var height: Double { Self.rowHeight * Double(names.count) }

    func draw(in document: inout SVGDocument, beside area: PixelBox) {
        guard !names.isEmpty else { return }
        document.group("legend") { document in
            for (i, name) in names.enumerated() {
                let style = SeriesStyle(i)
                let left = PixelPoint(x: area.right + Self.gap, y: area.top + Self.rowHeight * (Double(i) + 0.5))
                document.line(from: left, to: PixelPoint(x: left.x + Self.sample, y: left.y), style.line)
                document.marker(style, at: PixelPoint(x: left.x + Self.sample / 2, y: left.y))
                let place = PixelPoint(x: left.x + Self.sample + 8, y: left.y + 4)
                document.text(TextMeasure.shortened(name, to: ChartLayout.longestLabel), at: place, whole: name)
            }
        }
    }
}
