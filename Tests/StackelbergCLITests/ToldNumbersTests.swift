import Foundation
import TestSupport
import Testing

/// What summaries and pages say of numbers that are nothing, and of files that are not there.
@Suite(.enabled(if: ProgramProcess.isBuilt)) struct ToldNumbersTests {
    private static func yaml(prices: String) -> String {
        """
        case: {schema: 1, name: home}
        units: {currency: EUR}
        time: {steps: 2, step: 1 h}
        carriers: {electricity: {}}
        grid: {buy: {price: 0.2, max: 1 MW}}
        operator: {prices: {electricity_sell: \(prices)}}
        users:
          home:
            demand: {electricity: 10}
            flexibility: {less: {type: curtailable, carrier: electricity, share: 1, discomfort: 0.5}}
        optimiser: {population: 20, evaluations: 1000, seed: 1, workers: 1}
        """
    }

    private func priced(
        _ prices: String, _ options: [String], _ body: (_ told: String, _ page: String, _ out: URL) throws -> Void
    ) throws {
        try TemporaryFolder.with { folder in
            try Data(Self.yaml(prices: prices).utf8).write(to: folder.appendingPathComponent("case.yaml"))
            let out = folder.appendingPathComponent("out")
            let ending = try ProgramProcess.run(["price", folder.path, "--output", out.path] + options)
            #expect(ending.code == 0, "\(ending.output)")
            let page = try String(contentsOf: out.appendingPathComponent("report.html"), encoding: .utf8)
            try body(ending.output, page, out)
        }
    }

    /// On a grid of 0.4 there are 0.8 alone, at which nobody buys: the payoff is 0, of which nothing is a share.
    @Test func nothingIsAShareOfNothing() throws {
        try priced("{min: 0.45, max: 0.75}", ["--tick", "0.4"]) { told, page, out in
            let text = try String(contentsOf: out.appendingPathComponent("manifest.json"), encoding: .utf8)
            let manifest = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
            let payoff = try #require(manifest?["payoff"] as? Double)
            try #require(abs(payoff) < 0.005, "\(payoff)")
            let line = try #require(told.split(separator: "\n").first { $0.hasPrefix("No prices pay more than") })
            #expect(!line.contains("%"), "\(line)")
            let gap = PageReader(page).all("tr").first { $0.text.contains("gap to what is proven") }
            #expect(gap == nil)
        }
    }

    /// Where nothing is decided there are no other prices that could pay more.
    @Test func fixedPricesPointToNoFile() throws {
        try priced("0.4", []) { told, page, out in
            #expect(!told.contains("optimistic_prices.csv") && !page.contains("optimistic_prices.csv"))
            #expect(!FileManager.default.fileExists(atPath: out.appendingPathComponent("optimistic_prices.csv").path))
        }
        try priced("{min: 0.3, max: 1}", []) { told, page, out in
            #expect(told.contains("optimistic_prices.csv") && page.contains("optimistic_prices.csv"))
            #expect(FileManager.default.fileExists(atPath: out.appendingPathComponent("optimistic_prices.csv").path))
        }
    }
}
