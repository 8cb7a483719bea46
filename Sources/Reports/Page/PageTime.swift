import Figures
import ResultFiles
import Writing

/// Where the steps of a run begin and end: on the case's clock if it says when it begins, else in hours from its start.
struct PageTime {
    /// Length of a step.
    let hours: Double
    /// nil where the case does not say when it begins.
    let clock: AxisClock?

    init(hours: Double, clock: AxisClock? = nil) { (self.hours, self.clock) = (hours, clock) }

    /// Of a result. Its typical days begin at the hour of the case, each on a date of its own that nobody knows.
    init(_ record: ResultRecord) throws {
        let first = record.manifest.firstStep.flatMap(Self.moment)
        let flows = record.table(FlowTable.self)
        let hasDays = flows?.has(FlowTable.day) == true || record.table(MarginalTable.self)?.has(FlowTable.day) == true
        clock = first.map { AxisClock(startHour: $0.hour, date: hasDays ? nil : $0.date) }
        let lengths = 1e-3...1e5
        if let hours = record.manifest.stepHours, lengths.contains(hours) {
            self.hours = hours
            return
        }
        let starts = Set(try flows?[FlowTable.start] ?? []).filter(\.isFinite).sorted()
        hours = starts.count > 1 && lengths.contains(starts[1] - starts[0]) ? starts[1] - starts[0] : 1
    }

    func start(_ step: Int) -> Double { Double(step) * hours }

    /// The axis of so many steps. Hours without a clock are divided as a clock's are.
    func axis(_ steps: Int) -> Axis {
        let end = max(hours, Double(steps) * hours)
        return Axis(title(to: end), range: 0...end, spacing: 3, clock: clock)
    }

    private func title(to end: Double) -> String {
        guard let clock else { return "hours from the start" }
        guard clock.isOfSeveralDays(from: 0, to: end) else {
            return "hour of the day" + (clock.date.map { ", \($0.long)" } ?? "")
        }
        guard let date = clock.date else { return "day and hour" }
        let last = date.adding(days: Int((end + clock.startHour - 1e-6) / 24))
        return "date" + (end <= 96 ? " and hour" : "") + ", \(date.year)"
            + (last.year == date.year ? "" : " to \(last.year)")
    }

    /// A step as a sentence names it: `at 08:00`, or `in the hour 8`.
    func moment(_ step: Int, of steps: Int) -> String {
        guard let clock else { return "in the hour \(NumberText.csv(start(step)))" }
        let isLong = clock.isOfSeveralDays(from: 0, to: Double(steps) * hours)
        return (isLong ? "on " : "at ") + clock.text(at: start(step), withDate: isLong)
    }

    /// A value for each step, held until the next one, the last one to the end.
    func steps(_ points: [LineSeries.Point]) -> [LineSeries.Point] {
        guard var last = points.last else { return points }
        last.x += hours
        return points + [last]
    }

    // MARK: As a manifest holds it

    /// `2024-01-15T00:00`; nil for what is no such text.
    static func moment(_ text: String) -> (date: CalendarDate, hour: Double)? {
        let numbers = text.split { "-T:".contains($0) }.map { Int($0) }
        guard numbers.count == 5, !numbers.contains(nil) else { return nil }
        let known = numbers.compactMap(\.self)
        guard let date = CalendarDate(year: known[0], month: known[1], day: known[2]), (0..<24).contains(known[3]),
            (0..<60).contains(known[4])
        else { return nil }
        return (date, Double(known[3]) + Double(known[4]) / 60)
    }
}
