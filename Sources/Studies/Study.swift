import Games
import Metaheuristics

/// One search on one game with one seed.
public struct Study: Sendable {
    public let settings: StudySettings
    public let algorithmTitle: String
    /// The best decision found, with its responses.
    public let best: Evaluation
    /// The prices found that pay most for certain; nil where none were looked for, or could be made sure of.
    public let bankable: BankablePricing.Found?
    public let log: SearchLog
    /// Wall-clock seconds of answering, by all processes that worked on it: not part of the result, which is the same
    /// on any machine.
    public let seconds: Double

    /// What a search tells while it runs.
    public struct Progress: Sendable {
        public let evaluations: Int
        public let budget: Int
        public let best: Double?
        /// What the best prices found pay for certain; nil while none were made sure of.
        public let bankable: Double?
        /// Whether prices are being made sure of, which takes what it takes: some seconds for each batch even where few
        /// evaluations are left.
        public let isSecuring: Bool
        public let seconds: Double

        /// Seconds still to go, at the pace so far; infinite where that tells nothing.
        public var secondsLeft: Double {
            evaluations == 0 || isSecuring
                ? .infinity : seconds * Double(budget - evaluations) / Double(evaluations)
        }
    }

    /// Runs the search until its budget is spent.
    ///
    /// - Parameters:
    ///   - store: keeps every generation; what it holds already is not computed again, and the result is the same.
    ///   - stop: ends the search early. The generation that is running is dropped, and none is begun.
    ///   - savings: what spares solves; the log is the same with and without.
    ///   - ranks: answer in place of this process's threads, once they were told of the game.
    ///   - progress: called on the caller's thread once models are built, and after each generation.
    /// - Throws: ``StudyError`` for settings that make no search, or when not one decision could be answered, as soon
    ///   as that is plain; ``StudyStopped`` where it was asked to stop; ``StudyStoreError`` and `DiskError` of the
    ///   store.
    public static func run(
        _ game: StackelbergGame, _ settings: StudySettings, store: StudyStore? = nil, stop: StopRequest? = nil,
        savings: Evaluator.Savings = .all, ranks: RankLeader? = nil, progress: (Progress) -> Void = { _ in }
    ) throws -> Study {
        let (search, title) = try settings.start(game)
        let evaluations = try StudyEvaluations(
            game, workers: settings.workers, store: store, stop: stop, savings: savings, ranks: ranks)
        var loop = SearchLoop(search, budget: settings.evaluations)
        var log = SearchLog()
        var (payoffs, isSecuring): ((best: Double?, bankable: Double?), Bool) = ((nil, nil), false)
        func tell() {
            progress(
                Progress(
                    evaluations: log.evaluations, budget: settings.evaluations, best: payoffs.best,
                    bankable: payoffs.bankable, isSecuring: isSecuring, seconds: evaluations.seconds))
        }
        tell()
        while let generation = try loop.next(answer: { proposals, anchor in
            if !isSecuring, proposals.contains(where: \.isSecuring) {
                isSecuring = true
                tell()
            }
            return try evaluations.answer(proposals, near: anchor)
        }) {
            payoffs = (loop.best?.payoff, loop.bankable?.payoff)
            // What was made sure of pays no more than what it came from, and what nothing was done for, nothing.
            log.add(
                zip(generation.proposals, generation.answers).filter { !$0.isSecuring && $1.effort > 0 }
                    .map(\.1.payoff),
                evaluations: generation.answers.reduce(0) { $0 + $1.effort })
            if loop.best == nil, log.generations.count == 1, try evaluations.isHopeless { break }
            tell()
        }
        // Answered once more, from where it was answered first: its responses are then the same, whoever found it.
        guard let best = loop.best, let evaluation = try evaluations.evaluation(of: best.point, near: best.anchor)
        else {
            throw StudyError.nothingWorked(evaluations: log.evaluations, example: evaluations.lastFailure)
        }
        return Study(
            settings: settings, algorithmTitle: title, best: evaluation, bankable: loop.bankable, log: log,
            seconds: evaluations.seconds)
    }
}

extension Evaluation.Outcome {
    /// What happened, in words.
    public var sentence: String {
        switch self {
        case .payoff(let payoff): "the payoff is \(payoff)."
        case .noResponse(let follower, let status): "\(follower) has no best response (\(status))."
        case .cannotServe(let status): "the leader cannot serve what the followers ask for (\(status))."
        }
    }
}
