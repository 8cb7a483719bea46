/// Where somebody else's text goes, such as a name in a case: some of its characters are commands there.
package enum TextDialect: Sendable {
    /// A message on one line: each control character, line break and mark of writing direction as its number, such as
    /// `\u{1B}`.
    case message
    /// A terminal: control characters, and those that turn the direction of writing, as JSON writes them: `\u001b`.
    /// Line feeds and tabs stay.
    case terminal
    /// The same for what has one line, such as a title or a cell of a table.
    case terminalLine
    /// Markdown with HTML in it, within a line: a name stays a name.
    case markdown
    case latex
    /// An element or an attribute of HTML. Characters that no page may hold become U+FFFD.
    case html
    /// An element or an attribute of SVG. Characters that XML 1.0 forbids even when escaped become U+FFFD; line ends
    /// and tabs become spaces, since SVG text has one line.
    case svg
}

extension String {
    /// The text with nothing in it that the place where it goes obeys.
    ///
    ///     print(name.escaped(for: .terminal))
    package func escaped(for dialect: TextDialect) -> String {
        switch dialect {
        case .message, .terminal, .terminalLine, .html, .svg: replacing { dialect.replacement(for: $0) }
        case .latex: escaped(for: .terminalLine).replacing { dialect.replacement(for: $0) }
        case .markdown: Self.markdown(escaped(for: .terminalLine))
        }
    }

    private func replacing(_ replacement: (Unicode.Scalar) -> String?) -> String {
        // Most texts have nothing to replace.
        guard unicodeScalars.contains(where: { replacement($0) != nil }) else { return self }
        return unicodeScalars.reduce(into: "") { result, scalar in
            if let other = replacement(scalar) { result += other } else { result.unicodeScalars.append(scalar) }
        }
    }

    /// What a character means to Markdown hangs on those around it.
    private static func markdown(_ line: String) -> String {
        let scalars = Array(line.unicodeScalars)
        var result = ""
        for (place, scalar) in scalars.enumerated() {
            switch scalar {
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "&":
                // Only what would be read as the name of another character has to be kept from it.
                let next = place + 1 < scalars.count ? scalars[place + 1] : " "
                result += next.properties.isAlphabetic || next == "#" ? "&amp;" : "&"
            case "|", "*", "_", "\\", "`", "[", "]", "#", "~", "!": result += "\\\(scalar)"
            // At the front of a line they would begin a list or underline a heading; a number stays one.
            case "+", "-", "=":
                let isSign = place > 0 || scalars.count == 1 || "0123456789∞".unicodeScalars.contains(scalars[1])
                result += isSign ? "\(scalar)" : "\\\(scalar)"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}

extension StringProtocol {
    /// The first character of a text that nobody wrote to be read, by its number; tabs and line breaks are let pass.
    package var firstControl: String? {
        unicodeScalars.first {
            $0.isHidden && !"\t\n\r\u{FEFF}\u{200B}\u{2060}\u{2028}\u{2029}\u{85}".unicodeScalars.contains($0)
        }
        .map(\.swiftName)
    }
}

extension TextDialect {
    /// What stands for a character; nil where it stays.
    fileprivate func replacement(for scalar: Unicode.Scalar) -> String? {
        switch self {
        case .message: scalar == "\n" ? "\\n" : scalar.isHidden ? scalar.swiftName : nil
        case .terminal: scalar.isTerminalCommand ? scalar.jsonName : nil
        case .terminalLine:
            scalar == "\n" || scalar == "\t" || scalar.isTerminalCommand ? scalar.jsonName : nil
        case .latex:
            switch scalar {
            case "\\": "\\textbackslash{}"
            case "~": "\\textasciitilde{}"
            case "^": "\\textasciicircum{}"
            case "&", "%", "$", "#", "_", "{", "}": "\\\(scalar)"
            case "∞": "$\\infty$"
            default: nil
            }
        case .html, .svg:
            switch scalar {
            case "&": "&amp;"
            case "<": "&lt;"
            case ">": "&gt;"
            case "\"": "&quot;"
            case "'": "&#39;"
            case "\n", "\t": self == .svg ? " " : nil
            case "\r" where self == .svg: " "
            default: (self == .svg ? scalar.isForbiddenInXML : scalar.isForbiddenInHTML) ? "\u{FFFD}" : nil
            }
        case .markdown: nil
        }
    }
}

extension Unicode.Scalar {
    /// Such as `\u{1B}`.
    fileprivate var swiftName: String { "\\u{\(String(value, radix: 16, uppercase: true))}" }

    /// Such as `\u001b`.
    fileprivate var jsonName: String {
        let digits = String(value, radix: 16)
        return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }

    private var isControl: Bool { value < 0x20 || (0x7F...0x9F).contains(value) }

    private var turnsDirection: Bool { (0x202A...0x202E).contains(value) || (0x2066...0x2069).contains(value) }

    /// Also widths of none, separators, and marks of direction.
    fileprivate var isHidden: Bool {
        switch value {
        case 0x200B, 0x200E, 0x200F, 0x2028, 0x2029, 0x2060, 0xFEFF: true
        default: isControl || turnsDirection
        }
    }

    fileprivate var isTerminalCommand: Bool {
        self != "\t" && self != "\n" && (isControl || turnsDirection || value == 0x2028 || value == 0x2029)
    }

    fileprivate var isForbiddenInXML: Bool { isControl || turnsDirection || (0xFFFE...0xFFFF).contains(value) }

    fileprivate var isForbiddenInHTML: Bool {
        isControl || turnsDirection || value & 0xFFFE == 0xFFFE || (0xFDD0...0xFDEF).contains(value)
    }
}
