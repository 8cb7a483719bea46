import Writing

/// Dates and clock times without a time zone, as ISO 8601 writes them, `2024-07-15T07:30`, with slashes in place of the
/// hyphens, or day first with points, `15.07.2024 07:30`.
struct Clock: Sendable, Equatable {
    /// Days since 1970-01-01.
    var day: Int
    /// Hours after midnight.
    var hour: Double

    /// Hours since 1970-01-01T00:00.
    var hours: Double { Double(day) * 24 + hour }

    init(day: Int, hour: Double) { (self.day, self.hour) = (day, hour) }

    init?(_ text: some StringProtocol) {
        let parts = String(text).split(omittingEmptySubsequences: false) { $0 == "T" || $0 == " " }
        guard (1...2).contains(parts.count) else { return nil }
        let mark: Character = parts[0].contains("-") ? "-" : parts[0].contains("/") ? "/" : "."
        var date = parts[0].split(separator: mark, omittingEmptySubsequences: false)
        if mark == "." { date.reverse() }
        guard date.count == 3, let year = Self.number(date[0], digits: 4), let month = Self.number(date[1], digits: 2),
            let day = Self.number(date[2], digits: 2), year >= 1, (1...12).contains(month),
            (1...Self.days(in: month, of: year)).contains(day)
        else { return nil }
        self.day = CivilDate.number(year, month, day)
        hour = 0
        guard parts.count == 2 else { return }
        let time = parts[1].split(separator: ":", omittingEmptySubsequences: false)
        guard (2...3).contains(time.count), let hours = Self.number(time[0], digits: 2),
            let minutes = Self.number(time[1], digits: 2), let seconds = time.count == 3 ? Self.seconds(time[2]) : 0,
            hours < 24, minutes < 60, seconds < 60
        else { return nil }
        hour = Double(hours) + (Double(minutes) + seconds / 60) / 60
    }

    /// Two digits, and a fraction if there is one.
    private static func seconds(_ text: Substring) -> Double? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard let whole = number(parts[0], digits: 2) else { return nil }
        guard parts.count > 1 else { return Double(whole) }
        guard parts.count == 2, (1...9).contains(parts[1].count), number(parts[1], digits: parts[1].count) != nil
        else { return nil }
        return Double("\(whole).\(parts[1])")
    }

    /// As ISO 8601 writes it, to the minute.
    ///
    /// - Parameter hours: since 1970-01-01T00:00.
    static func text(_ hours: Double) -> String {
        let minutes = Int((hours * 60).rounded())
        let day = minutes / 1440 - (minutes % 1440 < 0 ? 1 : 0)
        let date = CivilDate.date(day)
        let minute = minutes - day * 1440
        func padded(_ number: Int, _ digits: Int) -> String {
            let text = "\(number)"
            return String(repeating: "0", count: max(0, digits - text.count)) + text
        }
        return "\(padded(date.year, 4))-\(padded(date.month, 2))-\(padded(date.day, 2))"
            + "T\(padded(minute / 60, 2)):\(padded(minute % 60, 2))"
    }

    private static func number(_ text: Substring, digits: Int) -> Int? {
        text.count == digits && text.allSatisfy { $0.isASCII && $0.isNumber } ? Int(text) : nil
    }

    private static func days(in month: Int, of year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}

/// A moment as a file writes it: the time on a clock, and how far that clock is ahead of UTC if the text gives it.
struct TimeStamp: Sendable, Equatable {
    var clock: Clock
    /// Hours ahead of UTC; nil if the text does not give it.
    var offset: Double?

    /// ISO 8601: `2024-10-27T02:00`, with seconds and with `Z`, `UTC` or an offset such as `+02:00` as options; the
    /// beginning of `27.10.2024 02:00 - 27.10.2024 03:00`; or as mail and web servers write it, `Sun, 27 Oct 2024
    /// 02:00:00 GMT`.
    init?(_ text: String) {
        if let stamp = Self.ofInterval(text) ?? Self.ofServer(text) {
            self = stamp
            return
        }
        let text = text.hasSuffix(" UTC") || text.hasSuffix(" GMT") ? String(text.dropLast(4)) + "Z" : text
        // The offset follows the time of day: a sign before that belongs to the date.
        let time = text.firstIndex { $0 == "T" || $0 == " " } ?? text.endIndex
        let end = text[time...].firstIndex { "+-Zz".contains($0) } ?? text.endIndex
        guard let clock = Clock(text[..<end].trimmingSpaces) else { return nil }
        self.clock = clock
        guard end < text.endIndex else { return }
        guard let offset = Self.offset(text[end...]) else { return nil }
        self.offset = offset
    }

    private static func ofInterval(_ text: String) -> TimeStamp? {
        // Two dates of ten characters and the dash between them.
        guard (23...80).contains(text.utf8.count), let dash = text.firstRange(of: " - "),
            TimeStamp(String(text[dash.upperBound...])) != nil
        else { return nil }
        return TimeStamp(String(text[..<dash.lowerBound]))
    }

    /// RFC 1123.
    private static func ofServer(_ text: String) -> TimeStamp? {
        guard text.hasSuffix(" GMT") || text.hasSuffix(" UTC") else { return nil }
        let parts = text.split(separator: " ", omittingEmptySubsequences: false)
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        guard parts.count == 6, parts[0].count == 4, parts[0].hasSuffix(","),
            let month = months.firstIndex(of: String(parts[2]))
        else { return nil }
        return TimeStamp("\(parts[1]).\(month < 9 ? "0" : "")\(month + 1).\(parts[3])T\(parts[4])Z")
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
