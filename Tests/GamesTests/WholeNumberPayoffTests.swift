import Foundation
import LinearModels
import TestSupport
import Testing

@testable import Games

/// What prices pay for certain where followers have whole numbers: they leave, or have units that are on or off.
@Suite struct WholeNumberPayoffTests {
    /// Ten kWh, for which another supplier asks 0.50; two hours, which cost the leader 0.10 and 0.20 a kWh.
    private static func contract() -> FeeGame {
        FeeGame(
            users: [
                .init(
                    need: 10, limits: [10, 10], extras: [0, 0], outside: 0.5, least: 0, most: 0, start: 1, unitCost: 0)
            ],
            sources: [.init(cheap: 0.1, limit: 100, dear: 1), .init(cheap: 0.2, limit: 100, dear: 1)], feeTick: 0.1,
            priceTick: 0.01)
    }

    /// By hand: at a fee of 1.80 and 0.30 a kWh the user pays no more than 1.85 + 3.05, and 5 elsewhere: it stays. It
    /// may buy in either hour, so that 1.75 + 10 * (0.295 - 0.20) are certain. At 0.32 in the second hour it buys in
    /// the first, which pays 1.75 + 10 * (0.295 - 0.10). At a fee of 1.90 it may pay 1.95 + 3.05, and leave.
    @Test func byHand() throws {
        let game = try Self.contract().game()
        let reach = PriceReach(try PriceGame(game))
        let evaluator = try Evaluator(game)
        func certain(_ point: [Double]) throws -> BankablePayoff {
            try #require(try evaluator.bankable(point, reach))
        }
        #expect(abs(try certain([1.8, 0.3, 0.3]).payoff - 2.7) <= 1e-9)
        let apart = try certain([1.8, 0.3, 0.32])
        #expect(abs(apart.payoff - 3.7) <= 1e-9 && apart.isExact && apart.isSettled)
        #expect(abs(try certain([1.9, 0.3, 0.32]).payoff) <= 1e-9)
        // Far from leaving nothing else may happen.
        #expect(abs(try certain([0.5, 0.3, 0.32]).payoff - (0.45 + 1.95)) <= 1e-9)
        // The best of it: a fee and ten times the price of the first hour that make 4.80, and a second hour that costs
        // two ticks more.
        let found = try #require(
            try BankablePricing(game).search(from: .init(point: [2, 0.3, 0.5], limit: 2000)).found)
        #expect(found.payoff <= 3.7 + 1e-9 && found.payoff >= 3.7 - 1e-9)
    }

    /// A unit that the leader does not pay for is a fraction in the relaxation, at no other cost: what is answered must
    /// be an optimum all the same. By hand: with the contract, 1.5 kWh at 0.50 and a fee of 1, and the unit on for the
    /// rest, 4.50; without it 3.50.
    @Test func answersAreOptima() throws {
        let fees = FeeGame(
            users: [
                .init(need: 3, limits: [1.5], extras: [0], outside: 4, least: 1.5, most: 3, start: 2, unitCost: 0.5)
            ], sources: [.init(cheap: 0.5, limit: 1, dear: 1)], feeTick: 1, priceTick: 0.25)
        let evaluator = try Evaluator(fees.game())
        for ties in TieRule.allCases {
            let answer = try evaluator.evaluate([1, 0.5], ties: ties)
            #expect(answer.followerCosts == [3.5] && answer.values.first == 0 && answer.payoff == 0)
        }
    }

    /// Random games, at prices on a coarse grid: what is told is never above the least that counting finds over all
    /// prices within half a tick and all ties, and it is that in most.
    @Test(arguments: 0..<40) func neverAboveCounting(seed: Int) throws {
        var random = SeededNumbers(seed: UInt64(4200 + seed))
        let fees = FeeGame.random(&random)
        let game = try fees.game()
        let lengths = game.space.halfTicks
        let reach = PriceReach(try PriceGame(game), lengths: lengths)
        let evaluator = try Evaluator(game)
        for _ in 0..<10 {
            let point = game.space.rounded(
                game.space.decisions.map { random.uniform(in: $0.lower...min($0.upper, 4)) })
            let truth = try fees.worst(at: point, within: lengths)
            guard let found = try evaluator.bankable(point, reach) else {
                Issue.record("nothing is told at \(point)")
                continue
            }
            #expect(found.isSettled)
            #expect(found.payoff <= truth + 1e-6, "\(point)")
            if found.isExact { #expect(abs(found.payoff - truth) <= 1e-6, "\(point)") }
        }
    }

    /// Of many games nearly all are told exactly. `STACKELBERG_GAMES=500` for as many.
    @Test func mostAreExact() throws {
        let games = ProcessInfo.processInfo.environment["STACKELBERG_GAMES"].flatMap(Int.init) ?? 30
        var (told, exact, furthest) = (0, 0, 0.0)
        for seed in 0..<games {
            var random = SeededNumbers(seed: UInt64(99_000 + seed))
            let fees = FeeGame.random(&random)
            let game = try fees.game()
            let reach = PriceReach(try PriceGame(game))
            let evaluator = try Evaluator(game)
            for _ in 0..<10 {
                let point = game.space.rounded(
                    game.space.decisions.map { random.uniform(in: $0.lower...min($0.upper, 4)) })
                guard let found = try evaluator.bankable(point, reach) else { continue }
                let truth = try fees.worst(at: point, within: game.space.halfTicks)
                #expect(found.payoff <= truth + 1e-6, "seed \(seed), \(point)")
                told += 1
                if truth - found.payoff <= 1e-6 { exact += 1 }
                furthest = max(furthest, truth - found.payoff)
            }
        }
        print("certain payoffs with whole numbers: \(told) of \(games * 10) told, \(exact) exact, furthest \(furthest)")
        #expect(told == games * 10 && exact * 10 >= told * 7)
    }

}
