import CaseFiles
import EnergyGames
import Figures
import Foundation
import Games
import ResultFiles
import Studies
import TestSupport
import Testing
import Writing

@testable import Reports

/// What a terminal and a page show of more parties than anybody reads: the greatest, and the sums of all others.
@Suite struct ManyPartiesTests {
    /// User k of 40 takes k kWh in each of two hours at 0.3 CNY/kWh.
    private static func result() throws -> PriceResult {
        try TemporaryFolder.with { folder in
            let users = (1...40).map { "  u\($0): {demand: {electricity: \($0)}}\n" }.joined()
            let text = """
                case: {schema: 1, name: many}
                time: {steps: 2}
                carriers: {electricity: {}}
                grid: {buy: {price: 0.1, max: 10000}}
                operator: {prices: {electricity_sell: {min: 0.3, max: 0.3}}}
                users:
                \(users)
                """
            try Data(text.utf8).write(to: folder.appendingPathComponent("case.yaml"))
            let source = try CaseReader.read(folder)
            let game = try EnergyGame(
                name: source.name, system: source.system, operatorName: source.operatorName, prices: source.prices,
                ties: .optimistic)
            let study = try Study.run(
                game.game,
                StudySettings(algorithm: "ga", population: 4, evaluations: 4, seed: 1, workers: 1, answer: .bankable))
            return try PriceResult(source, game, study)
        }
    }

    @Test func theTerminalShowsTheGreatestAndTheOthersTogether() throws {
        let text = try Self.result().summary
        #expect(text.contains("of 41 parties the 10 with the greatest sums"))
        // The operator and the nine greatest users, 32 to 40; users 1 to 31 pay 0.3 * 2 * 496 = 297.60.
        let totals = text.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
            .filter { $0.count >= 4 && $0.suffix(3).starts(with: ["in", "all"]) }
        #expect(totals.count == 11)
        #expect(totals.first.map { Array($0.prefix(2)) } == ["31", "others"] && totals.first?.last == "297.60")
        #expect(totals.contains { $0[0] == "u40" && $0.last == "24.00" })
        // 820 kW for two hours, bought at 0.1 and sold at 0.3.
        #expect(totals.contains { $0[0] == "operator" && $0.last == "-328.00" })
    }

    @Test func aFigureKeepsItsSums() throws {
        let series = (1...40).map { k in
            StackChart.Series("s\(k)", [Double(k), k.isMultiple(of: 2) ? -3 * Double(k) : Double(k)])
        }
        let fewer = BalanceFigures.fewer(series)
        #expect(fewer.count == BalanceFigures.most)
        for t in 0..<2 {
            #expect(
                abs(fewer.reduce(0) { $0 + $1.values[t] } - series.reduce(0) { $0 + $1.values[t] }) < 1e-9)
        }
        // Even ones move 4 k and odd ones 2 k: 14 move 72 or more.
        let greatest = [18, 20, 22, 24, 26, 28, 30, 32, 34, 36, 37, 38, 39, 40]
        #expect(fewer.dropLast(2).map(\.name) == greatest.map { "s\($0)" })
        #expect(fewer.suffix(2).map(\.name) == ["18 other sources", "8 other sinks"])
        #expect(BalanceFigures.fewer(Array(series.prefix(16))) == Array(series.prefix(16)))
    }
}
