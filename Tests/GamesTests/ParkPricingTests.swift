import CaseFiles
import EnergyGames
import Foundation
import Games
import TestSupport
import Testing

/// The park-pricing case is the reference game, stated in the case format.
@Suite struct ParkPricingTests {
    let game: StackelbergGame

    init() throws {
        let source = try CaseReader.read(ParkPricing.folder)
        game = try EnergyGame(
            name: source.name, system: source.system, operatorName: source.operatorName, prices: source.prices,
            ties: .optimistic
        ).game
    }

    private func randomPoints(_ count: Int) -> [[Double]] {
        ParkPricing.randomPoints(count, lower: game.space.lower, upper: game.space.upper)
    }

    private static func gap(_ found: Double?, _ known: Double?) -> Double {
        guard let found, let known else { return .infinity }
        return abs(found - known) / max(1, abs(known))
    }

    @Test func bestKnownPrices() throws {
        let evaluator = try Evaluator(game)
        #expect(game.space.violation(of: ParkPricing.bestPrices) <= 1e-9)
        let best = try evaluator.evaluate(ParkPricing.bestPrices)
        #expect(abs((best.payoff ?? 0) - 12042.83) <= 0.01)
        for ties in TieRule.allCases {
            let unique = try evaluator.evaluate(ParkPricing.bestPricesWithOneAnswer, ties: ties)
            #expect(abs((unique.payoff ?? 0) - 12020.85) <= 0.01)
        }
    }

    @Test func proofHoldsAtTheBestKnownPrices() throws {
        let evaluation = try Evaluator(game).evaluate(ParkPricing.bestPrices)
        #expect(try ResponseProof(of: evaluation, in: game).holds)
    }

    /// Against payoffs of ``ReferenceGame``, which is written on linear models and knows no case; ``printPayoffs`` made
    /// them.
    @Test func payoffsOfTheReferenceAtRandomPrices() throws {
        let evaluator = try Evaluator(game)
        for (point, known) in zip(randomPoints(ParkPricing.payoffs.count), ParkPricing.payoffs) {
            let found = try evaluator.evaluate(point).payoff
            #expect(Self.gap(found, known) <= 1e-6)
        }
    }

    @Test(
        .enabled(if: SharedFiles.has("peers/instance.json"), "the reference instance is not beside the package"),
        arguments: TieRule.allCases)
    func equalsTheReference(ties: TieRule) throws {
        let reference = try Evaluator(ReferenceGame(instance: .read(), form: .joint).game(ties: ties))
        let evaluator = try Evaluator(game)
        let best = [ParkPricing.bestPrices, ParkPricing.bestPricesWithOneAnswer]
        // Finding the worst of many best answers takes longer by far.
        for point in best + randomPoints(ties == .optimistic ? 120 : 9) {
            let (known, found) = (try reference.evaluate(point), try evaluator.evaluate(point, ties: ties))
            #expect(Self.gap(found.payoff, known.payoff) <= 1e-7)
            #expect(Self.gap(found.followerCosts[0], known.followerCosts[0]) <= 1e-9)
        }
    }

    /// Prints the table `ParkPricing.payoffs`: `STACKELBERG_PAYOFFS=1 swift test --filter printPayoffs`.
    @Test(
        .enabled(
            if: ProcessInfo.processInfo.environment["STACKELBERG_PAYOFFS"] != nil
                && SharedFiles.has("peers/instance.json")))
    func printPayoffs() throws {
        let reference = try Evaluator(ReferenceGame(instance: .read(), form: .joint).game())
        for point in randomPoints(120) {
            print(String(format: "%.6f,", try reference.evaluate(point).payoff ?? .nan))
        }
    }
}
