import Games

/// Answers proposals for one game, on one thread.
package final class ProposalAnswerer {
    private let evaluator: Evaluator
    /// Made when first asked for: few searches climb.
    private var climb: PriceClimb?
    private var bankable: BankablePricing?

    package init(_ game: StackelbergGame, savings: Evaluator.Savings = .all) throws {
        evaluator = try Evaluator(game, savings: savings)
    }

    /// Solves start from the answer to this decision; see `Evaluator.anchor(at:)`.
    package func anchor(at decision: [Double]?) throws { try evaluator.anchor(at: decision) }

    /// - Throws: `NotAPriceGame` for a climb in a game of another kind, or whatever an evaluation throws.
    package func answer(_ proposal: Proposal) throws -> EvaluationPool.Answer {
        func answer(_ evaluation: Evaluation, _ effort: Int) -> EvaluationPool.Answer {
            .init(evaluation: evaluation, decision: evaluation.decision, payoff: evaluation.payoff, effort: effort)
        }
        switch proposal {
        case .decision(let decision): return answer(try evaluator.evaluate(decision), 1)
        case .secure(let start):
            let pricing = try bankable ?? BankablePricing(evaluator.game)
            bankable = pricing
            let (found, effort) = try pricing.search(from: start)
            return .init(
                evaluation: nil, decision: found?.decision ?? start.point, payoff: found?.payoff, effort: effort)
        case .climb(let start):
            let climb = try climb ?? PriceClimb(PriceGame(evaluator.game), evaluator)
            self.climb = climb
            guard try start.wishes.isEmpty || climb.followsWishes(of: start) else {
                return .init(evaluation: nil, decision: start.point, payoff: nil, effort: 0)
            }
            let (evaluation, effort) = try climb.climb(from: start)
            return answer(evaluation, effort)
        }
    }
}
