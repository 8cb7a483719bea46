import CaseFiles
import EnergyGames
import Foundation
import ResultFiles
import TestSupport
import Testing

@testable import Reports

/// The answer of a tariff with more parts than prices of energy.
@Suite struct AnswerTariffTests {
    private static let yaml = """
        case: {schema: 1, name: parts}
        units: {currency: EUR}
        time: {steps: 3, step: 1 h}
        carriers: {electricity: {}}
        grid: {buy: {price: 0.2, max: 1 MW}}
        operator:
          prices:
            electricity_sell: {min: 0.3, max: 1.0}
            electricity_fee: {min: 0, max: 20 EUR}
            electricity_demand_charge: {min: 0, max: 2 EUR/kW}
            electricity_blocks: {more: {above: 5 kWh, surcharge: {min: 0, max: 0.5}}}
        users:
          home: {demand: {electricity: 10}}
        """

    /// - Parameter decision: by the name of the price.
    private static func page(_ yaml: String, _ decision: [String: [Double]]) throws -> PageReader {
        try TemporaryFolder.with { folder in
            try Data(yaml.utf8).write(to: folder.appendingPathComponent("case.yaml"))
            let source = try CaseReader.read(folder)
            let values = try source.prices.flatMap { try #require(decision[$0.name], "\($0.name)") }
            let result = try EvaluationResult(source, try EnergyGame(source), decision: values)
            let manifest = result.manifest(startedAt: Date(timeIntervalSince1970: 0))
            return PageReader(try ReportPage(run: ResultRecord(tables: result.tables, manifest: manifest)).text)
        }
    }

    /// On the axis of EUR/kWh stands what is priced per energy at each step, and nothing else.
    @Test func theFigureHoldsPricesOfEnergyAlone() throws {
        let page = try Self.page(
            Self.yaml,
            [
                "prices.electricity_sell": [0.3, 0.4, 0.8], "prices.electricity_fee": [12.5],
                "prices.electricity_demand_charge": [1.75], "prices.electricity_blocks.more": [0.25],
            ])
        #expect(page.error == nil)
        let text = try #require(page.downloads["posted-prices.csv"])
        let drawn = try ResultTable(file: "posted-prices.csv", text: text)
        #expect(drawn.header[2] == "price [EUR/kWh]")
        #expect(Set(drawn.texts.map { $0[0] }) == ["electricity_sell"])
        #expect(drawn.texts.prefix(3).map { $0[2] } == ["0.3", "0.4", "0.8"])
        let reading = try #require(page.all("figcaption").first).text
        #expect(reading.hasPrefix("Means in EUR/kWh: electricity_sell 0.5000. "))
        // The others are told with units of their own.
        let told = page.all("p").map(\.text)
        for part in [
            "electricity_fee 12.5000 EUR", "electricity_demand_charge 1.7500 EUR/kW",
            "electricity_blocks.more 0.2500 EUR/kWh",
        ] { #expect(told.contains { ($0 + ",").replacing(".,", with: ",").contains(part + ",") }, "\(part)") }
        #expect(!page.elements.contains { $0.text.contains("[]") })
    }

    /// Who may leave buys the same of two: rows beside other prices say of whom. A table that is wider than its place
    /// has shadows that stay, under covers that move with it.
    @Test func rowsBesideOtherPricesNameTheCounterparty() throws {
        let yaml = """
            case: {schema: 1, name: leaving}
            time: {steps: 2, step: 1 h}
            carriers: {electricity: {}}
            grid: {buy: {price: 0.2, max: 1 MW}}
            operator: {prices: {electricity_sell: {min: 0.3, max: 1.0}}}
            users: {home: {demand: {electricity: 10}, outside: {electricity_sell: 0.7}}}
            """
        try TemporaryFolder.with { folder in
            try Data(yaml.utf8).write(to: folder.appendingPathComponent("case.yaml"))
            let source = try CaseReader.read(folder)
            let game = try EnergyGame(source)
            let before = try EvaluationResult(source, game, decision: [0.9, 0.9])
            let result = try EvaluationResult(source, game, decision: [0.5, 0.5], beside: .init("before", before))
            let manifest = result.manifest(startedAt: Date(timeIntervalSince1970: 0))
            let record = ResultRecord(tables: result.tables, manifest: manifest)
            let page = PageReader(try ReportPage(run: record).text)
            let rows = page.all("tr").map(\.text)
            // 20 kWh at 0.5 here, none there; there 20 kWh at 0.7 outside.
            #expect(rows.contains("homeelectricity purchaseoperator10.000.0010.00CNY"), "\(rows)")
            #expect(rows.contains("homeelectricity purchaseoutside0.0014.00-14.00CNY"), "\(rows)")
            let rules = try #require(page.all("style").first).text.split(separator: "\n")
            let rule = try #require(rules.first { $0.hasPrefix(".table{") })
            #expect(
                rule.contains("overflow-x:auto") && rule.contains("background-attachment:local,local,scroll,scroll"))
        }
    }

    /// A horizon of one step has prices of energy, too.
    @Test func aSingleStepIsStillAPriceOfEnergy() throws {
        let short = Self.yaml.replacing("steps: 3", with: "steps: 1")
            .replacing("    electricity_demand_charge: {min: 0, max: 2 EUR/kW}\n", with: "")
            .replacing("    electricity_blocks: {more: {above: 5 kWh, surcharge: {min: 0, max: 0.5}}}\n", with: "")
        let page = try Self.page(short, ["prices.electricity_sell": [0.6], "prices.electricity_fee": [3]])
        let text = try #require(page.downloads["posted-prices.csv"])
        let drawn = try ResultTable(file: "posted-prices.csv", text: text)
        #expect(Set(drawn.texts.map { $0[0] }) == ["electricity_sell"])
        #expect(drawn.header[2] == "price [EUR/kWh]" && drawn.texts.first?[2] == "0.6")
        #expect(page.downloads["prices-electricity_sell.csv"] != nil)
        #expect(page.all("caption").contains { $0.text == "Decided beside prices" })
        #expect(page.all("th").filter { $0.text.hasSuffix("electricity_fee") }.count == 1)
    }
}
