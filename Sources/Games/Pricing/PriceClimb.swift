import LinearModels

/// Climbs from prices to better ones by what is known of a game of prices, and counts what it solves.
///
/// 1. A penalty homotopy, where one is asked for, leads to prices that suit some responses.
/// 2. The followers answer, and ties go the leader's way; then the prices that pay most while these answers stay best
///    (inverse pricing). Both in turn, until neither gains.
/// 3. Exact line searches along directions, where some are asked for, and 2 again after each that gains.
///
/// What followers without integers do is known to linear programming to the last bit. For integer followers step 1
/// proposes, and step 2 uses a list of answers that grows until the prices are proved the best for them.
///
/// Where followers are so many that a program over all of them takes more than many evaluations, the list stands in for
/// both steps: it asks followers one by one.
///
/// A climb ends with a decision that has been answered truly. It depends on its start and on the evaluator's anchor
/// alone. Whatever it solves counts as the evaluations that it takes the work of, see `ClimbBudget`.
///
/// Holds GLPK sessions: lives and dies on one thread.
public final class PriceClimb {
    /// Where a climb starts and which ways it may go.
    public struct Start: Sendable, Equatable, Codable {
        public var point: [Double]
        /// Of the homotopy, rising; empty for none.
        public var penalties: [Double]
        /// Of line searches.
        public var directions: [Direction]
        /// What it may spend, in evaluations.
        public var limit: Int

        public init(point: [Double], penalties: [Double] = [], directions: [Direction] = [], limit: Int) {
            self.point = point
            self.penalties = penalties
            self.directions = directions
            self.limit = limit
        }
    }

    /// Decisions that rise together while others fall by as much.
    public struct Direction: Sendable, Equatable, Codable {
        public var rising: [Int]
        public var falling: [Int]

        public init(rising: [Int], falling: [Int] = []) {
            self.rising = rising
            self.falling = falling
        }

        func vector(_ count: Int) -> [Double] {
            var vector = [Double](repeating: 0, count: count)
            for k in rising { vector[k] = 1 }
            for k in falling { vector[k] = -1 }
            return vector
        }
    }

    private let prices: PriceGame
    private let evaluator: Evaluator
    private let rates: ClimbBudget.Rates
    /// Programs over all followers at once; nil where they would take too much.
    private let programs: (pricing: InversePricing, homotopy: PenaltyHomotopy)?
    private let listed: ListedPricing

    /// The penalty that makes inverse pricing exact: payments count as much as payoffs in these games, so that even a
    /// small one would do.
    private static let exactPenalty = 1e4
    /// Answers in turn with prices, at most.
    private static let rounds = 60
    /// Gains below this, relative, are rounding.
    private static let leastGain = 1e-9

    public init(_ prices: PriceGame, _ evaluator: Evaluator) throws {
        let prices = prices.game.risk == nil ? prices : prices.counting(as: try evaluator.answerToMiddle())
        self.prices = prices
        self.evaluator = evaluator
        rates = try ClimbBudget.Rates(evaluator)
        programs = try Self.programs(prices, rates)
        listed = ListedPricing(prices: prices)
    }

    private static func programs(
        _ prices: PriceGame, _ rates: ClimbBudget.Rates
    ) throws -> (pricing: InversePricing, homotopy: PenaltyHomotopy)? {
        let bases = try FollowerBases(prices, at: prices.game.space.middle)
        do {
            let pricing = try InversePricing(prices, bases, ClimbBudget(rates, evaluations: mostToBegin))
            let homotopy = try PenaltyHomotopy(
                prices, pricing, bases, ClimbBudget(rates, evaluations: mostToBegin))
            return (pricing, homotopy)
        } catch is TooLarge {
            return nil
        }
    }

    /// What the first solve of a program over all followers may take, in evaluations; later ones begin where it ended.
    private static let mostToBegin = 50

    /// What a climb has seen so far.
    private struct Path {
        let budget: ClimbBudget
        var best: Evaluation?
        var library: ResponseLibrary
        /// Some answer cost more than linear programming had promised: integers cannot be left aside here.
        var needsList = false

        /// - Returns: whether it is better than all before.
        mutating func take(_ evaluation: Evaluation) -> Bool {
            library.add(evaluation)
            guard let payoff = evaluation.payoff else { return false }
            let gain = payoff - (best?.payoff ?? -.infinity)
            if gain > 0 { best = evaluation }
            return gain > PriceClimb.leastGain * max(1, abs(payoff))
        }
    }

    /// - Returns: the best decision answered, by the game's tie rule, and the evaluations spent: at least one, and not
    ///   more than the start allows.
    public func climb(from start: Start) throws -> (evaluation: Evaluation, effort: Int) {
        let budget = ClimbBudget(rates, evaluations: start.limit)
        var path = Path(budget: budget, library: ResponseLibrary(prices))
        let isPessimistic = prices.game.ties == .pessimistic
        // The last evaluation is for the game's own tie rule.
        if isPessimistic { budget.payOwnEvaluation() }
        var point = start.point
        if let programs {
            if start.penalties.isEmpty {
                programs.pricing.begin()
            } else {
                point = try programs.homotopy.run(from: point, penalties: start.penalties, budget)
            }
        }
        let first = try budget.evaluate(point, evaluator)
        _ = path.take(first)
        try alternate(from: first, &path)
        for direction in start.directions where budget.evaluationsLeft >= 3 {
            guard let best = path.best else { break }
            let found = try LineSearch(
                prices, from: best.decision, along: direction.vector(best.decision.count),
                limit: { budget.evaluationsLeft }, answer: { try budget.evaluate($0, evaluator) })
            guard let found, let top = found.best, path.take(top) else { continue }
            try alternate(from: top, &path)
        }
        let best = path.best ?? first
        let last = isPessimistic ? try evaluator.evaluate(best.decision) : best
        return (last, budget.evaluations)
    }

    /// Prices and answers in turn.
    private func alternate(from start: Evaluation, _ path: inout Path) throws {
        var held = start
        for _ in 0..<Self.rounds {
            guard held.payoff != nil, path.budget.evaluationsLeft >= 2 else { return }
            if let programs {
                let target = programs.homotopy.target(of: held.values, Self.exactPenalty)
                if let (point, value) = try programs.pricing.prices(against: target, path.budget) {
                    let next = try path.budget.evaluate(point, evaluator)
                    let promised = zip(target, point).reduce(value) { $0 + $1.0 * $1.1 }
                    let cost = next.followerCosts.reduce(0, +)
                    path.needsList = path.needsList || cost > promised + 1e-7 * max(1, abs(cost))
                    if path.take(next) {
                        held = next
                        continue
                    }
                }
            }
            guard path.needsList || programs == nil, let next = try reprice(held, &path) else { return }
            held = next
        }
    }

    /// The best prices for the answers at hand, by a list of others that grows; nil where that gains nothing.
    private func reprice(_ held: Evaluation, _ path: inout Path) throws -> Evaluation? {
        var best: Evaluation?
        for _ in 0..<Self.rounds where path.budget.evaluationsLeft >= 1 {
            guard let point = try listed.prices(keeping: held.values, against: path.library, path.budget) else {
                return best
            }
            let next = try path.budget.evaluate(point, evaluator)
            let known = path.library.responses.map(\.count)
            if path.take(next) { best = next }
            // Nothing new is cheaper: these prices are the best that keep the answers.
            if path.library.responses.map(\.count) == known { break }
        }
        return best
    }
}
