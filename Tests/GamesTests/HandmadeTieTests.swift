import Games
import LinearModels
import Testing

/// Tied followers, with both payoffs told by hand.
@Suite struct HandmadeTieTests {
    private func payoffs(_ game: StackelbergGame, at x: [Double]) throws -> (most: Double?, least: Double?, ties: Bool)
    {
        let evaluator = try Evaluator(game)
        let favourable = try evaluator.evaluate(x, ties: .optimistic)
        return (favourable.payoff, try evaluator.evaluate(x, ties: .pessimistic).payoff, favourable.hasTies)
    }

    /// The leader's value is linear: buy all where it is cheap, or all where it is dear.
    @Test func linearValue() throws {
        let game = try HandmadeTies.hours([(1, 9, 9), (2, 9, 9), (0.5, 9, 9)])
        let (most, least, ties) = try payoffs(game, at: [3])
        #expect(most == 10)
        #expect(least == 4)
        #expect(ties)
    }

    /// Cost of the first hour's purchase y: 4.2 at y = 3, the best; 5 at y = 4; 22.4 at y = 0, across the best. The
    /// dual at the best, where the cheap source is used up, may point either way.
    @Test func concaveValueWithTheWorstAcrossTheBest() throws {
        let game = try HandmadeTies.hours([(1, 3, 2), (1.2, 2, 10)])
        let (most, least, _) = try payoffs(game, at: [3])
        #expect(abs((most ?? 0) - (12 - 4.2)) <= 1e-12)
        #expect(abs((least ?? 0) - (12 - 22.4)) <= 1e-12)
    }

    /// Every hour looks the same to first order at the leader's favourite; the worst corner is the hour whose second
    /// step is steep.
    @Test func secondLinearisationFindsTheSteepHour() throws {
        let game = try HandmadeTies.hours([(1, 1, 3), (1, 2, 4), (1, 0.5, 3.2), (1, 3, 20), (1, 1, 3.1)])
        let (most, least, _) = try payoffs(game, at: [2])
        #expect(abs((most ?? 0) - (8 - 4)) <= 1e-12)
        // All in hour 3: 3 + 20; in the others at most 0.5 + 3.2 * 3.5 = 11.7.
        #expect(abs((least ?? 0) - (8 - 23)) <= 1e-12)
    }

    /// The relaxation takes one item and a half; the tied integer answers are the three pairs.
    @Test func branchedFollower() throws {
        let game = try HandmadeTies.threeItems()
        let session = try SolverSession(game.followers[0].model)
        try session.solve()
        #expect(session.usedBranchAndBound)
        let (most, least, ties) = try payoffs(game, at: [1])
        #expect(most == 7 && least == 3 && ties)
        let evaluation = try Evaluator(game.with(ties: .pessimistic)).evaluate([2])
        #expect(evaluation.values == [1, 1, 0] && evaluation.followerCosts == [4])
    }

    /// At price 0 the follower takes anything; elsewhere it takes two items.
    @Test func branchedAndUnbranchedByDecision() throws {
        let evaluator = try Evaluator(HandmadeTies.threeItems())
        #expect(try evaluator.evaluate([0]).payoff == 8)
        #expect(try evaluator.evaluate([1]).payoff == 7)
        #expect(try evaluator.evaluate([0], ties: .pessimistic).payoff == 3)
        #expect(try evaluator.evaluate([0]).payoff == 8)
    }

    @Test func noTie() throws {
        let (most, least, ties) = try payoffs(FragileGame.game(), at: [2, 3])
        #expect(most == 5.25 && least == 5.25 && !ties)
    }

    /// A response that the leader cannot serve is left out of both rules: 4 units in one hour are more than it makes.
    @Test func responsesThatCannotBeServed() throws {
        var model = LinearModel()
        let space = try DecisionSpace([Decision(name: "price", lower: 0, upper: 4, unit: "1")])
        func build(_ model: inout LinearModel) throws -> (Parameter, [Variable]) {
            let price = try model.parameter("price", value: 1)
            let bought = try (0..<2).map { try model.variable("bought\($0)", in: 0...4) }
            try model.add(bought[0] + bought[1] == 4, named: "need")
            return (price, bought)
        }
        let (price, bought) = try build(&model)
        try model.minimise(price * bought[0] + price * bought[1])
        var system = LinearModel()
        let (shared, response) = try build(&system)
        let made = try (0..<2).map { try system.variable("made\($0)", in: 0...3) }
        for t in 0..<2 { try system.add(made[t] - response[t] == 0, named: "serve\(t)") }
        try system.maximise(shared * response[0] + shared * response[1] - 1 * made[0] - 2 * made[1])
        let game = try StackelbergGame(
            name: "limited", space: space, followers: [Follower(name: "user", model: model)], system: system)
        let (most, least, _) = try payoffs(game, at: [2])
        #expect(most == 8 - 3 - 2 && least == 8 - 1 - 6)
    }

    /// A great penalty that is not paid must not blur what is a tie: hour 1 is dearer by a ten-thousandth.
    @Test func penaltiesDoNotMakeTies() throws {
        func build(_ model: inout LinearModel) throws -> (LinearExpression, [Variable]) {
            let price = try model.parameter("price", value: 1)
            let bought = try (0..<2).map { try model.variable("bought\($0)", in: 0...100) }
            let missing = try model.variable("missing")
            try model.add(bought[0] + bought[1] + missing == 50, named: "need")
            return (price * bought[0] + price * bought[1] + 1e-4 * bought[1] + 1e6 * missing, bought)
        }
        var follower = LinearModel()
        try follower.minimise(build(&follower).0)
        var system = LinearModel()
        let response = try build(&system).1
        try system.maximise(1 * response[0] + 2 * response[1])
        let game = try StackelbergGame(
            name: "penalty", space: DecisionSpace([Decision(name: "price", lower: 0, upper: 4, unit: "1")]),
            followers: [Follower(name: "user", model: follower)], system: system)
        let evaluation = try Evaluator(game).evaluate([1])
        #expect(evaluation.values == [50, 0, 0] && evaluation.payoff == 50 && !evaluation.hasTies)
        #expect(try ResponseProof(of: evaluation, in: game).holds)
    }
}
