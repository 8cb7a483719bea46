import Foundation
import Writing

/// A piece of a page. Text and attributes are escaped where they are written, so no name of a case can become markup.
package indirect enum HTML: ExpressibleByStringLiteral {
    case element(String, [(name: String, value: String)], [HTML])
    case text(String)
    /// An SVG document, whose own writer escapes.
    case picture(String)
    /// Rules for the look of the page: constant text of this program, never of a case.
    case style(StaticString)

    package init(stringLiteral text: String) { self = .text(text) }

    private static let voidElements: Set<String> = ["meta", "link"]

    package var text: String {
        var result = ""
        write(to: &result)
        return result
    }

    private func write(to result: inout String) {
        switch self {
        case .text(let text): result += text.escaped(for: .html)
        case .picture(let svg): result += svg
        case .style(let rules): result += "<style>\n\(rules)\n</style>\n"
        case .element(let name, let attributes, let children):
            result += "<" + name
            for attribute in attributes { result += " \(attribute.name)=\"\(attribute.value.escaped(for: .html))\"" }
            // Closed as XML wants it too, so that any reader of XML can check the page.
            if Self.voidElements.contains(name) {
                result += "/>\n"
                return
            }
            result += ">"
            for child in children { child.write(to: &result) }
            result += "</\(name)>"
            if !Self.inline.contains(name) { result += "\n" }
        }
    }

    private static let inline: Set<String> = ["a", "strong", "span", "code", "th", "td", "dt", "dd", "summary"]
}

extension HTML {
    package static func paragraph(_ text: String) -> HTML { .element("p", [], [.text(text)]) }
    package static func heading(_ level: Int, _ text: String) -> HTML { .element("h\(level)", [], [.text(text)]) }

    /// A table that scrolls by itself where it is wider than the screen, with a caption and headers that screen readers
    /// find.
    ///
    /// - Parameter words: how many of the first columns hold words; the others hold numbers.
    package static func table(_ caption: String, header: [String], words: Int = 1, _ rows: [[String]]) -> HTML {
        let head = header.enumerated().map { k, cell in
            HTML.element("th", [("scope", "col")] + (k < words ? [] : [("class", "number")]), [.text(cell)])
        }
        let body = rows.map { row in
            HTML.element(
                "tr", [],
                row.enumerated().map { k, cell in
                    k == 0
                        ? .element("th", [("scope", "row")], [.text(cell)])
                        : .element("td", k < words ? [] : [("class", "number")], [.text(cell)])
                })
        }
        return .element(
            "div", [("class", "table"), ("tabindex", "0"), ("role", "region"), ("aria-label", caption)],
            [
                .element(
                    "table", [],
                    [
                        .element("caption", [], [.text(caption)]), .element("thead", [], [.element("tr", [], head)]),
                        .element("tbody", [], body),
                    ])
            ])
    }

    /// A file inside the page.
    package static func download(_ label: String, _ file: String, type: String, _ content: String) -> HTML {
        .element(
            "a",
            [
                ("href", "data:\(type);charset=utf-8;base64,\(Data(content.utf8).base64EncodedString())"),
                ("download", file),
            ], [.text(label)])
    }

    /// Letters and digits of a text with hyphens between them: for the names of files and places.
    package static func slug(_ text: String) -> String {
        let words = text.lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_")) }
        return words.isEmpty ? "figure" : words.joined(separator: "-")
    }
}
