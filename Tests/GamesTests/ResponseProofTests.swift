import LinearModels
import Testing

@testable import Games

/// The proof of an answer holds for the true one and for no other.
@Suite struct ResponseProofTests {
    /// An answer with some of its parts replaced.
    private func claim(
        _ true_: Evaluation, decision: [Double]? = nil, payoff: Double? = nil, values: [Double]? = nil
    ) -> Evaluation {
        Evaluation(
            decision: decision ?? true_.decision, outcome: .payoff(payoff ?? true_.payoff ?? .nan),
            followerCosts: true_.followerCosts, values: values ?? true_.values, parameters: true_.parameters,
            hasTies: true_.hasTies)
    }

    @Test func holdsForTrueAnswers() throws {
        for problem in KnownOptima.all {
            for ties in TieRule.allCases {
                let game = try problem.game(ties: ties)
                let evaluation = try Evaluator(game).evaluate(#require(problem.optimistic).x)
                guard evaluation.payoff != nil else { continue }
                let proof = try ResponseProof(of: evaluation, in: game)
                #expect(proof.holds, "\(problem.name), \(ties): \(proof)")
                #expect(proof.ties == ties && proof.hasTies == evaluation.hasTies)
                #expect(proof.pessimisticPayoff <= proof.optimisticPayoff + 1e-9)
                #expect(proof.checks.count == 1 && proof.checks[0].follower == "follower")
            }
        }
    }

    @Test func measuresRegretAndViolation() throws {
        let game = try FragileGame.game()
        let answer = try Evaluator(game).evaluate([2, 3])
        #expect(answer.values == [3, 0, 3])
        #expect(try ResponseProof(of: answer, in: game).holds)

        // One unit more than needed: feasible and served, but it costs the buyer 1 of 3.
        let dear = try ResponseProof(of: claim(answer, payoff: 7, values: [4, 0, 4]), in: game)
        #expect(!dear.holds)
        #expect(abs(dear.checks[0].cost - 4) <= 1e-12 && abs(dear.checks[0].optimum - 3) <= 1e-12)
        #expect(abs(dear.checks[0].regret - 1.0 / 3) <= 1e-12)
        #expect(dear.violation == 0 && dear.checks[0].violation == 0)
        #expect(dear.payoffAtResponse == 7 && dear.optimisticPayoff == 5.25)

        // Half a unit less than needed: cheaper than the optimum, because it breaks the follower's row.
        let short = try ResponseProof(of: claim(answer, values: [2.5, 0, 2.5]), in: game)
        #expect(!short.holds)
        #expect(short.checks[0].violation == 0.5 && short.violation == 0.5)
        #expect(short.checks[0].regret < 0)

        // More than the leader makes: only the system's row is broken.
        let unserved = try ResponseProof(of: claim(answer, values: [3, 0, 2.75]), in: game)
        #expect(!unserved.holds && unserved.violation == 0.25 && unserved.checks[0].violation == 0)
    }

    /// The follower buys the cheaper of two goods, at least as much as the leader decides; costs and the row in any
    /// unit. By hand: at 2 it buys 2 of the first, though the leader would rather see the second.
    @Test(arguments: [1e-12, 1e-9, 1e-3, 1])
    func unitsChangeNothing(unit: Double) throws {
        let problem = try BilevelProblem(
            name: "units", category: .linear, x: [.init("x", lower: 0, upper: 4)],
            y: [.init("y", lower: 0, upper: 9), .init("z", lower: 0, upper: 9)],
            leader: .init(objective: .init(isMaximised: true, x: [0], y: [0, unit])),
            follower: .init(
                objective: .init(x: [0], y: [unit, 2 * unit]),
                rows: [.init(x: [-unit], y: [unit, unit], sense: .atLeast, side: 0)]), optimistic: nil, isProven: false)
        let game = try problem.game()
        let answer = try Evaluator(game).evaluate([2])
        // A solver's tolerance may be more than the row asks for; what comes of that is not called proved.
        #expect(try ResponseProof(of: answer, in: game).holds == (answer.values == [2, 0] && answer.payoff == 0))
        #expect(answer.values == [2, 0] || unit < 1e-6)
        // Feasible and dearer; dearer and to the leader's liking; too little.
        for (values, payoff) in [([3.0, 0.0], 0.0), ([0, 2], 2 * unit), ([1.5, 0], 0)] {
            let proof = try ResponseProof(of: claim(answer, payoff: payoff, values: values), in: game)
            #expect(!proof.holds, "\(values)")
        }
        #expect(try !ResponseProof(of: claim(answer, payoff: 2 * unit), in: game).holds)
    }

    @Test func failsForAFalsePayoffOrDecision() throws {
        let game = try FragileGame.game()
        let answer = try Evaluator(game).evaluate([2, 3])
        #expect(try !ResponseProof(of: claim(answer, payoff: 5.26), in: game).holds)
        #expect(try ResponseProof(of: claim(answer, payoff: 5.25 + 1e-7), in: game).holds)
        // Another decision than the one that was answered.
        #expect(try !ResponseProof(of: claim(answer, decision: [2.5, 3]), in: game).holds)
        // A decision outside the space, whose projection has this answer.
        let edge = try Evaluator(game).evaluate([3, 3])
        #expect(try ResponseProof(of: edge, in: game).holds)
        let outside = try ResponseProof(of: claim(edge, decision: [3.5, 3]), in: game)
        #expect(!outside.holds && outside.violation == 0.5)
    }

    /// A dispatch that is possible but not the leader's best does not earn the payoff that is claimed for it.
    @Test func failsForAWastefulDispatch() throws {
        let tiny = TinyGame(
            decisions: 1,
            parties: [
                .init(
                    upper: [3], isInteger: false, extra: [0], price: [0],
                    rows: [.init(factors: [1], isAtMost: false, side: 2)], demand: [[1]])
            ],
            markets: [.init(cheap: 1, cheapLimit: 5, dear: 2)])
        let game = try tiny.game()
        let answer = try Evaluator(game).evaluate([4])
        #expect(answer.payoff == 6 && answer.values == [2, 2, 0])
        let wasteful = try ResponseProof(of: claim(answer, values: [2, 0, 2]), in: game)
        #expect(!wasteful.holds)
        #expect(wasteful.payoffAtResponse == 4 && wasteful.violation == 0)
        #expect(wasteful.checks.allSatisfy { abs($0.regret) <= 1e-12 })
    }

    @Test func givesBothPayoffsOfATie() throws {
        for ties in TieRule.allCases {
            let game = try HandmadeTies.threeItems(ties: ties)
            let evaluation = try Evaluator(game).evaluate([1])
            let proof = try ResponseProof(of: evaluation, in: game)
            #expect(proof.holds && proof.hasTies)
            #expect(proof.optimisticPayoff == 7 && proof.pessimisticPayoff == 3)
            #expect(proof.payoff == (ties == .optimistic ? 7 : 3))
            // The other rule's payoff is not this game's.
            let other = try Evaluator(game).evaluate([1], ties: ties == .optimistic ? .pessimistic : .optimistic)
            #expect(try !ResponseProof(of: other, in: game).holds)
        }
    }

    @Test func integersThatAreNotWhole() throws {
        let game = try HandmadeTies.threeItems()
        let answer = try Evaluator(game).evaluate([1])
        var values = answer.values
        values[0] = 0.5
        let proof = try ResponseProof(of: claim(answer, values: values), in: game)
        #expect(!proof.holds && proof.checks[0].violation == 0.5)
    }

    @Test func nothingToProve() throws {
        let game = try FragileGame.game()
        for point in [[0.5, 3], [2, 7], [2, 4.5]] {
            let evaluation = try Evaluator(game).evaluate(point)
            #expect(throws: ResponseProofError.nothingToProve) { try ResponseProof(of: evaluation, in: game) }
        }
        let answer = try Evaluator(game).evaluate([2, 3])
        #expect(throws: ResponseProofError.otherGame) { try ResponseProof(of: answer, in: CapacityGame.game()) }
    }
}
