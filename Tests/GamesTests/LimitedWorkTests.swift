import CaseFiles
import EnergyGames
import LinearModels
import Testing

@testable import Games

/// What is said where the work that was allowed is spent: never more than is known.
@Suite struct LimitedWorkTests {
    private static func park() throws -> StackelbergGame { try EnergyGame(CaseReader.read(ParkPricing.folder)).game }

    @Test func aProofThatIsNotCompletedIsNone() throws {
        let game = try FragileGame.game()
        let answer = try Evaluator(game).evaluate([2, 3])
        let proof = try ResponseProof(of: answer, in: game, within: WorkAllowance(0))
        #expect(!proof.isComplete && !proof.holds && !proof.tiesAreSettled && proof.checks.isEmpty)
        #expect(try ResponseProof(of: answer, in: game).holds)
    }

    /// However little is allowed, no payoff against the leader is told that is below the least there is.
    @Test func tiesThatAreNotSettledAreToldSo() throws {
        let game = try Self.park()
        let answer = try Evaluator(game).evaluate(ParkPricing.bestPrices)
        let whole = try ResponseProof(of: answer, in: game)
        #expect(whole.tiesAreSettled && whole.payoffHangsOnTies)
        var settled = false
        for work in [0, 200_000, 1_000_000, 5_000_000, 1_000_000_000] {
            let proof = try ResponseProof(of: answer, in: game, ties: WorkAllowance(work))
            #expect(proof.holds && proof.optimisticPayoff == whole.optimisticPayoff)
            #expect(proof.pessimisticPayoff >= whole.pessimisticPayoff && proof.payoffHangsOnTies)
            // What is settled stays so.
            #expect(proof.tiesAreSettled || !settled)
            settled = proof.tiesAreSettled
            if settled { #expect(proof.pessimisticPayoff == whole.pessimisticPayoff) }
        }
        #expect(settled)
        // Where the game itself goes by the worst of ties, its payoff is not proved until they are settled.
        let hard = game.with(ties: .pessimistic)
        let worst = try Evaluator(hard).evaluate(ParkPricing.bestPrices)
        #expect(try !ResponseProof(of: worst, in: hard, ties: WorkAllowance(0)).holds)
        #expect(try ResponseProof(of: worst, in: hard).holds)
    }

    /// Fewer bounds or weaker ones, and valid ones always: 12,042.83 can be had.
    @Test func boundsThatAreCutAreValid() throws {
        let game = try Self.park()
        let none = try CheapBounds(game, within: WorkAllowance(0))
        #expect(none.best.bound == .infinity && !none.isComplete && none.payments == nil)
        let whole = try CheapBounds(game)
        #expect(whole.isComplete)
        for work in [100_000, 1_000_000, 10_000_000, 1_000_000_000] {
            let bounds = try CheapBounds(game, within: WorkAllowance(work))
            #expect(bounds.best.bound >= 12_042.8)
            #expect(bounds.isComplete == (bounds.best.bound == whole.best.bound && bounds.highPoint == whole.highPoint))
        }
    }

    /// A certificate whose time ends says what it has by then, soon.
    @Test(arguments: [0, 0.05, 0.5]) func theTimeOfACertificateHolds(seconds: Double) throws {
        let game = try Self.park()
        let cheap = try CheapBounds(game)
        let clock = ContinuousClock()
        let certifier = try Certifier(game)
        try certifier.consider(ParkPricing.bestPrices)
        let begun = clock.now
        let certificate = try certifier.certify(.init(seconds: seconds), cheap: cheap)
        #expect(clock.now - begun < .seconds(seconds + 5))
        #expect(certificate.bound <= cheap.best.bound && certificate.bound >= 12_042.8)
        #expect(certificate.best?.payoff ?? 0 >= 12_042.8)
    }

    /// The digits of bankable prices are few, and they pay what is promised. What is found does not depend on what the
    /// search did before.
    @Test func bankablePricesArePromisedAsWritten() throws {
        let game = try Self.park()
        let pricing = try BankablePricing(game)
        let start = BankablePricing.Start(point: ParkPricing.bestPrices, limit: 200)
        let (sure, effort) = try pricing.search(from: start)
        let found = try #require(sure)
        #expect(effort <= 200)
        let written = found.decision.map { Double(String(format: "%.4f", $0)) ?? .nan }
        #expect(written == found.decision)
        let paid = try Evaluator(game).evaluate(written, ties: .pessimistic)
        #expect(try #require(paid.payoff) >= found.payoff)
        let again = try pricing.search(from: start)
        #expect(again.found == found && again.effort == effort)
    }
}
