import CaseFiles
import Games
import TestSupport
import Testing

/// The shipped problems: their known values at their known decisions, and a search that finds them.
@Suite struct KnownOptimaTests {
    @Test func allAreRead() throws {
        let problems = try KnownOptima.files.flatMap { try BilevelFile.read($0) }
        #expect(problems.count >= 82)
        #expect(problems.count { $0.pessimistic != nil } >= 40)
        #expect(KnownOptima.small.count >= 77)
        for problem in problems { #expect(!problem.source.isEmpty && !problem.verification.isEmpty) }
    }

    /// The class of a problem is what its terms say.
    @Test(arguments: KnownOptima.all)
    func classIsRight(_ problem: BilevelProblem) {
        let own = problem.leader.objective.xProducts + problem.leader.objective.yProducts
        if problem.category == .quadratic { return #expect(!own.isEmpty) }
        #expect(own.isEmpty)
        let hasProducts = !problem.leader.objective.products.isEmpty || !problem.follower.objective.products.isEmpty
        let hasIntegers = (problem.x + problem.y).contains(where: \.isInteger)
        switch problem.category {
        case .linear: #expect(!hasProducts && !hasIntegers)
        case .bilinear, .price: #expect(hasProducts && !hasIntegers)
        case .integer: #expect(!hasProducts && hasIntegers)
        case .integerPrice: #expect(hasProducts && hasIntegers)
        case .quadratic: break
        }
    }

    @Test(arguments: KnownOptima.all)
    func knownDecisionGivesKnownValue(_ problem: BilevelProblem) throws {
        let evaluator = try Evaluator(problem.game())
        let optimum = try #require(problem.optimistic)
        let evaluation = try evaluator.evaluate(optimum.x)
        let value = problem.value(ofPayoff: try #require(evaluation.payoff))
        #expect(abs(value - optimum.value) <= 1e-6 * max(1, abs(optimum.value)), "\(value)")
        // A cap on the mean price may take off what the last digits of the known prices have too much.
        let moved = zip(evaluation.decision, optimum.x).map { abs($0 - $1) }.max() ?? 0
        #expect(moved <= (KnownOptima.isSmall(problem) ? 0 : 1e-10), "\(moved)")

        if let bound = problem.bound {
            let room = problem.leader.objective.isMaximised ? bound - value : value - bound
            #expect(room >= -1e-6 * max(1, abs(value)))
        }
    }

    /// Pessimistic optima were found on a grid, and are given to nine decimals.
    @Test(arguments: KnownOptima.all.filter { $0.pessimistic != nil })
    func knownPessimisticDecisionGivesKnownValue(_ problem: BilevelProblem) throws {
        let known = try #require(problem.pessimistic)
        for evaluation in [
            try Evaluator(problem.game(ties: .pessimistic)).evaluate(known.x),
            try Evaluator(problem.game()).evaluate(known.x, ties: .pessimistic),
        ] {
            let value = problem.value(ofPayoff: try #require(evaluation.payoff))
            #expect(abs(value - known.value) <= 1e-4 * max(1, abs(known.value)), "\(value)")
        }
    }

    /// The pessimistic value is never better for the leader, anywhere.
    @Test(arguments: KnownOptima.small)
    func pessimisticIsNeverAboveOptimistic(_ problem: BilevelProblem) throws {
        let evaluator = try Evaluator(problem.game())
        let space = evaluator.game.space
        var random = SeededNumbers(seed: 9)
        for _ in 0..<10 {
            let point = zip(space.lower, space.upper).map { random.uniform(in: $0...$1).rounded() }
            let favourable = try evaluator.evaluate(point, ties: .optimistic)
            let adverse = try evaluator.evaluate(point, ties: .pessimistic)
            // What followers may do to a leader may have no end.
            if adverse.outcome == .cannotServe(status: .unbounded) { continue }
            #expect((favourable.payoff == nil) == (adverse.payoff == nil))
            if let most = favourable.payoff, let least = adverse.payoff {
                #expect(least <= most + 1e-7 * max(1, abs(most)))
            }
        }
    }

    /// 6,000 evaluations; the optimum within a thousandth, and never beyond it.
    @Test(arguments: KnownOptima.small)
    func searchFindsTheOptimum(_ problem: BilevelProblem) throws {
        let evaluator = try Evaluator(problem.game())
        let best = try PatternSearch(evaluations: 6_000, seed: 1).best(in: evaluator)
        let value = try #require(problem.optimistic).value
        let known = problem.leader.objective.isMaximised ? value : -value
        let scale = max(1, abs(known))
        if !KnownOptima.hard.contains(problem.name) {
            #expect(best.payoff >= known - 1e-3 * scale, "\(problem.name): \(best.payoff), known \(known)")
        }
        #expect(best.payoff <= known + 1e-6 * scale, "\(problem.name): \(best.payoff), known \(known)")
    }
}
