import Foundation
import Testing

@testable import Figures

@Suite struct ClockTests {
    /// Against Foundation's calendar, from the year 1 on.
    @Test func datesAreThoseOfTheCalendar() throws {
        var calendar = Calendar(identifier: .iso8601)
        calendar.timeZone = try #require(TimeZone(identifier: "UTC"))
        let epoch = try #require(CalendarDate(year: 1970, month: 1, day: 1))
        for days in stride(from: -140_000, through: 200_000, by: 97) {
            let date = epoch.adding(days: days)
            let moment = Date(timeIntervalSince1970: Double(days) * 86_400)
            let parts = calendar.dateComponents([.year, .month, .day], from: moment)
            #expect(date.year == parts.year && date.month == parts.month && date.day == parts.day, "\(days)")
            #expect(epoch.days(until: date) == days)
            #expect(CalendarDate(year: date.year, month: date.month, day: date.day) == date)
        }
        for (year, month, day) in [(2023, 2, 29), (2024, 13, 1), (2024, 4, 31), (2024, 1, 0), (1900, 2, 29)] {
            #expect(CalendarDate(year: year, month: month, day: day) == nil)
        }
        #expect(CalendarDate(year: 2000, month: 2, day: 29)?.long == "29 Feb 2000")
    }

    private func labels(_ hours: Double, from start: Double, date: CalendarDate?, atMost count: Int = 9) -> [String] {
        let axis = Axis("t", range: 0...hours, clock: AxisClock(startHour: start, date: date))
        return AxisScale(axis, values: []).ticks(atMost: count).map(\.label)
    }

    @Test func ticksAreHoursOfTheDayOrDates() throws {
        let day = try #require(CalendarDate(year: 2024, month: 2, day: 28))
        #expect(labels(24, from: 0, date: day) == ["0", "3", "6", "9", "12", "15", "18", "21", "24"])
        #expect(labels(6, from: 7, date: nil) == ["7", "8", "9", "10", "11", "12", "13"])
        #expect(labels(2, from: 7.25, date: nil, atMost: 4) == ["07:30", "08:00", "08:30", "09:00"])
        // A midnight inside: the hour alone would not say when.
        #expect(
            labels(24, from: 18, date: day) == [
                "18:00", "21:00", "29 Feb", "03:00", "06:00", "09:00", "12:00", "15:00", "18:00",
            ])
        #expect(labels(48, from: 0, date: day, atMost: 5) == ["28 Feb", "12:00", "29 Feb", "12:00", "1 Mar"])
        #expect(labels(48, from: 0, date: nil, atMost: 5) == ["day 1", "12:00", "day 2", "12:00", "day 3"])
        #expect(labels(168, from: 6, date: day).prefix(3) == ["29 Feb", "1 Mar", "2 Mar"])
        let january = try #require(CalendarDate(year: 2023, month: 1, day: 1))
        #expect(labels(8760, from: 0, date: january) == ["Jan", "Mar", "May", "Jul", "Sep", "Nov", "Jan"])
        // As long an axis without a date is divided by whole days.
        #expect(labels(8760, from: 0, date: nil).count > 1)
    }

    /// Whatever the start and the length, a tick stands where a clock that counts minutes says it does.
    @Test func ticksStandAtTheirTimes() throws {
        let date = try #require(CalendarDate(year: 2024, month: 12, day: 31))
        for (start, hours) in [(0.0, 24.0), (5.5, 30), (23.75, 3), (12, 200), (0, 0.5)] {
            let clock = AxisClock(startHour: start, date: date)
            for mark in clock.marks(low: 0, high: hours, atMost: 8) where mark.label.contains(":") {
                let minutes = Int(((mark.value + start) * 60).rounded()) % 1440
                let parts = mark.label.split(separator: ":").compactMap { Int($0) }
                #expect(parts[0] % 24 * 60 + parts[1] == minutes, "\(mark)")
                #expect(mark.value >= -1e-6 && mark.value <= hours + 1e-6)
            }
        }
    }

    // MARK: Titles of axes

    /// Paths of a case are longer than an axis: they stand there whole, in lines, and nothing lies on anything.
    @Test(arguments: [FigureShape.column, .wide]) func longTitlesOfAxesAreWhole(shape: FigureShape) {
        let path = "operator.devices.absorption_chiller_of_the_second_stage.efficiency.cooling.at_partial_load [kW/kW]"
        let words = "cost over all scenarios of the industrial park with its charging station and stores [CNY/a]"
        let figures: [any Figure] = [
            LineChart(
                title: "t", x: Axis(path), y: Axis(words), series: [LineSeries("a", [(0, 1e6), (1, 2e6)])], shape: shape
            ),
            BarChart(title: "t", y: Axis(words), groups: ["a", "b"], series: [.init("s", [1, 2])], shape: shape),
            WaterfallChart(title: "t", x: Axis(path), items: [.init("a", 1)], sumName: "sum", shape: shape),
        ]
        for figure in figures {
            let picture = Picture(figure)
            #expect(picture.faults.isEmpty, "\(picture.faults.prefix(3))")
            let titles = picture.all("text").filter { $0["font-size"] == 13 }
            func joined(_ texts: [String], by gap: String) -> String { texts.joined(separator: gap) }
            let across = joined(titles.filter { $0.attributes["transform"] == nil }.map(\.text), by: "")
            let up = joined(titles.filter { $0.attributes["transform"] != nil }.map(\.text), by: " ")
            #expect(across.isEmpty || across.replacing(" ", with: "") == path.replacing(" ", with: ""), "\(across)")
            #expect(up.isEmpty || up == words, "\(up)")
            #expect(!(across + up).contains("…") && !(across + up).isEmpty)
        }
    }

    /// What is zero but for rounding has no side of the axis.
    @Test func roundingTakesNoRoom() {
        for noise in [-3e-9, 0, 3e-9] {
            let scale = AxisScale(Axis("y"), values: [noise, 4, 10])
            #expect(scale.low == 0 && scale.high == 10)
            let below = AxisScale(Axis("y"), values: [noise, -4, -10])
            #expect(below.low == -10 && below.high == 0)
        }
        #expect(AxisScale(Axis("y"), values: [-1, 4, 10]).low < -0.9)
    }

    /// A point at the end of an axis has its marker, whichever way its last bit was rounded.
    @Test func pointsAtTheEndsHaveMarkers() {
        for end in [0.3, 0.7, 1.1, 3.3] {
            let points = [(0.1, 1.0), (end / 2, 2), (end, 3)]
            let picture = Picture(
                LineChart(
                    title: "t", x: Axis("x", range: 0.1...end), y: Axis("y", range: 1...3),
                    series: [LineSeries("", points)], shape: .column))
            #expect(picture.all("circle", in: "markers").count == 3)
        }
    }
}
