import LinearModels

/// What a climb may spend, counted in what solvers do.
///
/// An evaluation is the unit. Whatever else a climb solves counts as many evaluations as it takes the work of, so that
/// a program over all followers at once, which grows faster with their number than one evaluation does, is paid for as
/// it is.
final class ClimbBudget {
    /// What evaluations of a game usually take, as `SolverSession.work`.
    struct Rates {
        /// By the game's own tie rule: what counts as one.
        let evaluation: Int
        /// With ties in favour of the leader, as climbs ask.
        let optimistic: Int

        init(_ evaluator: Evaluator) throws {
            evaluation = try evaluator.typicalWork(evaluator.game.ties)
            optimistic =
                evaluator.game.ties == .optimistic
                ? evaluation : min(evaluation, try evaluator.typicalWork(.optimistic))
        }
    }

    private let rates: Rates
    private let limit: Int
    /// Work that may still be done.
    private(set) var left: Int

    init(_ rates: Rates, evaluations: Int) {
        self.rates = rates
        limit = max(1, evaluations) * rates.evaluation
        left = limit
    }

    /// Evaluations spent, begun ones included: at least one.
    var evaluations: Int { max(1, (limit - left + rates.evaluation - 1) / rates.evaluation) }

    /// How many more evaluations with ties in favour it can pay.
    var evaluationsLeft: Int { left / rates.optimistic }

    /// Answers a decision with ties in favour. Where followers are indifferent, as they are where climbs go, that takes
    /// more than usual.
    func evaluate(_ point: [Double], _ evaluator: Evaluator, within space: DecisionSpace) throws -> Evaluation {
        let before = evaluator.work
        defer { pay(evaluator.work - before) }
        return try evaluator.evaluate(point, ties: .optimistic, within: space)
    }

    /// Keeps what an evaluation by the game's own tie rule takes, for the end.
    func payOwnEvaluation() { pay(rates.evaluation) }

    /// Solves a program with what is left, less what so many evaluations cost.
    func solve(_ session: SolverSession, keeping evaluations: Int) throws -> SolveStatus {
        let before = session.work
        defer { pay(session.work - before) }
        return try session.solve(work: left - evaluations * rates.optimistic)
    }

    private func pay(_ work: Int) { left = max(0, left - work) }
}
