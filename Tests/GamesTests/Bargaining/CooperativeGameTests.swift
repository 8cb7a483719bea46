import TestSupport
import Testing

@testable import Games

/// Coalitions, tables and what can be said of them; the Shapley value by hand and by all orders.
@Suite struct CooperativeGameTests {
    @Test func coalitionsAreSets() {
        let (a, b) = (Coalition([0, 2, 61]), Coalition([2, 3]))
        #expect(a.players == [0, 2, 61] && a.count == 3 && a.contains(61) && !a.contains(1))
        #expect(a.union(b).players == [0, 2, 3, 61] && a.intersection(b).players == [2])
        #expect(a.subtracting(b).players == [0, 61] && Coalition().isEmpty)
        #expect([a, b, Coalition([1])].sorted() == [Coalition([1]), b, a])
        #expect(Coalition.everybody(of: 62).count == 62 && a.share(of: [1, 10, 100]) == 101)
    }

    @Test func wrongTablesAreRefused() {
        func refused(_ expected: BargainingError, _ players: [String], _ values: [Double]) {
            #expect(throws: expected) { try CooperativeGame(players: players, values: values) }
            #expect(!expected.description.isEmpty)
        }
        refused(.tooFewPlayers(1), ["a"], [0, 1])
        refused(.duplicateName("a"), ["a", "a"], [0, 1, 1, 2])
        refused(.wrongCount(what: "the table", expected: 4, found: 3), ["a", "b"], [0, 1, 2])
        refused(.notANumber(what: "the value of the coalition of a, b"), ["a", "b"], [0, 1, 2, .nan])
        refused(.valueOfNobody(1), ["a", "b"], [1, 1, 1, 2])
        refused(.tooManyPlayers(13, most: 12), CoalitionGames.names(13), [])
        #expect(throws: BargainingError.wrongCount(what: "a payoff", expected: 3, found: 2)) {
            try CoreMembership(of: [1, 2], in: CoalitionGames.gloves(left: 1, right: 2))
        }
        #expect(throws: BargainingError.notANumber(what: "the payoff of 'player2'")) {
            try CoreMembership(of: [1, .infinity, 0], in: CoalitionGames.gloves(left: 1, right: 2))
        }
    }

    @Test func propertiesByHand() throws {
        let gloves = try CoalitionGames.gloves(left: 1, right: 2)
        #expect(gloves.isSuperadditive && gloves.isEssential && !gloves.isConvex)
        #expect(try CoalitionGames.bankruptcy(estate: 200, claims: [100, 200, 300]).isConvex)
        #expect(try CoalitionGames.airport(costs: [1, 4, 6, 9]).isConvex)
        let additive = try CooperativeGame(players: ["a", "b"], values: [0, 2, 3, 5])
        #expect(additive.isConvex && !additive.isEssential)
        // 3 and 4 alone are worth more than 6 together.
        let quarrel = try CooperativeGame(players: ["a", "b", "c"], values: [0, 3, 4, 6, 0, 3, 4, 8])
        let (one, other) = try #require(quarrel.loseByJoining)
        #expect(one == Coalition([0]) && other == Coalition([1]))
    }

    /// Against the definitions, over all pairs.
    @Test func propertiesOfRandomGames() throws {
        var numbers = SeededNumbers(seed: 4)
        var found = (superadditive: 0, convex: 0)
        for _ in 0..<400 {
            var game = try CoalitionGames.random(3, &numbers, isWhole: true)
            if numbers.whole(0...1) == 1 {
                // Nearer to where the properties hold: a square of sizes, a little disturbed.
                game = try CooperativeGame(players: game.players) { coalition in
                    Double(3 * coalition.count * coalition.count + numbers.whole(0...4))
                }
            }
            let all = (0..<8).map { Coalition(mask: UInt64($0)) }
            let pairs = all.flatMap { a in all.map { (a, $0) } }
            let isSuperadditive = pairs.allSatisfy { a, b in
                !a.intersection(b).isEmpty || game.value(of: a) + game.value(of: b) <= game.value(of: a.union(b))
            }
            let isConvex = pairs.allSatisfy { a, b in
                game.value(of: a) + game.value(of: b)
                    <= game.value(of: a.union(b)) + game.value(of: a.intersection(b))
            }
            #expect(game.isSuperadditive == isSuperadditive && game.isConvex == isConvex)
            found.superadditive += isSuperadditive ? 1 : 0
            found.convex += isConvex ? 1 : 0
        }
        #expect(found.superadditive > 20 && found.superadditive < 380 && found.convex > 5)
    }

    @Test func shapleyValuesByHand() throws {
        let gloves: [Double] = [2 / 3, 1 / 6, 1 / 6]
        #expect(isNear(ShapleyValue(of: try CoalitionGames.gloves(left: 1, right: 2)).payoff, gloves))
        // Littlechild and Owen (1973): each part of the runway is paid by those who need it, in equal shares.
        let costs = [1.0, 4, 6, 9]
        let shares = [0.25, 0.25 + 1, 0.25 + 1 + 1, 0.25 + 1 + 1 + 3]
        let saved = zip(costs, shares).map { $0 - $1 }
        #expect(isNear(ShapleyValue(of: try CoalitionGames.airport(costs: costs)).payoff, saved))
        // Two with a veto and two of four others: one of those decides where both and one of three came before,
        // in 3 * 3! * 2! of 6! orders.
        let council = try CooperativeGame(players: CoalitionGames.names(6)) { coalition in
            coalition.contains(0) && coalition.contains(1) && coalition.count >= 4 ? 1 : 0
        }
        #expect(isNear(ShapleyValue(of: council).payoff, [0.4, 0.4, 0.05, 0.05, 0.05, 0.05]))
    }

    @Test func shapleyValuesOfRandomGamesByAllOrders() throws {
        func orders(_ players: [Int]) -> [[Int]] {
            players.isEmpty ? [[]] : players.flatMap { i in orders(players.filter { $0 != i }).map { [i] + $0 } }
        }
        var numbers = SeededNumbers(seed: 11)
        for count in 2...6 {
            let all = orders(Array(0..<count))
            for _ in 0..<3 {
                let game = try CoalitionGames.random(count, &numbers, isWhole: false)
                var payoff = [Double](repeating: 0, count: count)
                for order in all {
                    var before = Coalition()
                    for i in order {
                        let after = before.union(Coalition([i]))
                        payoff[i] += (game.value(of: after) - game.value(of: before)) / Double(all.count)
                        before = after
                    }
                }
                #expect(isNear(ShapleyValue(of: game).payoff, payoff, 1e-10))
            }
        }
    }
}
