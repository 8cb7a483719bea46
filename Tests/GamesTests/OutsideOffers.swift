import Games
import LinearModels
import TestSupport

/// Games of a few hourly prices for users who may buy outside, and their exact optima by counting, without a solver.
///
/// Each user needs an energy, takes at most so much an hour at the hour's price and what the hour costs it beside, and
/// the rest outside at a price of its own. So it fills its cheapest hours first. It is indifferent where two of its
/// hours, or an hour and the outside, cost it the same: planes in the space of prices. The best prices, ties in the
/// leader's favour, are where as many of these planes and limits meet as there are prices.
struct OutsideOffers {
    struct User {
        var energy: Double
        /// By hour.
        var limits: [Double]
        /// By hour, what a unit costs beside its price.
        var extras: [Double]
        /// Price of a unit outside.
        var outside: Double
    }

    var users: [User]
    /// By hour, what a unit costs the leader.
    var unitCosts: [Double]
    var highest: Double
    /// Of the sum of all prices; nil for none.
    var cap: Double?

    var hours: Int { unitCosts.count }

    static func random(_ numbers: inout SeededNumbers, hours: Int) -> OutsideOffers {
        func half(_ range: ClosedRange<Int>) -> Double { Double(numbers.whole(range)) / 2 }
        let users = (0..<numbers.whole(3...5)).map { _ in
            User(
                energy: Double(numbers.whole(2...8)),
                limits: (0..<hours).map { _ in Double(numbers.whole(1...4)) * Double(min(1, numbers.whole(0...2))) },
                extras: (0..<hours).map { _ in half(0...4) }, outside: Double(numbers.whole(4...9)))
        }
        return OutsideOffers(
            users: users, unitCosts: (0..<hours).map { _ in Double(numbers.whole(1...4)) }, highest: 10,
            cap: numbers.whole(0...2) == 0 ? nil : Double(numbers.whole(5...6) * hours))
    }

    func game() throws -> StackelbergGame {
        let space = try DecisionSpace(
            (0..<hours).map { Decision(name: "price[\($0)]", lower: 0, upper: highest, unit: "CNY") },
            meanCaps: cap.map { [MeanCap(name: "mean", indices: Array(0..<hours), maximum: $0 / Double(hours))] } ?? [])
        func add(_ k: Int, to model: inout LinearModel, _ prices: [Parameter]) throws -> (LinearExpression, [Variable])
        {
            let user = users[k]
            let bought = try user.limits.enumerated().map { try model.variable("buy\(k).\($0)", in: 0...$1) }
            let outside = try model.variable("outside\(k)", in: 0...user.energy)
            try model.add(sum(bought.map { 1 * $0 }) + outside == user.energy, named: "need\(k)")
            var cost = user.outside * outside
            for (t, buy) in bought.enumerated() { cost += prices[t] * buy + user.extras[t] * buy }
            return (cost, bought)
        }
        let followers = try users.indices.map { k in
            var model = LinearModel()
            let prices = try (0..<hours).map { try model.parameter("price[\($0)]") }
            try model.minimise(try add(k, to: &model, prices).0)
            return Follower(name: "user\(k)", model: model)
        }
        var system = LinearModel()
        let prices = try (0..<hours).map { try system.parameter("price[\($0)]") }
        var payoff = LinearExpression()
        for k in users.indices {
            for (t, buy) in try add(k, to: &system, prices).1.enumerated() {
                payoff += prices[t] * buy - unitCosts[t] * buy
            }
        }
        try system.maximise(payoff)
        return try StackelbergGame(name: "outside", space: space, followers: followers, system: system)
    }

    // MARK: Counting

    /// What prices pay, ties in the leader's favour: at equal cost a user takes first what the leader gains most from.
    func payoff(at prices: [Double]) -> Double {
        users.reduce(0) { total, user in
            var offers = (0..<hours).map { t in
                (cost: prices[t] + user.extras[t], gain: prices[t] - unitCosts[t], most: user.limits[t])
            }
            offers.append((user.outside, 0, .infinity))
            offers.sort { abs($0.cost - $1.cost) > 1e-9 ? $0.cost < $1.cost : $0.gain > $1.gain }
            var (open, sum) = (user.energy, total)
            for offer in offers {
                let taken = min(open, offer.most)
                sum += taken * offer.gain
                open -= taken
                if open <= 0 { break }
            }
            return sum
        }
    }

    func optimum() -> (payoff: Double, prices: [Double]) {
        var planes: Set<[Double]> = []
        func add(_ terms: [Int: Double], _ side: Double) {
            planes.insert((0..<hours).map { terms[$0] ?? 0 } + [side])
        }
        for t in 0..<hours {
            add([t: 1], 0)
            add([t: 1], highest)
            for user in users {
                add([t: 1], user.outside - user.extras[t])
                for s in 0..<t { add([t: 1, s: -1], user.extras[s] - user.extras[t]) }
            }
        }
        if let cap { add(Dictionary(uniqueKeysWithValues: (0..<hours).map { ($0, 1) }), cap) }
        let list = Array(planes)
        var best = (payoff: -Double.infinity, prices: [Double]())
        func choose(_ first: Int, _ chosen: [[Double]]) {
            guard chosen.count == hours else {
                for k in first..<list.count { choose(k + 1, chosen + [list[k]]) }
                return
            }
            let planes = chosen.map { (factors: Array($0.dropLast()), side: $0[hours]) }
            guard let prices = TinyOracle.solve(planes), prices.allSatisfy({ $0 > -1e-9 && $0 < highest + 1e-9 }),
                prices.reduce(0, +) <= (cap ?? .infinity) + 1e-9
            else { return }
            let payoff = payoff(at: prices)
            if payoff > best.payoff { best = (payoff, prices) }
        }
        choose(0, [])
        return best
    }
}
