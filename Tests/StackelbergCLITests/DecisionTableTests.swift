import Foundation
import Reports
import TestSupport
import Testing

@testable import ResultFiles
@testable import StackelbergCLI

/// Tables of decisions, as a run, a spreadsheet or a person writes them.
@Suite struct DecisionTableTests {
    private func read(_ text: String) throws -> DecisionTable {
        try TemporaryFolder.with { folder in
            let file = folder.appendingPathComponent("sizes.csv")
            try Data(text.utf8).write(to: file)
            return try DecisionTable(file.path, columns: [SizeTable.size, SizeTable.value])
        }
    }

    /// Whatever a run writes comes back, to the last bit.
    @Test func whatIsWrittenIsRead() throws {
        let sizes = [("=a,b", 0.1 + 0.2), ("say \"no\"", 1e-9 / 3), ("plain", -0.0)]
        var table = ResultTable(SizeTable.self)
        for (name, size) in sizes { table.add([SizeTable.size(name), SizeTable.value(size)]) }
        let rows = try read(table.text).rows
        #expect(rows.map(\.line) == [2, 3, 4])
        for (row, size) in zip(rows, sizes) {
            #expect(row[SizeTable.size] == size.0 && row[SizeTable.value] == size.1)
        }
    }

    @Test func otherColumnsMayFollowAndNoneMayBeMissing() throws {
        let row = try #require(try read("size,value,remark\n\"a\",7,mine\nb\n").rows.first)
        #expect(row[SizeTable.size] == "a" && row[SizeTable.value] == 7 && row.text(SizeTable.value) == "7")
        let short = try #require(try read("size,value\nb\n").rows.first)
        #expect(short[SizeTable.size] == "b" && short[SizeTable.value] == nil)
        #expect(throws: DecisionTable.Problem.self) { try read("value,size\n1,a\n") }
        #expect(throws: DecisionTable.Problem.self) { try read("") }
    }
}
