import Games
import Testing

/// The embedded problems: their known values at their known decisions, and a search that finds them.
@Suite struct KnownOptimaTests {
    @Test(arguments: KnownOptima.all)
    func knownDecisionGivesKnownValue(_ problem: SmallBilevelProblem) throws {
        let evaluator = try Evaluator(problem.game())
        let evaluation = try evaluator.evaluate(problem.optimistic.x)
        let value = problem.value(ofPayoff: try #require(evaluation.payoff))
        #expect(abs(value - problem.optimistic.value) <= 1e-6 * max(1, abs(problem.optimistic.value)))
        #expect(evaluation.decision == problem.optimistic.x)

        guard let known = problem.pessimistic else { return }
        let adverse = try evaluator.evaluate(known.x, ties: .pessimistic)
        let least = problem.value(ofPayoff: try #require(adverse.payoff))
        #expect(abs(least - known.value) <= 1e-4 * max(1, abs(known.value)))
    }

    /// The pessimistic value is never better for the leader, anywhere.
    @Test(arguments: KnownOptima.all)
    func pessimisticIsNeverAboveOptimistic(_ problem: SmallBilevelProblem) throws {
        let evaluator = try Evaluator(problem.game())
        let space = evaluator.game.space
        var random = SplitMix(seed: 9)
        for _ in 0..<10 {
            let point = zip(space.lower, space.upper).map { random.uniform(in: $0...$1).rounded() }
            let favourable = try evaluator.evaluate(point, ties: .optimistic)
            let adverse = try evaluator.evaluate(point, ties: .pessimistic)
            #expect((favourable.payoff == nil) == (adverse.payoff == nil))
            if let most = favourable.payoff, let least = adverse.payoff {
                #expect(least <= most + 1e-7 * max(1, abs(most)))
            }
        }
    }

    /// 6,000 evaluations; the optimum within a thousandth, and never beyond it.
    @Test(arguments: KnownOptima.all)
    func searchFindsTheOptimum(_ problem: SmallBilevelProblem) throws {
        let evaluator = try Evaluator(problem.game())
        let best = try PatternSearch(evaluations: 6_000, seed: 1).best(in: evaluator)
        let known = problem.upper.maximised ? problem.optimistic.value : -problem.optimistic.value
        let scale = max(1, abs(known))
        #expect(best.payoff >= known - 1e-3 * scale, "\(problem.name): \(best.payoff), known \(known)")
        #expect(best.payoff <= known + 1e-6 * scale, "\(problem.name): \(best.payoff), known \(known)")
    }
}
