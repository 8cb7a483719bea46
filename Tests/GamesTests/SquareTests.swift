import LinearModels
import TestSupport
import Testing

@testable import Games

/// Squares in the leader's objective: by hand, and against geometry.
@Suite struct SquareTests {
    typealias Problem = BilevelProblem

    /// A follower with `0 <= y <= x` whose cost is `cost * y`, and `x` in 0 ... 3.
    private func game(
        cost: Double, maximised: Bool = false, y: Double = 0, x: Double = 0, constant: Double = 0, xx: Double = 0,
        yy: Double, highest: Double = .infinity, lowest: Double = 0, isBound: Bool = true,
        rows: [Problem.Row] = []
    ) throws -> StackelbergGame {
        try Problem(
            name: "squares", category: .quadratic, x: [.init("x", lower: 0, upper: 3)],
            y: [.init("y", lower: lowest, upper: highest)],
            leader: .init(
                objective: .init(
                    isMaximised: maximised, constant: constant, x: [x], y: [y],
                    xProducts: [.init(first: 0, second: 0, factor: xx)],
                    yProducts: [.init(first: 0, second: 0, factor: yy)]), rows: rows),
            follower: .init(
                objective: .init(x: [0], y: [cost]),
                rows: isBound ? [.init(x: [-1], y: [1], sense: .atMost, side: 0)] : []),
            optimistic: nil, isProven: false
        ).game()
    }

    private func proved(_ game: StackelbergGame) throws -> (payoff: Double, decision: [Double]) {
        let certificate = try Certifier(game, isExact: true).certify(.init(nodes: 2_000), cheap: CheapBounds(game))
        #expect(certificate.isProven)
        #expect(try CheapBounds(game).best.bound >= certificate.bound - 1e-6)
        return try #require(certificate.best)
    }

    /// A follower that wants the greatest `y <= x`: `(x - 3)² + (y - 2)²` is least at 5/2.
    @Test func convexByHand() throws {
        let game = try game(cost: -1, y: -4, x: -6, constant: 13, xx: 1, yy: 1)
        let best = try proved(game)
        #expect(abs(best.payoff + 0.5) <= 1e-6 && abs(best.decision[0] - 2.5) <= 1e-3)
        #expect(try Evaluator(game).evaluate([1]).payoff == -5)
        let proof = try ResponseProof(of: Evaluator(game).evaluate([2.5]), in: game)
        #expect(proof.holds && abs(proof.payoff + 0.5) <= 1e-9)
    }

    /// An indifferent follower: `x + (y - 1)²` with `y` in 0 ... x is `x + (1 - x)²` at best, least at a half; with
    /// ties against the leader it is `x + max(1, (x - 1)²)`.
    @Test func tiesByHand() throws {
        let game = try game(cost: 0, y: -2, x: 1, constant: 1, yy: 1)
        let best = try proved(game)
        #expect(abs(best.payoff + 0.75) <= 1e-6 && abs(best.decision[0] - 0.5) <= 1e-3)
        let evaluator = try Evaluator(game)
        for (x, favourable, adverse) in [(0.5, 0.75, 1.5), (2, 2, 3), (3, 3, 7)] {
            let answer = try evaluator.evaluate([x])
            #expect(abs(try #require(answer.payoff) + favourable) <= 1e-8 && answer.hasTies)
            #expect(abs(try #require(evaluator.evaluate([x], ties: .pessimistic).payoff) + adverse) <= 1e-8)
        }
        let proof = try ResponseProof(of: evaluator.evaluate([2]), in: game)
        #expect(proof.holds && abs(proof.pessimisticPayoff + 3) <= 1e-8)
    }

    /// The same follower, and a leader who wants `(y - 1)² - x / 2` great: 1 at 0, and `4 - 3/2` at 3.
    @Test func nonconvexByHand() throws {
        let game = try game(cost: 0, maximised: true, y: -2, x: -0.5, constant: 1, yy: 1)
        let best = try proved(game)
        #expect(abs(best.payoff - 2.5) <= 1e-6 && best.decision == [3])
        #expect(abs(try #require(Evaluator(game).evaluate([1]).payoff) - 0.5) <= 1e-8)
        #expect(abs(try #require(Evaluator(game).evaluate([3], ties: .pessimistic).payoff) + 1.5) <= 1e-8)
    }

    /// A follower without bounds that does not care: `10 y - y²` is 25 at most, `y² - 10 y` has no end, nor has what is
    /// lost with ties against the leader.
    @Test func withoutBounds() throws {
        let held = try game(cost: 0, maximised: true, y: 10, yy: -1, lowest: -.infinity, isBound: false)
        #expect(abs(try #require(Evaluator(held).evaluate([1]).payoff) - 25) <= 1e-6)
        #expect(try Evaluator(held).evaluate([1], ties: .pessimistic).outcome == .cannotServe(status: .unbounded))
        #expect(abs(try proved(held).payoff - 25) <= 3e-5)
        let endless = try game(cost: 0, maximised: true, y: -10, yy: 1, lowest: -.infinity, isBound: false)
        #expect(try Evaluator(endless).evaluate([1]).outcome == .cannotServe(status: .unbounded))
    }

    /// A row of the leader on `y` takes ties away; what breaks it at every answer has no payoff.
    @Test func leadersRows() throws {
        let row = Problem.Row(x: [0], y: [1], sense: .atLeast, side: 2)
        let game = try game(cost: 0, y: -2, x: 1, constant: 1, yy: 1, rows: [row])
        #expect(abs(try #require(Evaluator(game).evaluate([2.5]).payoff) + 3.5) <= 1e-8)
        #expect(try Evaluator(game).evaluate([1]).payoff == nil)
        #expect(abs(try proved(game).payoff + 3) <= 1e-6)
    }

    /// A follower with whole numbers: of 0 ... 3 it may have any, and `(y - 1.4)²` is least at 1, greatest at 3.
    @Test func wholeNumbers() throws {
        let problem = try Problem(
            name: "whole", category: .quadratic, x: [.init("x", lower: 0, upper: 3)],
            y: [.init("y", lower: 0, upper: 3, isInteger: true)],
            leader: .init(
                objective: .init(
                    constant: 1.96, x: [1], y: [-2.8], yProducts: [.init(first: 0, second: 0, factor: 1)])),
            follower: .init(objective: .init(x: [0], y: [0])), optimistic: nil, isProven: false)
        let game = try problem.game()
        let evaluator = try Evaluator(game)
        #expect(abs(try #require(evaluator.evaluate([2]).payoff) + 2.16) <= 1e-8)
        #expect(abs(try #require(evaluator.evaluate([2], ties: .pessimistic).payoff) + 4.56) <= 1e-8)
        #expect(abs(try proved(game).payoff + 0.16) <= 1e-6)
    }

    /// Answers at points of a grid are those of geometry, no bound at any stage is below one of them, and what is
    /// proved is what geometry says of the decision.
    @Test(arguments: 0..<60)
    func geometryAgrees(seed: Int) throws {
        let counted = try QuadraticProblem(seed: seed)
        let game = try counted.problem.game()
        let evaluator = try Evaluator(game)
        let steps = 20
        let axis = (0...steps).map { QuadraticProblem.highest * Double($0) / Double(steps) }
        let grid = game.space.count == 1 ? axis.map { [$0] } : axis.flatMap { p in axis.map { [p, $0] } }
        var most = -Double.infinity
        for x in grid {
            let true_ = counted.payoffs(at: x)
            let (favourable, adverse) = (
                try evaluator.evaluate(x).payoff, try evaluator.evaluate(x, ties: .pessimistic).payoff
            )
            #expect((favourable == nil) == (true_ == nil))
            guard let true_, let favourable, let adverse else { continue }
            let scale = max(1, abs(true_.greatest), abs(true_.least))
            #expect(abs(favourable - true_.greatest) <= 1e-7 * scale, "\(x): \(favourable), \(true_)")
            #expect(abs(adverse - true_.least) <= 1e-7 * scale, "\(x): \(adverse), \(true_)")
            most = max(most, true_.greatest)
        }
        let cheap = try CheapBounds(game)
        for isExact in [true, false] {
            let certificate = try Certifier(game, isExact: isExact).certify(
                .init(nodes: isExact ? 5_000 : 50), cheap: cheap)
            for step in certificate.curve { #expect(step.bound >= most - 1e-6 * max(1, abs(most))) }
            guard isExact else { continue }
            if Self.hard.contains(seed) { continue }
            #expect(certificate.isProven, "\(certificate.bound), \(certificate.best?.payoff ?? .nan)")
            let best = try #require(certificate.best)
            let again = try #require(counted.payoffs(at: best.decision)).greatest
            #expect(abs(best.payoff - again) <= 1e-6 * max(1, abs(again)))
        }
    }

    /// Two products with a variable that is tied, and an optimum inside: envelopes close slowly from all sides.
    private static let hard: Set = [51]

    // MARK: Where squares cannot be

    @Test func refusals() throws {
        let game = try game(cost: 0, y: -2, x: 1, constant: 1, yy: 1)
        #expect(throws: NotAPriceGame.squares) { try PriceGame(game.withoutRows()) }
        #expect(NotAPriceGame.squares.description == "the leader's objective holds squares")
        try TemporaryFolder.with { folder in
            let path = folder.appendingPathComponent("leader.lp").path
            #expect(throws: GameError.squaresInFile) { try game.exportLeader(at: [1], to: path, format: .lp) }
            let exported = try game.exportParty(0, at: [1], to: path, format: .lp)
            #expect(exported.objective == 0)
        }
        #expect(
            GameError.squaresInFile.description
                == "the leader's objective holds squares, which a file of a linear program cannot. Export a follower instead."
        )
    }

    @Test func mistakesOfSquares() throws {
        func make(_ square: Square, own: ClosedRange<Double> = 0...0) throws -> StackelbergGame {
            func follower() throws -> LinearModel {
                var model = LinearModel()
                let x = try model.variable("x", in: 0...1)
                try model.minimise(x)
                return model
            }
            var system = try follower()
            _ = try system.variable("own", in: own)
            return try StackelbergGame(
                name: "g", space: DecisionSpace([Decision(name: "a", lower: 0, upper: 1, unit: "1")]),
                followers: [Follower(name: "user", model: follower())], system: system, squares: [square])
        }
        let square = Square(factor: 1, decisions: [.init(index: 0, factor: 1)], variables: [.init(index: 0, factor: 1)])
        #expect(try make(square).with(ties: .pessimistic).squares == [square])
        let beside = GameError.squaresBesideDispatch(variable: "own")
        #expect(throws: beside) { try make(square, own: 0...1) }
        #expect(
            beside.description
                == "the leader's objective holds squares, and 'own' is a variable of its own. With squares "
                + "a leader may only decide: give the variable to a follower, or take the squares out.")
        let misplaced = GameError.squareOutOfRange(index: 1, count: 1)
        #expect(throws: misplaced) { try make(Square(factor: 1, variables: [.init(index: 1, factor: 1)])) }
        #expect(throws: misplaced) { try make(Square(factor: 1, decisions: [.init(index: 1, factor: 1)])) }
        #expect(
            misplaced.description == "a square of the leader's objective holds number 1 of decisions or of followers' "
                + "variables; they count from 0 to 0.")
    }
}

extension StackelbergGame {
    /// The same space and squares, and followers whose rows hold no decision.
    fileprivate func withoutRows() throws -> StackelbergGame {
        func follower() throws -> LinearModel {
            var model = LinearModel()
            let y = try model.variable("y", in: 0...1)
            try model.minimise(y)
            return model
        }
        return try StackelbergGame(
            name: name, space: space, followers: [Follower(name: "follower", model: follower())], system: follower(),
            squares: squares)
    }
}
