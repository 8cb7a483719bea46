import LinearModels

/// Climbs from prices to better ones by what is known of a game of prices, and counts what it solves.
///
/// 1. A penalty homotopy, where one is asked for, leads to prices that suit some responses.
/// 2. The followers answer, and ties go the leader's way; then the prices that pay most while these answers stay best
///    (inverse pricing). Both in turn, until neither gains.
/// 3. Exact line searches along directions, where some are asked for, and 2 again after each that gains.
/// 4. Prices that lead followers to other answers than those at hand, where some are asked for, and 2 from each.
///
/// In a game of few prices all places where answers change are gone through instead (`PriceArrangement`), where that is
/// asked for.
///
/// What followers without integers do is known to linear programming to the last bit. For integer followers step 1
/// proposes, and step 2 uses a list of answers that grows until the prices are proved the best for them.
///
/// Where followers are so many that a program over all of them takes more than many evaluations, the list stands in for
/// both steps: it asks followers one by one.
///
/// Where groupings make the space a union, all three steps need one convex part of it, and are exact there. A climb
/// that is given none first goes through the space without groupings, with half of what it may spend, and then on in
/// the part of the nearest admissible prices.
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
        /// Decisions that are to be equal, where groupings leave that open; nil where the climb finds out.
        public var parts: [[Int]]?
        /// Answers to be looked for beside those at hand.
        public var wishes: [Wish]
        /// Whether all places where answers change are gone through first, in a game of few prices.
        public var isExhaustive: Bool

        public init(
            point: [Double], penalties: [Double] = [], directions: [Direction] = [], wishes: [Wish] = [], limit: Int,
            parts: [[Int]]? = nil, isExhaustive: Bool = false
        ) {
            self.point = point
            self.penalties = penalties
            self.directions = directions
            self.wishes = wishes
            self.limit = limit
            self.parts = parts
            self.isExhaustive = isExhaustive
        }

        /// What a study stored before there were wishes has none.
        public init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            try self.init(
                point: container.decode([Double].self, forKey: .point),
                penalties: container.decode([Double].self, forKey: .penalties),
                directions: container.decode([Direction].self, forKey: .directions),
                wishes: container.decodeIfPresent([Wish].self, forKey: .wishes) ?? [],
                limit: container.decode(Int.self, forKey: .limit),
                parts: container.decodeIfPresent([[Int]].self, forKey: .parts),
                isExhaustive: container.decodeIfPresent(Bool.self, forKey: .isExhaustive) ?? false)
        }
    }

    /// That followers buy more or less at some prices than they do, as far as other prices can make them.
    public struct Wish: Sendable, Equatable, Codable {
        public var decisions: [Int]
        /// By how much, as a share of what they buy there and on the mean at all prices; below zero for less.
        public var share: Double
        /// What they may pay beyond their best, see ``PenaltyHomotopy``.
        public var penalty: Double

        public init(decisions: [Int], share: Double, penalty: Double) {
            self.decisions = decisions
            self.share = share
            self.penalty = penalty
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
    private let bases: FollowerBases
    /// The space without groupings.
    private let open: PriceGame
    /// Programs over it, once they are begun.
    private var programs: Programs?
    /// What beginning them was allowed so far, in evaluations.
    private var tried = 0

    /// Programs over all followers at once.
    private struct Programs {
        let pricing: InversePricing
        /// Responses and prices in turn.
        let homotopy: PenaltyHomotopy
        /// What it took to begin them, in evaluations.
        let cost: Int
    }

    /// A convex set of prices, and the programs over it.
    private struct Course {
        let prices: PriceGame
        /// nil where programs over all followers at once would take too much, both of them.
        let pricing: InversePricing?
        let homotopy: PenaltyHomotopy?
        var listed: ListedPricing { ListedPricing(prices: prices) }
        var space: DecisionSpace { prices.game.space }
    }

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
        open = prices.with(space: prices.game.space.withoutGroupings)
        bases = try FollowerBases(open, at: open.game.space.middle)
    }

    /// The space without groupings, for a climb that may spend so much.
    ///
    /// Beginning programs is not counted, since it is done once. A climb uses them where that took no more than it may
    /// spend itself: whoever has begun them before, and for what, makes no difference then.
    private func whole(limit: Int) throws -> Course {
        let most = max(Self.mostToBegin, limit)
        if programs == nil, tried < most {
            tried = most
            do {
                let (first, second) = (
                    ClimbBudget(rates, evaluations: most), ClimbBudget(rates, evaluations: most)
                )
                let pricing = try InversePricing(open, bases, first)
                programs = Programs(
                    pricing: pricing, homotopy: try PenaltyHomotopy(open, pricing, bases, second),
                    cost: max(first.evaluations, second.evaluations))
            } catch is TooLarge {}
        }
        guard let programs, programs.cost <= most else { return Course(prices: open, pricing: nil, homotopy: nil) }
        return Course(prices: open, pricing: programs.pricing, homotopy: programs.homotopy)
    }

    /// Whether a climb can follow wishes: that takes programs over all followers.
    public func followsWishes(of start: Start) throws -> Bool { try whole(limit: start.limit).homotopy != nil }

    /// What the first solve of a program over all followers may take at least, in evaluations; later ones begin where
    /// it ended.
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
        var start = start
        var library = ResponseLibrary(prices)
        var spent = 0
        let space = prices.game.space
        let whole = try whole(limit: start.limit)
        var course: Course? = whole
        if !space.groupings.isEmpty {
            course = nil
            if start.parts == nil, start.limit >= 4 {
                var path = Path(budget: ClimbBudget(rates, evaluations: start.limit / 2), library: library)
                let first = try go(whole, from: start, &path)
                start.point = (path.best ?? first).decision
                start.penalties = []
                library = path.library
                spent = path.budget.evaluations
            }
        }
        let budget = ClimbBudget(rates, evaluations: start.limit - spent)
        var path = Path(budget: budget, library: library)
        let isPessimistic = prices.game.ties == .pessimistic
        // The last evaluation is for the game's own tie rule.
        if isPessimistic { budget.payOwnEvaluation() }
        let first = try go(course ?? part(of: start, whole, budget), from: start, &path)
        let best = path.best ?? first
        let last = isPessimistic ? try evaluator.evaluate(best.decision) : best
        return (last, spent + budget.evaluations)
    }

    /// The part of the union that a start is for.
    ///
    /// Its program is made anew for each climb and paid for, so that what a climb spends does not depend on others.
    private func part(of start: Start, _ whole: Course, _ budget: ClimbBudget) throws -> Course {
        let space = prices.game.space
        let own = prices.with(
            space: start.parts.flatMap { try? space.tied($0) } ?? space.part(around: space.project(start.point)))
        let without = Course(prices: own, pricing: nil, homotopy: nil)
        guard let homotopy = whole.homotopy else { return without }
        do {
            return Course(prices: own, pricing: try InversePricing(own, bases, budget), homotopy: homotopy)
        } catch is TooLarge {
            return without
        }
    }

    /// All steps within one convex set.
    ///
    /// - Returns: the first decision that was answered.
    private func go(_ course: Course, from start: Start, _ path: inout Path) throws -> Evaluation {
        let budget = path.budget
        var point = start.point
        if let pricing = course.pricing {
            if start.penalties.isEmpty {
                pricing.begin()
            } else if let homotopy = course.homotopy {
                point = try homotopy.run(from: point, penalties: start.penalties, by: pricing, budget)
            }
        }
        if start.isExhaustive, let arrangement = PriceArrangement(course.prices) {
            let found = try arrangement.search(
                while: { budget.evaluationsLeft >= 1 },
                answer: { try budget.evaluate($0, evaluator, within: course.space) })
            if let best = found.best {
                _ = path.take(best)
                if !found.isComplete { try alternate(course, from: best, &path) }
                return best
            }
        }
        let first = try budget.evaluate(point, evaluator, within: course.space)
        _ = path.take(first)
        try alternate(course, from: first, &path)
        for direction in start.directions where budget.evaluationsLeft >= 3 {
            guard let best = path.best else { break }
            let found = try LineSearch(
                course.prices, from: best.decision, along: direction.vector(best.decision.count),
                limit: { budget.evaluationsLeft },
                answer: { try budget.evaluate($0, evaluator, within: course.space) })
            guard let found, let top = found.best, path.take(top) else { continue }
            try alternate(course, from: top, &path)
        }
        for wish in start.wishes where budget.evaluationsLeft >= 4 { try follow(wish, course, &path) }
        return first
    }

    /// Prices that lead followers to buy more or less than they do at the best known ones, and a climb from there.
    ///
    /// Inverse pricing for quantities that nobody buys moves all prices that ties hold together at once: as little of
    /// the followers' cost as possible is given up for the quantities wished for.
    private func follow(_ wish: Wish, _ course: Course, _ path: inout Path) throws {
        guard let pricing = course.pricing, let homotopy = course.homotopy, let best = path.best else { return }
        let quantities = prices.cost.gradient(at: best.values)
        let mean = quantities.reduce(0) { $0 + abs($1) } / Double(max(1, quantities.count))
        var target = homotopy.target(of: best.values, wish.penalty)
        for k in wish.decisions { target[k] += wish.share * (abs(quantities[k]) + mean) }
        guard let (point, _) = try pricing.prices(against: target, path.budget) else { return }
        // What is found there counts by itself: worse prices than the best known ones may lead to better ones.
        var own = Path(budget: path.budget, library: path.library, needsList: path.needsList)
        let first = try own.budget.evaluate(point, evaluator, within: course.space)
        _ = own.take(first)
        try alternate(course, from: first, &own)
        path.library = own.library
        path.needsList = own.needsList
        if let found = own.best { _ = path.take(found) }
    }

    /// Prices and answers in turn.
    private func alternate(_ course: Course, from start: Evaluation, _ path: inout Path) throws {
        var held = start
        for _ in 0..<Self.rounds {
            guard held.payoff != nil, path.budget.evaluationsLeft >= 2 else { return }
            if let pricing = course.pricing, let homotopy = course.homotopy {
                let target = homotopy.target(of: held.values, Self.exactPenalty)
                if let (point, value) = try pricing.prices(against: target, path.budget) {
                    let next = try path.budget.evaluate(point, evaluator, within: course.space)
                    let promised = zip(target, point).reduce(value) { $0 + $1.0 * $1.1 }
                    let cost = next.followerCosts.reduce(0, +)
                    path.needsList = path.needsList || cost > promised + 1e-7 * max(1, abs(cost))
                    if path.take(next) {
                        held = next
                        continue
                    }
                }
            }
            guard path.needsList || course.pricing == nil, let next = try reprice(course, held, &path) else { return }
            held = next
        }
    }

    /// The best prices for the answers at hand, by a list of others that grows; nil where that gains nothing.
    private func reprice(_ course: Course, _ held: Evaluation, _ path: inout Path) throws -> Evaluation? {
        var best: Evaluation?
        for _ in 0..<Self.rounds where path.budget.evaluationsLeft >= 1 {
            guard let point = try course.listed.prices(keeping: held.values, against: path.library, path.budget) else {
                return best
            }
            let next = try path.budget.evaluate(point, evaluator, within: course.space)
            let known = path.library.responses.map(\.count)
            if path.take(next) { best = next }
            // Nothing new is cheaper: these prices are the best that keep the answers.
            if path.library.responses.map(\.count) == known { break }
        }
        return best
    }
}
