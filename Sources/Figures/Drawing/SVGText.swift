import Writing

/// Numbers and text in a form that any XML reader accepts.
enum SVGText {
    /// At most two decimals.
    static func number(_ value: Double) -> String { number(value, decimals: 2) }

    /// At most so many decimals, always a point, no exponent and no negative zero. Done in integers, so that no locale
    /// matters.
    static func number(_ value: Double, decimals: Int) -> String {
        guard value.isFinite else { return "0" }
        let parts = (0..<decimals).reduce(1) { parts, _ in parts * 10 }
        let whole = Int((min(max(value, -1e9), 1e9) * Double(parts)).rounded())
        let size = Int(whole.magnitude)
        let text = (whole < 0 ? "-" : "") + String(size / parts)
        var rest = String(size % parts)
        guard rest != "0" else { return text }
        rest = String(repeating: "0", count: decimals - rest.count) + rest
        while rest.hasSuffix("0") { rest.removeLast() }
        return text + "." + rest
    }

    /// A number for readers, always with two decimals, so that mean ranks align.
    static func twoDecimals(_ value: Double) -> String {
        abs(value) < 1e6 ? TickText.fixed(value, decimals: 2) : NumberText.csv(value)
    }
}
