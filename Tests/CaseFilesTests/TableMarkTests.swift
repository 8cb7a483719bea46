import Foundation
import Testing

@testable import CaseFiles

/// Marks of a table that are a space or a tab, as a case writes them.
@Suite struct TableMarkTests {
    private static let yaml = """
        case: {schema: 1, name: marks}
        time: {steps: 2, step: 1 h}
        carriers: {electricity: {}}
        tables: {m: {file: m.csv, index: hourTAKEN}}
        grid: {buy: {price: 0.2, max: 10 MW}}
        operator: {prices: {electricity_sell: 0.4}}
        users: {home: {demand: {electricity: m.load}}}
        """

    private func demand(_ table: String, _ declaration: String) throws -> [Double] {
        let files = [
            "case.yaml": Data(Self.yaml.replacing("TAKEN", with: declaration).utf8), "m.csv": Data(table.utf8),
        ]
        let source = try Workshop.withFolder(files) { try CaseReader.read($0) }
        let home = source.system.parties.first { $0.name == "home" }
        return try #require(home?.demand.first).power
    }

    @Test func aTabAndASpaceAreMarks() throws {
        let table = "hour\tload [kW]\n0\t1200\n1\t900\n"
        for declaration in [", separator: tab", ", separator: \"\\t\""] {
            #expect(try demand(table, declaration) == [1200, 900], "\(declaration)")
        }
        let grouped = "hour;load [kW]\n0;1 200,5\n1;900\n"
        for thousands in ["space", "\" \""] {
            let declaration = ", separator: \";\", decimal: \",\", thousands: \(thousands)"
            #expect(try demand(grouped, declaration) == [1200.5, 900], "\(thousands)")
        }
        #expect(throws: CaseFileError.self) { try demand(table, ", separator: \"\"") }
    }

    @Test func oneLineIsNamedAsOne() {
        #expect(Sentence.lines([334]) == "line 334")
        #expect(Sentence.lines([3, 5]) == "lines 3, 5")
        #expect(Sentence.lines([3, 5, 8, 9]) == "lines 3, 5, 8, …")
    }
}
