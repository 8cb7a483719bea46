import Writing

extension Drawing {
    /// One self-contained SVG document.
    ///
    /// No element has an `id`, so that one page can contain several figures without their names clashing, and there is
    /// neither script nor anything to load. The paper is white whatever page it is shown on, since the inks were chosen
    /// for white.
    public var svg: String {
        let w = SVGText.number(width)
        let h = SVGText.number(height)
        return """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(w) \(h)" width="\(w)" height="\(h)" role="img" \
            font-family="sans-serif" fill="none">
            <title>\(title.escaped(for: .svg))</title>
            <desc>\(description.escaped(for: .svg))</desc>
            <rect class="paper" x="0" y="0" width="\(w)" height="\(h)" fill="#ffffff"/>
            \(elements.map(Self.svg).joined())</svg>

            """
    }

    private static func svg(_ element: Element) -> String {
        switch element {
        case .open(let name): return "<g class=\"\(name.escaped(for: .svg))\">\n"
        case .close: return "</g>\n"
        case .line(let start, let end, let paint):
            let places = [("x1", start.x), ("y1", start.y), ("x2", end.x), ("y2", end.y)]
            return "<line\(attributes(places))\(attributes(paint))/>\n"
        case .polyline(let points, let paint):
            return "<polyline points=\"\(list(points))\"\(attributes(paint)) stroke-linejoin=\"round\"/>\n"
        case .polygon(let points, let paint):
            return "<polygon points=\"\(list(points))\"\(attributes(paint))/>\n"
        case .segments(let lines, let paint):
            let path = lines.map { line in
                "M" + line.map { "\(SVGText.number($0.x)) \(SVGText.number($0.y))" }.joined(separator: "L")
            }
            return "<path d=\"\(path.joined())\"\(attributes(paint))/>\n"
        case .rectangle(let box, let name, let paint):
            let places = [("x", box.left), ("y", box.top), ("width", box.width), ("height", box.height)]
            let label = name.map { " class=\"\($0.escaped(for: .svg))\"" } ?? ""
            return "<rect\(label)\(attributes(places))\(attributes(paint))/>\n"
        case .circle(let middle, let radius, let paint):
            let places = [("cx", middle.x), ("cy", middle.y), ("r", radius)]
            return "<circle\(attributes(places))\(attributes(paint))/>\n"
        case .text(let label): return svg(label)
        }
    }

    private static func svg(_ label: Label) -> String {
        let (x, y) = (label.place.x, label.place.y)
        let places = attributes([("x", x), ("y", y), ("font-size", label.size)])
        let numbers = [label.turn, x, y].map(SVGText.number).joined(separator: " ")
        let rotation = label.turn == 0 ? "" : " transform=\"rotate(\(numbers))\""
        let hint =
            label.whole.flatMap { $0 == label.string ? nil : "<title>\($0.escaped(for: .svg))</title>" } ?? ""
        return "<text\(places) text-anchor=\"\(label.anchor.rawValue)\"\(rotation) fill=\"\(Ink.text)\">"
            + hint + label.string.escaped(for: .svg) + "</text>\n"
    }

    private static func attributes(_ places: [(String, Double)]) -> String {
        places.map { " \($0.0)=\"\(SVGText.number($0.1))\"" }.joined()
    }

    private static func attributes(_ paint: Paint) -> String {
        var result = ""
        if let fill = paint.fill { result += " fill=\"\(fill)\"" }
        if let stroke = paint.stroke {
            result += " stroke=\"\(stroke)\" stroke-width=\"\(SVGText.number(paint.width))\""
        }
        if !paint.dash.isEmpty {
            result += " stroke-dasharray=\"\(paint.dash.map(SVGText.number).joined(separator: " "))\""
        }
        if paint.opacity < 1 { result += " opacity=\"\(SVGText.number(paint.opacity))\"" }
        return result
    }

    private static func list(_ points: [PixelPoint]) -> String {
        points.map { "\(SVGText.number($0.x)),\(SVGText.number($0.y))" }.joined(separator: " ")
    }
}
