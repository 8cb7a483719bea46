import Writing

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

    /// A number for readers, always with two decimals, so that mean ranks align.
    static func twoDecimals(_ value: Double) -> String {
        abs(value) < 1e6 ? TickText.fixed(value, decimals: 2) : NumberText.csv(value)
    }
}
