import CaseFiles
import Energy
import Foundation
import Games
import Studies

/// A finished price search: the decision, everybody's answer, and every check on it.
public struct PriceResult: RunResult {
    public let source: Case
    public let energyGame: EnergyGame
    public let study: Study
    public let solution: SystemSolution
    public let proof: ResponseProof
    /// What no prices can pay more than.
    public let bounds: CheapBounds
    public let audit: PhysicalAudit
    /// One a station that has a fleet.
    public let fleets: [FleetResult]
    /// The best decision found for followers who break ties against the leader; nil where ties do not matter, or nothing better was found
    /// than the study's own.
    public let robust: Evaluation?

    /// Re-proves the study's best decision and checks what it means.
    public init(_ source: Case, _ energyGame: EnergyGame, _ study: Study) throws {
        self.source = source
        self.energyGame = energyGame
        self.study = study
        proof = try ResponseProof(of: study.best, in: energyGame.game)
        bounds = try CheapBounds(energyGame.game)
        solution = SystemSolution(
            energyGame.built, time: energyGame.system.time, values: study.best.values,
            parameters: study.best.parameters)
        audit = PhysicalAudit(solution, of: energyGame.system)
        fleets = try FleetResult.all(in: energyGame.system, solution)
        robust = proof.payoffHangsOnTies ? try Self.robust(study.best, in: energyGame.game, above: proof) : nil
    }

    private static func robust(
        _ best: Evaluation, in game: StackelbergGame, above proof: ResponseProof
    ) throws -> Evaluation? {
        let pricing: RobustPricing
        do {
            pricing = try RobustPricing(game)
        } catch is NotAPriceGame {
            return nil
        }
        let found = try pricing.search(from: best.decision)
        return found?.payoff ?? -.infinity > proof.pessimisticPayoff ? found : nil
    }

    /// The leader's payoff: what it earns less what it pays, CNY over the horizon.
    public var payoff: Double { proof.payoff }

    public var verdicts: [Verdict] { [Verdict(proof), Verdict([audit])] + fleets.map { Verdict($0) } }

    public func manifest(startedAt: Date) -> Manifest {
        Manifest(
            self, settings: study.settings, ties: energyGame.game.ties, proof: proof, bound: bounds.best.bound,
            robustPayoff: robust?.payoff, startedAt: startedAt, seconds: study.seconds)
    }
}
