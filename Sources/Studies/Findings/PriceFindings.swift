import Games
import LinearModels

/// What is made of the end of a search for prices: the answer with its proof, what it pays for certain, what prices may
/// pay if every tie goes the leader's way, and bounds.
///
/// The answer is what pays most for certain, or by the game's tie rule, as the study's settings say, whichever phase
/// found it. Each phase may take half of the work that the search was allowed, the bounds as much as the search,
/// counted and not timed, a little where that is little (`leastWork(of:)`), and not more than is of use. So they take
/// no longer than the search by more than a small multiple, and end at the same place on every machine. What a phase
/// did not come to says so.
///
/// The phases run once, in a fixed order.
public struct PriceFindings: Sendable {
    /// Where the answer comes from.
    public enum Origin: String, Sendable, Codable {
        case search
        /// The prices at which followers pay most at their best, a by-product of the bounds.
        case bounds
    }

    /// The answer, with everybody's responses: of a bankable one, those that pay least at the prices as written.
    public let best: Evaluation
    public let origin: Origin
    public let proof: ResponseProof
    /// What the answer pays for certain; nil where it was chosen by the tie rule, or the work allowed did not suffice
    /// to know.
    public let bankable: BankablePayoff?
    /// The prices that pay most if every tie goes the leader's way, with that; nil where the answer is chosen so.
    public let supremum: BankablePricing.Found?
    /// Upper bounds on the payoff of any prices.
    public let bounds: CheapBounds
    /// Wall-clock seconds of each phase.
    public let seconds: [(phase: AnswerPhase, seconds: Double)]

    /// Units of work that each phase may take at least: a few seconds, and what programs over the whole of a large game
    /// take, whose pivots grow with its size as each of them does; less than a minute.
    static func leastWork(of game: StackelbergGame) -> Int {
        let size = game.system.variableCount + game.system.constraintCount
        return min(3_000_000_000, max(300_000_000, size.cappedProduct(size)))
    }
    /// But no more than this, about a minute. A pivot of one program over a thousand users with a week each takes far
    /// longer than as much work in the many small programs that a search solves: it no longer fits into any cache.
    private static let mostWork = 5_000_000_000
    /// Gains below this, relative, are rounding.
    private static let leastGain = 1e-9

    /// What an answer was found to be.
    private struct Proved: Codable {
        let payoff: Double
        let proof: ResponseProof
        let bankable: BankablePayoff?
        /// Units of work of one evaluation.
        let evaluationWork: Int
    }

    /// What the bounds come to.
    private struct Bounded: Codable {
        let bounds: CheapBounds
        /// What the highest prices pay.
        let dearest: BankablePricing.Found?
    }

    /// - Parameters:
    ///   - store: of the study; what it holds of the phases is not computed again.
    ///   - progress: called when a phase begins.
    public init(
        _ game: StackelbergGame, _ study: Study, store: StudyStore? = nil,
        progress: @escaping (AnswerPhase) -> Void = { _ in }
    ) throws {
        var phases = PhaseRun(store: store, progress: progress)
        let prices = study.settings.answer == .bankable ? game.bankable : nil
        var decision =
            study.bankable?.decision
            ?? (prices == nil ? study.best.decision : game.space.rounded(study.best.decision))
        let first = try Self.proofOf(decision, .first, game, prices, study, &phases)
        let isBankable = first.bankable != nil
        let share = Self.share(of: study.settings, game, evaluationWork: first.evaluationWork)
        let bounded = try phases.outcome(of: .bounds) {
            let bounds = try CheapBounds(game, within: WorkAllowance(share.cappedProduct(2)))
            return Bounded(bounds: bounds, dearest: try Self.payoff(of: bounds.dearest, in: game, share))
        }
        var (proved, origin) = (first, Origin.search)
        var most = BankablePricing.Found(study.best)
        func isMore(_ payoff: Double) -> Bool {
            most.map { payoff > $0.payoff + Self.leastGain * max(1, abs($0.payoff)) } ?? true
        }
        if let dearest = bounded.dearest, isMore(dearest.payoff) {
            most = dearest
            var better: [Double]? = dearest.decision
            if isBankable {
                let start = BankablePricing.Start(
                    point: dearest.decision, known: first.bankable?.payoff,
                    limit: max(1, study.settings.evaluations / 8))
                better = try phases.outcome(of: .securing) {
                    Secured(found: try BankablePricing(game).search(from: start).found)
                }.found?.decision
            }
            if let better {
                let other = try Self.proofOf(better, .proof, game, isBankable ? prices : nil, study, &phases)
                // Where the work allowed does not suffice to know what it pays for certain, the first stays.
                if !isBankable || other.bankable != nil { (decision, origin, proved) = (better, .bounds, other) }
            }
        }
        // Prices that were made sure of may pay more than all that were not.
        if isMore(proved.proof.optimisticPayoff) {
            most = .init(decision: decision, payoff: proved.proof.optimisticPayoff)
        }
        supremum = isBankable ? most : nil
        // From nothing, as whoever reads the prices evaluates them: the search came to its answer from the answer to
        // other prices, by which last digits may differ.
        let answer = try Evaluator(game).evaluate(decision, ties: isBankable ? .pessimistic : game.ties)
        best = answer.payoff == nil && decision == study.best.decision ? study.best : answer
        self.origin = origin
        proof = proved.proof
        bankable = proved.bankable
        bounds = bounded.bounds
        seconds = phases.seconds
    }

    private struct Secured: Codable { let found: BankablePricing.Found? }

    /// Solves an answer again from nothing.
    ///
    /// - Returns: by the rule that was asked for; by the game's own where the work allowed does not suffice to know
    ///   what it pays for certain.
    private static func proofOf(
        _ decision: [Double], _ phase: AnswerPhase, _ game: StackelbergGame, _ prices: PriceGame?, _ study: Study,
        _ phases: inout PhaseRun
    ) throws -> Proved {
        try phases.outcome(of: phase) {
            let evaluator = try Evaluator(game)
            let count = WorkAllowance()
            let claimed = try count.grant { try evaluator.evaluate(decision) }
            let share = share(of: study.settings, game, evaluationWork: count.spent)
            func prove(_ evaluation: Evaluation, _ ties: TieRule, _ bankable: BankablePayoff?) throws -> Proved {
                let proof = try ResponseProof(
                    of: evaluation, in: game.with(ties: ties), within: WorkAllowance(share), ties: WorkAllowance(share))
                return Proved(
                    payoff: bankable?.payoff ?? proof.payoff, proof: proof, bankable: bankable,
                    evaluationWork: count.spent)
            }
            if let prices {
                let reach = PriceReach(prices)
                let (found, worst) =
                    try WorkAllowance(share).attempt {
                        (
                            try evaluator.bankable(decision, reach),
                            try evaluator.evaluate(decision, ties: .pessimistic)
                        )
                    } ?? (nil, nil)
                let sure = worst.flatMap { found?.limited(by: $0, reach) }
                if let sure, sure.isSettled, let worst, worst.tiesAreSettled, worst.payoff != nil {
                    return try prove(worst, .pessimistic, sure)
                }
            }
            let isLost = claimed.payoff == nil && decision == study.best.decision
            return try prove(isLost ? study.best : claimed, game.ties, nil)
        }
    }

    private static func share(of settings: StudySettings, _ game: StackelbergGame, evaluationWork: Int) -> Int {
        max(leastWork(of: game), min(mostWork, evaluationWork.cappedProduct(settings.evaluations) / 2))
    }

    private static func payoff(
        of decision: [Double]?, in game: StackelbergGame, _ share: Int
    ) throws -> BankablePricing.Found? {
        guard let decision else { return nil }
        return try WorkAllowance(share).attempt {
            let evaluation = try Evaluator(game).evaluate(decision)
            return evaluation.tiesAreSettled ? BankablePricing.Found(evaluation) : nil
        }
    }
}
