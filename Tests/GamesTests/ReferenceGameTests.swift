import Foundation
import Games
import TestSupport
import Testing

/// The reference pricing game at decisions whose payoffs are known from other programs.
@Suite(.enabled(if: SharedFiles.has("peers/instance.json"), "the reference instance is not beside the package"))
struct ReferenceGameTests {
    let instance: ReferenceInstance
    let known: ReferenceResults

    init() throws {
        instance = try ReferenceInstance.read()
        known = try ReferenceResults.read()
    }

    private func game(_ form: ReferenceGame.Form, ties: TieRule = .optimistic) throws -> StackelbergGame {
        try ReferenceGame(instance: instance, form: form).game(ties: ties)
    }

    @Test(arguments: ReferenceGame.Form.allCases)
    func bestKnownPrices(_ form: ReferenceGame.Form) throws {
        let evaluator = try Evaluator(game(form))
        let best = try evaluator.evaluate(known.optimistic_best_known.prices)
        #expect(abs((best.payoff ?? 0) - 12042.83) <= 0.01)
        let unique = try evaluator.evaluate(known.unique_response_best_known.prices)
        #expect(abs((unique.payoff ?? 0) - 12020.85) <= 0.01)
        let against = try evaluator.evaluate(known.unique_response_best_known.prices, ties: .pessimistic)
        #expect(abs((against.payoff ?? 0) - 12020.85) <= 0.01)
    }

    /// Other programs saw payoffs from 10,577 to 10,829 here, by the optimum their solver happened to return.
    @Test(arguments: ReferenceGame.Form.allCases)
    func pricesAtTheirCaps(_ form: ReferenceGame.Form) throws {
        let evaluator = try Evaluator(game(form))
        let point = instance.leader.pe_hi + instance.leader.ph_hi
        let favourable = try evaluator.evaluate(point, ties: .optimistic)
        let adverse = try evaluator.evaluate(point, ties: .pessimistic)
        #expect(favourable.hasTies)
        #expect((favourable.payoff ?? 0) >= 10829)
        #expect((adverse.payoff ?? .infinity) <= 10577.01)
    }

    @Test func proofHoldsAtTheBestKnownPrices() throws {
        let game = try game(.joint)
        let evaluation = try Evaluator(game).evaluate(known.optimistic_best_known.prices)
        let proof = try ResponseProof(of: evaluation, in: game)
        #expect(proof.holds)
        #expect(proof.pessimisticPayoff < proof.optimisticPayoff)
    }

    @Test func formsAgreeAtRandomPrices() throws {
        var random = SeededNumbers(seed: 7)
        let (joint, separate) = (try Evaluator(game(.joint)), try Evaluator(game(.separate)))
        let space = joint.game.space
        for _ in 0..<5 {
            let point = zip(space.lower, space.upper).map { random.uniform(in: $0...$1) }
            let (a, b) = (try joint.evaluate(point).payoff ?? 0, try separate.evaluate(point).payoff ?? 1)
            #expect(abs(a - b) <= 1e-6 * abs(a))
        }
    }

    /// Milliseconds of an evaluation; printed when asked for by the environment, since they need a release build.
    @Test(
        .enabled(if: ProcessInfo.processInfo.environment["STACKELBERG_TIMES"] != nil),
        arguments: ReferenceGame.Form.allCases)
    func time(_ form: ReferenceGame.Form) throws {
        let evaluator = try Evaluator(game(form))
        let space = evaluator.game.space
        for ties in TieRule.allCases {
            var random = SeededNumbers(seed: 1)
            let points = (0..<100).map { _ in zip(space.lower, space.upper).map { random.uniform(in: $0...$1) } }
            let clock = ContinuousClock()
            var times: [Double] = []
            var tied = 0
            for point in points {
                times.append(
                    try clock.measure { if try evaluator.evaluate(point, ties: ties).hasTies { tied += 1 } }
                        / .milliseconds(1))
            }
            times.sort()
            print("\(form), \(ties): median \(times[50]) ms, mean \(times.reduce(0, +) / 100) ms, ties \(tied)")
        }
    }
}
