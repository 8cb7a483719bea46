import Foundation
import Games
import Testing

/// Every verified linear problem of the shared file, evaluated at its known optimum.
@Suite struct SharedProblemTests {
    @Test(.enabled(if: SharedFiles.has("known_optima.json"), "known_optima.json is not beside the package"))
    func everyProblemGivesItsKnownValue() throws {
        let problems = try SmallBilevelFile.read().compactMap(\.problem)
        #expect(problems.count >= 50)
        for problem in problems {
            let evaluator = try Evaluator(problem.game())
            let evaluation = try evaluator.evaluate(problem.optimistic.x)
            guard let payoff = evaluation.payoff else {
                Issue.record("\(problem.name): \(evaluation.outcome)")
                continue
            }
            let scale = max(1, abs(problem.optimistic.value))
            #expect(
                abs(problem.value(ofPayoff: payoff) - problem.optimistic.value) <= 1e-6 * scale,
                "\(problem.name): \(problem.value(ofPayoff: payoff)) instead of \(problem.optimistic.value)")
        }
    }

    /// The file gives pessimistic optima found on a grid, rounded to nine decimals.
    @Test(.enabled(if: SharedFiles.has("known_optima.json"), "known_optima.json is not beside the package"))
    func everyAttainedPessimisticOptimumIsFound() throws {
        var count = 0
        for problem in try SmallBilevelFile.read().compactMap(\.problem) {
            guard let known = problem.pessimistic else { continue }
            count += 1
            let evaluation = try Evaluator(problem.game(ties: .pessimistic)).evaluate(known.x)
            guard let payoff = evaluation.payoff else {
                Issue.record("\(problem.name): \(evaluation.outcome)")
                continue
            }
            #expect(
                abs(problem.value(ofPayoff: payoff) - known.value) <= 1e-4 * max(1, abs(known.value)),
                "\(problem.name): \(problem.value(ofPayoff: payoff)) instead of \(known.value)")
        }
        #expect(count >= 25)
    }
}
