import Foundation
import Testing

@testable import CaseFiles
@testable import StackelbergCLI

@Suite struct DaysCommandTests {
    /// Four days of two kinds: both kinds are found, each stands for two days, and the tables are theirs.
    @Test func writesTheDaysThatItNames() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("days-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let rows = (0..<96).map { "2024-01-0\($0 / 24 + 1)T\($0 % 24),\($0 / 24 % 2 == 0 ? 10 : 50 + $0 % 24)" }
        let file = folder.appendingPathComponent("year.csv")
        try Data((["time,load"] + rows).joined(separator: "\n").utf8).write(to: file)
        let command = try DaysCommand.parse([file.path, "--count", "2", "--output", folder.path])
        try command.run()
        let tables = try FileManager.default.contentsOfDirectory(atPath: folder.appendingPathComponent("year").path)
        #expect(tables.sorted() == ["day1.csv", "day2.csv"])
        let second = try YearTable(folder.appendingPathComponent("year/day2.csv"))
        #expect(second.names == ["hour", "load"] && second.columns[1] == (0..<24).map { 50 + Double($0) })
        #expect(
            second.section([(day: 1, weight: 2)], table: "year")
                == "days:\n  day2: {weight: 2, tables.year.file: year/day2.csv}\n")
    }

    @Test func refusesWhatIsNoYear() {
        #expect(
            YearTableError.notWholeDays(file: "a.csv", rows: 25).description
                == "a.csv: has 25 rows, which is no whole number of days of 24 h. Give one row an hour of every day.")
        #expect(throws: YearTableError.cannotRead(file: "none.csv")) {
            try YearTable(URL(fileURLWithPath: "/nowhere/none.csv"))
        }
        #expect(throws: YearTableError.noColumn(name: "lod", known: ["load"])) {
            try YearTable(names: ["load"], columns: [[1]]).series(["lod"])
        }
    }
}
