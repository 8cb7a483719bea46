import Games
import LinearModels
import TestSupport
import Testing

/// An answer depends on the decision alone: not on what was asked before, nor of whom.
@Suite struct DeterminismTests {
    /// Everything that an answer holds, for comparison to the last bit.
    private struct Bits: Equatable {
        var outcome: String
        var numbers: [UInt64]

        init(_ evaluation: Evaluation) {
            outcome = evaluation.payoff == nil ? "\(evaluation.outcome)" : "payoff"
            numbers = ([evaluation.payoff ?? 0] + evaluation.followerCosts + evaluation.values).map(\.bitPattern)
        }
    }

    /// Asks for decisions in many orders and of fresh evaluators, and expects the same bits each time.
    private func expectSameBits(
        _ game: StackelbergGame, at points: [[Double]], rounds: Int = 3, seed: UInt64 = 5, _ name: String
    ) throws {
        var random = SeededNumbers(seed: seed)
        for ties in TieRule.allCases {
            let fresh = try points.map { Bits(try Evaluator(game).evaluate($0, ties: ties)) }
            let evaluator = try Evaluator(game)
            for _ in 0..<rounds {
                for i in points.indices.shuffled(using: &random) {
                    let bits = Bits(try evaluator.evaluate(points[i], ties: ties))
                    #expect(bits == fresh[i], "\(name), \(ties), point \(i)")
                }
            }
        }
    }

    @Test func tinyGames() throws {
        var random = SeededNumbers(seed: 31)
        for number in 0..<40 {
            let tiny = TinyGame.random(&random, integer: number % 2 == 0, linear: number % 4 < 2)
            let points = (0..<8).map { k in
                (0..<tiny.decisions).map { _ in
                    k % 2 == 0 ? Double(random.whole(0...5)) : random.uniform(in: 0...5)
                }
            }
            try expectSameBits(tiny.game(), at: points, "game \(number)")
        }
    }

    @Test func knownProblems() throws {
        for problem in KnownOptima.all {
            let game = try problem.game()
            var random = SeededNumbers(seed: 77)
            let points =
                [try #require(problem.optimistic).x]
                + (0..<6).map { _ in
                    zip(game.space.lower, game.space.upper).map { random.uniform(in: $0...$1) }
                }
            try expectSameBits(game, at: points, problem.name)
        }
    }

    @Test(.enabled(if: SharedFiles.has("peers/instance.json"), "the reference instance is not beside the package"))
    func referenceGame() throws {
        let instance = try ReferenceInstance.read()
        var random = SeededNumbers(seed: 3)
        for form in ReferenceGame.Form.allCases {
            let game = try ReferenceGame(instance: instance, form: form).game()
            let points = (0..<4).map { _ in
                zip(game.space.lower, game.space.upper).map { random.uniform(in: $0...$1) }
            }
            try expectSameBits(game, at: points + [game.space.upper], rounds: 2, "reference, \(form)")
        }
    }

    /// A bound that is a decision may close (0 ... 0) and open again; a basis must not remember that it was closed.
    @Test func boundsThatCloseAndOpen() throws {
        let points = [[0.0, 1], [4, 1], [4, 2], [0, 2], [2.5, 1.5], [4, 1.5], [0.3, 1]]
        try expectSameBits(CapacityGame.game(), at: points, rounds: 6, "capacity")
        for point in points {
            let payoff = try Evaluator(CapacityGame.game()).evaluate(point).payoff
            #expect(abs((payoff ?? .nan) - CapacityGame.payoff(point)) <= 1e-9, "at \(point)")
        }
    }

    @Test func failuresLeaveNoTrace() throws {
        let game = try FragileGame.game()
        let evaluator = try Evaluator(game)
        for (point, outcome) in FragileGame.outcomes {
            #expect(try evaluator.evaluate(point).outcome == outcome)
            #expect(try Evaluator(game).evaluate(point).outcome == outcome)
        }
        try expectSameBits(game, at: FragileGame.outcomes.map(\.0) + [[1.5, 2], [2, 3.25]], rounds: 6, "fragile")
    }

    @Test func orderOfFollowersDoesNotMatter() throws {
        var random = SeededNumbers(seed: 12)
        for _ in 0..<30 {
            let tiny = TinyGame.random(&random, integer: false, linear: false)
            var turned = tiny
            turned.parties.reverse()
            let (a, b) = (try Evaluator(tiny.game()), try Evaluator(turned.game()))
            let x = (0..<tiny.decisions).map { _ in Double(random.whole(0...5)) }
            for ties in TieRule.allCases {
                let (left, right) = (try a.evaluate(x, ties: ties), try b.evaluate(x, ties: ties))
                #expect(abs((left.payoff ?? .nan) - (right.payoff ?? .nan)) <= 1e-9)
                for (l, r) in zip(left.followerCosts, right.followerCosts.reversed()) { #expect(abs(l - r) <= 1e-9) }
            }
        }
    }
}
