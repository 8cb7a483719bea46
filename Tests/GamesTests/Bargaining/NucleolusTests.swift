import TestSupport
import Testing

@testable import Games

/// The nucleolus: known games, Kohlberg's criterion, invariances.
@Suite struct NucleolusTests {
    /// Aumann and Maschler (1985): what the Talmud gives three creditors.
    @Test func estates() throws {
        let third = 100.0 / 3
        let divisions: [Double: [Double]] = [100: [third, third, third], 200: [50, 75, 75], 300: [50, 100, 150]]
        for (estate, division) in divisions {
            let game = try CoalitionGames.bankruptcy(estate: estate, claims: [100, 200, 300])
            #expect(isNear(try Nucleolus(of: game).payoff, division))
        }
    }

    @Test func handSolvedGames() throws {
        #expect(isNear(try Nucleolus(of: CoalitionGames.gloves(left: 1, right: 2)).payoff, [1, 0, 0]))
        #expect(isNear(try Nucleolus(of: CoalitionGames.gloves(left: 2, right: 2)).payoff, [0.5, 0.5, 0.5, 0.5]))
        // The first two are worth 80 of 100: the third's share is as far from 0 as theirs from 80. The core is the
        // trapezium x3 <= 20, whose centre has a third share of 260 / 27.
        let pair = try CooperativeGame(players: ["a", "b", "c"]) { coalition in
            coalition.count == 3 ? 100 : coalition == Coalition([0, 1]) ? 80 : 0
        }
        let nucleolus = try Nucleolus(of: pair)
        #expect(isNear(nucleolus.payoff, [45, 45, 10]))
        #expect(isNear(nucleolus.levels.map(\.excess), [-10, -45]))
        // Without an individual's right to its own, the second would get 2 - 4/3.
        let alone = try CooperativeGame(players: ["a", "b"], values: [0, 2, 3, 5])
        #expect(isNear(try Nucleolus(of: alone).payoff, [2, 3]))
        #expect(throws: BargainingError.noImputation(shortfall: 1)) {
            try Nucleolus(of: CooperativeGame(players: ["a", "b"], values: [0, 2, 3, 4]))
        }
    }

    @Test func randomGamesByKohlbergsCriterion() throws {
        var numbers = SeededNumbers(seed: 31)
        var atOwnValue = 0
        for count in 2...6 {
            for round in 0..<25 {
                let game = try CoalitionGames.random(count, &numbers, isWhole: round % 2 == 0)
                let nucleolus = try Nucleolus(of: game)
                #expect(abs(nucleolus.payoff.reduce(0, +) - game.value(of: game.everybody)) <= 1e-8)
                let alone = (0..<count).map { game.values[1 << $0] }
                #expect(zip(nucleolus.payoff, alone).allSatisfy { $0 >= $1 - 1e-8 })
                #expect(try CoalitionGames.unbalancedLevels(nucleolus.payoff, in: game).isEmpty)
                if zip(nucleolus.payoff, alone).contains(where: { $0 <= $1 + 1e-8 }) { atOwnValue += 1 }
                #expect(
                    zip(nucleolus.levels, nucleolus.levels.dropFirst()).allSatisfy { $0.excess >= $1.excess - 1e-8 })
            }
        }
        #expect(atOwnValue > 10, "games in which somebody is held at what it gets alone")
    }

    /// The criterion can fail: a shift from one player to another breaks it.
    @Test func theCriterionTellsOthers() throws {
        var numbers = SeededNumbers(seed: 32)
        for count in 3...5 {
            let game = try CoalitionGames.random(count, &numbers, isWhole: false)
            var payoff = try Nucleolus(of: game).payoff
            guard let rich = (0..<count).first(where: { payoff[$0] > game.values[1 << $0] + 0.02 }) else { continue }
            payoff[rich] -= 0.01
            payoff[(rich + 1) % count] += 0.01
            #expect(try !CoalitionGames.unbalancedLevels(payoff, in: game).isEmpty)
        }
    }

    /// Names, offsets and units change the payoffs as they must: also units of 1e9 and 1e-6.
    @Test func invariances() throws {
        var numbers = SeededNumbers(seed: 33)
        for count in 3...6 {
            let game = try CoalitionGames.random(count, &numbers, isWhole: count % 2 == 0)
            let payoff = try Nucleolus(of: game).payoff
            let order = Array(0..<count).shuffled(using: &numbers)
            let renamed = try CooperativeGame(players: game.players) { coalition in
                game.value(of: Coalition(coalition.players.map { order[$0] }))
            }
            #expect(isNear(try Nucleolus(of: renamed).payoff, order.map { payoff[$0] }, 1e-8))
            let offsets = (0..<count).map { _ in numbers.uniform(in: -100...100) }
            for unit in [1e-6, 1, 1e9] {
                let moved = try CooperativeGame(players: game.players) { coalition in
                    unit * (game.value(of: coalition) + coalition.share(of: offsets))
                }
                let expected = zip(payoff, offsets).map { $0 + $1 }
                #expect(isNear(try Nucleolus(of: moved).payoff.map { $0 / unit }, expected, 1e-8))
                let epsilon = try LeastCore(of: moved).epsilon / unit
                #expect(abs(epsilon - (try LeastCore(of: game).epsilon)) <= 1e-7)
            }
        }
    }

    /// The greatest table.
    @Test func twelvePlayers() throws {
        let game = try CoalitionGames.bankruptcy(estate: 300, claims: (1...12).map { 10 * Double($0) })
        // Below half of all claims, 390: equal shares, none above half a claim. With a share a of those whose half
        // claim is above it: 5 + 10 + ... + 5 k + (12 - k) a = 300, so k = 6 and a = (300 - 105) / 6 = 32.5.
        let expected = (1...12).map { min(5 * Double($0), 32.5) }
        #expect(isNear(try Nucleolus(of: game).payoff, expected, 1e-8))
    }

    @Test func verdictsSideBySide() throws {
        let game = try CoalitionGames.gloves(left: 1, right: 2)
        let third = 1.0 / 3
        let verdicts = try DivisionVerdicts(of: game, nash: [third, third, third])
        #expect(verdicts.divisions.map(\.rule) == DivisionRule.allCases)
        #expect(verdicts.divisions.map(\.core.isMember) == [false, false, true, true])
        #expect(verdicts[.nash]?.core.leaves == Coalition([0, 1]))
        let shapley: [Double] = [2 / 3, 1 / 6, 1 / 6]
        #expect(isNear(try #require(verdicts[.shapley]).payoff, shapley))
    }
}
