import Foundation

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// A page read back by a parser that takes nothing which is not closed and escaped.
public final class PageReader: NSObject, XMLParserDelegate {
    public struct Element {
        public let name: String
        public let attributes: [String: String]
        public internal(set) var text = ""
    }

    public private(set) var elements: [Element] = []
    public private(set) var error: String?
    private var open: [Int] = []

    public init(_ page: String) {
        super.init()
        let parser = XMLParser(data: Data(page.utf8))
        parser.delegate = self
        if !parser.parse() || parser.parserError != nil {
            error = "\(String(describing: parser.parserError)) in line \(parser.lineNumber)"
        }
    }

    public func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
        attributes: [String: String] = [:]
    ) {
        open.append(elements.count)
        elements.append(Element(name: name, attributes: attributes))
    }

    public func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
        open.removeLast()
    }

    /// All text inside an element counts as its own, however deep.
    public func parser(_ parser: XMLParser, foundCharacters string: String) {
        for place in open { elements[place].text += string }
    }

    public func all(_ name: String) -> [Element] { elements.filter { $0.name == name } }

    /// The files that the page carries, by name.
    public var downloads: [String: String] {
        all("a").reduce(into: [:]) { files, link in
            guard let name = link.attributes["download"],
                let data = link.attributes["href"]?.split(separator: ",").last,
                let content = Data(base64Encoded: String(data))
            else { return }
            files[name] = String(decoding: content, as: UTF8.self)
        }
    }

    /// What could load, run or lead away: nothing, on a page that stands alone.
    public var dangers: [String] {
        elements.flatMap { element in
            let forbidden = [
                "script", "iframe", "object", "embed", "img", "image", "use", "foreignObject", "base", "form",
            ]
            let attributes = element.attributes.filter { name, value in
                name.lowercased().hasPrefix("on")
                    || ["href", "src", "xlink:href", "action", "srcset"].contains(name.lowercased())
                        && !value.hasPrefix("data:") && !value.hasPrefix("#")
            }
            return (forbidden.contains(element.name) ? [element.name] : []) + attributes.map { "\($0)=\($1)" }
        }
    }
}
