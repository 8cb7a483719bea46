import Foundation

/// Numbers and text in a form that any XML reader accepts.
enum SVGText {
    /// At most two decimals, always a point, no exponent and no negative zero. Done in integers, so that no locale
    /// matters.
    static func number(_ value: Double) -> String {
        guard value.isFinite else { return "0" }
        let hundredths = Int((min(max(value, -1e9), 1e9) * 100).rounded())
        let size = hundredths.magnitude
        var text = (hundredths < 0 ? "-" : "") + String(size / 100)
        let rest = size % 100
        if rest > 0 { text += rest % 10 == 0 ? ".\(rest / 10)" : rest < 10 ? ".0\(rest)" : ".\(rest)" }
        return text
    }

    /// Text for an element or an attribute. Characters that XML 1.0 forbids even when escaped become U+FFFD; line ends
    /// and tabs become spaces, since SVG text has one line.
    static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            case "\n", "\r", "\t": result += " "
            default:
                let forbidden =
                    scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
                    || (0xFFFE...0xFFFF).contains(scalar.value)
                    // They would reverse the direction of the text that follows.
                    || (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
                result.unicodeScalars.append(forbidden ? "\u{FFFD}" : scalar)
            }
        }
        return result
    }

    /// A number for readers, always with two decimals, so that mean ranks align.
    static func twoDecimals(_ value: Double) -> String {
        abs(value) < 1e6 ? TickText.fixed(value, decimals: 2) : cell(value)
    }

    /// A number of a table: ten significant digits.
    static func cell(_ value: Double) -> String {
        let text = String(format: "%.10g", value)
        return text == "-0" ? "0" : text
    }
}
