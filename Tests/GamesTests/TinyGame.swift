import Games
import LinearModels
import TestSupport

/// A small market game with whole-number data, small enough to answer by counting.
///
/// Each follower buys goods `y_j` at `extra_j + x[price_j]` under a few rows. The leader collects the prices and serves
/// the demand of every market from a cheap source of limited size and then from a dear one, so its value is concave in
/// the responses (linear where the cheap source has no limit).
struct TinyGame: Sendable {
    struct Row: Sendable {
        var factors: [Double]
        var isAtMost: Bool
        var side: Double
    }

    struct Party: Sendable {
        var upper: [Double]
        var isInteger: Bool
        var extra: [Double]
        /// Which decision prices each good.
        var price: [Int]
        var rows: [Row]
        /// By market, what each good adds to its demand.
        var demand: [[Double]]

        func cost(_ y: [Double], at x: [Double]) -> Double {
            y.indices.reduce(0) { $0 + (extra[$1] + x[price[$1]]) * y[$1] }
        }

        func allows(_ y: [Double]) -> Bool {
            zip(y, upper).allSatisfy { $0 >= -1e-9 && $0 <= $1 + 1e-9 }
                && rows.allSatisfy { row in
                    let activity = zip(row.factors, y).reduce(0) { $0 + $1.0 * $1.1 }
                    return row.isAtMost ? activity <= row.side + 1e-9 : activity >= row.side - 1e-9
                }
        }
    }

    struct Market: Sendable {
        var cheap: Double
        var cheapLimit: Double
        var dear: Double

        func cost(_ demand: Double) -> Double {
            cheap * min(demand, cheapLimit) + dear * max(0, demand - cheapLimit)
        }
    }

    var decisions: Int
    var parties: [Party]
    var markets: [Market]

    /// The leader's payoff at given responses, in closed form.
    func payoff(_ responses: [[Double]], at x: [Double]) -> Double {
        var sum = 0.0
        for (party, y) in zip(parties, responses) {
            for j in y.indices { sum += x[party.price[j]] * y[j] }
        }
        for (m, market) in markets.enumerated() { sum -= market.cost(demand(m, responses)) }
        return sum
    }

    func demand(_ market: Int, _ responses: [[Double]]) -> Double {
        zip(parties, responses).reduce(0) { sum, part in
            zip(part.0.demand[market], part.1).reduce(sum) { $0 + $1.0 * $1.1 }
        }
    }

    // MARK: As a game of the library

    func game(ties: TieRule = .optimistic) throws -> StackelbergGame {
        let space = try DecisionSpace(
            (0..<decisions).map { Decision(name: "x\($0)", lower: 0, upper: 5, unit: "1") })
        let followers = try parties.enumerated().map { k, party in
            var model = LinearModel()
            let prices = try (0..<decisions).map { try model.parameter("x\($0)") }
            let y = try add(party, named: "p\(k)", to: &model)
            var cost = LinearExpression()
            for j in y.indices { cost += party.extra[j] * y[j] + prices[party.price[j]] * y[j] }
            try model.minimise(cost)
            return Follower(name: "p\(k)", model: model)
        }
        var system = LinearModel()
        let prices = try (0..<decisions).map { try system.parameter("x\($0)") }
        let responses = try parties.enumerated().map { try add($1, named: "p\($0)", to: &system) }
        var payoff = LinearExpression()
        for (party, y) in zip(parties, responses) {
            for j in y.indices { payoff += prices[party.price[j]] * y[j] }
        }
        payoff -= try dispatch(&system, responses)
        try system.maximise(payoff)
        return try StackelbergGame(
            name: "tiny", space: space, followers: followers, system: system, ties: ties)
    }

    /// The leader's variables and rows; returns its cost.
    func dispatch(_ model: inout LinearModel, _ responses: [[Variable]]) throws -> LinearExpression {
        var cost = LinearExpression()
        for (m, market) in markets.enumerated() {
            let cheap = try model.variable("cheap\(m)", in: 0...market.cheapLimit)
            let dear = try model.variable("dear\(m)")
            var balance = cheap + dear
            for (party, y) in zip(parties, responses) {
                for (factor, variable) in zip(party.demand[m], y) { balance -= factor * variable }
            }
            try model.add(balance == 0, named: "market\(m)")
            cost += market.cheap * cheap + market.dear * dear
        }
        return cost
    }

    func add(_ party: Party, named name: String, to model: inout LinearModel) throws -> [Variable] {
        let y = try party.upper.enumerated().map {
            try model.variable("\(name).y\($0)", in: 0...$1, kind: party.isInteger ? .integer : .continuous)
        }
        for (i, row) in party.rows.enumerated() {
            let left = sum(zip(row.factors, y).map { $0 * $1 })
            try model.add(row.isAtMost ? left <= row.side : left >= row.side, named: "\(name).row\(i)")
        }
        return y
    }

    // MARK: At random

    /// A game whose followers can always answer: their rows hold at a point drawn first.
    static func random(_ random: inout SeededNumbers, integer: Bool, linear: Bool) -> TinyGame {
        let decisions = random.whole(1...2)
        let markets = random.whole(1...2)
        let parties = (0..<random.whole(1...2)).map { _ in
            let goods = random.whole(2...3)
            let upper = (0..<goods).map { _ in Double(random.whole(1...3)) }
            let inside = upper.map { Double(random.whole(0...Int($0))) }
            let rows = (0..<random.whole(1...2)).map { _ in
                var factors = (0..<goods).map { _ in Double(random.whole(-1...3)) }
                if factors.allSatisfy({ $0 == 0 }) { factors[0] = 1 }
                let isAtMost = random.whole(0...2) == 0
                let activity = zip(factors, inside).reduce(0) { $0 + $1.0 * $1.1 }
                return Row(factors: factors, isAtMost: isAtMost, side: activity)
            }
            return Party(
                upper: upper, isInteger: integer, extra: (0..<goods).map { _ in Double(random.whole(-2...2)) },
                price: (0..<goods).map { _ in random.whole(0...decisions - 1) }, rows: rows,
                demand: (0..<markets).map { _ in (0..<goods).map { _ in Double(random.whole(0...2)) } })
        }
        return TinyGame(
            decisions: decisions, parties: parties,
            markets: (0..<markets).map { _ in
                let cheap = Double(random.whole(0...2))
                return Market(
                    cheap: cheap, cheapLimit: linear ? 100 : Double(random.whole(0...4)),
                    dear: cheap + Double(random.whole(1...4)))
            })
    }
}
