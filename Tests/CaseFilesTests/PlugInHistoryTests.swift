import Foundation
import Testing

@testable import CaseFiles

@Suite struct PlugInHistoryTests {
    private func complaints(_ text: String) throws -> [String] {
        try Workshop.withFolder(["past.csv": Data(text.utf8)]) { folder in
            do {
                _ = try PlugInHistory(folder.appendingPathComponent("past.csv"))
                return []
            } catch let error as CaseFileError {
                return error.diagnostics.map(\.rendered)
            }
        }
    }

    @Test func sessionsByHand() throws {
        let text = """
            id,arrival,departure,energy [kWh],max_power [kW]
            a,2019-03-01T06:20:00-08:00,2019-03-01T07:50:00-08:00,4.2,6.6
            b,2019-03-04T22:15,2019-03-05T01:45Z,7,11

            """
        let sessions = try Workshop.withFolder(["past.csv": Data(text.utf8)]) {
            try PlugInHistory($0.appendingPathComponent("past.csv")).sessions
        }
        #expect(sessions.count == 2)
        // 1 March 2019 was a Friday, 4 March a Monday.
        #expect(sessions[0].weekday == 4 && sessions[1].weekday == 0 && sessions[1].day - sessions[0].day == 3)
        #expect(abs(sessions[0].arrival - 6 - 1.0 / 3) < 1e-9 && abs(sessions[0].departure - 7 - 5.0 / 6) < 1e-9)
        #expect(sessions[1].departure == 25.75 && sessions[1].maximumPower == 11)
    }

    @Test func everythingWrongAtOnce() throws {
        let found = try complaints(
            """
            arrival,departure,energy [kWh],max_power [kW]
            yesterday,2019-03-01T07:50,4,6.6
            2019-03-01T06:20,2019-03-01T06:20,4,6.6
            2019-03-01T06:20,2019-03-01T07:20,-4,6.6
            2019-03-01T06:20,2019-03-01T07:20,4,nan

            """)
        #expect(
            found == [
                "past.csv:2  arrival: 'yesterday' is not a time. Write it as 2019-03-01T06:20.",
                "past.csv:3  leaves at 2019-03-01T06:20, not after its arrival at 2019-03-01T06:20.",
                "past.csv:4  energy: -4 kWh is below 0 kWh, the least allowed.",
                "past.csv:5  max_power: 'nan' is not a number.",
            ])
        #expect(try complaints("arrival,departure\n1,2\n").count == 2)
        #expect(try complaints("").count == 1)
    }

    private func history(_ rows: [String], header: String? = nil, timezone: String? = nil) throws -> PlugInHistory {
        let text = ([header ?? "arrival,departure,energy [kWh],max_power [kW]"] + rows).joined(separator: "\n")
        return try Workshop.withFolder(["past.csv": Data(text.utf8)]) {
            try PlugInHistory($0.appendingPathComponent("past.csv"), timezone: timezone)
        }
    }

    /// Sums of the same numbers in another order differ in their last digits, by which a forecast may choose.
    @Test func theOrderOfRowsSaysNothing() throws {
        let rows = (0..<9).map { "2024-02-0\($0 % 4 + 1)T0\($0):00,2024-02-0\($0 % 4 + 1)T1\($0):00,\($0 + 1),11" }
        let sessions = try history(rows).sessions
        #expect(try history(rows.reversed()).sessions == sessions && sessions.count == 9)
    }

    @Test func aDateThatMayBeginWithTheMonthIsNamed() throws {
        let error = #expect(throws: CaseFileError.self) { try history(["03/01/2024 14:36,2024-03-01T16:00,5,11"]) }
        #expect(
            error?.diagnostics.map(\.rendered) == [
                "past.csv:2  arrival: '03/01/2024 14:36' is not a time. Write it as 2019-03-01T06:20. Whether its day or its "
                    + "month comes first is not said."
            ])
    }

    /// 20,000 Wh at 11,000 W are 20 kWh at 11 kW, however they are written.
    @Test(
        arguments: [
            ("energy [Wh],max_power [W]", "20000,11000"), ("energy [MWh],max_power [MW]", "0.02,0.011"),
            ("energy [MJ],max_power [kW]", "72,11"), ("energy,max_power", "20,11"),
        ]) func unitsAreConverted(header: String, cells: String) throws
    {
        let read = try history(["2024-02-01T08:00,2024-02-01T16:00,\(cells)"], header: "arrival,departure,\(header)")
        #expect(abs(read.sessions[0].energy - 20) < 1e-12 && abs(read.sessions[0].maximumPower - 11) < 1e-12)
    }

    @Test(
        arguments: [
            (
                "energy [bananas],max_power [MW]",
                "past.csv:1  energy: 'bananas' in 'energy [bananas]' is not a known unit."
            ),
            (
                "energy [kwh],max_power [kW]",
                "past.csv:1  energy: 'kwh' in 'energy [kwh]' is not a known unit. Did you mean 'kWh'?"
            ),
            (
                "energy [kW],max_power [kW]",
                "past.csv:1  energy: a column in kW is a power, but an energy (kWh) is needed."
            ),
            (
                "energy [kWh],max_power [A]",
                "past.csv:1  max_power: a column in A is a current, but a power (kW) is needed."
            ),
        ]) func otherUnitsAreRefused(header: String, message: String) throws
    {
        #expect(try complaints("arrival,departure,\(header)\n2024-02-01T08:00,2024-02-01T16:00,20,11\n") == [message])
    }

    /// On 27 October 2024 clocks in Berlin were put back from 03:00 to 02:00.
    @Test func offsetsTellHowLongASessionLasts() throws {
        let read = try history(["2024-10-27T00:30+02:00,2024-10-27T05:00+01:00,20,11"])
        #expect(read.sessions[0].arrival == 0.5 && read.sessions[0].departure == 6)
        let here = try history(["2024-10-27T00:30,2024-10-27T05:00,20,11"], timezone: "Europe/Berlin")
        #expect(here.sessions[0].arrival == 0.5 && here.sessions[0].departure == 6)
        // 23:30 UTC was half past midnight of the next day there, a Wednesday.
        let utc = try history(["2024-01-30T23:30Z,2024-01-31T01:30Z,20,11"], timezone: "Europe/Berlin")
        #expect(utc.sessions[0].arrival == 0.5 && utc.sessions[0].departure == 2.5 && utc.sessions[0].weekday == 2)
        // Without a zone the clock is what it shows, and never changes.
        let naive = try history(["2024-10-27T00:30,2024-10-27T05:00,20,11"])
        #expect(naive.sessions[0].departure == 5)
    }

    @Test func theHourThatStandsTwiceIsToldOf() throws {
        let read = try history(["2024-10-27T02:30,2024-10-27T03:30,20,11"], timezone: "Europe/Berlin")
        #expect(read.sessions[0].departure - read.sessions[0].arrival == 2)
        #expect(read.warnings.map(\.path) == ["arrival"])
        // It cannot leave before it came: the second of the two times is meant.
        let back = try history(["2024-10-27T02:30+02:00,2024-10-27T02:15,20,11"], timezone: "Europe/Berlin")
        #expect(back.sessions[0].departure - back.sessions[0].arrival == 0.75)
        #expect(throws: CaseFileError.self) {
            try history(["2024-03-31T02:30,2024-03-31T04:30,20,11"], timezone: "Europe/Berlin")
        }
        #expect(throws: CaseFileError.self) {
            try history(["2024-03-31T01:30,2024-03-31T04:30,20,11"], timezone: "Mars/Phobos")
        }
    }

    @Test func gapsAndStaysOfYearsAreRefused() throws {
        let header = "arrival,departure,energy [kWh],max_power [kW]\n"
        #expect(
            try complaints(header + "2019-03-01T06:00,2019-03-01T07:00,4,6\n2924-03-01T06:00,2924-03-01T07:00,4,6\n")
                == [
                    "past.csv:3  arrival: there is no arrival in the 330545 days from '2019-03-01T06:00' (line 2) to '2924-03-01T06:00'; at most 366 are "
                        + "taken. Check the dates, or forecast from the sessions after them alone."
                ])
        #expect(
            try complaints(header + "2019-03-01T06:00,2021-03-01T06:00,4,6\n") == [
                "past.csv:2  stays for 731 days, from 2019-03-01T06:00 to 2021-03-01T06:00; at most 31 are taken. Check the dates."
            ])
        #expect(try complaints(header + "2019-03-01T06:00,2019-03-31T06:00,4,6\n") == [])
        #expect(
            try complaints(header + "2019-03-01T06:00+01:00,2019-03-01T06:30+02:00,4,6\n")
                == ["past.csv:2  leaves at 2019-03-01T06:30+02:00, not after its arrival at 2019-03-01T06:00+01:00."])
    }

    /// The rules of every table: a mark before the first column, quotes, decimal commas, units in cells.
    @Test func historiesAreReadAsTablesOfCasesAre() throws {
        let text =
            "\u{FEFF}arrival,departure,energy [kWh],max_power [kW]\r\n\"2019-03-01 06:20\",2019-03-01T07:20:00.000Z,\"4\",6\r\n"
        #expect(try complaints(text) == [])
        let wrong = try complaints(
            "arrival,departure,energy [kWh],max_power [kW]\n2019-03-01T06:20,2019-03-01T07:20,\"4,5\",6 kW\n")
        #expect(
            wrong == [
                "past.csv:2  energy: '4,5' has a comma. Write numbers with a decimal point and nothing between thousands, as in 4.5, or declare the decimal mark ','.",
                "past.csv:2  max_power: '6 kW' is not a number. Write the unit into the header, as in power [kW].",
            ])
        #expect(
            try complaints("arrival;departure;energy;max_power\n") == [
                "past.csv:1  columns are separated by semicolons. Use commas, or declare the separator ';'."
            ])
    }
}
