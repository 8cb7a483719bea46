import Foundation
import Testing

@testable import CaseFiles

@Suite struct PlugInHistoryTests {
    private func complaints(_ text: String) throws -> [String] {
        try Workshop.withFolder(["past.csv": Data(text.utf8)]) { folder in
            do {
                _ = try PlugInHistory.read(folder.appendingPathComponent("past.csv"))
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
            try PlugInHistory.read($0.appendingPathComponent("past.csv"))
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
                "past.csv:4  energy: '-4' is not a number of 0 or more.",
                "past.csv:5  max_power: 'nan' is not a number of 0 or more.",
            ])
        #expect(try complaints("arrival,departure\n1,2\n").count == 2)
        #expect(try complaints("").count == 1)
    }
}
