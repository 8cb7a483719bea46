import Games
import LinearModels
import TestSupport

/// A small game of a fee and hourly prices, for users who may leave and who have a unit of their own that is on or off:
/// small enough to answer by counting.
///
/// A user needs an energy. With a contract it pays the fee, and buys in each hour up to a limit at the hour's price;
/// what it lacks it takes outside at a price of its own, or makes with its unit, which costs something where it is on
/// and has a least output. The leader serves each hour from a cheap source of limited size and then from a dear one.
struct FeeGame: Sendable {
    struct User: Sendable {
        var need: Double
        /// By hour, what it can buy and what a unit costs it beside the price.
        var limits: [Double]
        var extras: [Double]
        var outside: Double
        /// Of its unit, none where the most is 0.
        var least: Double
        var most: Double
        var start: Double
        var unitCost: Double
    }

    struct Source: Sendable {
        var cheap: Double
        var limit: Double
        var dear: Double

        func cost(_ demand: Double) -> Double { cheap * min(demand, limit) + dear * max(0, demand - limit) }
    }

    var users: [User]
    var sources: [Source]
    var feeTick: Double
    var priceTick: Double

    var hours: Int { sources.count }

    // MARK: As a game of the library

    /// Decisions are the fee, then prices by hour.
    func game() throws -> StackelbergGame {
        let fee = Decision(name: "fee", lower: 0, upper: 10, unit: "CNY", tick: Tick(feeTick))
        let prices = (0..<hours).map {
            Decision(name: "price[\($0)]", lower: 0, upper: 5, unit: "CNY/kWh", tick: Tick(priceTick))
        }
        let space = try DecisionSpace([fee] + prices)
        let followers = try users.enumerated().map { k, user in
            var model = LinearModel()
            let parameters = try space.decisions.map { try model.parameter($0.name) }
            let (stays, on) = (
                try model.variable("stays", in: 0...1, kind: .binary),
                try model.variable("on", in: 0...1, kind: .binary)
            )
            let bought = try user.limits.enumerated().map { try model.variable("buy\($0)", in: 0...max($1, 1)) }
            let outside = try model.variable("outside", in: 0...user.need)
            let own = try model.variable("own", in: 0...max(user.most, 1))
            for (t, buy) in bought.enumerated() { try model.add(buy - user.limits[t] * stays <= 0, named: "limit\(t)") }
            try model.add(own - user.most * on <= 0, named: "most")
            try model.add(own - user.least * on >= 0, named: "least")
            try model.add(sum(bought.map { 1 * $0 }) + outside + own == user.need, named: "need")
            var cost = parameters[0] * stays + user.start * on + user.outside * outside + user.unitCost * own
            for (t, buy) in bought.enumerated() { cost += parameters[t + 1] * buy + user.extras[t] * buy }
            try model.minimise(cost)
            return Follower(name: "user\(k)", model: model, prefix: "user\(k)")
        }
        return try StackelbergGame(name: "fee", space: space, followers: followers) { system, blocks in
            var payoff = LinearExpression()
            for (t, source) in sources.enumerated() {
                let cheap = try system.variable("cheap\(t)", in: 0...source.limit)
                let dear = try system.variable("dear\(t)")
                try system.add(sum(blocks.map { 1 * $0.variables[2 + t] }) - cheap - dear == 0, named: "serve\(t)")
                payoff -= source.cheap * cheap + source.dear * dear
            }
            for block in blocks {
                payoff += block.parameters[0] * block.variables[0]
                for t in 0..<hours { payoff += block.parameters[t + 1] * block.variables[2 + t] }
            }
            try system.maximise(payoff)
        }
    }

    // MARK: Counting

    /// What a user may do: whether it stays, and what it buys by hour; with what that costs it beside posted prices.
    struct Answer: Sendable {
        var stays: Double
        var bought: [Double]
        var beside: Double

        /// Quantities in the order of decisions.
        var quantities: [Double] { [stays] + bought }

        func cost(at x: [Double]) -> Double { zip(quantities, x).reduce(beside) { $0 + $1.0 * $1.1 } }
    }

    /// The corners of what a user may do, for each of its whole numbers: all sources but one at a bound.
    func corners(of user: User) -> [Answer] {
        var answers: [Answer] = []
        for (stays, on) in [(0.0, 0.0), (0, 1), (1, 0), (1, 1)] {
            let ranges: [(Double, Double)] =
                user.limits.map { (0.0, $0 * stays) } + [(0.0, user.need), (user.least * on, user.most * on)]
            for free in ranges.indices {
                let others = ranges.indices.filter { $0 != free }
                for choice in 0..<(1 << others.count) {
                    var taken = [Double](repeating: 0, count: ranges.count)
                    for (bit, place) in others.enumerated() {
                        taken[place] = choice >> bit & 1 == 0 ? ranges[place].0 : ranges[place].1
                    }
                    taken[free] = user.need - taken.reduce(0, +)
                    guard taken[free] >= ranges[free].0 - 1e-12, taken[free] <= ranges[free].1 + 1e-12 else { continue }
                    let bought = Array(taken[..<hours])
                    let beside =
                        zip(user.extras, bought).reduce(0) { $0 + $1.0 * $1.1 } + user.outside * taken[hours]
                        + user.unitCost * taken[hours + 1] + user.start * on
                    answers.append(Answer(stays: stays, bought: bought, beside: beside))
                }
            }
        }
        // Of answers that are one to the leader, those that cost the user least.
        let cheapest = Dictionary(grouping: answers, by: \.quantities).compactMap { $1.min { $0.beside < $1.beside } }
        return cheapest.sorted { $0.quantities.lexicographicallyPrecedes($1.quantities) }
    }

    /// The leader's payoff at given answers, and how it changes with the prices.
    func payoff(_ answers: [Answer], at x: [Double]) -> (value: Double, slopes: [Double]) {
        let slopes = x.indices.map { place in answers.reduce(0) { $0 + $1.quantities[place] } }
        let served = sources.enumerated().reduce(0) { cost, source in
            cost + source.element.cost(slopes[source.offset + 1])
        }
        return (zip(slopes, x).reduce(-served) { $0 + $1.0 * $1.1 }, slopes)
    }

    /// The least payoff over all prices within reach and all ties at each.
    ///
    /// Answers are the best ones of all users at a polytope of prices, over which the payoff is linear; over answers it
    /// is concave, so that corners are enough.
    func worst(at x: [Double], within lengths: [Double]) throws -> Double {
        let corners = users.map(corners(of:))
        /// The prices nearby at which answers are the best, from which the payoff's least is looked for.
        func least(_ answers: [Answer]) throws -> Double? {
            var model = LinearModel()
            let shifts = try lengths.enumerated().map { try model.variable("t\($0)", in: -$1...$1) }
            for (k, answer) in answers.enumerated() {
                for (n, other) in corners[k].enumerated() {
                    let difference = zip(answer.quantities, other.quantities).map { $0 - $1 }
                    let gap = other.cost(at: x) - answer.cost(at: x)
                    if difference.allSatisfy({ $0 == 0 }) {
                        if gap < -1e-9 { return nil }
                    } else {
                        try model.add(
                            sum(zip(difference, shifts).map { $0 * $1 }) <= gap + 1e-9, named: "user\(k).\(n)")
                    }
                }
            }
            let (value, slopes) = payoff(answers, at: x)
            try model.minimise(sum(zip(slopes, shifts).map { $0 * $1 }) + value)
            let session = try SolverSession(model)
            return try session.solve() == .optimal ? session.objectiveValue : nil
        }
        // What is the best nowhere, each user by itself, needs no company.
        let possible = corners.map { answers in
            answers.filter { answer in
                !answers.contains { other in
                    let spread = zip(lengths, zip(answer.quantities, other.quantities)).reduce(0) {
                        $0 + $1.0 * abs($1.1.0 - $1.1.1)
                    }
                    return answer.cost(at: x) - other.cost(at: x) > spread + 1e-9
                }
            }
        }
        let combinations = possible.reduce([[]]) { heads, answers in
            heads.flatMap { head in answers.map { head + [$0] } }
        }
        return try combinations.compactMap { try least($0) }.min() ?? .nan
    }

    // MARK: At random

    static func random(_ random: inout SeededNumbers) -> FeeGame {
        func half(_ range: ClosedRange<Int>) -> Double { Double(random.whole(range)) / 2 }
        let hours = random.whole(1...2)
        let users = (0..<random.whole(1...2)).map { _ in
            let least = half(1...3)
            let hasUnit = random.whole(0...1) == 1
            return User(
                need: half(4...10), limits: (0..<hours).map { _ in half(2...8) },
                extras: (0..<hours).map { _ in half(0...1) }, outside: half(3...8), least: hasUnit ? least : 0,
                most: hasUnit ? least + half(0...4) : 0, start: half(1...4), unitCost: half(1...4))
        }
        let sources = (0..<hours).map { _ in
            let cheap = half(0...2)
            return Source(cheap: cheap, limit: half(0...8), dear: cheap + half(0...3))
        }
        return FeeGame(users: users, sources: sources, feeTick: half(1...2), priceTick: half(1...2) / 4)
    }
}
