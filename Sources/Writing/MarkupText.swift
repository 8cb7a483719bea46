/// Text of a case or a suite in the languages of documents, where some characters are commands. HTML and SVG escape on their own.
package enum MarkupText {
    /// For Markdown with HTML in it, within a line: a name stays a name.
    package static func markdown(_ text: String) -> String {
        let scalars = Array(TerminalText.line(text).unicodeScalars)
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

    package static func latex(_ text: String) -> String {
        TerminalText.line(text).unicodeScalars.reduce(into: "") { result, scalar in
            switch scalar {
            case "\\": result += "\\textbackslash{}"
            case "~": result += "\\textasciitilde{}"
            case "^": result += "\\textasciicircum{}"
            case "&", "%", "$", "#", "_", "{", "}": result += "\\\(scalar)"
            case "∞": result += "$\\infty$"
            default: result.unicodeScalars.append(scalar)
            }
        }
    }
}
