import Foundation
import Games
import Metaheuristics

/// One search on one game with one seed.
public struct Study: Sendable {
    public let settings: StudySettings
    public let algorithmTitle: String
    /// The best decision found, with its responses.
    public let best: Evaluation
    public let log: SearchLog
    /// Wall-clock seconds of the search: not part of the result, which is the same on any machine.
    public let seconds: Double

    /// What a search tells while it runs.
    public struct Progress: Sendable {
        public let evaluations: Int
        public let budget: Int
        public let best: Double?
        public let seconds: Double

        /// Seconds still to go, at the pace so far.
        public var secondsLeft: Double {
            evaluations == 0 ? .infinity : seconds * Double(budget - evaluations) / Double(evaluations)
        }
    }

    /// Runs the search until its budget is spent.
    ///
    /// - Parameters:
    ///   - savings: what spares solves; the log is the same with and without.
    ///   - progress: called on the caller's thread after each generation.
    /// - Throws: ``StudyError`` for settings that make no search, or when not one decision could be answered.
    public static func run(
        _ game: StackelbergGame, _ settings: StudySettings, savings: Evaluator.Savings = .all,
        progress: (Progress) -> Void = { _ in }
    ) throws -> Study {
        let entry = try settings.check()
        var (search, title) = try entry.start(
            game,
            MetaheuristicSettings(
                population: settings.population, evaluations: settings.evaluations, seed: settings.seed))
        let pool = try EvaluationPool(game, workers: settings.workers, savings: savings)
        let start = Date()
        var log = SearchLog()
        var best: Evaluation?
        var lastFailure = ""
        var schedule = AnchorSchedule()
        while log.evaluations < settings.evaluations {
            let batch = Array(search.ask().prefix(settings.evaluations - log.evaluations))
            guard !batch.isEmpty else { break }
            schedule.update(evaluations: log.evaluations, best: best?.decision)
            let answers = try pool.answer(batch, near: schedule.anchor)
            search.tell(
                answers.map {
                    Proposal.Answer(decision: $0.evaluation.decision, payoff: $0.evaluation.payoff, effort: $0.effort)
                })
            log.add(answers.map(\.evaluation.payoff), evaluations: answers.reduce(0) { $0 + $1.effort })
            for (evaluation, _) in answers {
                guard let payoff = evaluation.payoff else {
                    lastFailure = evaluation.outcome.sentence
                    continue
                }
                if payoff > best?.payoff ?? -.infinity { best = evaluation }
            }
            progress(
                Progress(
                    evaluations: log.evaluations, budget: settings.evaluations, best: best?.payoff,
                    seconds: Date().timeIntervalSince(start)))
        }
        guard let best else { throw StudyError.nothingWorked(evaluations: log.evaluations, example: lastFailure) }
        return Study(
            settings: settings, algorithmTitle: title, best: best, log: log,
            seconds: Date().timeIntervalSince(start))
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
