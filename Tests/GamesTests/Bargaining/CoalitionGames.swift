import LinearModels
import TestSupport

@testable import Games

/// Cooperative games of the literature, and random ones.
enum CoalitionGames {
    static func names(_ count: Int) -> [String] { (1...count).map { "player\($0)" } }

    /// One left glove, several right ones; a pair is worth 1.
    static func gloves(left: Int, right: Int) throws -> CooperativeGame {
        try CooperativeGame(players: names(left + right)) { coalition in
            let lefts = coalition.players.count { $0 < left }
            return Double(min(lefts, coalition.count - lefts))
        }
    }

    /// A coalition is worth what it leaves when all others are paid their claims in full.
    static func bankruptcy(estate: Double, claims: [Double]) throws -> CooperativeGame {
        try CooperativeGame(players: names(claims.count)) { coalition in
            max(0, estate - claims.indices.filter { !coalition.contains($0) }.reduce(0) { $0 + claims[$1] })
        }
    }

    /// What aeroplanes save that share a runway as long as the greatest of them needs.
    static func airport(costs: [Double]) throws -> CooperativeGame {
        try CooperativeGame(players: names(costs.count)) { coalition in
            let own = coalition.players.map { costs[$0] }
            return own.reduce(0, +) - (own.max() ?? 0)
        }
    }

    /// Values between 0 and 10, that of everybody not below what each gets alone.
    static func random(_ count: Int, _ numbers: inout SeededNumbers, isWhole: Bool) throws -> CooperativeGame {
        var values = (0..<(1 << count)).map { _ in
            isWhole ? Double(numbers.whole(0...10)) : numbers.uniform(in: 0...10)
        }
        values[0] = 0
        let alone = (0..<count).reduce(0.0) { $0 + values[1 << $1] }
        values[values.count - 1] = alone + (isWhole ? Double(numbers.whole(0...12)) : numbers.uniform(in: 0...12))
        return try CooperativeGame(players: names(count), values: values)
    }

    static func proper(_ count: Int) -> [Coalition] {
        (1..<((1 << count) - 1)).map { Coalition(mask: UInt64($0)) }
    }

    /// The greatest excess, by looking at all coalitions.
    static func worst(_ payoff: [Double], in game: some CoalitionOracle) throws -> Double {
        try proper(game.players.count).map { coalition in
            try game.value(of: coalition) - coalition.players.reduce(0) { $0 + payoff[$1] }
        }.max() ?? 0
    }

    /// Epsilon of the least core as the greatest value of a balanced collection:
    /// `max sum(w v(S)) - b v(N)` with `sum(w) = 1` and every player in coalitions of the weight `b`.
    static func leastCoreByBalance(_ game: CooperativeGame) throws -> Double {
        let count = game.players.count
        var model = LinearModel()
        let weights = try proper(count).map { ($0, try model.variable("w\($0.mask)")) }
        let balance = try model.variable("b", in: -.infinity ... .infinity)
        try model.add(sum(weights.map(\.1)) == 1, named: "one")
        for i in 0..<count {
            try model.add(
                sum(weights.filter { $0.0.contains(i) }.map(\.1)) - balance == 0, named: "player\(i)")
        }
        try model.maximise(
            sum(weights.map { game.value(of: $0.0) * $0.1 }) - game.values[game.values.count - 1] * balance)
        let session = try SolverSession(model)
        guard try session.solve() == .optimal else { return .nan }
        return session.objectiveValue
    }

    /// Kohlberg's criterion (1971) for the nucleolus: for every level of excess, the coalitions with at least that
    /// excess, with those players who get what they get alone, are balanced by weights that are above zero for the
    /// former. Returns the levels where they are not.
    static func unbalancedLevels(_ payoff: [Double], in game: CooperativeGame) throws -> [Double] {
        let count = game.players.count
        let tolerance = 1e-7 * (game.values.map(abs).max() ?? 0)
        let excesses = proper(count).map { coalition in
            (coalition, game.value(of: coalition) - coalition.players.reduce(0) { $0 + payoff[$1] })
        }
        let kept = (0..<count).filter { payoff[$0] <= game.values[1 << $0] + tolerance }
        var levels: [Double] = []
        for (_, level) in excesses.sorted(by: { $0.1 > $1.1 }) where level < (levels.last ?? .infinity) - tolerance {
            levels.append(level)
        }
        return try levels.filter { level in
            var model = LinearModel()
            let least = try model.variable("least", in: 0...1)
            var weights: [(Coalition, Variable)] = []
            for (coalition, excess) in excesses where excess >= level - tolerance {
                let weight = try model.variable("w\(coalition.mask)")
                try model.add(weight - least >= 0, named: "w\(coalition.mask)")
                weights.append((coalition, weight))
            }
            for i in kept { weights.append((Coalition([i]), try model.variable("kept\(i)"))) }
            for i in 0..<count {
                let own = weights.filter { $0.0.contains(i) }.map(\.1)
                guard !own.isEmpty else { return true }
                try model.add(sum(own) == 1, named: "player\(i)")
            }
            try model.maximise(least)
            let session = try SolverSession(model)
            return try session.solve() != .optimal || session.objectiveValue <= 1e-6
        }
    }
}

func isNear(_ a: [Double], _ b: [Double], _ tolerance: Double = 1e-9) -> Bool {
    a.count == b.count && zip(a, b).allSatisfy { abs($0 - $1) <= tolerance * max(1, abs($1)) }
}
