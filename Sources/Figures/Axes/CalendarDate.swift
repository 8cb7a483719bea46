import Writing

/// A day of the Gregorian calendar.
public struct CalendarDate: Sendable, Equatable {
    public let year: Int
    public let month: Int
    public let day: Int

    /// nil where no calendar has such a day.
    public init?(year: Int, month: Int, day: Int) {
        guard (1...12).contains(month), (1...31).contains(day), (0...9999).contains(year) else { return nil }
        self.init(number: CivilDate.number(year, month, day))
        guard self.month == month, self.day == day else { return nil }
    }

    /// Days after 1970-01-01.
    private var number: Int { CivilDate.number(year, month, day) }

    public func adding(days: Int) -> CalendarDate { CalendarDate(number: number + days) }

    public func days(until other: CalendarDate) -> Int { other.number - number }

    /// The first day of the month that comes so many months later.
    func firstOfMonth(after months: Int) -> CalendarDate {
        let count = year * 12 + month - 1 + months
        return CalendarDate(number: CivilDate.number(count / 12, count % 12 + 1, 1))
    }

    /// `15 Feb`.
    public var short: String { "\(day) \(monthName)" }

    /// `15 Feb 2024`.
    public var long: String { "\(short) \(year)" }

    var monthName: String { Self.months[month - 1] }

    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    private init(number: Int) { (year, month, day) = CivilDate.date(number) }
}
