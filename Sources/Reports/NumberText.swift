import Foundation

/// Numbers as text, the same on every machine: no negative zero.
public enum NumberText {
    /// Ten significant digits: for what is read by people and figures.
    static func csv(_ value: Double) -> String {
        let text = String(format: "%.10g", value)
        return text == "-0" ? "0" : text
    }

    /// The fewest digits that read back as the same number: for decisions.
    static func exact(_ value: Double) -> String {
        let text = csv(value)
        return Double(text) == value ? text : "\(value)"
    }

    /// Fixed decimals. What rounds to nothing has no sign.
    public static func fixed(_ value: Double, decimals: Int = 0) -> String {
        let text = String(format: "%.\(decimals)f", value)
        return text.allSatisfy { "-0.".contains($0) } ? text.replacingOccurrences(of: "-", with: "") : text
    }

    /// For people: grouped thousands, fixed decimals.
    static func grouped(_ value: Double, decimals: Int = 0) -> String {
        let text = fixed(value, decimals: decimals)
        let parts = text.split(separator: ".", maxSplits: 1)
        guard let whole = parts.first else { return text }
        let digits = whole.drop { $0 == "-" }
        var grouped = ""
        for (i, digit) in digits.enumerated() {
            if i > 0, (digits.count - i) % 3 == 0 { grouped.append(",") }
            grouped.append(digit)
        }
        let sign = whole.hasPrefix("-") ? "-" : ""
        return sign + grouped + (parts.count > 1 ? "." + parts[1] : "")
    }
}
