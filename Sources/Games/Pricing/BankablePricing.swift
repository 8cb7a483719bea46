import LinearModels

/// Looks for prices that pay much for certain: as they are written, whichever way ties go, and for all prices that are
/// written the same.
///
/// The best prices stand where followers are indifferent, and count on these to do what suits the leader. To be sure of
/// a response, a follower must lose by any other (`MarginPricing`). Whether prices hold what they promise, a proof
/// tells that takes everything into account (``BankablePayoff``): that is the payoff that counts.
///
/// The response that pays most with ties in favour need not be the best one to be sure of. So a search is sure of
/// several, and of those that small changes of its best prices lead to.
///
/// Where groupings make the space a union, all of it keeps to the part that the start is in.
///
/// A start is worked on with solvers of its own, and what that takes is counted (`WorkAllowance`): what comes of it
/// depends on the start alone.
public struct BankablePricing {
    /// Where it begins.
    public struct Start: Sendable, Equatable, Codable {
        /// Prices whose answer is to be made sure of; with ``changes``, prices that are bankable themselves.
        public var point: [Double]
        /// What pays no more than this is of no interest; nil where nothing is known.
        public var known: Double?
        /// How many small changes are tried; none where the answer to the point is to be made sure of.
        public var changes: Int
        /// Changes differ by this.
        public var stream: Int
        /// What it may spend, in evaluations.
        public var limit: Int

        public init(point: [Double], known: Double? = nil, changes: Int = 0, stream: Int = 0, limit: Int) {
            self.point = point
            self.known = known
            self.changes = changes
            self.stream = stream
            self.limit = limit
        }
    }

    /// A decision, and what it pays.
    public struct Found: Sendable, Equatable, Codable {
        public let decision: [Double]
        public let payoff: Double

        public init(decision: [Double], payoff: Double) {
            self.decision = decision
            self.payoff = payoff
        }

        /// - Returns: nil for a decision without a payoff.
        public init?(_ evaluation: Evaluation) {
            guard let payoff = evaluation.payoff else { return nil }
            self.init(decision: evaluation.decision, payoff: payoff)
        }
    }

    private let prices: PriceGame
    private let reach: PriceReach
    /// What an evaluation usually takes, as a `WorkAllowance` counts it.
    private let evaluationWork: Int
    /// Work that a start is given at least: evaluations of a small game are less than what it takes to be sure of one.
    private let leastWork: Int

    /// Some tenths of a second.
    private static let leastWork = 40_000_000
    /// But no more than some ten seconds: where one proof takes that long, a small budget has few.
    private static let mostLeastWork = 1_000_000_000
    /// Decisions that a start can be sure of at least.
    private static let leastProofs = 12
    /// Gains below this, relative, are not worth the work of proving them.
    private static let leastGain = 1e-6
    private static let rounds = 8
    /// Answers to a decision that are made sure of.
    private static let favourites = 3
    /// Of what is left for a start, for one decision.
    private static let share = 0.3
    /// The same for a close look where nothing is known to be certain yet: one answer is worth more than others begun.
    private static let firstShare = 0.8
    /// Of what is left for a start, for finding what is promising before that is looked at closely.
    private static let screeningShare = 0.6
    private static let passes = 3
    /// Of what is left for a start, for prices that are better for the followers.
    private static let concedingShare = 0.3
    /// Corners of the prices within reach that are answered before anything is proved.
    private static let corners = 4
    /// How much better prices are made for followers, in ticks.
    private static let fewTicks = [10.0, 4, 2, 1, 0]
    private static let manyTicks = [30.0, 100, 300]
    /// Of what is hoped for, a loss that is too much, relative.
    package static let much = 0.02
    private static let samples = 4
    /// How far prices are moved, relative to their range.
    private static let reaches = [1e-4, 1e-3, 3e-3, 1e-2, 1e-1]
    /// The same in ticks, where these are more.
    private static let reachedSteps = [1.0, 1, 2, 4, 8]
    /// A range of fewer ticks is a coarse one.
    private static let coarseSteps = 128.0
    /// Changes that are tried there beside making sure of an answer.
    private static let coarseChanges = 300
    /// Of what is left for a start, for these.
    private static let coarseShare = 0.3
    /// Margins that are tried, in ticks. Rounding and half a tick move a reduced cost by as much as several prices that
    /// it depends on.
    private static let margins = [32.0, 16, 8, 4, 2]

    /// - Throws: ``NotAPriceGame`` where the game is not a pricing game.
    public init(_ game: StackelbergGame) throws {
        prices = try PriceGame(game.with(ties: .optimistic))
        reach = PriceReach(prices)
        let count = WorkAllowance()
        let game = prices.game
        try count.grant {
            let evaluator = try Evaluator(game)
            var noise = Noise()
            for _ in 0..<Self.samples {
                _ = try evaluator.evaluate(
                    game.space.decisions.map { $0.lower + 0.5 * (1 + noise.next()) * ($0.upper - $0.lower) })
            }
        }
        evaluationWork = max(1, count.spent / Self.samples)
        let (fresh, proof) = (WorkAllowance(), WorkAllowance())
        let reach = reach
        try fresh.grant {
            let evaluator = try Evaluator(game)
            let point = game.space.rounded(game.space.middle)
            _ = try evaluator.bankable(point, reach, care: .choosing)
            try proof.grant { _ = try evaluator.bankable(point, reach, care: .choosing) }
        }
        leastWork = max(Self.leastWork, min(Self.mostLeastWork, fresh.spent + Self.leastProofs * proof.spent))
    }

    /// - Returns: the prices found that pay most for certain, nil where none pay more than is known; and the
    ///   evaluations that it took the work of, at least one and not more than the start allows.
    public func search(from start: Start) throws -> (found: Found?, effort: Int) {
        let allowance = WorkAllowance(max(leastWork, start.limit.cappedProduct(evaluationWork)))
        var step: Step?
        do {
            try allowance.grant {
                let prices = prices.with(space: prices.game.space.part(around: start.point))
                let begun = Step(prices, reach, known: start.known, try Evaluator(prices.game), allowance)
                step = begun
                if start.changes > 0 {
                    try begun.explore(start, changes: start.changes)
                } else {
                    try begun.begin(at: start.point)
                    if begun.isCoarse {
                        _ = try allowance.share(Self.coarseShare).attempt {
                            try begun.explore(start, changes: Self.coarseChanges)
                        }
                    }
                }
            }
        } catch is WorkSpent {}
        let effort = (allowance.spent + evaluationWork - 1) / evaluationWork
        return (step?.best, min(max(1, effort), start.limit))
    }

    /// The solvers of one start, and what they have found.
    ///
    /// Prices are screened first: the worst answers are looked for from few starts, which seldom finds less than all
    /// do. The most promising are looked at closely (`prove()`), which takes several times as long.
    private final class Step {
        private let prices: PriceGame
        private let reach: PriceReach
        private let evaluator: Evaluator
        private var space: DecisionSpace { prices.game.space }
        private let ticks: [Tick]
        /// That of reduced costs, which are of energy: fees and demand charges are greater, and so are their steps.
        private let energyTick: Double
        private let known: Double
        private let allowance: WorkAllowance
        private var noise = Noise()
        private(set) var best: Found?
        /// What was screened and not looked at closely, the most promising last.
        private var promising: [(found: Found, worst: [Double])] = []
        private var secured: Set<[Double]> = []

        init(
            _ prices: PriceGame, _ reach: PriceReach, known: Double?, _ evaluator: Evaluator,
            _ allowance: WorkAllowance
        ) {
            self.allowance = allowance
            self.prices = prices
            self.reach = reach
            ticks = prices.game.space.ticks
            energyTick = prices.game.space.greatestTicks.map(\.size).min() ?? 0
            self.known = known ?? -.infinity
            self.evaluator = evaluator
        }

        private var bestPayoff: Double { max(known, best?.payoff ?? -.infinity) }
        private var mostPromised: Double { max(bestPayoff, promising.last?.found.payoff ?? -.infinity) }

        /// Prices that are a little better for the followers, and the point itself: what they then like better than
        /// leaving needs no proof by duals, which whole numbers have none of. Then prices to be sure of the answers
        /// that pay most at the point, and of the worst answer to the most promising of those.
        func begin(at point: [Double]) throws {
            let hoped = try evaluator.evaluate(point, ties: .optimistic)
            guard let payoff = hoped.payoff else { return }
            var responses: [[Double]]?
            for _ in 0..<BankablePricing.passes {
                _ = try allowance.share(BankablePricing.screeningShare).attempt {
                    if responses == nil {
                        _ = try allowance.share(BankablePricing.concedingShare).attempt {
                            try concede(at: point, payoff, gains: prices.payoff.gradient(at: hoped.values))
                        }
                        let conceded = promising.last.map { [$0.worst] } ?? []
                        responses =
                            conceded + (try evaluator.favourites(at: point, BankablePricing.favourites)).reversed()
                    }
                    while let next = responses?.popLast() { try secure(next) }
                }
                try prove()
                guard responses?.isEmpty == false else { break }
            }
        }

        /// Screens prices that are better for the followers, by few ticks or by many: less and less while that promises
        /// more, and more until it promises enough.
        ///
        /// - Parameters:
        ///   - payoff: with ties in favour.
        ///   - gains: what the leader gains by each price.
        private func concede(at point: [Double], _ payoff: Double, gains: [Double]) throws {
            func promises(_ steps: Double) throws -> Bool {
                let better = point.indices.map { i in
                    point[i] - (gains[i] > 0 ? 1 : gains[i] < 0 ? -1 : 0) * steps * ticks[i].size
                }
                return try screen(better, above: mostPromised) != nil
            }
            for steps in BankablePricing.fewTicks where try !promises(steps) { break }
            for steps in BankablePricing.manyTicks where mostPromised < payoff - BankablePricing.much * abs(payoff) {
                _ = try promises(steps)
            }
        }

        /// Whether some decision has so few steps to choose from that what is best on its grid need not be near what is
        /// best beside it.
        var isCoarse: Bool {
            zip(space.decisions, ticks).contains {
                $0.upper - $0.lower < BankablePricing.coarseSteps * $1.size && $0.upper > $0.lower && !$0.isInteger
            }
        }

        /// Small changes of few prices, and prices to be sure of the answers that these gain.
        ///
        /// The answer that pays most at a tie may lie between two others, so that no price can make sure of it. Which
        /// answers close by can be made sure of, and pay well, only trying tells.
        func explore(_ start: Start, changes: Int) throws {
            var noise = Noise(stream: start.stream)
            let values = space.freeValues
            let decisions = space.decisions
            for k in 0..<changes {
                var point = best?.decision ?? start.point
                let reach = BankablePricing.reaches[k % BankablePricing.reaches.count]
                let steps = BankablePricing.reachedSteps[k % BankablePricing.reachedSteps.count]
                for _ in 0...(k % 4) {
                    let value = values[min(values.count - 1, Int(Double(values.count) * 0.5 * (1 + noise.next())))]
                    let tick = ticks[value[0]].size
                    let range = decisions[value[0]].upper - decisions[value[0]].lower
                    let change = noise.next() * max(reach * range, steps * tick)
                    for j in value { point[j] += abs(change) < tick ? (change < 0 ? -1 : 1) * tick : change }
                }
                guard let found = try screen(point, above: bestPayoff) else { continue }
                try prove()
                try secure(found.values)
                try prove()
            }
        }

        /// Prices to be sure of an answer, then of the answer that hurts most at these prices, and so on while that
        /// gains.
        ///
        /// - Parameter values: of the system; none where there is no answer.
        private func secure(_ values: [Double]) throws {
            guard !values.isEmpty, secured.insert(values).inserted else { return }
            let responses = prices.game.offset(of: prices.game.followers.count).column
            var held = values
            var reached = -Double.infinity
            // As whoever answered last.
            let isBranched = try evaluator.followers.contains { try $0.wholeSession.usedBranchAndBound }
            for _ in 0..<BankablePricing.rounds {
                let pricing = try MarginPricing(prices, keeping: held, holdsIntegers: isBranched)
                var sure: [Double]?
                for margin in BankablePricing.margins {
                    guard let found = try screen(pricing, margin, above: reached) else {
                        // Once a margin is too narrow, narrower ones are.
                        if sure == nil { continue } else { break }
                    }
                    (sure, reached) = (found.values, found.payoff)
                }
                guard let sure, sure.prefix(responses) != held.prefix(responses) else { break }
                held = sure
            }
        }

        /// - Returns: nil also where no prices keep responses by that margin.
        private func screen(
            _ pricing: MarginPricing, _ margin: Double, above known: Double
        ) throws -> BankablePayoff? {
            guard let point = try pricing.prices(margin: margin * energyTick) else { return nil }
            return try screen(point, above: known)
        }

        /// Whether prices at some corners of those within reach pay more with ties in favour: they pay no less than
        /// what is certain, and are soon answered.
        private func mayPay(more known: Double, at point: [Double]) throws -> Bool {
            guard known.isFinite else { return true }
            for corner in 0..<BankablePricing.corners {
                let near = zip(point, reach.lengths).map { price, length in
                    price + (corner == 0 ? 1 : corner == 1 ? -1 : noise.next() < 0 ? -1 : 1) * length
                }
                guard let payoff = try evaluator.evaluate(near, ties: .optimistic).payoff, payoff > known else {
                    return false
                }
            }
            return true
        }

        /// What a decision may pay for certain, once it is rounded: no less is found from few starts. Nil where that is
        /// no more than a payoff that is known.
        private func screen(_ point: [Double], above known: Double) throws -> BankablePayoff? {
            let point = space.rounded(point)
            let floor = Self.more(than: known)
            guard try mayPay(more: floor, at: point), let found = try look(at: point, above: floor, .screening) else {
                return nil
            }
            let own = Found(decision: point, payoff: found.payoff)
            if found.isExact {
                if found.payoff > bestPayoff { best = own }
            } else if found.payoff > bestPayoff {
                let place = promising.firstIndex { $0.found.payoff > own.payoff } ?? promising.count
                promising.insert((own, found.values), at: place)
            }
            return found
        }

        /// Looks closely at the most promising, until none promises more than what is known of others; and is sure of
        /// answers that hurt more than what was promised.
        private func prove() throws {
            while let next = promising.popLast()?.found, next.payoff > Self.more(than: bestPayoff) {
                guard let found = try look(at: next.decision, above: bestPayoff, .choosing),
                    found.payoff > bestPayoff
                else { continue }
                best = Found(decision: next.decision, payoff: found.payoff)
                if next.payoff > Self.more(than: found.payoff) { try secure(found.values) }
            }
            promising = []
        }

        private static func more(than known: Double) -> Double {
            known + (known.isFinite ? BankablePricing.leastGain * abs(known) : 0)
        }

        /// - Returns: nil where it pays no more than is known, or that takes too long to know: it must not be all that
        ///   is looked at.
        private func look(
            at point: [Double], above known: Double, _ care: BankablePayoff.Care
        ) throws -> BankablePayoff? {
            let isFirst = care == .choosing && bestPayoff == -.infinity
            let share = allowance.share(isFirst ? BankablePricing.firstShare : BankablePricing.share)
            let found = try share.attempt { try evaluator.bankable(point, reach, above: known, care: care) }
            guard let found, found.isSettled else {
                try WorkAllowance.checkCurrent()
                return nil
            }
            return found
        }
    }
}
