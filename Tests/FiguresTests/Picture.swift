import Foundation

@testable import Figures

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// A drawn figure, read back as any viewer would read it.
final class Picture: NSObject, XMLParserDelegate {
    struct Element {
        let name: String
        let attributes: [String: String]
        /// Classes of the groups around it.
        let groups: [String]
        var text = ""

        subscript(_ key: String) -> Double { attributes[key].flatMap(Double.init) ?? .nan }
    }

    private(set) var elements: [Element] = []
    private(set) var error: String?
    private var open: [Int] = []

    init(_ svg: String) {
        super.init()
        let parser = XMLParser(data: Data(svg.utf8))
        parser.delegate = self
        // On Linux some faults, an element that is never closed among them, are noted although parsing "succeeds".
        if !parser.parse() || parser.parserError != nil {
            error = "\(String(describing: parser.parserError)) in line \(parser.lineNumber)"
        }
    }

    convenience init(_ figure: some Figure) { self.init(figure.svg()) }

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
        attributes: [String: String] = [:]
    ) {
        let groups = open.map { elements[$0] }.filter { $0.name == "g" }.compactMap { $0.attributes["class"] }
        open.append(elements.count)
        elements.append(Element(name: name, attributes: attributes, groups: groups))
    }

    func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
        open.removeLast()
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) {
        if let last = open.last { elements[last].text += string }
    }

    func all(_ name: String, in group: String? = nil) -> [Element] {
        elements.filter { $0.name == name && (group.map($0.groups.contains) ?? true) }
    }

    func texts(in group: String? = nil) -> [String] { all("text", in: group).map(\.text) }

    var page: PixelBox {
        let numbers = elements.first?.attributes["viewBox"]?.split(separator: " ").compactMap { Double($0) } ?? []
        return numbers.count == 4
            ? PixelBox(
                left: numbers[0], top: numbers[1], right: numbers[0] + numbers[2], bottom: numbers[1] + numbers[3])
            : PixelBox(left: .nan, top: .nan, right: .nan, bottom: .nan)
    }

    /// The frame of the data.
    var plot: PixelBox? { elements.first { $0.attributes["class"] == "plot" }.map(Self.box) }

    static func box(_ element: Element) -> PixelBox {
        PixelBox(
            left: element["x"], top: element["y"], right: element["x"] + element["width"],
            bottom: element["y"] + element["height"])
    }

    static func points(_ element: Element) -> [PixelPoint] {
        (element.attributes["points"] ?? "").split(separator: " ").map { pair in
            let numbers = pair.split(separator: ",").map { Double($0) ?? .nan }
            return PixelPoint(x: numbers[0], y: numbers[1])
        }
    }

    /// The lines of a path of many.
    static func segments(_ element: Element) -> [[PixelPoint]] {
        (element.attributes["d"] ?? "").split(separator: "M").map { line in
            line.split(separator: "L").map { point in
                let numbers = point.split(separator: " ").map { Double($0) ?? .nan }
                return PixelPoint(x: numbers[0], y: numbers[1])
            }
        }
    }

    /// Every point that is drawn, with the corners of texts as wide as they are estimated to be.
    static func corners(_ element: Element) -> [PixelPoint] {
        switch element.name {
        case "rect":
            let box = box(element)
            return [PixelPoint(x: box.left, y: box.top), PixelPoint(x: box.right, y: box.bottom)]
        case "line":
            return [PixelPoint(x: element["x1"], y: element["y1"]), PixelPoint(x: element["x2"], y: element["y2"])]
        case "circle":
            let (x, y, r) = (element["cx"], element["cy"], element["r"])
            return [PixelPoint(x: x - r, y: y - r), PixelPoint(x: x + r, y: y + r)]
        case "polyline", "polygon": return points(element)
        case "path": return segments(element).flatMap(\.self)
        case "text": return textCorners(element)
        default: return []
        }
    }

    static func textCorners(_ element: Element) -> [PixelPoint] {
        let (x, y, size) = (element["x"], element["y"], element["font-size"])
        let width = TextMeasure.width(element.text, size: size)
        let left = [nil: 0, "start": 0, "middle": -width / 2, "end": -width][element.attributes["text-anchor"]] ?? .nan
        let turn =
            (element.attributes["transform"]?.dropFirst("rotate(".count).prefix { $0 != " " }).flatMap { Double($0) }
            ?? 0
        let (sine, cosine) = (sin(turn * .pi / 180), cos(turn * .pi / 180))
        return [(left, -0.76), (left + width, -0.76), (left + width, 0.2), (left, 0.2)].map { across, down in
            PixelPoint(x: x + across * cosine - down * size * sine, y: y + across * sine + down * size * cosine)
        }
    }

    /// Pairs of texts that lie on each other: two convex shapes are apart if and only if a side of one of them
    /// separates them.
    var overlaps: [String] {
        let texts = all("text").filter { !$0.text.isEmpty }.map { ($0.text, Self.textCorners($0)) }
        return texts.indices.flatMap { i in
            texts.indices.dropFirst(i + 1).filter { !Self.apart(texts[i].1, texts[$0].1) }.map {
                "'\(texts[i].0)' on '\(texts[$0].0)'"
            }
        }
    }

    private static func apart(_ a: [PixelPoint], _ b: [PixelPoint]) -> Bool {
        [a, b].contains { shape in
            shape.indices.contains { i in
                let (p, q) = (shape[i], shape[(i + 1) % shape.count])
                let project = { (point: PixelPoint) in (q.y - p.y) * point.x - (q.x - p.x) * point.y }
                let (first, second) = (a.map(project), b.map(project))
                return first.max()! <= second.min()! || second.max()! <= first.min()!
            }
        }
    }

    /// What is wrong with the picture as a picture: nothing, if it is to be shown.
    var faults: [String] {
        if let error { return [error] }
        let page = page
        let outside = elements.filter { element in
            Self.corners(element).contains { !PixelPath.contains(page, $0) }
        }
        let unfit = elements.flatMap { $0.attributes.values }.filter { $0.contains("nan") || $0.contains("inf") }
        return outside.map { "outside: \($0.name) \($0.attributes) \($0.text)" } + overlaps + unfit
    }
}
