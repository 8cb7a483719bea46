/// Text of a case, a suite or a study on a terminal, where some characters are commands.
package enum TerminalText {
    /// Control characters, and those that turn the direction of writing, as they are written in JSON: `\u001b`. Line feeds and tabs stay.
    package static func visible(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isCommand) else { return text }
        return text.unicodeScalars.reduce(into: "") { result, scalar in
            if isCommand(scalar) { result += escape(scalar) } else { result.unicodeScalars.append(scalar) }
        }
    }

    /// The same for what has one line, such as a title or a cell of a table.
    package static func line(_ text: String) -> String {
        visible(text).unicodeScalars.reduce(into: "") { result, scalar in
            if scalar == "\n" || scalar == "\t" { result += escape(scalar) } else { result.unicodeScalars.append(scalar) }
        }
    }

    private static func isCommand(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0A: false
        case 0..<0x20, 0x7F...0x9F, 0x2028, 0x2029, 0x202A...0x202E, 0x2066...0x2069: true
        default: false
        }
    }

    private static func escape(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16)
        return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }
}
