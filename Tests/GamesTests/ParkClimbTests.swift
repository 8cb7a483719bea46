import CaseFiles
import EnergyGames
import Games
import Studies
import Testing

/// The search that knows the game on the park-pricing case, whose best known payoff is 12,042.83.
@Suite struct ParkClimbTests {
    let game: StackelbergGame

    init() throws { game = try EnergyGame(CaseReader.read(ParkPricing.folder)).game }

    @Test(arguments: [1, 2, 3]) func reachesTheBestKnownPayoff(seed: UInt64) throws {
        let study = try Study.run(game, StudySettings(algorithm: "auto", evaluations: 2_500, seed: seed))
        #expect((study.best.payoff ?? 0) >= 12_042.8)
        #expect(study.log.evaluations <= 2_500)
        #expect(try ResponseProof(of: study.best, in: game).holds)
    }

    @Test func pricesWhoseAnswerIsTheOnlyBestOne() throws {
        let robust = try #require(try RobustPricing(game, from: ParkPricing.bestPrices).search().robust)
        #expect(robust.payoff >= 12_005)
        // By a proof that shares nothing with the search.
        let claimed = try Evaluator(game).evaluate(robust.decision)
        let proof = try ResponseProof(of: claimed, in: game)
        #expect(proof.holds && proof.pessimisticPayoff >= 12_005)
    }
}
