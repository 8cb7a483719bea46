import CaseFiles
import Foundation
import ResultFiles
import TestSupport
import Testing

@testable import Reports

/// A sweep over words is drawn as one over numbers is: every column, every point.
@Suite struct SweepPageTests {
    private static func sweep(_ over: String, _ payoffs: [Double?]) throws -> SweepResult {
        let axis = try SweepAxis(over)
        let points = zip(axis.values, payoffs).map { value, payoff in
            SweepResult.Point(
                [value],
                quantities: payoff.map {
                    [.init("payoff", unit: "CNY", $0), .init("cost of homes", unit: "CNY", 1000 - $0)]
                } ?? [], failure: payoff == nil ? "no answer" : "", verdicts: [])
        }
        return SweepResult(try PriceResultTests.result().source, over: [axis], points, settings: nil, seconds: 0)
    }

    @Test func aSweepOverVariantsHasABarForEachOfThem() throws {
        let result = try Self.sweep("variant=flat,night,free", [120.5, 98, nil])
        #expect(result.figures.map(\.file) == ["figures/payoff.svg", "figures/cost_of_homes.svg"])
        #expect(result.figures.allSatisfy { $0.svg.contains("flat") && $0.svg.contains("night") })
        let manifest = result.manifest(startedAt: Date(timeIntervalSince1970: 0))
        let page = PageReader(try ReportPage(run: ResultRecord(tables: result.tables, manifest: manifest)).text)
        #expect(page.error == nil && page.dangers.isEmpty)
        for (file, values) in [
            ("sweep-payoff.csv", ["120.5", "98", ""]), ("sweep-cost-of-homes.csv", ["879.5", "902", ""]),
        ] {
            let rows = try ResultTable(file: file, text: #require(page.downloads[file])).texts
            #expect(rows.map { $0[0] } == ["flat", "night", "free"] && rows.map { $0[2] } == values)
        }
        #expect(
            page.all("figcaption").contains {
                $0.text.hasPrefix("payoff is least, 98.00 at night, and greatest, 120.50 at flat.")
            })
        // Two values make two bars, in each of two figures.
        #expect(page.all("svg").count == 2)
    }

    @Test func aSweepOverNumbersHasAPointForEachOfThem() throws {
        let result = try Self.sweep("grid.buy.max=1,2,4", [10, 30, 20])
        let manifest = result.manifest(startedAt: Date(timeIntervalSince1970: 0))
        let page = PageReader(try ReportPage(run: ResultRecord(tables: result.tables, manifest: manifest)).text)
        let rows = try ResultTable(file: "a", text: #require(page.downloads["sweep-payoff.csv"])).texts
        #expect(rows.map { [$0[1], $0[2]] } == [["1", "10"], ["2", "30"], ["4", "20"]])
        #expect(
            page.all("figcaption").contains {
                $0.text.hasPrefix("payoff is least, 10.00 at 1, and greatest, 30.00 at 2.")
            })
    }
}
