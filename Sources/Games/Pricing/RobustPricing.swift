import LinearModels

/// Prices that pay the leader well whichever way followers break ties, and that are written with few digits.
///
/// The best prices stand where followers are indifferent, and count on these to do what suits the leader. To be sure of
/// a response, a follower must lose by any other (`MarginPricing`). Whether the prices hold what they promise, an
/// evaluation against the leader tells: that is the payoff that counts. Prices are rounded first
/// (``DecisionSpace/rounded(_:)``), so that they pay this as they are written.
///
/// The response that pays most with ties in favour need not be the best one to be sure of, so that several are tried:
/// those at the ends of climbs. What pays more than the decision that the search began with when ties do go the
/// leader's way is kept as well.
///
/// Where groupings make the space a union, all of it keeps to the part that the decision is in.
///
/// The search goes in steps. Each depends on the ``State`` before it alone, so that a search that was stored between
/// two of them goes on as if nothing had been. Its work is counted (`WorkAllowance`), and where that is spent it ends
/// with what it has.
public struct RobustPricing {
    /// A decision, and what it pays.
    public struct Found: Sendable, Equatable, Codable {
        public let decision: [Double]
        public let payoff: Double

        init(decision: [Double], payoff: Double) {
            self.decision = decision
            self.payoff = payoff
        }

        /// - Returns: nil for a decision without a payoff.
        public init?(_ evaluation: Evaluation) {
            guard let payoff = evaluation.payoff else { return nil }
            self.init(decision: evaluation.decision, payoff: payoff)
        }
    }

    /// What a search has found and spent so far.
    public struct State: Sendable, Equatable, Codable {
        /// The most with ties against the leader, at rounded prices.
        public fileprivate(set) var robust: Found?
        /// The most with ties in favour of the leader.
        public fileprivate(set) var favoured: Found?
        /// Steps that are done.
        public fileprivate(set) var steps = 0
        /// Decisions answered against the leader, the expensive part of it.
        public fileprivate(set) var answers = 0
        /// Whether the work that was allowed did not suffice for all steps.
        public fileprivate(set) var isCut = false
        fileprivate var work = 0
        fileprivate var secured: Set<[Double]> = []
        fileprivate var securedPayoff: Double?
        fileprivate var samples = 0
        fileprivate var noise = Noise()

        public init() {}

        fileprivate mutating func keepRobust(_ evaluation: Evaluation?) {
            guard let evaluation, let payoff = evaluation.payoff, evaluation.tiesAreSettled,
                payoff > robust?.payoff ?? -.infinity
            else { return }
            robust = Found(decision: evaluation.decision, payoff: payoff)
        }

        fileprivate mutating func keepFavoured(_ evaluation: Evaluation) {
            guard let payoff = evaluation.payoff, payoff > favoured?.payoff ?? -.infinity else { return }
            favoured = Found(decision: evaluation.decision, payoff: payoff)
        }
    }

    private let prices: PriceGame
    private let best: [Double]
    private let limit: Int
    private let evaluationWork: Int

    private static let climbLimit = 200
    private static let leastClimb = 10
    private static let rounds = 8
    private static let samples = 1_000
    private static let samplesAStep = 100
    /// How many decisions are answered against the leader.
    private static let doubts = 25
    /// How far prices are moved, relative to their range.
    private static let reaches = [1e-4, 1e-3, 3e-3, 1e-2, 1e-1]
    /// Margins that are tried, in steps of the last digit written. Rounding moves a reduced cost by a step or two.
    private static let margins = [4.0, 2, 1]

    /// - Parameters:
    ///   - best: where the search for prices ended.
    ///   - limit: units of work for all steps together.
    ///   - evaluationWork: units of work that one evaluation takes, by which climbs are kept short where little is
    ///     allowed.
    /// - Throws: ``NotAPriceGame`` where the game is not a pricing game.
    public init(
        _ game: StackelbergGame, from best: [Double], limit: Int = .max, evaluationWork: Int = 1
    ) throws {
        // Climbs follow what suits the leader, whatever the game's own rule is.
        prices = try PriceGame(game.with(ties: .optimistic).with(space: game.space.part(around: best)))
        self.best = best
        self.limit = limit
        self.evaluationWork = max(1, evaluationWork)
    }

    /// Whether another step would find nothing more.
    public func isDone(_ state: State) -> Bool {
        state.isCut
            || state.steps > starts.count + 1 && (state.samples >= Self.samples || state.answers >= Self.doubts)
    }

    /// Does one step.
    public func advance(_ state: inout State) throws {
        let allowance = WorkAllowance(max(0, limit - state.work))
        do {
            // Solvers of its own: what these remember of former steps would change what is counted.
            try allowance.grant {
                let step = try Step(prices, evaluationWork: evaluationWork, allowance)
                let number = state.steps
                switch number {
                case 0: try step.begin(at: best, &state)
                case 1...starts.count: try step.climb(from: starts[number - 1], &state)
                // What the best decision itself pays takes longer to know than prices to be sure of its answer.
                case starts.count + 1: _ = try step.answer(best, above: state.robust?.payoff, &state)
                default: try step.explore(&state)
                }
            }
            state.work += allowance.spent
            state.steps += 1
        } catch is WorkSpent {
            state.isCut = true
        }
    }

    /// All steps.
    public func search() throws -> State {
        var state = State()
        while !isDone(state) { try advance(&state) }
        return state
    }

    /// From the best decision, then from four heights of all prices, fast and slow.
    private var starts: [PriceClimb.Start] {
        let space = prices.game.space
        return [PriceClimb.Start(point: best, limit: Self.climbLimit)]
            + [1, 0.75, 0.5, 0.25].flatMap { height in
                let point = space.project(space.decisions.map { $0.lower + height * ($0.upper - $0.lower) })
                // Penalties in equal ratios: 0.01 … 10 and 0.1 … 3.
                return [(18, 0.01, 1.5), (8, 0.1, 1.6)].map { count, first, ratio in
                    var excess = first
                    let penalties = (0..<count).map { _ in
                        defer { excess *= ratio }
                        return 1 + excess
                    }
                    return PriceClimb.Start(point: point, penalties: penalties, limit: Self.climbLimit)
                }
            }
    }

    /// The solvers of one step.
    private struct Step {
        let prices: PriceGame
        let evaluator: Evaluator
        let evaluationWork: Int
        let allowance: WorkAllowance
        private var space: DecisionSpace { prices.game.space }

        init(_ prices: PriceGame, evaluationWork: Int, _ allowance: WorkAllowance) throws {
            self.prices = prices
            self.evaluationWork = evaluationWork
            self.allowance = allowance
            evaluator = try Evaluator(prices.game)
        }

        /// What the best decision itself pays, and prices to be sure of its answer.
        func begin(at best: [Double], _ state: inout State) throws {
            let end = try evaluator.evaluate(best, ties: .optimistic)
            state.keepFavoured(end)
            try secure(end, &state)
        }

        func climb(from start: PriceClimb.Start, _ state: inout State) throws {
            var start = start
            // Half of what is left, so that there is something left to be sure of what is found.
            let affordable = allowance.left / 2 / evaluationWork
            guard affordable >= RobustPricing.leastClimb else { throw WorkSpent() }
            start.limit = min(start.limit, affordable)
            let (end, _) = try PriceClimb(prices, evaluator).climb(from: start)
            state.keepFavoured(end)
            // No margin can lift a response above what it pays with ties in favour.
            if end.payoff ?? -.infinity > state.robust?.payoff ?? -.infinity { try secure(end, &state) }
        }

        /// Small changes of few prices, ties against the leader throughout, and prices to be sure of what is found.
        ///
        /// The answer that pays most at a tie may lie between two others, so that no price can make sure of it. Which
        /// answers close by can be made sure of, and pay well, only trying tells.
        func explore(_ state: inout State) throws {
            guard let first = state.robust else {
                state.samples = RobustPricing.samples
                return
            }
            var known = state.securedPayoff ?? first.payoff
            var latest: Evaluation?
            for _ in 0..<RobustPricing.samplesAStep where state.answers < RobustPricing.doubts {
                guard let robust = state.robust else { break }
                let k = state.samples
                state.samples += 1
                let reach = RobustPricing.reaches[k % RobustPricing.reaches.count]
                let decisions = space.decisions
                var point = robust.decision
                for _ in 0...(k % 4) {
                    let j = min(decisions.count - 1, Int(Double(decisions.count) * 0.5 * (1 + state.noise.next())))
                    point[j] += reach * state.noise.next() * (decisions[j].upper - decisions[j].lower)
                }
                if let found = try answer(point, above: robust.payoff, &state) { latest = found }
            }
            // The programs that make sure are large, so what several changes have come to is made sure of together.
            if let latest, let payoff = state.robust?.payoff, payoff > known {
                known = payoff
                try secure(latest, &state)
                known = max(known, state.robust?.payoff ?? known)
            }
            state.securedPayoff = known
        }

        /// Prices to be sure of an answer, then of the answer that hurts most at these prices, and so on while that
        /// gains.
        private func secure(_ end: Evaluation, _ state: inout State) throws {
            guard end.payoff != nil, state.secured.insert(end.decision).inserted else { return }
            let tick = space.decimals.map(DecisionSpace.tick).max() ?? 0
            let responses = prices.game.offset(of: prices.game.followers.count).column
            var held = end.values
            var best = -Double.infinity
            for _ in 0..<RobustPricing.rounds {
                let pricing = try MarginPricing(prices, keeping: held)
                var sure: Evaluation?
                for margin in RobustPricing.margins {
                    guard let point = try pricing.prices(margin: margin * tick) else { continue }
                    guard let found = try answer(point, above: sure?.payoff ?? best, &state) else {
                        // Once a margin is too narrow, narrower ones are.
                        if sure == nil { continue } else { break }
                    }
                    sure = found
                }
                guard let sure, let payoff = sure.payoff, payoff > best else { break }
                best = payoff
                if sure.values.prefix(responses) == held.prefix(responses) { break }
                held = sure.values
            }
        }

        /// What a decision pays with ties against the leader, once it is rounded; nil where that is no more than a
        /// payoff that is known.
        ///
        /// Whatever ties do, it pays no more than with ties in favour, and that takes far less to find out.
        func answer(_ point: [Double], above known: Double?, _ state: inout State) throws -> Evaluation? {
            let point = space.rounded(point)
            let hoped = try evaluator.evaluate(point, ties: .optimistic)
            state.keepFavoured(hoped)
            guard let payoff = hoped.payoff, payoff > known ?? -.infinity else { return nil }
            var sure = hoped
            if hoped.hasTies {
                guard state.answers < RobustPricing.doubts else { return nil }
                state.answers += 1
                sure = try evaluator.evaluate(point, ties: .pessimistic)
                if !sure.tiesAreSettled { throw WorkSpent() }
            }
            state.keepRobust(sure)
            guard let payoff = sure.payoff, payoff > known ?? -.infinity else { return nil }
            return sure
        }
    }
}
