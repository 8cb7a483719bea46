import Foundation
import Testing

@testable import CaseFiles

/// Tables as meters and markets publish them: longer than the case, with their own marks and names.
@Suite struct MeasuredTableTests {
    /// A case of an operator that buys at `price`, with users that want `demand`.
    private static func files(
        _ time: String, _ table: String, _ rows: [String], price: String = "0.1", demand: String = "p.load"
    ) -> [String: String] {
        [
            "case.yaml": """
            case: {schema: 1, name: a}
            time: {\(time)}
            tables: {p: {file: p.csv, \(table)}}
            carriers: {electricity: {}}
            grid: {buy: {price: \(price), max: 1 MW}}
            operator:
              prices: {electricity_sell: {min: 0.1, max: 0.3}}
            users:
              u: {demand: {electricity: \(demand)}}
            """, "p.csv": rows.joined(separator: "\n"),
        ]
    }

    /// What the users want at each step, kW.
    private static func demand(_ files: [String: String]) throws -> [Double] {
        try #require(demand(in: Workshop.read(files)))
    }

    private static func demand(in source: Case) -> [Double]? {
        source.system.parties.first { $0.name == "u" }?.demand.first { $0.carrier == "electricity" }?.power
    }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    /// Four days of hours in UTC from 30 March 2024; the load counts the hours.
    private static let fourDays =
        ["time,load [kW]"]
        + (0..<96).map {
            "2024-0\($0 < 48 ? 3 : 4)-\(two($0 < 48 ? 30 + $0 / 24 : $0 / 24 - 1))T\(two($0 % 24)):00Z,\($0)"
        }

    @Test func theCaseTakesItsHoursOfALongerTable() throws {
        let utc = try Self.demand(Self.files(#"start: "2024-03-31T00:00Z", steps: 3"#, "index: time", Self.fourDays))
        #expect(utc == [24, 25, 26])
        // Midnight in Berlin is 23:00 UTC; that day has 23 hours.
        let zone = "timezone: Europe/Berlin"
        let berlin = try Self.demand(
            Self.files(#"start: "2024-03-31T00:00", steps: 23, \#(zone)"#, "index: time", Self.fourDays))
        #expect(berlin == (23..<46).map(Double.init))
        // Quarters repeat hours, and steps of two hours have their mean.
        let quarters = try Self.demand(
            Self.files(#"start: "2024-04-01T05:00Z", steps: 6, step: 15 min"#, "index: time", Self.fourDays))
        #expect(quarters == [53, 53, 53, 53, 54, 54])
        let pairs = try Self.demand(
            Self.files(#"start: "2024-04-01T05:00Z", steps: 2, step: 2 h"#, "index: time", Self.fourDays))
        #expect(pairs == [53.5, 55.5])
    }

    /// Meters write the energy of each row. What the message says to write is read as the power.
    @Test func energiesOfRowsBecomePowers() throws {
        func files(_ demand: String) -> [String: String] {
            [
                "case.yaml": """
                case: {schema: 1, name: a}
                time: {steps: 4, step: 15 min}
                tables: {meter: {file: meter.csv, index: hour}}
                carriers: {electricity: {}}
                grid: {buy: {price: 0.2, max: 1 MW}}
                operator: {demand: {electricity: "\(demand)"}}
                """, "meter.csv": "hour,load [kWh]\n0,1\n0.25,2\n0.5,3\n0.75,2.5\n",
            ]
        }
        #expect(
            try Workshop.complaints(files("meter.load")) == [
                "case.yaml:6:34  operator.demand.electricity: 'meter.load' in kWh is an energy, but a power (kW) is needed. "
                    + "Energies of rows of 15 min become powers as 4 1/h * meter.load."
            ])
        #expect(
            try Workshop.complaints(files("0.5 * meter.load")).first?.hasSuffix("become powers as 2 1/h * meter.load.")
                == true)
        let read = try Workshop.read(files("4 1/h * meter.load"))
        #expect(read.system.parties.first?.demand.first?.power == [4, 8, 12, 10])
    }

    /// A table whose times go down, or stand still, is not called one with steps of 0 h.
    @Test func rowsOutOfOrderAreNamed() throws {
        let rows = Array(Self.fourDays.prefix(7))
        let turned = [rows[0]] + rows.dropFirst().reversed()
        let time = #"start: "2024-03-30T00:00Z", steps: 6"#
        #expect(
            try Workshop.complaints(Self.files(time, "index: time", turned)) == [
                "p.csv:3  time: '2024-03-30T04:00Z' is not after '2024-03-30T05:00Z'. Rows come in the order of time, each "
                    + "time once: sort them, the earliest first."
            ])
        #expect(
            try Workshop.complaints(Self.files(time, "index: time", Array(rows.prefix(2) + rows.dropFirst()))).first?
                .hasPrefix("p.csv:3  time: '2024-03-30T00:00Z' is not after '2024-03-30T00:00Z'.") == true)
    }

    /// Days of a year are taken from its table, without tables of their own.
    @Test func aTypicalDayTakesItsHoursOfAYear() throws {
        func files(_ start: String) -> [String: String] {
            [
                "case.yaml": """
                case: {schema: 1, name: a}
                time: {start: "2024-03-30T00:00Z", steps: 24}
                tables: {p: {file: p.csv, index: time}}
                carriers: {electricity: {}}
                grid: {buy: {price: 0.2, max: 1 MW}}
                operator: {demand: {electricity: 2 * p.load}}
                days:
                  first: {weight: 200}
                  last: {weight: 165, time.start: "\(start)"}
                """, "p.csv": Self.fourDays.joined(separator: "\n"),
            ]
        }
        let days = try Workshop.read(files("2024-04-02T00:00Z")).days
        let demands = days.map { $0.system.parties.first?.demand.first?.power ?? [] }
        let wanted: [[Double]] = [0..<24, 72..<96].map { hours in hours.map { Double(2 * $0) } }
        #expect(demands == wanted)
        #expect(
            try Workshop.complaints(files("2024-04-01T06:00Z")) == [
                "case.yaml:9:35  days.last.time.start: begins at 6 o'clock, but the case at 0. Let all days begin at the same hour."
            ])
    }

    @Test func hoursThatTheTableLacksAreNamed() throws {
        func complaints(_ time: String) throws -> [String] {
            try Workshop.complaints(Self.files(time, "index: time", Self.fourDays))
        }
        #expect(
            try complaints(#"start: "2024-04-02T20:00Z", steps: 6"#) == [
                "p.csv:97  time: the table ends with the row '2024-04-02T23:00Z', but the case goes on until 2024-04-03T02:00. "
                    + "Give the table these rows, or start the case earlier."
            ])
        #expect(
            try complaints(#"start: "2024-03-29T00:00Z", steps: 6"#) == [
                "p.csv:2  time: no row begins at 2024-03-29T00:00, when the case does: rows begin from "
                    + "'2024-03-30T00:00Z' to '2024-04-02T23:00Z'. Start the case where a row begins."
            ])
        #expect(try complaints(#"start: "2024-03-31T00:30Z", steps: 6"#).first?.contains("at other times") == true)
        // Only the hours of the case matter.
        var rows = Self.fourDays
        rows.remove(at: 90)
        #expect(try Self.demand(Self.files(#"start: "2024-03-31T00:00Z", steps: 3"#, "index: time", rows)).count == 3)
        #expect(
            try Workshop.complaints(Self.files(#"start: "2024-04-02T15:00Z", steps: 6"#, "index: time", rows)) == [
                "p.csv:91  time: '2024-04-02T18:00Z' does not follow '2024-04-02T16:00Z' in the steps of 1 h with which the case begins."
            ])
    }

    /// Rows with an offset and a start without one may mean hours of different clocks.
    @Test func aStartWithoutAClockTakesNoPartOfOffsetTimes() throws {
        let rows = ["time,load [kW]"] + (0..<10).map { "2024-03-30T0\($0):00+02:00,\($0)" }
        let found = try Workshop.complaints(Self.files(#"start: "2024-03-30T01:00", steps: 2"#, "index: time", rows))
        #expect(found.count == 1 && found[0].contains("give that an offset too, or name time.timezone"))
        let offset = #"start: "2024-03-30T01:00+02:00", steps: 2"#
        #expect(try Self.demand(Self.files(offset, "index: time", rows)) == [1, 2])
    }

    @Test func aTableOfHoursSaysWhenItBegins() throws {
        let rows = ["hour,load [kW]"] + (0..<48).map { "\($0),\($0)" }
        let time = #"start: "2024-01-02T03:00", steps: 2"#
        #expect(
            try Self.demand(Self.files(time, #"index: hour, start: "2024-01-01T00:00""#, rows)) == [27, 28])
        #expect(
            try Workshop.complaints(Self.files(time, "index: hour", rows)) == [
                "case.yaml:3:34  tables.p: p has 48 rows of 1 h = 48 h, but the case covers 2 h. Its rows have no times by "
                    + "which to take those of the case: say when its hour 0 is, as start: \"2024-01-01T00:00\"."
            ])
        #expect(
            try Workshop.complaints(Self.files(time, #"index: hour, start: "soon""#, rows)) == [
                "case.yaml:3:47  tables.p.start: 'soon' is no date and time. Write it as \"2024-01-01T00:00\"."
            ])
        let stamped = #"start: "2024-03-31T00:00Z", steps: 3"#
        #expect(
            try Workshop.complaints(Self.files(stamped, #"index: time, start: "2024-01-01T00:00""#, Self.fourDays)) == [
                "case.yaml:3:47  tables.p.start: has no effect, because the rows of p.csv have times of their own. Take it out."
            ])
    }

    /// As a German market publishes them.
    @Test func marksAndNamesAreDeclared() throws {
        let rows = [
            "\u{FEFF}Datum von;Datum bis;Preis (EUR/MWh);Last [MW]", "27.10.2024 01:00;27.10.2024 02:00;-12,5;1.234,5",
            "27.10.2024 02:00;27.10.2024 02:00;80;1.000", "27.10.2024 02:00;27.10.2024 03:00;7,25;0,5",
        ]
        let table =
            #"index: Datum von, separator: ";", decimal: ",", thousands: ".", columns: {load: "Last [MW]", price: Preis (EUR/MWh)}"#
        let time = #"start: "2024-10-27T01:00", steps: 3, timezone: Europe/Berlin"#
        var files = Self.files(time, table, rows, price: "p.price", demand: "0.1 * p.load")
        files["case.yaml"] = "units: {currency: EUR}\n" + (files["case.yaml"] ?? "")
        let source = try Workshop.read(files)
        #expect(Self.demand(in: source) == [123_450, 100_000, 50])
        let listed = source.listing.first { $0.path == "grid.buy.price" }
        #expect(listed?.value == "3 values, -0.0125 … 0.08" && listed?.unit == "EUR/kWh")
    }

    @Test(
        arguments: [
            (
                #"decimal: ",""#,
                "case.yaml:3:49  tables.p.decimal: is ',', which separates cells too. Declare what separates them, as separator: \";\"."
            ),
            (
                #"separator: "::""#,
                "case.yaml:3:51  tables.p.separator: '::' is none of ',', ';', '|', 'tab'. Write one of these."
            ),
            (
                #"separator: ";", decimal: ",", thousands: ",""#,
                "case.yaml:3:81  tables.p.thousands: is ',', which marks decimals. Name another mark, or leave it out."
            ),
            (
                #"columns: {price: Cost}"#,
                "case.yaml:3:57  tables.p.columns.price: p.csv has no column 'Cost'. Its columns: hour, load [kW]."
            ),
            (
                #"columns: {load: hour}"#,
                "case.yaml:3:56  tables.p.columns.load: p.csv has a column 'load' already. Choose another name."
            ),
            (
                #"columns: {x: {header: load, unit: MW}}"#,
                "case.yaml:3:62  tables.p.columns.x: is declared in 'MW', but the header says 'kW'. Take the unit out, or correct the header."
            ),
            (
                #"columns: {x: {value: much}}"#,
                "case.yaml:3:61  tables.p.columns.x.value: 'much' is not a number with a unit. Write it as in 7.2 kW, without a key 'unit'."
            ),
        ]) func declarationsAreChecked(declared: String, complaint: String) throws
    {
        let files = Self.files("steps: 2", "index: hour, \(declared)", ["hour,load [kW]", "0,1", "1,2"])
        #expect(try Workshop.complaints(files).first == complaint)
    }

    /// A tab and a space are marks, however they are written.
    @Test func marksMayBeBlank() throws {
        let rows = ["hour\tload [kW]", "0\t1 234.5", "1\t2"]
        for (separator, thousands) in [("tab", "space"), ("\"\\t\"", "\" \""), ("'\t'", "' '")] {
            let table = "index: hour, separator: \(separator), thousands: \(thousands)"
            let source = try Workshop.read(Self.files("steps: 2", table, rows))
            #expect(Self.demand(in: source) == [1234.5, 2])
            // What is read is told by its word, which can be seen.
            #expect(source.listing.first { $0.path == "tables.p.separator" }?.value == "tab")
        }
        for nothing in ["\"\"", "\"  \"", "", "~"] {
            let found = try Workshop.complaints(Self.files("steps: 2", "index: hour, separator: \(nothing)", rows))
            #expect(found.first?.contains("tables.p.separator: has no value") == true, "\(nothing)")
        }
        let found = try Workshop.complaints(Self.files("steps: 2", "index: \" \"", rows))
        #expect(found.first?.contains("tables.p.index: has no value") == true)
    }

    @Test func marksHoldForEveryCell() throws {
        let format = try CSVFormat(separator: ";", decimal: ",", thousands: ".")
        for (text, value) in [
            ("1.234,5", 1234.5), ("0,5", 0.5), ("-1.000", -1000), ("7", 7), ("1.234.567,25", 1_234_567.25),
            ("1,5e3", 1500),
        ] {
            #expect(format.number(text) == value, "\(text)")
        }
        for text in ["1.5", "1.23.456", "1,234.5", "1.2345", "12.34,5", "1,2,3", "", "1.000.00"] {
            #expect(format.number(text) == nil, "\(text)")
        }
        let plain = try CSVFormat(separator: ";", decimal: ",", thousands: nil)
        #expect(plain.number("1.5") == nil && plain.number("1,5") == 1.5)
        #expect(
            plain.noNumber("1.5")
                == "'1.5' has a point, but the table is declared with the decimal mark ','. Correct the cell or the declaration."
        )
        let spaced = try CSVFormat(separator: nil, decimal: ".", thousands: "space")
        #expect(
            spaced.number("1 234.5") == 1234.5 && spaced.number("1\u{202F}234") == 1234 && spaced.number("1 23") == nil)
    }

    // MARK: Factors

    @Test func aColumnMayHaveAFactor() throws {
        let rows = ["hour,share,price,load [kW]", "0,0.5,40,10", "1,0.25,-20,30"]
        func demand(_ text: String) throws -> [Double] {
            try Self.demand(Self.files("steps: 2", "index: hour", rows, demand: text))
        }
        #expect(try demand("0.6 * p.load") == [6, 18])
        #expect(try demand("2 MW * p.share") == [1000, 500])
        #expect(try demand("50 % * p.load") == [5, 15])
        let priced = try Workshop.read(
            Self.files("steps: 2", "index: hour", rows, price: "1 CNY/MWh * p.price"))
        #expect(priced.listing.first { $0.path == "grid.buy.price" }?.value == "2 values, -0.02 … 0.04")
    }

    @Test(
        arguments: [
            ("2 CNY * p.load", "'2 CNY * p.load' in CNY * kW is a quantity in CNY * kW, but a power (kW) is needed."),
            (
                "much * p.load",
                "'much' in 'much * p.load' is not a number. Write a factor before the column, as in 0.6 * table.column or 500 kW * table.column."
            ),
            ("2 Kw * p.load", "'Kw' in '2 Kw' is not a known unit. Did you mean 'kW'?"),
            ("0.5 * 3", "'0.5 * 3' is no product of a factor and a table column. Write it as 0.6 * table.column."),
            ("0.5 * p.laod", "the table 'p' has no column 'laod'. Did you mean 'load'?"),
            ("-1 * p.load", "-10 kW is below 0 kW, the least allowed. It is used as users.u.demand.electricity."),
        ]) func factorsAreChecked(text: String, message: String) throws
    {
        let files = Self.files("steps: 2", "index: hour", ["hour,load [kW]", "0,10", "1,30"], demand: text)
        let found = try Workshop.complaints(files)
        #expect(found.first?.hasSuffix(message) == true, "\(found)")
    }

    @Test func aSingleNumberIsNoColumn() throws {
        var files = Self.files("steps: 2", "index: hour", ["hour,load [kW]", "0,10", "1,30"])
        files["case.yaml"] = files["case.yaml"]?.replacing("max: 0.3", with: "max: 0.3, mean_max: 2 * p.load")
        #expect(
            try Workshop.complaints(files).first?.hasSuffix(
                "'2 * p.load' is a table column, but a single number is needed here.") == true)
    }

    // MARK: Many faults of a kind

    @Test func aFaultOfManyRowsIsToldOnce() throws {
        let rows = ["hour,load [kW],price"] + (0..<8760).map { "\($0),\($0 % 2 == 0 ? "n/a" : "1"),0.1" }
        let found = try Workshop.complaints(Self.files("steps: 8760", "index: hour", rows))
        #expect(
            found == [
                "p.csv:2  load, hour 0: 'n/a' is not a number. So are 4,380 places in all, the first in lines 2, 4, 6."
            ])
        // Other kinds stay beside it, and a few are told each.
        var mixed = ["hour,load [kW]"] + (0..<8).map { "\($0),\($0 < 5 ? "x\($0)" : "-1")" }
        let both = try Workshop.complaints(Self.files("steps: 8", "index: hour", mixed))
        #expect(both.count == 4 && both[0].contains("5 places in all, the first in lines 2, 3, 4"))
        #expect(both.dropFirst().allSatisfy { $0.contains("-1 kW is below 0 kW") && !$0.contains("places") })
        mixed = ["hour,load [kW]"] + (0..<8).map { "\($0),1,2" }
        #expect(
            try Workshop.complaints(Self.files("steps: 8", "index: hour", mixed)) == [
                "p.csv:2  this row has 3 cells, but the header has 2 columns. So are 8 places in all, the first in lines 2, 3, 4."
            ])
        let times = ["time,load [kW]"] + (0..<8).map { "yesterday \($0),1" }
        let words = try Workshop.complaints(Self.files("steps: 8", "index: time", times))
        #expect(words.count == 1 && words[0].contains("8 places in all"))
    }

    /// A day that has no 24 hours is named where a case of 24 hours begins at its midnight.
    @Test func aDayOfTwentyFiveHoursIsNamed() throws {
        func warnings(_ time: String, _ count: Int) throws -> [String] {
            let rows = ["hour,load [kW]"] + (0..<count).map { "\($0),1" }
            return try Workshop.read(Self.files(time, "index: hour", rows)).warnings.map(\.rendered)
        }
        let start = #"start: "2024-10-27T00:00", timezone: Europe/Berlin, "#
        #expect(
            try warnings(start + "steps: 24", 24).first
                == "case.yaml:2:67  warning: time.steps: 24 h from the start end at 2024-10-27T23:00, because 2024-10-27 has 25 h: "
                + "clocks in Europe/Berlin are put back. Give 25 steps for the day.")
        #expect(
            try warnings(#"start: "2024-03-31T00:00", timezone: Europe/Berlin, steps: 96, step: 15 min"#, 24).first?
                .hasSuffix("clocks in Europe/Berlin are put forward. Give 92 steps for the day.") == true)
        let howe = #"start: "2024-04-07T00:00", timezone: Australia/Lord_Howe, "#
        #expect(
            try warnings(howe + "steps: 24", 24).first?
                .hasSuffix("are put back. Steps of 30 min would fit into the day.") == true)
        #expect(
            try warnings(howe + "steps: 48, step: 30 min", 24).first?
                .hasSuffix("are put back. Give 49 steps for the day.") == true)
        #expect(try warnings(start + "steps: 25", 25).isEmpty)
        #expect(try warnings(#"start: "2024-10-28T00:00", timezone: Europe/Berlin, steps: 24"#, 24).isEmpty)
        let berlin = try #require(LocalClock(zone: "Europe/Berlin"))
        let year = try (#require(Clock("2024-01-01")), #require(Clock("2024-12-31")))
        #expect(
            berlin.changedDays(from: year.0.hours - 1, to: year.1.hours) == " 2024-03-31 has 23 h, 2024-10-27 has 25 h."
        )
        // Clocks in Havana are put forward at midnight.
        let havana = try #require(LocalClock(zone: "America/Havana"))
        #expect(havana.hoursOfDay(at: try #require(Clock("2024-03-10T12:00")).hours + 4) == 23)
    }

    @Test func stampsOfExportsAreRead() {
        for text in [
            "27.10.2024 02:00 - 27.10.2024 03:00", "2024/10/27 02:00", "2024-10-27 02:00:00 UTC", "27.10.2024T02:00",
            "Sun, 27 Oct 2024 02:00:00 GMT",
        ] {
            #expect(TimeStamp(text)?.clock.hours == Clock("2024-10-27T02:00")?.hours, "\(text)")
        }
        #expect(TimeStamp("Sun, 27 Oct 2024 02:00:00 GMT")?.offset == 0 && TimeStamp("27.10.2024 02:00")?.offset == nil)
        for text in [
            "10/27/2024 02:00", "2024.10.27", "27.10.24 02:00", "27.10.2024 - 02:00", "Sun, 27 Okt 2024 02:00:00 GMT",
        ] {
            #expect(TimeStamp(text) == nil, "\(text)")
        }
        #expect(Clock.text(0) == "1970-01-01T00:00" && Clock.text(-1) == "1969-12-31T23:00")
        for text in [
            "2024-02-29T23:59", "2000-03-01T00:00", "1900-02-28T12:30", "2023-12-31T06:15", "1601-01-01T00:00",
        ] {
            #expect(Clock(text).map { Clock.text($0.hours) } == text)
        }
    }
}
