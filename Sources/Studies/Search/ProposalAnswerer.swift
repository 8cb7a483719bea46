import Games

/// Answers proposals for one game, on one thread.
package final class ProposalAnswerer {
    private let evaluator: Evaluator
    /// Made when first asked for: few searches climb.
    private var climb: PriceClimb?

    package init(_ game: StackelbergGame, savings: Evaluator.Savings = .all) throws {
        evaluator = try Evaluator(game, savings: savings)
    }

    /// Solves start from the answer to this decision; see `Evaluator.anchor(at:)`.
    package func anchor(at decision: [Double]?) throws { try evaluator.anchor(at: decision) }

    /// - Returns: everything about the decision that is the answer, and what it took in evaluations.
    /// - Throws: `NotAPriceGame` for a climb in a game of another kind, or whatever an evaluation throws.
    package func answer(_ proposal: Proposal) throws -> (evaluation: Evaluation, effort: Int) {
        switch proposal {
        case .decision(let decision): return (try evaluator.evaluate(decision), 1)
        case .climb(let start):
            let climb = try climb ?? PriceClimb(PriceGame(evaluator.game), evaluator)
            self.climb = climb
            return try climb.climb(from: start)
        }
    }
}
