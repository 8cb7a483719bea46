import Games
import Testing

/// Problems that fit together become games; others are told what is wrong.
@Suite struct BilevelProblemTests {
    typealias Problem = BilevelProblem

    /// The leader gets `x y` from a follower who pays `x` for `y` or 2 elsewhere.
    private func problem(
        x: [Problem.Variable] = [.init("x", lower: 0, upper: 4)],
        y: [Problem.Variable] = [.init("y", lower: 0, upper: 1), .init("else", lower: 0, upper: .infinity)],
        leader: Problem.Level? = nil, follower: Problem.Level? = nil, optimistic: Problem.Point? = nil,
        pessimistic: Problem.Point? = nil, bound: Double? = nil
    ) throws -> Problem {
        let product = Problem.Product(x: 0, y: 0, factor: 1)
        let row = Problem.Row(x: [0], y: [1, 1], sense: .equal, side: 1)
        return try Problem(
            name: "toll", category: .price, x: x, y: y,
            leader: leader ?? .init(objective: .init(isMaximised: true, x: [0], y: [0, 0], products: [product])),
            follower: follower ?? .init(objective: .init(x: [0], y: [0, 2], products: [product]), rows: [row]),
            optimistic: optimistic ?? .init(value: 2, x: [2]), isProven: bound == nil, bound: bound,
            pessimistic: pessimistic)
    }

    @Test func becomesAGame() throws {
        let problem = try problem()
        let evaluator = try Evaluator(problem.game())
        #expect(try evaluator.evaluate([2]).payoff == 2)
        #expect(try evaluator.evaluate([2], ties: .pessimistic).payoff == 0)
        #expect(try evaluator.evaluate([2.5]).payoff == 0)
        #expect(problem.value(ofPayoff: 2) == 2 && problem.bound == 2 && problem.isProven)
        #expect(try self.problem(bound: 3).bound == 3)
        #expect(evaluator.game.space.decisions.map(\.name) == ["x"])
    }

    /// The decision answered, and reported, is the rounded one.
    @Test func integerLeaderIsRounded() throws {
        let whole = try problem(x: [.init("x", lower: 0, upper: 3.5, isInteger: true)])
        #expect(whole.hasIntegerLeader)
        let evaluator = try Evaluator(whole.game())
        for (proposed, answered, payoff) in [(1.4, 1.0, 1.0), (1.5, 2, 2), (2.4, 2, 2), (2.6, 3, 0), (99, 3, 0)] {
            let evaluation = try evaluator.evaluate([proposed])
            #expect(evaluation.decision == [answered])
            #expect(evaluation.payoff == payoff)
        }
    }

    /// A leader's row on `x` alone with equal factors binds every decision; on whole numbers it costs the payoff.
    @Test func leadersOwnRows() throws {
        let cap = Problem.Row(x: [2], y: [0, 0], sense: .atMost, side: 3)
        let objective = try problem().leader.objective
        let capped = try problem(
            leader: .init(objective: objective, rows: [cap]), optimistic: .init(value: 1.5, x: [1.5]))
        #expect(try capped.game().space.meanCaps.map(\.maximum) == [1.5])
        #expect(try Evaluator(capped.game()).evaluate([2]).decision == [1.5])
        let whole = try problem(
            x: [.init("x", lower: 0, upper: 3, isInteger: true)], leader: .init(objective: objective, rows: [cap]),
            optimistic: .init(value: 1, x: [1]))
        #expect(try Evaluator(whole.game()).evaluate([2]).payoff == nil)
        #expect(try Evaluator(whole.game()).evaluate([1]).payoff == 1)
    }

    private func expectMistake(_ mistake: BilevelProblemError, _ sentence: String, _ make: () throws -> Void) {
        #expect(throws: mistake, performing: make)
        #expect(mistake.description == sentence)
    }

    @Test func mistakesOfVariables() {
        expectMistake(.noVariables(of: "leader"), "the leader has no variables. Give it at least one.") {
            _ = try problem(x: [])
        }
        expectMistake(.noVariables(of: "follower"), "the follower has no variables. Give it at least one.") {
            _ = try problem(y: [])
        }
        expectMistake(.duplicateName("y"), "two variables are called 'y'. Rename one.") {
            _ = try problem(x: [.init("y", lower: 0, upper: 1)])
        }
        expectMistake(
            .crossedBounds(variable: "x", lower: 2, upper: 1), "x: the lower bound 2.0 is above the upper bound 1.0."
        ) { _ = try problem(x: [.init("x", lower: 2, upper: 1)]) }
        expectMistake(
            .unboundedLeader(variable: "x"),
            "x: a search needs a box. Give the leader's variable finite bounds that contain the optimum."
        ) { _ = try problem(x: [.init("x", lower: 0, upper: .infinity)]).game() }
        expectMistake(
            .noWholeNumber(variable: "x", lower: 0.25, upper: 0.5),
            "x: must be a whole number, but there is none between 0.25 and 0.5."
        ) { _ = try problem(x: [.init("x", lower: 0.25, upper: 0.5, isInteger: true)]) }
        for bad in [Problem.Variable("x", lower: .nan, upper: 1), .init("x", lower: .infinity, upper: .infinity)] {
            expectMistake(.notANumber(location: "a bound of x"), "a bound of x: must be a finite number.") {
                _ = try problem(x: [bad])
            }
        }
    }

    @Test func mistakesOfTerms() {
        let count = "the leader's objective, factors of the follower's variables"
        expectMistake(
            .wrongCount(location: count, expected: 2, found: 1),
            "\(count): needs one number per variable, that is 2, but has 1."
        ) { _ = try problem(leader: .init(objective: .init(x: [0], y: [0]))) }
        expectMistake(
            .noSuchVariable(location: "a product of the follower's objective", index: 2, count: 2),
            "a product of the follower's objective: there is no variable number 2; they count from 0 to 1."
        ) {
            let objective = Problem.Objective(x: [0], y: [0, 2], products: [.init(x: 0, y: 2, factor: 1)])
            _ = try problem(follower: .init(objective: objective))
        }
        let own = Problem.OwnProduct(first: 0, second: 2, factor: 1)
        expectMistake(
            .noSuchVariable(location: "a product of the leader's objective", index: 2, count: 2),
            "a product of the leader's objective: there is no variable number 2; they count from 0 to 1."
        ) { _ = try problem(leader: .init(objective: .init(x: [0], y: [0, 0], yProducts: [own]))) }
        let square = Problem.OwnProduct(first: 0, second: 0, factor: 1)
        for objective in [
            Problem.Objective(x: [0], y: [0, 2], yProducts: [square]), .init(x: [0], y: [0, 2], xProducts: [square]),
        ] {
            expectMistake(
                .followerNotLinear,
                "the follower's objective: holds squares or products of one side's own variables, which only the "
                    + "leader's may. A follower has a linear or integer program for any decision."
            ) { _ = try problem(follower: .init(objective: objective)) }
        }
        expectMistake(
            .notANumber(location: "a product of the leader's objective"),
            "a product of the leader's objective: must be a finite number."
        ) {
            let endless = Problem.OwnProduct(first: 0, second: 0, factor: .infinity)
            _ = try problem(leader: .init(objective: .init(x: [0], y: [0, 0], xProducts: [endless])))
        }
        expectMistake(.notANumber(location: "row 1 of the follower"), "row 1 of the follower: must be a finite number.")
        {
            let row = Problem.Row(x: [0], y: [1, 1], sense: .equal, side: .infinity)
            _ = try problem(follower: .init(objective: .init(x: [0], y: [0, 2]), rows: [row]))
        }
        expectMistake(.notANumber(location: "the bound"), "the bound: must be a finite number.") {
            _ = try problem(bound: .nan)
        }
    }

    @Test func mistakesOfPoints() {
        expectMistake(
            .wrongCount(location: "the pessimistic point", expected: 1, found: 0),
            "the pessimistic point: needs one number per variable, that is 1, but has 0."
        ) { _ = try problem(pessimistic: .init(value: 0, x: [])) }
        expectMistake(
            .outsideBounds(location: "the optimistic point", variable: "x", value: 5),
            "the optimistic point: x is 5.0, which its bounds or its whole numbers exclude."
        ) { _ = try problem(optimistic: .init(value: 2, x: [5])) }
        expectMistake(
            .outsideBounds(location: "the optimistic point", variable: "x", value: 0.5),
            "the optimistic point: x is 0.5, which its bounds or its whole numbers exclude."
        ) {
            _ = try problem(
                x: [.init("x", lower: 0, upper: 3, isInteger: true)], optimistic: .init(value: 2, x: [0.5]))
        }
    }
}
