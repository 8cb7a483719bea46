import LinearModels
import TestSupport
import Testing

@testable import Games

/// Core and least core: known games, all coalitions, and another program.
@Suite struct LeastCoreTests {
    @Test func glovesHaveOneStablePayoff() throws {
        let game = try CoalitionGames.gloves(left: 1, right: 2)
        let core = try LeastCore(of: game)
        #expect(!core.isCoreEmpty && abs(core.epsilon) <= 1e-9 && isNear(core.payoff, [1, 0, 0]))
        #expect(try CoreMembership(of: [1, 0, 0], in: game).isMember)
        let shapley = try CoreMembership(of: [2 / 3, 1 / 6, 1 / 6], in: game)
        // The left glove with one of the right ones gets 1 in place of 5/6.
        #expect(!shapley.isMember && shapley.leaves == Coalition([0, 1]))
        #expect(abs(shapley.mostAggrieved.excess - 1 / 6) <= 1e-12 && abs(shapley.surplus) <= 1e-12)
    }

    @Test func whatIsLeftUndividedIsNoMember() throws {
        let game = try CooperativeGame(players: ["a", "b"], values: [0, 1, 1, 4])
        let wasteful = try CoreMembership(of: [1.5, 1.5], in: game)
        #expect(wasteful.leaves == nil && !wasteful.isMember && wasteful.surplus == -1)
        #expect(try CoreMembership(of: [3, 1], in: game).isMember)
        #expect(try CoreMembership(of: [3.1, 0.9], in: game).leaves == Coalition([1]))
    }

    @Test func theMajorityGameHasNoCore() throws {
        let game = try CooperativeGame(players: ["a", "b", "c"]) { $0.count >= 2 ? 1 : 0 }
        let core = try LeastCore(of: game)
        let thirds = [Double](repeating: 1.0 / 3, count: 3)
        #expect(core.isCoreEmpty && abs(core.epsilon - 1 / 3) <= 1e-9 && isNear(core.payoff, thirds))
        #expect(core.proof.map(\.coalition) == [Coalition([0, 1]), Coalition([0, 2]), Coalition([1, 2])])
        #expect(isNear(core.proof.map(\.weight), thirds))
    }

    /// Of three players the minimal balanced collections are known: partitions, and the three pairs.
    @Test func threePlayersByBalancedCollections() throws {
        var numbers = SeededNumbers(seed: 21)
        for _ in 0..<200 {
            let game = try CoalitionGames.random(3, &numbers, isWhole: false)
            let v = game.values
            let expected =
                [
                    (v[1] + v[2] + v[4] - v[7]) / 3, (v[1] + v[6] - v[7]) / 2, (v[2] + v[5] - v[7]) / 2,
                    (v[4] + v[3] - v[7]) / 2, ((v[3] + v[5] + v[6]) / 2 - v[7]) / 1.5,
                ].max() ?? .nan
            #expect(abs(try LeastCore(of: game).epsilon - expected) <= 1e-8)
        }
    }

    /// Coalitions one by one reach what all balanced collections at once say.
    @Test func randomGamesByTheDual() throws {
        var numbers = SeededNumbers(seed: 22)
        var empty = 0
        for count in [2, 3, 4, 5, 6, 7, 8] {
            for round in 0..<6 {
                let game = try CoalitionGames.random(count, &numbers, isWhole: round % 2 == 0)
                let core = try LeastCore(of: game)
                #expect(abs(core.epsilon - (try CoalitionGames.leastCoreByBalance(game))) <= 1e-7)
                #expect(abs(try CoalitionGames.worst(core.payoff, in: game) - core.epsilon) <= 1e-9)
                #expect(abs(core.payoff.reduce(0, +) - game.value(of: game.everybody)) <= 1e-8)
                #expect(core.isCoreEmpty == (core.epsilon > 1e-7))
                empty += core.isCoreEmpty ? 1 : 0
                // The proof by itself.
                let weight = core.proof.reduce(0) { $0 + $1.weight }
                let balance = (0..<count).map { i in
                    core.proof.filter { $0.coalition.contains(i) }.reduce(0) { $0 + $1.weight }
                }
                let value = core.proof.reduce(0) { $0 + $1.weight * game.value(of: $1.coalition) }
                #expect(abs(weight - 1) <= 1e-9 && isNear(balance, balance.map { _ in balance[0] }))
                #expect(abs(value - balance[0] * game.value(of: game.everybody) - core.epsilon) <= 1e-7)
            }
        }
        #expect(empty > 5)
    }

    @Test func membershipByAllCoalitions() throws {
        var numbers = SeededNumbers(seed: 23)
        for count in 2...6 {
            for _ in 0..<20 {
                let game = try CoalitionGames.random(count, &numbers, isWhole: false)
                let payoff = (0..<count).map { _ in numbers.uniform(in: 0...10) }
                let membership = try CoreMembership(of: payoff, in: game)
                let worst = membership.mostAggrieved
                #expect(abs(worst.excess - (try CoalitionGames.worst(payoff, in: game))) <= 1e-12)
                #expect(
                    abs(game.value(of: worst.coalition) - worst.coalition.share(of: payoff) - worst.excess) <= 1e-12)
                #expect((membership.leaves != nil) == (worst.excess > 1e-8))
            }
        }
    }

    /// The Security Council, without a table: 5 with a veto and 4 of 10 others. A payoff of the core gives those with
    /// a veto everything, and no other has less.
    @Test func aCouncilOfFifteenByOracle() throws {
        let council = Council()
        let core = try LeastCore(of: council)
        #expect(!core.isCoreEmpty && abs(core.epsilon) <= 1e-9)
        #expect(core.payoff.dropFirst(5).allSatisfy { abs($0) <= 1e-9 } && abs(core.payoff.reduce(0, +) - 1) <= 1e-9)
        #expect(core.coalitionCount < 200)
        let equal = try CoreMembership(of: [Double](repeating: 1 / 15, count: 15), in: council)
        #expect(equal.leaves?.count == 9 && abs(equal.mostAggrieved.excess - 6 / 15) <= 1e-12)
        let verdicts = try DivisionVerdicts(of: council, nash: [Double](repeating: 1 / 15, count: 15))
        #expect(verdicts[.nash]?.core.isMember == false && verdicts[.leastCore]?.core.isMember == true)
        #expect(verdicts[.shapley] == nil && verdicts[.nucleolus] == nil)
    }

    private struct Council: CoalitionOracle {
        let players = CoalitionGames.names(15)
        let accuracy = 1e-10

        func value(of coalition: Coalition) -> Double {
            (0..<5).allSatisfy(coalition.contains) && coalition.count >= 9 ? 1 : 0
        }

        /// The cheapest that wins, or the one that pays most not to be in it.
        func mostAggrieved(by payoff: [Double]) -> Grievance {
            let others = (5..<15).sorted { (payoff[$0], $0) < (payoff[$1], $1) }
            var winning = Array(0..<5) + others.prefix(4)
            winning += others.dropFirst(4).prefix(5).filter { payoff[$0] < 0 }
            let losers = (0..<15).filter { payoff[$0] < 0 }.filter { $0 != 0 }
            let least = (0..<15).min { payoff[$0] < payoff[$1] } ?? 0
            let losing = losers.isEmpty ? [least] : losers
            return [winning, losing, [least]].map { players in
                let coalition = Coalition(players)
                return Grievance(
                    coalition: coalition, excess: value(of: coalition) - coalition.share(of: payoff))
            }.max { $0.excess < $1.excess }!
        }
    }
}
