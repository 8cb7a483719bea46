/// A moment as a file writes it: what a clock showed, and how far that clock is ahead of UTC where the text says so.
struct TimeStamp: Sendable, Equatable {
    var clock: Clock
    /// Hours ahead of UTC; nil where the text does not say.
    var offset: Double?

    /// ISO 8601: `2024-10-27T02:00`, with seconds and with `Z` or an offset such as `+02:00` where wanted.
    init?(_ text: String) {
        // The offset stands behind the time of day: a sign before that belongs to the date.
        let time = text.firstIndex { $0 == "T" || $0 == " " } ?? text.endIndex
        let end = text[time...].firstIndex { "+-Zz".contains($0) } ?? text.endIndex
        guard let clock = Clock(text[..<end].trimmingSpaces) else { return nil }
        self.clock = clock
        guard end < text.endIndex else { return }
        guard let offset = Self.offset(text[end...]) else { return nil }
        self.offset = offset
    }

    /// `Z`, `+02`, `+0200` or `+02:00`.
    private static func offset(_ text: Substring) -> Double? {
        if text == "Z" || text == "z" { return 0 }
        let digits = text.dropFirst().filter { $0 != ":" }
        let hasColonInPlace = !text.contains(":") || text.dropFirst(3).first == ":" && text.count == 6
        guard hasColonInPlace, digits.count == 2 || digits.count == 4,
            digits.allSatisfy({ $0.isASCII && $0.isNumber }), let hours = Int(digits.prefix(2)),
            let minutes = digits.count == 4 ? Int(digits.suffix(2)) : 0, hours <= 18, minutes < 60
        else { return nil }
        return (text.first == "-" ? -1 : 1) * (Double(hours) + Double(minutes) / 60)
    }
}
