import Foundation
import Games
import ResultFiles
import TestSupport
import Testing
import Writing

@testable import Reports

/// One rule for signs, on terminals, pages and in tables: a cost counts, income is negative. And sums are no items.
@Suite struct SignTests {
    private static func record(_ result: some RunResult, _ tables: [ResultTable]? = nil) -> ResultRecord {
        ResultRecord(
            tables: tables ?? result.tables, manifest: result.manifest(startedAt: Date(timeIntervalSince1970: 0)))
    }

    @Test func terminalPageAndTableAgree() throws {
        let result = try PriceResultTests.result()
        let costs = try #require(result.tables.first { $0.file == "costs.csv" })
        #expect(costs.header == ["party", "item", "counterparty", "amount [CNY]", "kind"])
        // The terminal's lines: party, item, amount.
        let lines = result.summary.components(separatedBy: "Costs (income is negative):\n")[1]
            .components(separatedBy: "\n\n")[0].split(separator: "\n").dropFirst()
            .map { $0.split(whereSeparator: { $0 == " " }).map(String.init) }
        let page = PageReader(try ReportPage(run: Self.record(result)).text)
        for party in ["operator", "offices", "homes", "car_park"] {
            let own = costs.texts.filter { $0[0] == party }
            func sum(_ kind: String) -> Double {
                own.filter { $0[4] == kind }.reduce(0) { $0 + (Double($1[3]) ?? .nan) }
            }
            #expect(abs(sum("item") - sum("total")) < 1e-4)
            #expect(own.count { $0[4] == "total" } == 1 && own.allSatisfy { ["item", "total"].contains($0[4]) })
            let shown = lines.first { $0[0] == party && $0.dropFirst().starts(with: ["in", "all"]) }
            #expect(shown?.last == NumberText.grouped(sum("total"), decimals: 2))
            let file = try ResultTable(file: "f", text: #require(page.downloads["costs-\(party).csv"])).texts
            #expect(abs((Double(try #require(file.last)[1]) ?? .nan) - sum("total")) < 0.02)
            // Each item, too, has the table's sign.
            for row in file.dropLast() {
                let amount = own.filter { $0[1] == row[0] }.reduce(0) { $0 + (Double($1[3]) ?? .nan) }
                #expect(abs((Double(row[1]) ?? .nan) - amount) < 1e-6 * max(1, abs(amount)), "\(party) \(row[0])")
            }
        }
        // The operator earns: its costs are the negative of what its prices pay as they are written.
        let total = try #require(costs.texts.first { $0[0] == "operator" && $0[4] == "total" })
        #expect(abs((Double(total[3]) ?? .nan) + result.proof.payoff) < 1e-5 && result.payoff > 0)
    }

    /// Tables of folders that were written before rows had kinds are read as they were meant.
    @Test func olderFoldersGiveTheSamePage() throws {
        let result = try PriceResultTests.result()
        let older = try result.tables.map { table -> ResultTable in
            guard let kind = table.header.firstIndex(of: "kind") else { return table }
            let rows = ([table.header] + table.texts).map { row in
                row.enumerated().filter { $0.offset != kind }.map(\.element)
            }
            return try ResultTable(file: table.file, text: rows.map { CSVLine.text($0) }.joined())
        }
        #expect(zip(older, result.tables).count { $0.header != $1.header } == 1)
        #expect(try ReportPage(run: Self.record(result, older)).text == ReportPage(run: Self.record(result)).text)
        // Nor does a manifest without the new entries stop anybody.
        var manifest = result.manifest(startedAt: Date(timeIntervalSince1970: 0))
        (manifest.firstStep, manifest.carrierColors) = (nil, nil)
        let page = PageReader(try ReportPage(run: ResultRecord(tables: older, manifest: manifest)).text)
        #expect(page.error == nil && page.downloads["posted-prices.svg"]?.contains("hours from the start") == true)
    }

    /// What a year costs is the sum of its parts, investment included.
    @Test func theYearsSumsAreMarked() throws {
        let table = try #require(try SizingResultTests.exactly().tables.first { $0.file == "year.csv" })
        let kind = try #require(table.header.firstIndex(of: "kind"))
        func sum(_ wanted: String, _ name: String? = nil) -> Double {
            table.texts.filter { $0[kind] == wanted && (name == nil || $0[1] == name) }
                .reduce(0) { $0 + (Double($1[2]) ?? .nan) }
        }
        let total = sum("total", "cost")
        #expect(total > 0 && abs(sum("item") - total) < 1e-6 * total)
        #expect(abs(sum("total", "operation") + sum("item", "investment") - total) < 1e-6 * total)
    }
}
