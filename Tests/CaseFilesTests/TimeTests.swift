import Foundation
import Testing

@testable import CaseFiles

/// Offsets, time zones, and days of 23 and 25 hours. In 2024 clocks in Berlin were put forward on 31 March, from 02:00
/// to 03:00, and back on 27 October, from 03:00 to 02:00.
@Suite struct TimeTests {
    private static func complaints(_ time: String, _ rows: [String]) throws -> [String] {
        try Workshop.complaints([
            "case.yaml": """
            case: {schema: 1, name: a}
            time: {\(time)}
            tables: {p: {file: p.csv, index: time}}
            carriers: {electricity: {}}
            grid: {buy: {price: p.buy, max: 1 MW}}
            operator:
              prices: {electricity_sell: {min: 0.1, max: 0.3}}
            users:
              u: {demand: {electricity: 10}}
            """, "p.csv": (["time,buy [CNY/kWh]"] + rows.map { "\($0),0.1" }).joined(separator: "\n"),
        ]).filter { !$0.contains("warning") }
    }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    private static func hours(_ date: String, _ hours: [Int], _ tail: String = "") -> [String] {
        hours.map { "\(date)T\(two($0)):00\(tail)" }
    }

    @Test func theLongDayIsRead() throws {
        let rows = Self.hours("2024-10-27", [0, 1, 2] + Array(2..<24))
        let start = #"start: "2024-10-27T00:00""#
        #expect(try Self.complaints("steps: 25, \(start), timezone: Europe/Berlin", rows) == [])
        #expect(
            try Self.complaints("steps: 25, \(start)", rows) == [
                "p.csv:5  time: '2024-10-27T02:00' does not follow '2024-10-27T02:00' in the steps of 1 h with which the table begins. "
                    + "If clocks are changed, name the time zone, such as Europe/Berlin, or write offsets from UTC."
            ])
        // Where nothing is changed it is a mistake.
        #expect(try Self.complaints("steps: 25, \(start), timezone: Asia/Shanghai", rows).count == 1)
        // A table that leaves the repeated hour out lacks one.
        #expect(
            try Self.complaints("steps: 24, \(start), timezone: Europe/Berlin", Self.hours("2024-10-27", Array(0..<24)))
                == [
                    "p.csv:5  time: '2024-10-27T03:00' does not follow '2024-10-27T02:00' in the steps of 1 h with which the table begins. "
                        + "When clocks in Europe/Berlin are changed, the skipped hour has no row, and the repeated one has two."
                ])
    }

    @Test func theShortDayIsRead() throws {
        let start = #"start: "2024-03-31T00:00", timezone: Europe/Berlin"#
        #expect(try Self.complaints("steps: 23, \(start)", Self.hours("2024-03-31", [0, 1] + Array(3..<24))) == [])
        #expect(
            try Self.complaints("steps: 24, \(start)", Self.hours("2024-03-31", Array(0..<24))) == [
                "p.csv:4  time: '2024-03-31T02:00' is a time that clocks in Europe/Berlin never showed: they were put forward over it. Write "
                    + "its offset from UTC, as in 2024-03-31T02:00+01:00."
            ])
        #expect(
            try Self.complaints(
                #"steps: 2, start: "2024-03-31T02:30", timezone: Europe/Berlin"#,
                ["2024-03-31T02:30", "2024-03-31T03:30"]
            ).first?.contains("time.start: '2024-03-31T02:30' is a time that clocks") == true)
    }

    @Test func quartersOfTheRepeatedHourAreToldApartByTheirOrder() throws {
        let quarters = { (hour: Int) in [0, 15, 30, 45].map { "2024-10-27T\(Self.two(hour)):\(Self.two($0))" } }
        let rows = quarters(1) + quarters(2) + quarters(2) + quarters(3)
        let time = #"steps: 16, step: 15 min, start: "2024-10-27T01:00", timezone: Europe/Berlin"#
        #expect(try Self.complaints(time, rows) == [])
        var wrong = rows
        wrong.swapAt(5, 6)
        #expect(try Self.complaints(time, wrong).count == 1)
    }

    @Test func offsetsAreConverted() throws {
        let rows =
            Self.hours("2024-10-27", [0, 1, 2], ":00+02:00") + Self.hours("2024-10-27", Array(2..<24), ":00+01:00")
        let zone = #"start: "2024-10-27T00:00", timezone: Europe/Berlin"#
        #expect(try Self.complaints("steps: 25, \(zone)", rows) == [])
        // The same hours in UTC, and a start that says its offset.
        let utc = Self.hours("2024-10-26", [22, 23], "Z") + Self.hours("2024-10-27", Array(0..<23), "Z")
        #expect(try Self.complaints("steps: 25, \(zone)", utc) == [])
        #expect(try Self.complaints(#"steps: 25, start: "2024-10-27T00:00+02:00""#, rows) == [])
        #expect(try Self.complaints(#"steps: 25, start: "2024-10-26T22:00Z""#, rows) == [])
        // Without either, the start is one of UTC.
        #expect(
            try Self.complaints(#"steps: 25, start: "2024-10-27T00:00""#, rows).first?.contains("name time.timezone")
                == true)
    }

    @Test(
        arguments: [
            (
                "Mars/Phobos",
                "'Mars/Phobos' is not a known time zone. Write one as Europe/Berlin, Asia/Shanghai or UTC."
            ),
            ("europe/berlin", "'europe/berlin' is not a known time zone. Did you mean 'Europe/Berlin'?"),
            ("Shanghai", "'Shanghai' is not a known time zone. Did you mean 'Asia/Shanghai'?"),
            ("Europe/Berln", "'Europe/Berln' is not a known time zone. Did you mean 'Europe/Berlin'?"),
            ("PST", "'PST' is not a known time zone. Write one as Europe/Berlin, Asia/Shanghai or UTC."),
        ]) func timeZonesAreKnown(name: String, message: String) throws
    {
        let found = try Self.complaints(
            "steps: 2, start: \"2024-10-27T00:00\", timezone: \(name)", Self.hours("2024-10-27", [0, 1]))
        #expect(found == ["case.yaml:2:55  time.timezone: \(message)"])
        #expect(["UTC", "Etc/GMT-1", "CET", "Asia/Kolkata", "US/Eastern"].allSatisfy { LocalClock(zone: $0) != nil })
    }

    @Test func stampsAreRead() {
        #expect(TimeStamp("2024-10-27T02:00")?.offset == nil)
        for (text, offset) in [
            ("2024-10-27T02:00Z", 0.0), ("2024-10-27 02:00:00+02:00", 2), ("2024-10-27T02:00:00.000-0330", -3.5),
            ("2024-10-27T02:00 +05:45", 5.75), ("2024-10-27T02:00+01", 1),
        ] {
            #expect(TimeStamp(text)?.offset == offset && TimeStamp(text)?.clock.hour == 2, "\(text)")
        }
        for text in [
            "2024-10-27T02:00+", "2024-10-27T02:00+2", "2024-10-27T02:00+02:0", "2024-10-27T02:00+99:00",
            "2024-10-27T02:00ZZ",
            "2024-10-27T02:00+0:200", "2024-10-27+02:00", "10:00", "2024-10-27T02:00:00.", "2024-10-27T02:00:61",
        ] {
            #expect(TimeStamp(text) == nil, "\(text)")
        }
    }

    /// A day that a place never had, and a change of half an hour.
    @Test func zonesAreAsTheyAre() throws {
        let apia = try #require(LocalClock(zone: "Pacific/Apia"))
        #expect(apia.reading(of: try #require(Clock("2011-12-30T12:00"))) == .never)
        let howe = try #require(LocalClock(zone: "Australia/Lord_Howe"))
        guard case .twice(let first, let second) = howe.reading(of: try #require(Clock("2024-04-07T01:45"))) else {
            Issue.record("01:45 stood twice there")
            return
        }
        #expect(abs(second - first - 0.5) < 1e-9)
        #expect(howe.reading(of: try #require(Clock("2024-10-06T02:15"))) == .never)
    }

    /// Stays in a case's own table may be written as times.
    @Test func staysMayBeTimes() throws {
        func vehicles(_ rows: String) throws -> [String] {
            try Workshop.complaints([
                "case.yaml": """
                case: {schema: 1, name: a}
                time: {steps: 25, start: "2024-10-27T00:00", timezone: Europe/Berlin}
                tables: {s: {file: s.csv, index: id}}
                carriers: {electricity: {}}
                grid: {buy: {price: 0.1, max: 10 MW}}
                operator:
                  prices: {electricity_sell: {min: 0.1, max: 0.5, mean_max: 0.3}}
                ev_stations:
                  st: {sessions: s}
                """,
                "s.csv": "id,arrival,departure,battery,max_charge,max_discharge,soc_arrival,soc_departure\n" + rows,
            ])
        }
        // Five hours and a half by the clock's hands were six and a half.
        let long = try vehicles("c1,2024-10-27T00:30,2024-10-27T06:00,100,10,0,0,0.61\n")
        #expect(long == [])
        #expect(try vehicles("c1,2024-10-27T00:30+02:00,2024-10-27T05:00Z,100,10,0,0,0.61\n") == [])
        #expect(
            try vehicles("c1,2024-10-27T00:30,2024-10-27T06:00,100,10,0,0,0.63\n").first?.contains("in 6.5 h") == true)
        #expect(
            try vehicles("c1,2024-10-27T06:30,2024-10-27T06:00,100,10,0,0,0.1\n").first?.contains(
                "not after its arrival")
                == true)
        #expect(try vehicles("c1,2023-10-27T06:30,2024-10-27T06:00,100,10,0,0,0.1\n").first?.contains("-8766") == false)
        #expect(
            try vehicles("c1,soon,2024-10-27T06:00,100,10,0,0,0.1\n").first?.contains("'soon' is not a number") == true)
    }

    /// A start or a zone that is wrong is told, and not that hours are wrong for want of a clock.
    @Test(arguments: ["start: \"2024-03-31T02:30\", timezone: Europe/Berlin", "timezone: Europe/Berlim", "start: now"])
    func aWrongClockIsToldAlone(time: String) throws {
        let yaml = """
            case: {schema: 1, name: a}
            time: {steps: 24, \(time)}
            carriers: {electricity: {}}
            grid: {buy: {price: 0.2, max: 1 MW}}
            operator: {prices: {electricity_sell: {min: 0.1, max: 1, periods: {night: "00:00-06:00"}}}}
            users: {homes: {demand: {electricity: 10}}}
            """
        let complaints = try Workshop.complaints(["case.yaml": Data(yaml.utf8)])
        #expect(complaints.count == 1 && complaints[0].contains("time."), "\(complaints)")
    }
}
