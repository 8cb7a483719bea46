/// The estimated width of a text, without access to a font.
///
/// The reader's sans-serif font is not known here, so the widths are those of a wide one (DejaVu Sans, Verdana): in a
/// narrower font everything still fits.
enum TextMeasure {
    static let small = 12.0
    static let medium = 13.0
    static let large = 16.0

    static func width(_ text: String, size: Double = small) -> Double {
        size * text.reduce(0) { $0 + advance($1) }
    }

    /// The text itself, or as much of its beginning and its end as fits. Names of one family differ mostly at an end,
    /// so the middle is left out.
    static func shortened(_ text: String, to width: Double, size: Double = small) -> String {
        guard self.width(text, size: size) > width else { return text }
        let characters = Array(text)
        // Widths of beginnings and ends are summed once, so that a text of any length is cut in one pass.
        var head = 0
        var tail = 0
        var used = size * advance("…")
        while head + tail < characters.count {
            let atHead = head <= tail
            let next = atHead ? characters[head] : characters[characters.count - 1 - tail]
            used += size * advance(next)
            if used > width { break }
            if atHead { head += 1 } else { tail += 1 }
        }
        while head > 0, characters[head - 1].isWhitespace { head -= 1 }
        while tail > 0, characters[characters.count - tail].isWhitespace { tail -= 1 }
        return String(characters.prefix(head)) + "…" + String(characters.suffix(tail))
    }

    /// The text broken between words, or inside one that is too long, into at most `lines` lines; the last line is
    /// shortened if the rest does not fit.
    static func wrapped(_ text: String, to width: Double, lines: Int, size: Double) -> [String] {
        var result: [String] = []
        var pieces = pieces(of: text, to: width, size: size)[...]
        while let first = pieces.popFirst(), result.count < lines {
            var line = first.text
            while let next = pieces.first,
                result.count == lines - 1 || self.width(line + next.gap + next.text, size: size) <= width
            {
                line += next.gap + next.text
                pieces.removeFirst()
            }
            result.append(shortened(line, to: width, size: size))
        }
        return result
    }

    /// Words, with what stands before each on its line; a word that is too long for a line, such as a path in a case,
    /// may be broken after its points, strokes and lines.
    private static func pieces(
        of text: String, to width: Double, size: Double
    ) -> [(gap: String, text: String)] {
        text.split(whereSeparator: \.isWhitespace).flatMap { word -> [(gap: String, text: String)] in
            guard self.width(String(word), size: size) > width else { return [(" ", String(word))] }
            var parts: [String] = [""]
            for character in word {
                parts[parts.count - 1].append(character)
                if "._/-".contains(character) { parts.append("") }
            }
            return parts.filter { !$0.isEmpty }.enumerated().map { ($0 == 0 ? " " : "", $1) }
        }
    }

    /// The width of a character, as a share of the font size.
    private static func advance(_ character: Character) -> Double {
        switch character {
        case "i", "l", "j", "I", ".", ",", ":", ";", "'", "|", " ", "\n", "\t": 0.32
        case "f", "t", "r", "-", "!", "(", ")", "[", "]", "/", "\\", "J": 0.42
        case "⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹": 0.42
        case "⁻", "\"", "*", "?", "_", "c", "s", "z": 0.56
        case "m", "M", "W", "@", "%", "…": 1.0
        case "w", "−", "×", "+", "=", "<", ">", "#", "~", "&", "Q", "O", "D", "G": 0.84
        case "A"..."Z": 0.78
        case _ where character.isASCII: 0.64
        default:
            // Beyond the alphabets of Europe most characters fill a square.
            (character.unicodeScalars.first?.value ?? 0) < 0x0590 ? 0.8 : 1.05
        }
    }
}
