/// Text of a file as a message may repeat it: on one line, and with nothing that a terminal obeys.
package enum HarmlessText {
    /// Each control character, line break and mark of writing direction as its number, such as `\u{1B}`.
    package static func of(_ text: String) -> String {
        // Most texts have none.
        guard text.unicodeScalars.contains(where: isHidden) else { return text }
        var shown = ""
        for scalar in text.unicodeScalars {
            if scalar == "\n" {
                shown += "\\n"
            } else if isHidden(scalar) {
                shown += name(scalar)
            } else {
                shown.unicodeScalars.append(scalar)
            }
        }
        return shown
    }

    /// The first character of a text that nobody wrote to be read, by its number; tabs and line breaks are let pass.
    package static func control(in text: some StringProtocol) -> String? {
        text.unicodeScalars.first {
            isHidden($0) && !"\t\n\r\u{FEFF}\u{200B}\u{2060}\u{2028}\u{2029}\u{85}".unicodeScalars.contains($0)
        }
        .map(name)
    }

    private static func name(_ scalar: Unicode.Scalar) -> String {
        "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
    }

    private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F..<0xA0: true
        // Widths of none, separators, and marks that turn the direction of writing.
        case 0x200B, 0x200E, 0x200F, 0x2028, 0x2029, 0x202A...0x202E, 0x2060, 0x2066...0x2069, 0xFEFF: true
        default: false
        }
    }
}
