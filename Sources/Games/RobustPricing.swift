import LinearModels

/// Prices whose answer is the only best one, by a margin, and that pay the leader well.
///
/// The best prices stand where followers are indifferent, and count on these to do what suits the leader. To be sure of a response `x`, a
/// follower must lose by any other: every bound and row that holds `x` in its place has a reduced cost or dual of at least a margin,
///
///     max  g(p, x, y) - penalty * shortfall   s.t.  A' z + reduced = c(p),  |reduced| >= margin - shortfall where x is at a bound,
///          reduced = 0 elsewhere,  likewise for the duals z of rows,  p in the decision space
///
/// a linear program in the prices and the duals. Shortfalls are for ways to tie that no price can break, such as who of several buyers takes
/// what is cheap. Whether the prices hold what they promise, an evaluation against the leader tells: that is the payoff that counts.
///
/// The response that pays most with ties in favour need not be the best one to be sure of, so that several are tried: those at the ends of
/// climbs. Integers of followers count as continuous in the program; the evaluation knows them.
public struct RobustPricing {
    private let prices: PriceGame
    private let evaluator: Evaluator
    private let climb: PriceClimb
    private let spent = Spent()

    /// Margins that are tried, relative to the largest price.
    private static let margins = [1e-4, 1e-5, 1e-6]
    /// What a unit of price that misses its margin costs, relative to what is sold.
    private static let penalty = 100.0

    /// - Throws: ``NotAPriceGame`` where the game is none of prices.
    public init(_ game: StackelbergGame) throws {
        // Climbs follow what suits the leader, whatever the game's own rule is.
        prices = try PriceGame(game.with(ties: .optimistic))
        evaluator = try Evaluator(prices.game)
        climb = try PriceClimb(prices, evaluator)
    }

    /// The decision that pays most when ties go against the leader, of those found.
    ///
    /// - Parameter best: where the search for prices ended.
    /// - Returns: an evaluation under the pessimistic rule; nil where none has a payoff.
    public func search(from best: [Double]) throws -> Evaluation? {
        var robust = try evaluator.evaluate(best, ties: .pessimistic)
        var seen: Set<[Double]> = []
        for start in [PriceClimb.Start(point: best, limit: Self.limit)] + starts {
            let (end, _) = try climb.climb(from: start)
            // No margin can lift a response above what it pays with ties in favour.
            guard let payoff = end.payoff, payoff > robust.payoff ?? -.infinity,
                seen.insert(end.decision).inserted
            else { continue }
            keep(try secure(end), in: &robust)
        }
        try explore(&robust)
        return robust.payoff == nil ? nil : robust
    }

    private func keep(_ found: Evaluation?, in robust: inout Evaluation) {
        if let found, found.payoff ?? -.infinity > robust.payoff ?? -.infinity { robust = found }
    }

    /// Small changes of few prices, ties against the leader throughout, and prices to be sure of what is found.
    ///
    /// The answer that pays most at a tie may lie between two others, so that no price can make sure of it. Which answers close by can
    /// be made sure of, and pay well, only trying tells.
    private func explore(_ robust: inout Evaluation) throws {
        let decisions = prices.game.space.decisions
        var noise = Noise()
        var secured = robust.payoff
        for k in 0..<Self.samples where spent.count < Self.doubts {
            let reach = Self.reaches[k % Self.reaches.count]
            var point = robust.decision
            for _ in 0...(k % 4) {
                let j = min(decisions.count - 1, Int(Double(decisions.count) * 0.5 * (1 + noise.next())))
                point[j] += reach * noise.next() * (decisions[j].upper - decisions[j].lower)
            }
            keep(try answer(point, above: robust.payoff), in: &robust)
            // The programs that make sure are large, so what several changes have come to is made sure of together.
            guard (k + 1).isMultiple(of: Self.samples / Self.securings), robust.payoff != secured else { continue }
            keep(try secure(robust), in: &robust)
            secured = robust.payoff
        }
    }

    /// Prices to be sure of an answer, then of the answer that hurts most at these prices, and so on while that gains.
    private func secure(_ end: Evaluation) throws -> Evaluation? {
        var held = end.values
        var best: Evaluation?
        for _ in 0..<Self.rounds {
            var found: Evaluation?
            for margin in Self.margins {
                guard let point = try point(keeping: held, margin: margin),
                    let next = try answer(point, above: found?.payoff ?? best?.payoff),
                    let payoff = next.payoff, payoff > found?.payoff ?? best?.payoff ?? -.infinity
                else { continue }
                found = next
            }
            guard let found else { break }
            best = found
            held = found.values
        }
        return best
    }

    /// What a decision pays with ties against the leader; nil where it cannot be more than a payoff that is known.
    ///
    /// Whatever ties do, it pays no more than with ties in favour, and that takes far less to find out.
    private func answer(_ point: [Double], above known: Double?) throws -> Evaluation? {
        let hoped = try evaluator.evaluate(point, ties: .optimistic)
        guard let payoff = hoped.payoff, payoff > known ?? -.infinity else { return nil }
        guard hoped.hasTies else { return hoped }
        guard spent.count < Self.doubts else { return nil }
        spent.count += 1
        return try evaluator.evaluate(point, ties: .pessimistic)
    }

    /// Answers against the leader so far.
    private final class Spent { var count = 0 }

    private static let limit = 200
    private static let rounds = 8
    private static let samples = 1_000
    /// How many decisions are answered against the leader, the dear part of it.
    private static let doubts = 25
    /// How often what the samples came to is made sure of.
    private static let securings = 10
    /// How far prices are moved, relative to their range.
    private static let reaches = [1e-5, 1e-4, 1e-3, 1e-2, 1e-1]

    /// Climbs from four heights of all prices, fast and slow.
    private var starts: [PriceClimb.Start] {
        let space = prices.game.space
        return [1, 0.75, 0.5, 0.25].flatMap { height in
            let point = space.project(space.decisions.map { $0.lower + height * ($0.upper - $0.lower) })
            // Penalties in equal ratios: 0.01 … 10 and 0.1 … 3.
            return [(18, 0.01, 1.5), (8, 0.1, 1.6)].map { count, first, ratio in
                var excess = first
                let penalties = (0..<count).map { _ in
                    defer { excess *= ratio }
                    return 1 + excess
                }
                return PriceClimb.Start(point: point, penalties: penalties, limit: Self.limit)
            }
        }
    }

    /// - Parameters:
    ///   - values: of the system: the responses to be kept, and the dispatch.
    ///   - margin: relative to the largest price.
    private func point(keeping values: [Double], margin: Double) throws -> [Double]? {
        let space = prices.game.space
        let margin = margin * space.decisions.reduce(1e-9) { max($0, abs($1.lower), abs($1.upper)) }
        let gain = prices.payoff.gradient(at: values)
        let penalty = Self.penalty * gain.reduce(1) { max($0, abs($1)) }
        var model = LinearModel()
        let variables = try space.addVariables(to: &model)
        try space.addRows(to: &model, variables)
        var objective = sum(zip(gain, variables).map { $0 * $1 })
        for (k, follower) in prices.game.followers.enumerated() {
            let first = prices.game.offset(of: k).column
            let response = Array(values[first..<first + follower.model.variableCount])
            let dual = try model.addDual(of: follower.model, parameters: space.byName(variables), named: "@f\(k)")
            let (columns, rows) = follower.model.places(of: response)
            for (j, (place, cost)) in zip(columns + rows, dual.reducedCosts + dual.rowDuals).enumerated() {
                guard place != .fixed, !cost.isConstant else { continue }
                let name = "@margin\(k)_\(j)"
                if place == .inside {
                    try model.add(cost == 0, named: name)
                } else {
                    let shortfall = try model.variable("@shortfall\(k)_\(j)", in: 0...margin)
                    try model.add((place == .lower ? cost : -cost) + shortfall >= margin, named: name)
                    objective -= penalty * shortfall
                }
            }
        }
        try model.maximise(objective)
        let session = try Session(model)
        guard try session.solve() == .optimal else { return nil }
        return space.project(variables.map { session.value(of: $0) })
    }
}
