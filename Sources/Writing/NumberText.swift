import Foundation

/// Numbers as text, the same on every machine.
///
/// Messages and listings use `plain`, `rounded` and `compared`; tables `csv` and `exact`; pages and terminals `fixed`,
/// `grouped` and `significant`.
package enum NumberText {
    // MARK: Messages

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

    /// At most two decimals.
    package static func hundredths(_ value: Double) -> String {
        let rounded = (value * 100).rounded() / 100
        return Int(exactly: rounded).map(String.init) ?? String(rounded)
    }

    package static func with(unit: String, _ value: Double) -> String {
        unit == "1" ? rounded(value) : "\(rounded(value)) \(unit)"
    }

    /// A length of time in the unit in which a person would say it.
    package static func duration(hours: Double) -> String {
        let minutes = hours * 60
        if hours >= 1 || hours == 0 || minutes < 1 { return "\(rounded(hours)) h" }
        return "\(rounded(minutes)) min"
    }

    // MARK: Two numbers that a message compares

    /// Both numbers as they are usually shown; where that makes them look equal though they are not, with as many
    /// significant digits as it takes to tell them apart.
    ///
    /// - Parameter shown: how such a number is usually written; at most nine significant digits.
    package static func compared(
        _ first: Double, _ second: Double, shown: (Double) -> String = NumberText.rounded
    ) -> (String, String) {
        let usual = (shown(first), shown(second))
        guard usual.0 == usual.1, first != second else { return usual }
        for digits in 3...17 {
            let longer = (rounded(first, digits), rounded(second, digits))
            if longer.0 != longer.1 { return longer }
        }
        return usual
    }

    /// Both with their unit.
    package static func compared(unit: String, _ first: Double, _ second: Double) -> (String, String) {
        let texts = compared(first, second)
        return unit == "1" ? texts : ("\(texts.0) \(unit)", "\(texts.1) \(unit)")
    }

    /// Two lengths of time; both in hours where a person's unit would make them look equal.
    package static func compared(hours first: Double, _ second: Double) -> (String, String) {
        let usual = (duration(hours: first), duration(hours: second))
        return usual.0 == usual.1 ? compared(unit: "h", first, second) : usual
    }

    private static func rounded(_ number: Double, _ digits: Int) -> String {
        plain(Double(significant(number, digits: digits)) ?? number)
    }

    // MARK: Tables

    /// Ten significant digits, and no negative zero: for what is read by people and figures.
    package static func csv(_ value: Double) -> String { significant(value, digits: 10) }

    /// Whether an amount in kW, kWh, kg or money is nothing but the rounding of a solver, to whose tolerance results
    /// are right.
    package static func isNoise(_ amount: Double) -> Bool { amount != 0 && abs(amount) < 1e-6 }

    /// Digits and relative difference within which an amount is a round number.
    private static let (roundDigits, leastDifference) = (7, 2e-9)

    /// An amount in kW, kWh, kg or money as it is told: without the rounding of a model, in which a trade may pass what
    /// is used by a billionth, and of a solver. What is as near to 0, or to a number of a few digits, is that; anything
    /// else keeps all its digits.
    package static func amount(_ value: Double) -> Double {
        if isNoise(value) { return 0 }
        guard value.isFinite, let round = Double(significant(value, digits: roundDigits)) else { return value }
        return abs(round - value) <= leastDifference * abs(value) ? round : value
    }

    /// The fewest digits that read back as the same number: for decisions.
    package static func exact(_ value: Double) -> String {
        let text = csv(value)
        return Double(text) == value ? text : "\(value)"
    }

    // MARK: Pages and terminals

    /// A few significant digits; an exponent where the number is very great or small. Zero has no sign.
    package static func significant(_ value: Double, digits: Int) -> String {
        String(format: "%.\(digits)g", value == 0 ? 0 : value)
    }

    /// Fixed decimals. What rounds to nothing has no sign.
    package static func fixed(_ value: Double, decimals: Int = 0) -> String {
        let text = String(format: "%.\(decimals)f", value)
        return text.allSatisfy { "-0.".contains($0) } ? text.replacingOccurrences(of: "-", with: "") : text
    }

    /// As many decimals as there are, twelve at most, and no exponent: for the step of a grid.
    package static func decimal(_ value: Double) -> String {
        let text = fixed(value, decimals: 12)
        return String(text.reversed().drop { $0 == "0" }.drop { $0 == "." }.reversed())
    }

    /// Fixed decimals with a sign. What rounds to nothing is not negative.
    package static func signed(_ value: Double, decimals: Int) -> String {
        let text = fixed(value, decimals: decimals)
        return text.hasPrefix("-") ? text : "+" + text
    }

    /// Fixed decimals, and thousands in groups.
    package static func grouped(_ value: Double, decimals: Int = 0) -> String {
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
