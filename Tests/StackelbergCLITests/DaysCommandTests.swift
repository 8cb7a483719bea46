import Foundation
import TestSupport
import Testing

@testable import CaseFiles
@testable import StackelbergCLI

@Suite struct DaysCommandTests {
    /// Four days of two kinds: both kinds are found, each stands for two days, and the tables are theirs.
    @Test func writesTheDaysThatItNames() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("days-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let rows = (0..<96).map {
            "2024-01-0\($0 / 24 + 1)T\($0 % 24 < 10 ? "0" : "")\($0 % 24):00,\($0 / 24 % 2 == 0 ? 10 : 50 + $0 % 24)"
        }
        let file = folder.appendingPathComponent("year.csv")
        try Data((["time,load"] + rows).joined(separator: "\n").utf8).write(to: file)
        let command = try DaysCommand.parse([file.path, "--count", "2", "--output", folder.path])
        try command.run()
        let tables = try FileManager.default.contentsOfDirectory(atPath: folder.appendingPathComponent("year").path)
        #expect(tables.sorted() == ["day1.csv", "day2.csv"])
        let second = try YearTable(folder.appendingPathComponent("year/day2.csv"))
        #expect(second.names == ["load"] && second.columns[0] == (0..<24).map { 50 + Double($0) })
        #expect(
            second.section([(day: 1, weight: 2)], table: "year")
                == "days:\n  day2: {weight: 2, tables.year.file: year/day2.csv}\n")
    }

    /// Days of a year of quarters have 96 rows, and stand for 365 days together.
    @Test func quarterHoursMakeDaysOfNinetySixRows() throws {
        try TemporaryFolder.with { folder in
            let rows = (0..<35_040).map { "q\($0),\($0 / 96 % 2 == 0 ? 10 : 50)" }
            let file = folder.appendingPathComponent("year.csv")
            try Data((["time,load [kW]"] + rows).joined(separator: "\n").utf8).write(to: file)
            try DaysCommand.parse([file.path, "--count", "2", "--output", folder.path]).run()
            let tables = try FileManager.default.contentsOfDirectory(atPath: folder.appendingPathComponent("year").path)
            let day = try String(contentsOf: folder.appendingPathComponent("year/day1.csv"), encoding: .utf8)
            let lines = day.split(separator: "\n")
            #expect(tables.count == 2 && lines.count == 97 && lines[0] == "hour,load [kW]" && lines[96] == "23.75,10.0")
        }
    }

    @Test func refusesWhatIsNoYear() {
        #expect(throws: CaseFileError.self) { try YearTable(URL(fileURLWithPath: "/nowhere/none.csv")) }
        #expect(throws: YearTableError.noColumn(name: "lod", known: ["load"])) {
            try YearTable(names: ["load"], columns: [[1]]).series(["lod"])
        }
    }
}
