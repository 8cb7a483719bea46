import Writing

/// The clock that runs along an axis of hours.
public struct AxisClock: Sendable, Equatable {
    /// What it shows where the axis is zero, in hours after midnight.
    public var startHour: Double
    /// The date there; nil where only the time of day is known.
    public var date: CalendarDate?

    public init(startHour: Double, date: CalendarDate? = nil) {
        self.startHour = startHour
        self.date = date
    }

    private static let near = 1e-6

    /// Whether a midnight lies inside the hours from `low` to `high` of the axis, so that a time of day alone does not
    /// say when.
    public func isOfSeveralDays(from low: Double, to high: Double) -> Bool {
        let (from, to) = (low + startHour, high + startHour)
        return ((from + Self.near) / 24).rounded(.down) < ((to - Self.near) / 24).rounded(.down)
    }

    /// What the clock shows at a place of the axis: `08:00`, and the date before it if that is asked for.
    public func text(at hour: Double, withDate: Bool = false) -> String {
        let (day, ofDay) = Self.split(hour + startHour)
        let shown = Self.time(ofDay)
        return withDate ? "\(dayName(day)) \(shown)" : shown
    }

    /// Ticks at whole hours, days, weeks or months, as few as are asked for.
    func marks(low: Double, high: Double, atMost count: Int) -> [(value: Double, label: String)] {
        let (from, to) = (low + startHour, high + startHour)
        for step: Double in [1.0 / 12, 0.25, 0.5, 1, 2, 3, 6, 12, 24, 48, 168, 336] {
            let (first, last) = ((from / step - Self.near).rounded(.up), (to / step + Self.near).rounded(.down))
            guard last - first + 1 <= Double(count) else { continue }
            return labelled(
                stride(from: first, through: last, by: 1).map { $0 * step }, step: step,
                ofSeveralDays: isOfSeveralDays(from: low, to: high))
        }
        return months(from: from, to: to, atMost: count)
    }

    /// The day of a time, and its hour; what is near a midnight comes after it.
    private static func split(_ time: Double) -> (day: Int, hour: Double) {
        let day = Int(((time + near) / 24).rounded(.down))
        return (day, time - Double(day) * 24)
    }

    private func labelled(
        _ times: [Double], step: Double, ofSeveralDays: Bool
    ) -> [(value: Double, label: String)] {
        times.map { time in
            let (day, hour) = Self.split(time)
            let label: String
            if ofSeveralDays {
                label = hour < Self.near ? dayName(day) : Self.time(hour)
            } else {
                // The midnight at which a day ends is its hour 24.
                let ofDay = hour < Self.near && time > startHour + Self.near ? 24 : hour
                label = step < 1 ? Self.time(ofDay) : NumberText.csv(ofDay.rounded())
            }
            return (time - startHour, label)
        }
    }

    private func months(from: Double, to: Double, atMost count: Int) -> [(value: Double, label: String)] {
        guard let date, to - from < 1e6 else { return [] }
        for step in [1, 2, 3, 6, 12, 60, 120, 600] {
            let marks = (0...1400 / step).map { date.firstOfMonth(after: $0 * step) }.map { first in
                (time: Double(date.days(until: first)) * 24, date: first)
            }.filter { $0.time >= from - Self.near && $0.time <= to + Self.near }
            if marks.count <= count {
                return marks.map { ($0.time - startHour, step < 12 ? $0.date.monthName : "\($0.date.year)") }
            }
        }
        return []
    }

    /// By its date, or by its number where no date is known.
    private func dayName(_ day: Int) -> String { date?.adding(days: day).short ?? "day \(day + 1)" }

    private static func time(_ hour: Double) -> String {
        let minutes = Int((hour * 60).rounded())
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return two(minutes / 60) + ":" + two(minutes % 60)
    }
}
