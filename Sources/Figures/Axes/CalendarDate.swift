/// A day of the Gregorian calendar.
public struct CalendarDate: Sendable, Equatable {
    public let year: Int
    public let month: Int
    public let day: Int

    /// nil where no calendar has such a day.
    public init?(year: Int, month: Int, day: Int) {
        guard (1...12).contains(month), (1...31).contains(day), (0...9999).contains(year) else { return nil }
        self.init(number: Self.number(year, month, day))
        guard self.month == month, self.day == day else { return nil }
    }

    /// Days after 1970-01-01.
    private var number: Int { Self.number(year, month, day) }

    public func adding(days: Int) -> CalendarDate { CalendarDate(number: number + days) }

    public func days(until other: CalendarDate) -> Int { other.number - number }

    /// The first day of the month that comes so many months later.
    func firstOfMonth(after months: Int) -> CalendarDate {
        let count = year * 12 + month - 1 + months
        return CalendarDate(number: Self.number(count / 12, count % 12 + 1, 1))
    }

    /// `15 Feb`.
    public var short: String { "\(day) \(monthName)" }

    /// `15 Feb 2024`.
    public var long: String { "\(short) \(year)" }

    var monthName: String { Self.months[month - 1] }

    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    // Years are counted from March on, so that a leap day ends one (Hinnant, "chrono-compatible low-level date
    // algorithms").

    private static func number(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let year = month <= 2 ? year - 1 : year
        let era = (year >= 0 ? year : year - 399) / 400
        let inEra = year - era * 400
        let ofYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + inEra * 365 + inEra / 4 - inEra / 100 + ofYear - 719_468
    }

    private init(number: Int) {
        let shifted = number + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let inEra = shifted - era * 146_097
        let year = (inEra - inEra / 1460 + inEra / 36_524 - inEra / 146_096) / 365
        let ofYear = inEra - (365 * year + year / 4 - year / 100)
        let month = (5 * ofYear + 2) / 153
        day = ofYear - (153 * month + 2) / 5 + 1
        self.month = month < 10 ? month + 3 : month - 9
        self.year = year + era * 400 + (self.month <= 2 ? 1 : 0)
    }
}
