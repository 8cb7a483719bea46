import CaseFiles
import Disk
import EnergyGames
import Foundation
import Games
import TestSupport
import Testing

@testable import Studies

/// What coarse prices pay, a fine search must not fall short of.
@Suite struct CoarsePricesTests {
    private func feeder(steps: Int) throws -> StackelbergGame {
        try TemporaryFolder.with { folder in
            try WholeFile.write(Feeder.yaml(steps: steps), to: folder.appendingPathComponent("case.yaml"))
            try WholeFile.write(Feeder.table, to: folder.appendingPathComponent("hours.csv"))
            return try EnergyGame(CaseReader.read(folder)).game
        }
    }

    /// The best of prices that are the same in all hours, each name's at heights in equal steps.
    private func bestFlat(_ game: StackelbergGame, heights: Int) throws -> Double {
        let evaluator = try Evaluator(game)
        var best = -Double.infinity
        for electricity in 0...heights {
            for heat in 0...heights {
                let point = game.space.decisions.map { decision in
                    let height = Double(decision.name.contains("heat") ? heat : electricity) / Double(heights)
                    return decision.lower + height * (decision.upper - decision.lower)
                }
                best = max(best, try evaluator.evaluate(game.space.project(point)).payoff ?? -.infinity)
            }
        }
        return best
    }

    /// Prices that somebody found by hand, all but the same in all hours, pay 8,706.24 in quarters of an hour; flat
    /// ones are counted out.
    @Test(arguments: [(24, 1), (24, 2), (48, 1), (96, 1)] as [(Int, UInt64)])
    func aFeederWhoseBestPricesAreNearlyFlat(steps: Int, seed: UInt64) throws {
        let game = try feeder(steps: steps)
        let study = try Study.run(game, StudySettings(evaluations: 600, seed: seed, workers: 2))
        let payoff = try #require(study.best.payoff)
        #expect(payoff >= (try bestFlat(game, heights: steps == 24 ? 12 : 6)))
        if steps == 96 { #expect(payoff >= 8_706.24) }
    }

    /// Users whose loads differ, so that flat prices are far from the best, and a search among all hours finds more.
    @Test(arguments: [3, 8]) func flatPricesAreNeverTheBetterOnes(users: Int) throws {
        let game = try TemporaryFolder.with { folder in
            try WholeFile.write(
                ManyUsers.yaml(users: users, steps: 24), to: folder.appendingPathComponent("case.yaml"))
            return try EnergyGame(CaseReader.read(folder)).game
        }
        let study = try Study.run(game, StudySettings(evaluations: 400, seed: 3))
        #expect((study.best.payoff ?? 0) >= (try bestFlat(game, heights: 20)) - 1e-6)
    }
}
