import Energy
import Foundation
import Testing

@testable import CaseFiles

/// Times in a column whose name says UTC, read by a case that has another clock.
@Suite struct ColumnClockTests {
    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    /// Hours of three days from 30 March 2024; the load counts them. Berlin's clocks are put forward on the 31st.
    private static func rows(_ end: String = "") -> [String] {
        (0..<72).map {
            "2024-0\($0 < 48 ? 3 : 4)-\(two($0 < 48 ? 30 + $0 / 24 : 1))T\(two($0 % 24)):00\(end),\($0)"
        }
    }

    private static func demand(
        _ header: String, time: String, rows: [String] = rows(), index: String? = nil, columns: String = ""
    ) throws -> [Double]? {
        try Workshop.read([
            "case.yaml": """
            case: {schema: 1, name: a}
            time: {\(time)}
            tables: {p: {file: p.csv, index: "\(index ?? header)"\(columns)}}
            carriers: {electricity: {}}
            grid: {buy: {price: 0.1, max: 1 MW}}
            operator: {demand: {electricity: p.load}}
            """, "p.csv": ([header + ",load [kW]"] + rows).joined(separator: "\n"),
        ]).system.parties.first?.demand.first?.power
    }

    /// Midnight in Berlin is 23:00 UTC, and 22:00 in summer time; what each row counts says its hour.
    @Test(
        arguments: [
            "time_utc", "UTCTime", "timeUTC", "utctimestamp", "timestamputc", "Time (UTC)", "Start UTC", "utc",
            "datetime_utc_start", "TransactionStartUTCTime", "Start (GMT)", "MTU (UTC+0)", "Time (UTC+00:00)",
        ]) func timesAreInTheClockOfTheirColumn(name: String) throws
    {
        let winter = #"start: "2024-03-31T00:00", steps: 23, timezone: Europe/Berlin"#
        #expect(try Self.demand(name, time: winter) == (23..<46).map(Double.init))
        let summer = #"start: "2024-04-01T00:00", steps: 3, timezone: Europe/Berlin"#
        #expect(try Self.demand(name, time: summer) == [46, 47, 48])
        // Without a zone, and in UTC, nothing is to be converted.
        for time in [#"start: "2024-03-31T00:00", steps: 3"#, #"start: "2024-03-31T00:00", steps: 3, timezone: UTC"#] {
            #expect(try Self.demand(name, time: time) == [24, 25, 26])
        }
        // An offset of the start says where the case is, too.
        #expect(try Self.demand(name, time: #"start: "2024-03-31T00:00+02:00", steps: 3"#) == [22, 23, 24])
    }

    @Test func bracketsAndTheNameInTheCaseSayItToo() throws {
        let time = #"start: "2024-04-01T00:00", steps: 3, timezone: Europe/Berlin"#
        #expect(try Self.demand("Time [UTC]", time: time, index: "Time") == [46, 47, 48])
        #expect(
            try Self.demand("Zeitpunkt", time: time, index: "time_utc", columns: ", columns: {time_utc: Zeitpunkt}")
                == [46, 47, 48])
        #expect(
            try Self.demand("Start (UTC)", time: time, index: "t", columns: ", columns: {t: Start (UTC)}")
                == [46, 47, 48])
    }

    /// Berlin shows 00:00 when a clock of UTC+5 shows 03:00 in summer.
    @Test func aColumnMayHaveAnotherClockThanUTC() throws {
        let time = #"start: "2024-04-01T00:00", steps: 2, timezone: Europe/Berlin"#
        for name in ["Time (UTC+5)", "Time (UTC +05:00)", "time UTC+0500", "MTU (GMT+5)"] {
            #expect(try Self.demand(name, time: time) == [51, 52])
        }
        #expect(try Self.demand("Time (UTC-03:30)", time: #"start: "2024-04-01T00:30Z", steps: 2"#) == [45, 46])
        // A case that does not say where it is takes them as they are.
        #expect(try Self.demand("Time (UTC+5)", time: #"start: "2024-04-01T00:00", steps: 2"#) == [48, 49])
    }

    /// Rows of 31 March have no hour 02:00 in Berlin, so the count of rows after it is one less.
    @Test(arguments: ["Dutch_time", "outcome", "mgmt", "MTU (CET/CEST)", "time", "Time (UTC+1/+2)"])
    func otherNamesSayNothing(name: String) throws {
        let rows = Self.rows().filter { !$0.hasPrefix("2024-03-31T02") }
        let time = #"start: "2024-03-31T01:00", steps: 3, timezone: Europe/Berlin"#
        #expect(try Self.demand(name, time: time, rows: rows) == [25, 27, 28])
    }

    @Test func anOffsetGoesBeforeTheNameOfTheColumn() throws {
        let time = #"start: "2024-04-01T00:00", steps: 3, timezone: Europe/Berlin"#
        #expect(try Self.demand("time_utc", time: time, rows: Self.rows("+02:00")) == [48, 49, 50])
    }

    /// 20:15 UTC is 21:15 in Amsterdam in winter and 22:15 in summer.
    @Test(
        arguments: [
            ("2024-01-15", "UTCTransactionStart,UTCTransactionStop", 1.0),
            ("2024-07-15", "UTCTransactionStart,UTCTransactionStop", 2),
            ("2024-07-15", "start_utc,end_utc", 2), ("2024-07-15", "Start (UTC),End (UTC)", 2),
            ("2024-07-15", "Start [UTC],End [UTC]", 2), ("2024-07-15", "start,end", 0),
        ]) func staysAreInTheClockOfTheirColumns(day: String, names: String, ahead: Double) throws
    {
        let source = try Workshop.read([
            "case.yaml": """
            case: {schema: 1, name: a}
            time: {start: "\(day)T00:00", steps: 24, timezone: Europe/Amsterdam}
            tables: {log: {file: log.csv, index: id, columns: {max_charge: {value: 7 kW}}}}
            carriers: {electricity: {}}
            grid: {buy: {price: 0.1, max: 1 MW}}
            operator:
              prices: {electricity_sell: {min: 0.1, max: 0.3, mean_max: 0.2}}
            ev_stations:
              lot: {sessions: log, charge_efficiency: 1}
            """, "log.csv": "id,\(names),TotalEnergy\na,\(day)T20:15,\(day)T21:30,5\n",
        ])
        let stay = try #require(source.fleets["lot"]?.vehicles.first)
        #expect(stay.arrival == 20.25 + ahead && stay.departure == 21.5 + ahead)
    }

    /// A forecast and the days of a year take the same rows with `Z` at each time for the same.
    @Test func historiesAndYearsAreReadAlike() throws {
        func history(_ header: String, _ end: String) throws -> PlugInHistory {
            let rows = "\(header)\n2024-01-30T23:30\(end),2024-01-31T01:30\(end),20,11\n"
            return try Workshop.withFolder(["past.csv": Data(rows.utf8)]) {
                try PlugInHistory($0.appendingPathComponent("past.csv"), timezone: "Europe/Berlin")
            }
        }
        let named = try history("UTCTransactionStart,UTCTransactionStop,energy [kWh],max_power [kW]", "").sessions
        #expect(try named == history("arrival,departure,energy [kWh],max_power [kW]", "Z").sessions)
        // Half past midnight of a Wednesday.
        #expect(named[0].arrival == 0.5 && named[0].departure == 2.5 && named[0].weekday == 2)

        func year(_ name: String, _ end: String) throws -> [[Double]] {
            // Until midnight in London, which comes an hour sooner then.
            let rows = ["\(name),load [kW]"] + Self.rows(end).dropLast()
            return try Workshop.withFolder(["y.csv": Data(rows.joined(separator: "\n").utf8)]) {
                try YearTable($0.appendingPathComponent("y.csv"), timezone: "Europe/London").columns
            }
        }
        // Clocks in London are put forward at 01:00 UTC of the 31st, hour 25: the hour before it is repeated there.
        let days = [Array(0...24).map(Double.init) + Array(24...70).map(Double.init)]
        #expect(try year("time_utc", "") == days && year("time", "Z") == days)
    }
}
