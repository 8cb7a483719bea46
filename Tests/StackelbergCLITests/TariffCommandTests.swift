import Foundation
import TestSupport
import Testing

/// Tariffs, menus and users who may leave, from a case to its tables and back.
@Suite(.enabled(if: ProgramProcess.isBuilt)) struct TariffCommandTests {
    /// Two types of users that a menu has apart, by hand: 8 kWh worth 1.0 CNY/kWh at a price of 1.0, and 80 kWh worth
    /// 0.6 at 0.3 and a fee of 24. The operator, who pays 0.3, earns 5.6 + 24.
    static let menu = """
        case: {schema: 1, name: types}
        time: {steps: 2, step: 1 h}
        carriers: {electricity: {}}
        grid: {buy: {price: 0.3, max: 1 MW}}
        operator:
          tariffs:
            plain: {electricity_sell: {min: 0.3, max: 2, interval: 2 h}}
            bulk: {electricity_sell: 0.3, electricity_fee: {min: 0, max: 100}}
        users:
          small: {demand: {electricity: 4}, outside: {electricity_sell: 1}}
          large: {demand: {electricity: 40}, outside: {electricity_sell: 0.6}}
        optimiser: {evaluations: 2000}
        """

    private func withCase(_ yaml: String, _ body: (URL) throws -> Void) throws {
        try TemporaryFolder.with { folder in
            try Data(yaml.utf8).write(to: folder.appendingPathComponent("case.yaml"))
            try body(folder)
        }
    }

    private func rows(_ file: String, in folder: URL) throws -> [[String]] {
        let url = folder.appendingPathComponent(file)
        return try String(contentsOf: url, encoding: .utf8).split(whereSeparator: \.isNewline)
            .map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
    }

    private func payoff(_ json: String) throws -> Double {
        let object = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
        return try #require(object?["payoff"] as? Double)
    }

    /// The unit of a fee is the currency of the case.
    @Test func aFeeIsShownInTheCurrencyOfTheCase() throws {
        try withCase("units: {currency: GBP}\n" + Self.menu) { folder in
            struct Shown: Decodable {
                struct Price: Decodable {
                    let name: String
                    let unit: String?
                }
                let prices: [Price]
            }
            let shown = try ProgramProcess.run(["show", folder.path, "--json"])
            let prices = try JSONDecoder().decode(Shown.self, from: Data(shown.output.utf8)).prices
            #expect(prices.first { $0.name.hasSuffix("electricity_fee") }?.unit == "GBP")
        }
    }

    @Test func aMenuGoesThroughAllCommands() throws {
        try withCase(Self.menu) { folder in
            let out = folder.appendingPathComponent("out")
            let found = try ProgramProcess.run([
                "price", folder.path, "--ties", "optimistic", "--output", out.path, "--json",
            ])
            #expect(found.code == 0, "\(found.output)")
            #expect(abs(try payoff(found.output) - 29.6) < 1e-4)

            let prices = try rows("prices.csv", in: out)
            #expect(
                prices[0] == ["price", "step", "start [h]", "value", "lower", "upper", "mean cap", "carrier", "unit"])
            // A price at each step, a fee once.
            #expect(
                prices.dropFirst().map { [$0[0], $0[1], $0[8]] } == [
                    ["prices.plain.electricity_sell", "0", "CNY/kWh"],
                    ["prices.plain.electricity_sell", "1", "CNY/kWh"], ["prices.bulk.electricity_fee", "0", "CNY"],
                ])
            let supplies = try rows("supplies.csv", in: out).dropFirst()
            #expect(
                supplies.filter { $0[3] == "1" }.map { Array($0[..<2]) } == [["small", "plain"], ["large", "bulk"]])
            let charges = try rows("charges.csv", in: out)
            #expect(charges[0].last == "amount [CNY]")
            let fees = charges.dropFirst().map { Double($0[6]) ?? .nan }
            #expect(fees.count == 2 && abs(fees[0]) < 1e-9 && abs(fees[1] - 24) < 1e-4, "\(fees)")
            // Every payment between parties stands twice, with both signs.
            let costs = try rows("costs.csv", in: out).dropFirst()
            let between = costs.filter { ["small", "large", "operator"].contains($0[2]) }
            #expect(between.count == 8)
            #expect(abs(between.reduce(0) { $0 + (Double($1[3]) ?? .nan) }) < 1e-8)

            let again = try ProgramProcess.run([
                "evaluate", folder.path, "--prices", out.appendingPathComponent("prices.csv").path, "--output",
                folder.appendingPathComponent("again").path, "--json",
            ])
            #expect(again.code == 0, "\(again.output)")
            #expect(try payoff(again.output) == payoff(found.output))
            let tables = ["supplies.csv", "charges.csv", "costs.csv", "prices.csv"]
            for table in tables {
                #expect(try rows(table, in: folder.appendingPathComponent("again")) == rows(table, in: out), "\(table)")
            }
            let bound = try ProgramProcess.run([
                "certify", out.path, "--time", "20", "--output", folder.appendingPathComponent("bound").path,
            ])
            #expect(bound.code == 0 && bound.output.contains("No prices pay more than 29.60 CNY"), "\(bound.output)")
            let check = try ProgramProcess.run(["check", folder.path])
            #expect(check.code == 0 && check.output.contains("types: sound."), "\(check.output)")
            let shown = try ProgramProcess.run(["show", folder.path])
            #expect(shown.output.contains("operator.tariffs.bulk.electricity_fee.max = 100 CNY\n"), "\(shown.output)")
            #expect(shown.output.contains("users.small.outside.electricity_sell = 1 CNY/kWh\n"))
            let file = folder.appendingPathComponent("large.lp")
            let export = try ProgramProcess.run([
                "export", folder.path, "--party", "large", "--prices", out.appendingPathComponent("prices.csv").path,
                "--output", file.path,
            ])
            // Its bill: 80 kWh at 0.3, and the fee.
            #expect(export.code == 0 && export.output.contains("48"), "\(export.output)")
        }
    }

    /// A tariff outside its band is refused by its name.
    @Test func aFeeOutsideItsBandIsRefused() throws {
        try withCase(Self.menu) { folder in
            let file = folder.appendingPathComponent("prices.csv")
            try Data(
                """
                price,step,start [h],value
                prices.plain.electricity_sell,0,0,1
                prices.bulk.electricity_fee,0,0,101

                """.utf8
            ).write(to: file)
            let found = try ProgramProcess.run(["evaluate", folder.path, "--prices", file.path])
            #expect(found.code == 65 && found.errors.contains("prices.bulk.electricity_fee"), "\(found.errors)")
        }
    }
}
