import Games
import LinearModels
import Metaheuristics
import Testing

@testable import Studies

/// The search that knows games of prices.
@Suite struct PriceSearchTests {
    private func settings(_ algorithm: String, evaluations: Int = 600, seed: UInt64 = 3) -> StudySettings {
        StudySettings(algorithm: algorithm, population: 20, evaluations: evaluations, seed: seed)
    }

    /// 12.5 by hand, see ``StudyTests``.
    @Test(arguments: ["auto", "ga+polish", "random+polish"]) func findsTheOptimumByHand(algorithm: String) throws {
        for seed in 1...5 {
            let study = try Study.run(try ToyGame.make(), settings(algorithm, seed: UInt64(seed)))
            #expect(abs((study.best.payoff ?? 0) - 12.5) <= 1e-6)
        }
    }

    @Test(arguments: ["auto", "pso+polish"]) func theResultDoesNotDependOnTheWorkers(algorithm: String) throws {
        let game = try ToyGame.make()
        var settings = settings(algorithm)
        let one = try Study.run(game, settings)
        for workers in [2, 3, 8] {
            settings.workers = workers
            let other = try Study.run(game, settings)
            #expect(other.log == one.log && other.best.values == one.best.values)
        }
        let plain = try Study.run(game, settings, savings: [])
        #expect(plain.log == one.log)
    }

    /// Told the same, a search asks for the same: that is all that a journal needs.
    @Test func aSearchIsAFunctionOfWhatItIsTold() throws {
        let game = try ToyGame.make()
        let entry = try #require(SearchRegistry.named("auto"))
        let settings = MetaheuristicSettings(population: 20, evaluations: 500, seed: 9)
        var (first, _) = try entry.start(game, settings)
        var (second, _) = try entry.start(game, settings)
        let answerer = try ProposalAnswerer(game)
        var spent = 0
        while spent < 500 {
            let proposals = first.ask()
            let others = second.ask()
            #expect(others == proposals)
            let answers = try proposals.map { try answerer.answer($0).short }
            spent += answers.reduce(0) { $0 + $1.effort }
            first.tell(answers)
            second.tell(answers)
        }
    }

    @Test(arguments: [20, 21, 57, 199, 1_003]) func theBudgetIsKept(evaluations: Int) throws {
        for algorithm in ["auto", "de+polish"] {
            for ties in TieRule.allCases {
                let study = try Study.run(ToyGame.make(ties: ties), settings(algorithm, evaluations: evaluations))
                #expect(study.log.evaluations == evaluations)
            }
        }
    }

    /// Where followers break ties against the leader, no price is the best: the nearer to 12.5 the better.
    @Test func tiesAgainstTheLeader() throws {
        let game = try ToyGame.make(ties: .pessimistic)
        let study = try Study.run(game, settings("auto", evaluations: 2_000))
        let payoff = try #require(study.best.payoff)
        #expect(payoff < 12.5 && payoff > 11)
        #expect(try ResponseProof(of: study.best, in: game).holds)
    }

    // MARK: Other games

    /// A size of which each unit earns 2 and costs 1.
    private func sizes() throws -> StackelbergGame {
        var model = LinearModel()
        let size = try model.parameter("size", in: 0...4)
        try model.minimise(-(try model.variable("use", from: .init(), to: .init(size))))
        return try StackelbergGame(
            name: "sizes", space: DecisionSpace([Decision(name: "size", lower: 0, upper: 4, unit: "kW")]),
            followers: [Follower(name: "user", model: model)]
        ) { system, blocks in
            let paid = LinearExpression(ParameterExpression(blocks[0].parameters[0]))
            try system.maximise(2 * blocks[0].variables[0] - paid)
        }
    }

    @Test func otherGamesGetAGeneralAlgorithm() throws {
        let study = try Study.run(try sizes(), settings("auto"))
        #expect(
            study.algorithmTitle
                == "L-SHADE (adaptive differential evolution), since a decision stands in a bound of 'use' of user, so that it "
                + "changes what can be done and not only what it costs")
        let plain = try Study.run(try sizes(), settings("lshade"))
        #expect(study.log == plain.log && abs((study.best.payoff ?? 0) - 4) < 1e-3)
        #expect(throws: StudyError.self) { try Study.run(try sizes(), settings("ga+polish")) }
        do {
            _ = try Study.run(try sizes(), settings("ga+polish"))
        } catch {
            #expect(
                "\(error)".hasPrefix("'ga+polish' works on pricing games only, and this is not one: ")
                    && "\(error)".hasSuffix("Take a general algorithm."))
        }
    }

    @Test func namesOfSearches() {
        #expect(SearchRegistry.names.prefix(3) == ["auto", "ga", "pso"])
        #expect(SearchRegistry.named("nothing+polish") == nil && SearchRegistry.named("auto+polish") == nil)
        #expect(SearchRegistry.named("cma-es+polish")?.title == "CMA-ES with restarts, polished")
        #expect(SearchRegistry.named("wdo")?.climbs == nil)
    }
}
