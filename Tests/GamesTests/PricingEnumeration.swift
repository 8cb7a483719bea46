import Games
import LinearModels
import TestSupport

/// Small pricing games of two prices, and their exact optima by enumeration, without any solver.
///
/// Each follower covers a demand, `a x >= r` with `0 <= x <= u`, from two priced goods and one of its own. What it may
/// do does not depend on the prices, so its best answers are among the corners of that set, or, with whole numbers,
/// among its points. For every combination of answers the prices at which all of them are best are a polygon; the
/// payoff is linear there, so that its corners tell its best.
struct PricingEnumeration {
    struct Client {
        var limits: [Double]
        var weights: [Double]
        var demand: Double
        /// What a unit costs the client apart from its price.
        var ownCosts: [Double]
        var hasIntegers: Bool
    }

    var clients: [Client]
    var highest: [Double]
    /// Of the sum of both prices; nil for none.
    var cap: Double?
    /// What a unit sold costs the leader.
    var unitCosts: [Double]

    init(seed: Int, hasIntegers: Bool) {
        var numbers = SeededNumbers(seed: UInt64(seed) &* 7919 &+ (hasIntegers ? 1 : 0))
        clients = (0..<numbers.whole(1...2)).map { _ in
            let limits = (0..<3).map { _ in Double(numbers.whole(1...3)) }
            let weights = (0..<3).map { _ in Double(numbers.whole(1...3)) }
            let most = zip(limits, weights).reduce(0) { $0 + $1.0 * $1.1 }
            return Client(
                limits: limits, weights: weights, demand: (most * numbers.uniform(in: 0.2...0.8) * 4).rounded() / 4,
                ownCosts: [
                    Double(numbers.whole(-2...2)) / 4, Double(numbers.whole(-2...2)) / 4,
                    Double(numbers.whole(2...9)) / 2,
                ], hasIntegers: hasIntegers)
        }
        highest = (0..<2).map { _ in Double(numbers.whole(2...6)) }
        cap = numbers.whole(0...1) == 0 ? nil : 0.7 * (highest[0] + highest[1])
        unitCosts = (0..<2).map { _ in Double(numbers.whole(0...4)) / 4 }
    }

    // MARK: The game

    func game(withIntegers: Bool = true) throws -> StackelbergGame {
        let decisions = highest.enumerated().map { Decision(name: "p\($0)", lower: 0, upper: $1, unit: "CNY") }
        let space = try DecisionSpace(
            decisions, meanCaps: cap.map { [MeanCap(name: "cap", indices: [0, 1], maximum: $0 / 2)] } ?? [])
        func add(_ k: Int, to model: inout LinearModel, _ p: [Parameter]) throws -> (LinearExpression, [Variable]) {
            let client = clients[k]
            let x = try client.limits.enumerated().map {
                try model.variable(
                    "x\(k).\($0)", in: 0...$1, kind: client.hasIntegers && withIntegers ? .integer : .continuous)
            }
            try model.add(sum(zip(client.weights, x).map { $0 * $1 }) >= client.demand, named: "demand\(k)")
            let own = sum(zip(client.ownCosts, x).map { $0 * $1 })
            return (own + p[0] * x[0] + p[1] * x[1], x)
        }
        let followers = try clients.indices.map { k in
            var model = LinearModel()
            let p = try (0..<2).map { try model.parameter("p\($0)") }
            try model.minimise(try add(k, to: &model, p).0)
            return Follower(name: "client\(k)", model: model)
        }
        var system = LinearModel()
        let p = try (0..<2).map { try system.parameter("p\($0)") }
        var payoff = LinearExpression()
        for k in clients.indices {
            let x = try add(k, to: &system, p).1
            for j in 0..<2 { payoff += p[j] * x[j] - unitCosts[j] * x[j] }
        }
        try system.maximise(payoff)
        return try StackelbergGame(name: "clients", space: space, followers: followers, system: system)
    }

    // MARK: Counting

    /// Every answer that a client may need: corners, or all whole points.
    func answers(of client: Client) -> [[Double]] {
        var points: [[Double]] = [[]]
        for limit in client.limits {
            let values = client.hasIntegers ? Array(stride(from: 0, through: limit, by: 1)) : [0, limit]
            points = points.flatMap { point in values.map { point + [$0] } }
        }
        func covered(_ x: [Double]) -> Double { zip(client.weights, x).reduce(0) { $0 + $1.0 * $1.1 } }
        var answers = points.filter { covered($0) >= client.demand }
        guard !client.hasIntegers else { return answers }
        for i in 0..<3 {
            for corner in points where corner[i] == 0 {
                let rest = (client.demand - covered(corner)) / client.weights[i]
                guard rest > 0, rest < client.limits[i] else { continue }
                var x = corner
                x[i] = rest
                answers.append(x)
            }
        }
        return answers
    }

    /// The leader's best payoff over all prices, ties broken for it.
    func optimum() -> Double {
        let lists = clients.map(answers)
        var best = -Double.infinity
        var combinations: [[Int]] = [[]]
        for list in lists { combinations = combinations.flatMap { c in list.indices.map { c + [$0] } } }
        for combination in combinations {
            var polygon: [(Double, Double)] = [(0, 0), (highest[0], 0), (highest[0], highest[1]), (0, highest[1])]
            if let cap { polygon = Self.clip(polygon, 1, 1, cap) }
            for (k, chosen) in combination.enumerated() {
                let x = lists[k][chosen]
                for other in lists[k] where !polygon.isEmpty {
                    // own x + p x <= own z + p z
                    let own = zip(clients[k].ownCosts, zip(other, x)).reduce(0) { $0 + $1.0 * ($1.1.0 - $1.1.1) }
                    polygon = Self.clip(polygon, x[0] - other[0], x[1] - other[1], own)
                }
            }
            let sold = (0..<2).map { j in combination.enumerated().reduce(0.0) { $0 + lists[$1.offset][$1.element][j] }
            }
            for corner in polygon {
                best = max(best, (corner.0 - unitCosts[0]) * sold[0] + (corner.1 - unitCosts[1]) * sold[1])
            }
        }
        return best
    }

    /// What of a polygon has `a p + b q <= side`: Sutherland and Hodgman's way. A side that it only touches leaves what
    /// it touches.
    private static func clip(_ polygon: [(Double, Double)], _ a: Double, _ b: Double, _ side: Double) -> [(
        Double, Double
    )] {
        func excess(_ point: (Double, Double)) -> Double { a * point.0 + b * point.1 - side }
        var kept: [(Double, Double)] = []
        for (i, point) in polygon.enumerated() {
            let next = polygon[(i + 1) % polygon.count]
            let (here, there) = (excess(point), excess(next))
            if here <= 1e-9 { kept.append(point) }
            if here > 1e-9 && there < -1e-9 || here < -1e-9 && there > 1e-9 {
                let t = here / (here - there)
                kept.append((point.0 + t * (next.0 - point.0), point.1 + t * (next.1 - point.1)))
            }
        }
        return kept
    }
}
