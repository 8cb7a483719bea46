import LinearModels

/// Climbs from prices to better ones by what is known of a game of prices, and counts what it solves.
///
/// 1. A penalty homotopy, where one is asked for, leads to prices that suit some responses.
/// 2. The followers answer, and ties go the leader's way; then the prices that pay most while these answers stay best (inverse pricing).
///    Both in turn, until neither gains.
/// 3. Exact line searches along directions, where some are asked for, and 2 again after each that gains.
///
/// What followers without integers do is known to linear programming to the last bit. For integer followers step 1 proposes, and step 2
/// uses a list of answers that grows until the prices are proved the best for them.
///
/// A climb ends with a decision that has been answered truly. It depends on its start and on the evaluator's anchor alone. Every set of
/// follower solves counts as one evaluation, and so does every other linear program of that size: those of the homotopy and of the inverse
/// pricing alike.
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
    private let pricing: InversePricing
    private let homotopy: PenaltyHomotopy
    private let listed: ListedPricing

    /// The penalty that makes inverse pricing exact: payments count as much as payoffs in these games, so that even a small one would do.
    private static let exactPenalty = 1e4
    /// Answers in turn with prices, at most.
    private static let rounds = 60
    /// Gains below this, relative, are rounding.
    private static let leastGain = 1e-9

    public init(_ prices: PriceGame, _ evaluator: Evaluator) throws {
        self.prices = prices
        self.evaluator = evaluator
        pricing = try InversePricing(prices)
        homotopy = try PenaltyHomotopy(prices, pricing)
        listed = ListedPricing(prices: prices)
    }

    /// What a climb has seen so far.
    private struct Path {
        var left: Int
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

    /// - Returns: the best decision answered, by the game's tie rule, and the evaluations spent: at least one, and not more than the
    ///   start allows, but one.
    public func climb(from start: Start) throws -> (evaluation: Evaluation, effort: Int) {
        var path = Path(left: max(1, start.limit), library: ResponseLibrary(prices))
        let isPessimistic = prices.game.ties == .pessimistic
        // The last evaluation is for the game's own tie rule.
        if isPessimistic { path.left -= 1 }
        var point = start.point
        if !start.penalties.isEmpty {
            var solves = max(0, path.left - 2)
            let before = solves
            point = try homotopy.run(from: point, penalties: start.penalties, solves: &solves)
            path.left -= before - solves
        } else {
            pricing.begin()
        }
        let first = try evaluator.evaluate(point, ties: .optimistic)
        path.left -= 1
        _ = path.take(first)
        try alternate(from: first, &path)
        for direction in start.directions where path.left >= 3 {
            guard let best = path.best else { break }
            let found = try LineSearch(
                prices, evaluator, from: best.decision, along: direction.vector(best.decision.count), limit: path.left)
            path.left -= found?.evaluations ?? 0
            guard let found, let top = found.best, path.take(top) else { continue }
            try alternate(from: top, &path)
        }
        let best = path.best ?? first
        let last = isPessimistic ? try evaluator.evaluate(best.decision) : best
        return (last, start.limit - path.left)
    }

    /// Prices and answers in turn.
    private func alternate(from start: Evaluation, _ path: inout Path) throws {
        var held = start
        for _ in 0..<Self.rounds {
            guard held.payoff != nil, path.left >= 2 else { return }
            let target = homotopy.target(of: held.values, Self.exactPenalty)
            path.left -= 2
            if let (point, value) = try pricing.prices(against: target) {
                let next = try evaluator.evaluate(point, ties: .optimistic)
                let promised = zip(target, point).reduce(value) { $0 + $1.0 * $1.1 }
                let cost = next.followerCosts.reduce(0, +)
                path.needsList = path.needsList || cost > promised + 1e-7 * max(1, abs(cost))
                if path.take(next) {
                    held = next
                    continue
                }
            }
            guard path.needsList, let next = try reprice(held, &path) else { return }
            held = next
        }
    }

    /// The best prices for the answers at hand, by a list of others that grows; nil where that gains nothing.
    private func reprice(_ held: Evaluation, _ path: inout Path) throws -> Evaluation? {
        var best: Evaluation?
        for _ in 0..<Self.rounds where path.left >= 1 {
            guard let point = try listed.prices(keeping: held.values, against: path.library) else { return best }
            let next = try evaluator.evaluate(point, ties: .optimistic)
            path.left -= 1
            let known = path.library.responses.map(\.count)
            if path.take(next) { best = next }
            // Nothing new is cheaper: these prices are the best that keep the answers.
            if path.library.responses.map(\.count) == known { break }
        }
        return best
    }
}
