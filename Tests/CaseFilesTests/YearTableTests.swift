import Foundation
import Testing

@testable import CaseFiles

/// The table that typical days are chosen from: which column counts time, how long a row is, what the others hold.
@Suite struct YearTableTests {
    private func read(
        _ header: String, _ rows: [String], index: String? = nil, timezone: String? = nil, step: String? = nil
    ) throws -> YearTable {
        let text = ([header] + rows).joined(separator: "\n")
        return try Workshop.withFolder(["y.csv": Data(text.utf8)]) {
            try YearTable($0.appendingPathComponent("y.csv"), index: index, timezone: timezone, step: step)
        }
    }

    private func complaints(_ header: String, _ rows: [String], step: String? = nil) -> [String] {
        do {
            return try read(header, rows, step: step).warnings.map(\.rendered)
        } catch let error as CaseFileError {
            return error.diagnostics.map(\.rendered)
        } catch {
            return ["\(error)"]
        }
    }

    // MARK: Columns

    @Test func noColumnIsDroppedInSilence() {
        var rows = (0..<8760).map { "t\($0),\($0 % 24),0.5" }
        rows[5000] = "t5000,n/e,0.5"
        rows[6000] = "t6000,-,0.5"
        rows[7000] = "t7000,,0.5"
        rows[8000] = "t8000,\"1,5\",0.5"
        #expect(
            complaints("time,load,pv", rows) == [
                "y.csv:5002  load: 'n/e' is not a number.", "y.csv:6002  load: '-' is not a number.",
                "y.csv:7002  load: is empty.",
                "y.csv:8002  load: '1,5' has a comma. Write numbers with a decimal point and nothing between thousands, as in 1.5, or declare the decimal mark ','.",
            ])
    }

    @Test func wordsAndOtherTimesAreLeftOutAloud() throws {
        let rows = (0..<24).map { hour in
            let clock = "2024-01-01T\(hour < 10 ? "0" : "")\(hour):00"
            return "\(clock),\(clock)Z,workday,\(hour),5"
        }
        let year = try read("time,utc,kind,hour,load [kW]", rows)
        #expect(year.names == ["load"] && year.columns == [Array(repeating: 5, count: 24)])
        #expect(
            year.warnings.map(\.rendered).sorted() == [
                "y.csv  warning: has 1 day, not a year of 365 or 366: weights sum to 1.",
                "y.csv:1  warning: hour: is left out: a table of a day has an index of that name.",
                "y.csv:1  warning: kind: has no numbers, so it is left out.",
                "y.csv:1  warning: utc: has no numbers, so it is left out.",
            ])
        #expect(year.table(ofDay: 0).hasPrefix("hour,load [kW]\n0,5.0\n1,5.0\n"))
    }

    @Test func rowsHaveTheirHeadersLength() {
        let rows = (0..<24).map { $0 == 7 ? "\($0),1,2" : "\($0),1" }
        #expect(complaints("hour,load", rows) == ["y.csv:9  this row has 3 cells, but the header has 2 columns."])
    }

    @Test func unitsInHeadersAreChecked() {
        let rows = (0..<24).map { "\($0),1,2" }
        #expect(
            complaints("hour,load [kw],price [EUR/MWh]", rows)
                == ["y.csv:1  load: 'kw' in 'load [kw]' is not a known unit. Did you mean 'kW'?"])
        #expect(complaints("hour,load [kW],price [bananas]", rows).count == 1)
        #expect(complaints("hour,load [MWH],price [GBP/kWh]", rows).first?.contains("'MWh'") == true)
    }

    // MARK: Steps

    /// Rows of a year by their number, or by hours that count.
    @Test(
        arguments: [
            (8760, 24, 365), (8784, 24, 366), (17_520, 48, 365), (17_568, 48, 366), (35_040, 96, 365),
            (35_136, 96, 366),
        ])
    func stepsComeFromTheNumberOfRowsOfAYear(rows: Int, stepsPerDay: Int, days: Int) throws {
        let year = try read("name,load", (0..<rows).map { "r\($0),1" })
        #expect(year.stepsPerDay == stepsPerDay && year.days == days && year.warnings.isEmpty)
    }

    @Test func stepsComeFromTimes() throws {
        func clock(_ minutes: Int) -> String {
            func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
            return "2023-06-\(two(1 + minutes / 1440))T\(two(minutes / 60 % 24)):\(two(minutes % 60))"
        }
        for minutes in [10, 15, 60, 180] {
            let rows = (0..<2 * 1440 / minutes).map { "\(clock($0 * minutes)),1" }
            let year = try read("time,load", rows)
            #expect(year.stepsPerDay == 1440 / minutes && year.days == 2)
        }
        #expect(try read("time [min],load", (0..<48).map { "\($0 * 30),1" }).stepsPerDay == 48)
        #expect(try read("name,load", (0..<96).map { "r\($0),1" }, step: "15 min").stepsPerDay == 96)
    }

    @Test func whatDoesNotTellIsRefused() {
        #expect(
            complaints("name,load", (0..<96).map { "r\($0),1" }) == [
                "y.csv:1  the length of a row is unknown: the first column has no times, and 96 rows are not a year of 365 or 366 days in equal "
                    + "steps. Give times as 2024-07-15T07:00, or --step '15 min'."
            ])
        #expect(
            complaints("hour,load", (0..<25).map { "\($0),1" }) == [
                "y.csv  has 25 rows of 1 h, which is not a whole number of days of 24 h. Give whole days, 24 rows each."
            ])
        #expect(
            complaints("hour,load", (0..<24).map { "\($0 * 7),1" }) == [
                "y.csv  rows of 7 h do not make a day of 24 h. Give steps that do, as 15 min, 1 h or 3 h."
            ])
        #expect(
            complaints("hour,load", (0..<17_544).map { "\($0),1" }).first?.contains("has 731 days") == true)
        #expect(
            complaints("hour,load", (0..<24).map { "\($0),1" }, step: "soon").first?.contains("no length of time")
                == true)
        #expect(
            complaints("hour,load", (0..<24).map { "\($0),1" }, step: "15 min")
                == ["y.csv:1  rows are 1 h apart, not 15 min. Leave --step out, or correct the times."])
        // A gap is told where it is.
        #expect(
            complaints("hour,load", (0..<25).filter { $0 != 5 }.map { "\($0),1" })
                == ["y.csv:7  hour: '6' does not follow '4' in the steps of 1 h with which the table begins."])
    }

    /// A year of a place that puts its clocks forward and back, as they show it: 8760 hours all the same.
    @Test func clocksThatAreChangedAreRead() throws {
        var rows: [String] = []
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        for (month, days) in [(3, 31), (10, 31)] {
            for day in days - 1...days {
                for hour in 0..<24 {
                    if day == 31, month == 3, hour == 2 { continue }
                    rows.append("2024-\(two(month))-\(two(day))T\(two(hour)):00,1")
                }
            }
        }
        let march = Array(rows.prefix(47))
        #expect(complaints("time,load", march).first?.contains("name the time zone, such as Europe/Berlin") == true)
        // The second day has 23 hours, and ends at its midnight all the same.
        let year = try read("time,load", march, timezone: "Europe/Berlin")
        #expect(year.days == 2 && year.stepsPerDay == 24)
        #expect(throws: CaseFileError.self) {
            try read("time,load", Array(march.dropLast()), timezone: "Europe/Berlin")
        }
    }

    /// Two days of half hours around each change, each row with the hour that the clock showed: a day shows each hour
    /// where it was.
    @Test func daysAreThoseOfTheClock() throws {
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        for (day, offset, hours) in [
            ("2024-03-31", 1, [0, 1] + Array(3..<24)), ("2024-10-27", 2, [0, 1, 2] + Array(2..<24)),
        ] {
            var last = -1
            var ahead = offset
            let rows = hours.flatMap { hour -> [String] in
                if hour != last + 1 { ahead = hour == last ? 1 : 2 }
                last = hour
                let zone = "+0\(ahead):00"
                return ["\(day)T\(two(hour)):00\(zone),\(hour)", "\(day)T\(two(hour)):30\(zone),\(hour)"]
            }
            let year = try read("time,load", rows, timezone: "Europe/Berlin")
            let shown = (0..<48).map { Double($0 / 2 == 2 && day.contains("-03-") ? 1 : $0 / 2) }
            #expect(year.columns == [shown] && year.days == 1, "\(day)")
            #expect(year.warnings.contains { $0.message.contains("all of 24 h") })
        }
    }
}
