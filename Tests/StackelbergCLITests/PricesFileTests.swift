import CaseFiles
import EnergyGames
import Foundation
import TestSupport
import Testing

@testable import StackelbergCLI

/// A tariff that somebody wrote, for a case in which several steps share a price.
@Suite struct PricesFileTests {
    private func read(_ values: [Double], and others: String = "") throws -> [Double] {
        let yaml = """
            case: {schema: 1, name: tariff}
            time: {steps: 4}
            carriers: {electricity: {}}
            grid: {buy: {price: 0.2, max: 1 MW}}
            operator: {prices: {electricity_sell: {min: 0.1, max: 1, periods: [a, b, b, a]}}}
            users: {homes: {demand: {electricity: 10}}}
            """
        return try TemporaryFolder.with { folder in
            try Data(yaml.utf8).write(to: folder.appendingPathComponent(CaseReader.fileName))
            let source = try CaseReader.read(folder)
            let file = folder.appendingPathComponent("tariff.csv")
            let rows = values.enumerated().map { "prices.electricity_sell,\($0),\($0),\($1)\n" }
            try Data(("price,step,start [h],value\n" + rows.joined() + others).utf8).write(to: file)
            return try PricesFile.read(file.path, for: source, in: EnergyGame(source).game.space)
        }
    }

    @Test func stepsThatShareAPriceHaveOne() throws {
        #expect(try read([0.3, 0.5, 0.5, 0.3]) == [0.3, 0.5])
        let error = #expect(throws: PricesFile.Problem.self) { try read([0.3, 0.5, 0.5, 0.4]) }
        let text = try #require(error?.description)
        #expect(
            text.hasSuffix(
                "tariff.csv: prices.electricity_sell has two values at steps 0 and 3, but the case has one price for both. Make them equal, or change 'interval' or 'periods'."
            ))
    }

    /// A row that would decide nothing is a mistake, and is told with its line.
    @Test func rowsThatDecideNothingAreRefused() throws {
        func refusal(_ row: String) throws -> String {
            let error = #expect(throws: PricesFile.Problem.self) { try read([0.3, 0.5, 0.5, 0.3], and: row + "\n") }
            return try #require(error?.description)
        }
        #expect(
            try refusal("prices.electricity_sel,0,0,0.4").hasSuffix(
                "tariff.csv:6  'prices.electricity_sel' is not a price that the case leaves to be decided. These are: prices.electricity_sell."
            ))
        #expect(
            try refusal("prices.electricity_sell,4,4,0.4").hasSuffix(
                "tariff.csv:6  there is no step 4 of prices.electricity_sell; its steps are 0 to 3."))
        #expect(
            try refusal("prices.electricity_sell,1,1,0.5").hasSuffix(
                "tariff.csv:6  prices.electricity_sell has a value at step 1 already. Take one of them out."))
    }
}
