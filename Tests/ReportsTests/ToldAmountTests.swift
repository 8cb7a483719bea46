import CaseFiles
import EnergyGames
import Foundation
import Games
import ResultFiles
import TestSupport
import Testing
import Writing

@testable import Reports

/// Amounts are told without the rounding of the model: a trade may pass its use by a billionth.
@Suite struct ToldAmountTests {
    @Test(arguments: [
        (9.99800001, 9.998), (4.000000004, 4), (-10.00000001, -10), (59.98999997, 59.99), (-1.0000000827e-08, 0),
        (18.96999999, 18.97), (30.00000003, 30), (0, 0),
    ]) func roundingIsLeftOut(amount: Double, told: Double) { #expect(NumberText.amount(amount) == told) }

    /// What is no rounding keeps its digits, however many.
    @Test(arguments: [9.998000123, 12_029.98347, 1.0 / 3, 1_234_567.891, 10.0000001, -0.000_012_3])
    func digitsStay(amount: Double) { #expect(NumberText.amount(amount) == amount) }

    @Test func whatIsNoNumberStays() {
        #expect(NumberText.amount(.infinity) == .infinity && NumberText.amount(.nan).isNaN)
    }

    /// Ten kW for two hours, worth 0.5: at 0.4999 they are 9.998 for the user, bought for 4, all by hand.
    @Test func tablesAndRecordsTellWhatIsSoByHand() throws {
        let yaml = """
            case: {schema: 1, name: home}
            units: {currency: EUR}
            time: {steps: 2, step: 1 h}
            carriers: {electricity: {}}
            grid: {buy: {price: 0.2, max: 1 MW}}
            operator: {prices: {electricity_sell: {min: 0.3, max: 1.0}}}
            users:
              home:
                demand: {electricity: 10}
                flexibility: {less: {type: curtailable, carrier: electricity, share: 1, discomfort: 0.5}}
            """
        try TemporaryFolder.with { folder in
            try Data(yaml.utf8).write(to: folder.appendingPathComponent("case.yaml"))
            let source = try CaseReader.read(folder)
            let game = try EnergyGame(source)
            let before = try EvaluationResult(source, game, decision: [0.45, 0.45])
            let result = try EvaluationResult(
                source, game, decision: [0.4999, 0.4999], beside: .init("before", before))
            let tables = Dictionary(uniqueKeysWithValues: result.tables.map { ($0.file, $0) })
            let costs = try #require(tables["costs.csv"]).texts
            func amounts(_ party: String, _ item: String) -> [String] {
                costs.filter { $0[0] == party && $0[1] == item }.map { $0[3] }
            }
            #expect(amounts("home", "electricity purchase") == ["9.998"] && amounts("home", "total") == ["9.998"])
            #expect(amounts("operator", "grid purchase") == ["4"])
            #expect(amounts("operator", "electricity sale") == ["-9.998"])
            #expect(amounts("operator", "total") == ["-5.998"])
            let powers = Set(try #require(tables["flows.csv"]).texts.map { $0[7] })
            #expect(powers.isSubset(of: ["10", "-10", "0"]), "\(powers)")
            // 9.998 beside 9: the difference is 0.998.
            let beside = try #require(tables["against.csv"]).texts
            #expect(
                beside.contains { Array($0[0...4]) == ["home", "electricity purchase", "9.998", "9", "0.998"] },
                "\(beside)")
            // And in the record.
            struct Record: Decodable {
                struct Party: Decodable {
                    let name: String
                    let cost: Double
                    let items: [String: Double]
                }
                let parties: [Party]
            }
            let record = try JSONDecoder().decode(Record.self, from: Data(result.json.utf8))
            let home = try #require(record.parties.first { $0.name == "home" })
            #expect(home.cost == 9.998 && home.items["electricity purchase"] == 9.998)
            #expect((home.items["discomfort"] ?? 0) == 0)
        }
    }
}
