import CaseFiles
import Disk
import EnergyGames
import Foundation
import Games
import TestSupport
import Testing

@testable import Studies

/// Prices of few steps, where the best on the grid need not be near the best beside it: all that could be posted are
/// counted out.
@Suite struct CoarseTickTests {
    /// One user that goes without a share of its load where prices are above what that is worth to it.
    private struct Park {
        let loads: [Double]
        let share: Double
        let worth: Double
        /// Of the prices' mean; 1 where nothing limits it.
        let meanMax: Double

        init(seed: Int) {
            var numbers = SeededNumbers(seed: UInt64(500 + seed))
            loads = (0..<4).map { _ in Double(2 * numbers.whole(1...5)) }
            share = [0.3, 0.5, 0.8][numbers.whole(0...2)]
            // Between two steps and on the middle of them.
            worth = [0.45, 0.5, 0.55, 0.62, 0.75][numbers.whole(0...4)]
            meanMax = [0.5, 0.6, 1][numbers.whole(0...2)]
        }

        func game() throws -> StackelbergGame {
            let yaml = """
                case: {schema: 1, name: coarse}
                time: {steps: 4}
                carriers: {electricity: {}}
                grid: {buy: {price: 0.2, max: 1 MW}}
                game: {tick: 0.1, leader: {maximise: profit}}
                operator: {prices: {electricity_sell: {min: 0.3, max: 1, mean_max: \(meanMax)}}}
                users:
                  home:
                    demand: {electricity: \(loads)}
                    flexibility: {off: {type: curtailable, carrier: electricity, share: \(share), discomfort: \(worth)}}
                """
            return try TemporaryFolder.with { folder in
                try WholeFile.write(yaml, to: folder.appendingPathComponent("case.yaml"))
                return try EnergyGame(CaseReader.read(folder)).game
            }
        }

        /// What a price of so many hundredths pays an hour at least, of all within half a step: at its least, or just
        /// where the user goes without.
        private func least(_ price: Int, _ load: Double) -> Double {
            let (low, high) = (Double(price - 5) / 100, Double(price + 5) / 100)
            func paid(_ price: Double, _ left: Double) -> Double { (price - 0.2) * load * left }
            if high < worth - 1e-9 { return paid(low, 1) }
            if low > worth + 1e-9 { return paid(low, 1 - share) }
            return min(paid(low, low > worth - 1e-9 ? 1 - share : 1), paid(worth, 1 - share))
        }

        /// The most that any prices pay for certain.
        func most() -> Double {
            var sums = [(mean: 0, pays: 0.0)]
            for load in loads {
                sums = sums.flatMap { sum in
                    stride(from: 30, through: 100, by: 10).map { (sum.mean + $0, sum.pays + least($0, load)) }
                }
            }
            return sums.filter { Double($0.mean) <= 400 * meanMax + 1e-9 }.map(\.pays).max() ?? 0
        }
    }

    @Test(arguments: 0..<12, [300, 1_000]) func theBestOfAllIsFound(seed: Int, evaluations: Int) throws {
        let park = Park(seed: seed)
        let game = try park.game()
        let settings = StudySettings(population: 20, evaluations: evaluations, answer: .bankable)
        let findings = try PriceFindings(game, Study.run(game, settings))
        let sure = try #require(findings.bankable)
        let most = park.most()
        #expect(sure.payoff <= most + 1e-6, "\(sure.payoff), counted \(most)")
        // Where answers change within half a step, what is told is on the safe side: each answer at the least of these
        // prices, whether it is given there or not. So others may be chosen that pay a little less than the best.
        #expect(sure.payoff >= 0.97 * most, "\(sure.payoff), counted \(most)")
    }
}
