/// Numbers as messages and listings print them.
package enum NumberText {
    /// The shortest decimal that reads back as this number, without a trailing `.0`.
    package static func plain(_ value: Double) -> String {
        let text = "\(value == 0 ? 0 : value)"
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }

    /// At most nine significant digits: for numbers that come from a calculation.
    package static func rounded(_ value: Double) -> String { plain(roundedNumber(value)) }

    /// The number nearest to `value` that has nine significant digits.
    package static func roundedNumber(_ value: Double) -> Double {
        guard value != 0, value.isFinite, abs(value) > 1e-300 else { return value }
        var places = 8
        var size = abs(value)
        while size >= 10 { (size, places) = (size / 10, places - 1) }
        while size < 1 { (size, places) = (size * 10, places + 1) }
        // Powers of ten are exact as far as 22, their inverses are not.
        let power = (0..<min(abs(places), 300)).reduce(1.0) { power, _ in power * 10 }
        let rounded = places >= 0 ? (value * power).rounded() / power : (value / power).rounded() * power
        return rounded.isFinite ? rounded : value
    }

    package static func with(unit: String, _ value: Double) -> String {
        unit == "1" ? rounded(value) : "\(rounded(value)) \(unit)"
    }

    /// Two numbers that a message compares: at most nine significant digits, or as many as tell them apart.
    package static func compared(_ first: Double, _ second: Double) -> (String, String) {
        ComparedNumbers.texts(first, second, rounded)
    }

    /// Two numbers that a message compares, with their unit.
    package static func compared(unit: String, _ first: Double, _ second: Double) -> (String, String) {
        let texts = compared(first, second)
        return unit == "1" ? texts : ("\(texts.0) \(unit)", "\(texts.1) \(unit)")
    }

    /// Two lengths of time that a message compares; both in hours where a person's unit would make them look equal.
    package static func compared(hours first: Double, _ second: Double) -> (String, String) {
        let usual = (duration(hours: first), duration(hours: second))
        return usual.0 == usual.1 ? compared(unit: "h", first, second) : usual
    }

    /// A length of time in the unit in which a person would say it.
    package static func duration(hours: Double) -> String {
        let minutes = hours * 60
        if hours >= 1 || hours == 0 || minutes < 1 { return "\(rounded(hours)) h" }
        return "\(rounded(minutes)) min"
    }
}
