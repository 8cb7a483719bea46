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

    /// Prices of May that pay 5,942.09 and 5,943.46 differ from those that pay 5,944.23 and more in five hours of
    /// electricity at once, which an arbitrage of vehicles and the cap on the mean tie together.
    @Test(arguments: [1, 4, 5, 6, 9, 12, 13]) func severalHoursMoveAtOnce(seed: UInt64) throws {
        let folder = ParkPricing.folder.deletingLastPathComponent().appendingPathComponent("parks/may")
        let may = try EnergyGame(CaseReader.read(folder)).game
        let study = try Study.run(may, StudySettings(algorithm: "auto", evaluations: 2_000, seed: seed))
        #expect((study.best.payoff ?? 0) >= 5_944.19)
        #expect(try ResponseProof(of: study.best, in: may).holds)
    }

    @Test func pricesWhoseAnswerIsTheOnlyBestOne() throws {
        let start = BankablePricing.Start(point: ParkPricing.bestPrices, limit: 2_000)
        let found = try #require(try BankablePricing(game).search(from: start).found)
        #expect(found.payoff >= 0.99 * 12_042.83)
        // By a proof that shares nothing with the search.
        let claimed = try Evaluator(game).evaluate(found.decision)
        let proof = try ResponseProof(of: claimed, in: game)
        #expect(proof.holds && proof.pessimisticPayoff >= found.payoff)
    }
}
