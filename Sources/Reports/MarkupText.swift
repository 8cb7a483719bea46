/// Text of a case or a suite in the languages of documents, where some characters are commands. HTML and SVG escape on their own.
enum MarkupText {
    /// For Markdown with HTML in it, within a line: a name stays a name.
    static func markdown(_ text: String) -> String {
        let characters = Array(TerminalText.line(text))
        var result = ""
        for (place, character) in characters.enumerated() {
            switch character {
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "&":
                // Only what would be read as the name of another character has to be kept from it.
                let next = place + 1 < characters.count ? characters[place + 1] : " "
                result += next.isLetter || next == "#" ? "&amp;" : "&"
            case "|", "*", "_", "\\", "`", "[", "]", "#", "~", "!": result += "\\\(character)"
            default: result.append(character)
            }
        }
        // At the front of a line they would begin a list or underline a heading.
        if let first = result.first, "+-=".contains(first), result.count > 1, result.dropFirst().first?.isNumber != true,
            result.dropFirst().first != "∞"
        {
            result = "\\" + result
        }
        return result
    }

    static func latex(_ text: String) -> String {
        TerminalText.line(text).reduce(into: "") { result, character in
            switch character {
            case "\\": result += "\\textbackslash{}"
            case "~": result += "\\textasciitilde{}"
            case "^": result += "\\textasciicircum{}"
            case "&", "%", "$", "#", "_", "{", "}": result += "\\\(character)"
            case "∞": result += "$\\infty$"
            default: result.append(character)
            }
        }
    }
}
