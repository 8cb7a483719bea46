import Games
import LinearModels

/// What is made of the best decision of a search for prices: its proof, what ties may do to it, bounds, prices that do
/// not depend on ties, and the better decision where one of these came upon it.
///
/// Each of these phases may take half of the work that the search was allowed, the bounds as much as the search,
/// counted and not timed, and a little where that is little (``leastWork``). So they take no longer than the search by
/// more than a small multiple, and end at the same place on every machine. What a phase did not come to says so.
///
/// The phases run once, in a fixed order. The last one proves the answer if it is another than the search's.
public struct PriceFindings: Sendable {
    /// Where the answer comes from.
    public enum Origin: String, Sendable, Codable {
        case search
        /// The prices at which followers pay most at their best, a by-product of the bounds.
        case bounds
        /// The search for robust prices.
        case robust
    }

    /// The answer, with everybody's responses.
    public let best: Evaluation
    public let origin: Origin
    public let proof: ResponseProof
    /// Upper bounds on the payoff of any prices.
    public let bounds: CheapBounds
    /// Prices that pay the most found whichever way ties go; nil where the answer's payoff does not hang on ties, or
    /// nothing better was found.
    public let robust: RobustPricing.Found?
    /// Whether the search for robust prices ended before all of its steps.
    public let robustIsCut: Bool
    /// Wall-clock seconds of each phase.
    public let seconds: [(phase: AnswerPhase, seconds: Double)]

    /// Units of work that each phase may take at least: a few seconds.
    public static let leastWork = 300_000_000
    /// Gains below this, relative, are rounding.
    private static let leastGain = 1e-9

    /// What the first phase comes to.
    private struct First: Codable {
        let proof: ResponseProof
        /// Units of work of one evaluation.
        let evaluationWork: Int
    }

    /// What the bounds come to.
    private struct Bounded: Codable {
        let bounds: CheapBounds
        /// What the highest prices pay.
        let dearest: RobustPricing.Found?
    }

    /// - Parameters:
    ///   - store: of the study; what it holds of the phases is not computed again.
    ///   - progress: called when a phase begins.
    public init(
        _ game: StackelbergGame, _ study: Study, store: StudyStore? = nil,
        progress: @escaping (AnswerPhase) -> Void = { _ in }
    ) throws {
        var phases = PhaseRun(store: store, progress: progress)
        let first = try phases.outcome(of: .first) {
            let evaluator = try Evaluator(game)
            let count = WorkAllowance()
            _ = try count.grant { try evaluator.evaluate(study.best.decision) }
            let work = count.spent
            let share = Self.share(of: study.settings, evaluationWork: work)
            return First(
                proof: try ResponseProof(
                    of: study.best, in: game, within: WorkAllowance(share), ties: WorkAllowance(share), evaluator),
                evaluationWork: work)
        }
        let share = Self.share(of: study.settings, evaluationWork: first.evaluationWork)
        let bounded = try phases.outcome(of: .bounds) {
            let bounds = try CheapBounds(game, within: WorkAllowance(share > .max / 2 ? .max : 2 * share))
            return Bounded(bounds: bounds, dearest: try Self.payoff(of: bounds.dearest, in: game, share))
        }
        var best = (found: RobustPricing.Found(study.best), origin: Origin.search)
        func take(_ found: RobustPricing.Found?, _ origin: Origin) {
            guard let found, let known = best.found?.payoff,
                found.payoff > known + Self.leastGain * max(1, abs(known))
            else { return }
            best = (found, origin)
        }
        take(bounded.dearest, .bounds)
        var robust: RobustPricing.State?
        if first.proof.payoffHangsOnTies, let start = best.found?.decision,
            let pricing = try Self.robustPricing(game, from: start, share, first.evaluationWork)
        {
            robust = try phases.outcome(of: .robust, from: .init(), isDone: pricing.isDone) {
                try pricing.advance(&$0)
            }
            take(game.ties == .optimistic ? robust?.favoured : robust?.robust, .robust)
        }
        var (answer, proof) = (study.best, first.proof)
        if best.origin != .search, let decision = best.found?.decision {
            answer = try Evaluator(game).evaluate(decision)
            proof = try phases.outcome(of: .proof) {
                try ResponseProof(of: answer, in: game, within: WorkAllowance(share), ties: WorkAllowance(share))
            }
        }
        self.best = answer
        origin = best.origin
        self.proof = proof
        bounds = bounded.bounds
        let sure = proof.tiesAreSettled ? proof.pessimisticPayoff : -.infinity
        self.robust = proof.payoffHangsOnTies ? robust?.robust.flatMap { $0.payoff > sure ? $0 : nil } : nil
        robustIsCut = robust?.isCut ?? false
        seconds = phases.seconds
    }

    private static func share(of settings: StudySettings, evaluationWork: Int) -> Int {
        let (work, isTooMuch) = evaluationWork.multipliedReportingOverflow(by: settings.evaluations)
        return max(leastWork, isTooMuch ? .max : work / 2)
    }

    private static func payoff(
        of decision: [Double]?, in game: StackelbergGame, _ share: Int
    ) throws -> RobustPricing.Found? {
        guard let decision else { return nil }
        do {
            let evaluation = try WorkAllowance(share).grant { try Evaluator(game).evaluate(decision) }
            return evaluation.tiesAreSettled ? RobustPricing.Found(evaluation) : nil
        } catch is WorkSpent {
            return nil
        }
    }

    private static func robustPricing(
        _ game: StackelbergGame, from start: [Double], _ share: Int, _ evaluationWork: Int
    ) throws -> RobustPricing? {
        do {
            return try RobustPricing(game, from: start, limit: share, evaluationWork: evaluationWork)
        } catch is NotAPriceGame {
            return nil
        }
    }
}
