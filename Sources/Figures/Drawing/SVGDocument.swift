import Writing

/// How a shape is painted. Without a stroke there is no outline, without a fill it is hollow.
struct Paint: Equatable {
    var stroke: String?
    var width = 1.0
    /// Lengths of dash and gap in turn; empty for an unbroken line.
    var dash: [Double] = []
    var opacity = 1.0
    var fill: String?
}

enum TextAnchor: String { case start, middle, end }

/// A picture under construction: shapes are written in the order in which they are drawn.
///
/// No element has an `id`, so that one page can contain several figures without their names clashing, and there is
/// neither script nor anything to load.
struct SVGDocument {
    let width: Double
    let height: Double
    private let title: String
    private let description: String
    private var body = ""
    private var openGroups = 0

    init(width: Double, height: Double, title: String, description: String) {
        self.width = width
        self.height = height
        self.title = title
        self.description = description
    }

    /// The whole document. The paper is white whatever page it is shown on, since the inks were chosen for white.
    var text: String {
        let w = SVGText.number(width)
        let h = SVGText.number(height)
        return """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(w) \(h)" width="\(w)" height="\(h)" role="img" \
            font-family="sans-serif" fill="none">
            <title>\(title.escaped(for: .svg))</title>
            <desc>\(description.escaped(for: .svg))</desc>
            <rect class="paper" x="0" y="0" width="\(w)" height="\(h)" fill="#ffffff"/>
            \(body)\(String(repeating: "</g>\n", count: openGroups))</svg>

            """
    }

    /// Puts what `content` draws into one group with a class, by which a style sheet or a test can find it.
    mutating func group(_ name: String, _ content: (inout SVGDocument) -> Void) {
        body += "<g class=\"\(name.escaped(for: .svg))\">\n"
        openGroups += 1
        content(&self)
        openGroups -= 1
        body += "</g>\n"
    }

    mutating func line(from start: PixelPoint, to end: PixelPoint, _ paint: Paint) {
        let places = [("x1", start.x), ("y1", start.y), ("x2", end.x), ("y2", end.y)]
        body += "<line\(Self.attributes(places))\(Self.attributes(paint))/>\n"
    }

    mutating func polyline(_ points: [PixelPoint], _ paint: Paint) {
        body += "<polyline points=\"\(Self.list(points))\"\(Self.attributes(paint)) stroke-linejoin=\"round\"/>\n"
    }

    mutating func polygon(_ points: [PixelPoint], _ paint: Paint) {
        body += "<polygon points=\"\(Self.list(points))\"\(Self.attributes(paint))/>\n"
    }

    /// Many short lines as one shape.
    mutating func segments(_ lines: [[PixelPoint]], _ paint: Paint) {
        let path = lines.map { line in
            "M" + line.map { "\(SVGText.number($0.x)) \(SVGText.number($0.y))" }.joined(separator: "L")
        }
        body += "<path d=\"\(path.joined())\"\(Self.attributes(paint))/>\n"
    }

    mutating func rectangle(_ box: PixelBox, name: String? = nil, _ paint: Paint) {
        let places = [("x", box.left), ("y", box.top), ("width", box.width), ("height", box.height)]
        let label = name.map { " class=\"\($0.escaped(for: .svg))\"" } ?? ""
        body += "<rect\(label)\(Self.attributes(places))\(Self.attributes(paint))/>\n"
    }

    mutating func circle(at middle: PixelPoint, radius: Double, _ paint: Paint) {
        let places = [("cx", middle.x), ("cy", middle.y), ("r", radius)]
        body += "<circle\(Self.attributes(places))\(Self.attributes(paint))/>\n"
    }

    /// - Parameters:
    ///   - place: of the baseline, at the end that `anchor` names.
    ///   - turn: degrees clockwise around `place`.
    ///   - whole: the unshortened text, shown when the pointer rests on it and read to those who cannot see it.
    mutating func text(
        _ string: String, at place: PixelPoint, size: Double = TextMeasure.small, anchor: TextAnchor = .start,
        turn: Double = 0,
        whole: String? = nil
    ) {
        let places = Self.attributes([("x", place.x), ("y", place.y), ("font-size", size)])
        let rotation =
            turn == 0
            ? ""
            : " transform=\"rotate(\(SVGText.number(turn)) \(SVGText.number(place.x)) \(SVGText.number(place.y)))\""
        let hint = whole.flatMap { $0 == string ? nil : "<title>\($0.escaped(for: .svg))</title>" } ?? ""
        body += "<text\(places) text-anchor=\"\(anchor.rawValue)\"\(rotation) fill=\"\(Ink.text)\">"
        body += hint + string.escaped(for: .svg) + "</text>\n"
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
