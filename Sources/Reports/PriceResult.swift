import CaseFiles
import Energy
import Foundation
import Games
import Studies

/// A finished price search: the decision, everybody's answer, and every check on it.
public struct PriceResult: Sendable {
    public let source: Case
    public let energyGame: EnergyGame
    public let study: Study
    public let solution: SystemSolution
    public let proof: ResponseProof
    public let audit: PhysicalAudit
    /// One a station that has a fleet.
    public let fleets: [FleetResult]

    /// Re-proves the study's best decision and checks what it means.
    public init(_ source: Case, _ energyGame: EnergyGame, _ study: Study) throws {
        self.source = source
        self.energyGame = energyGame
        self.study = study
        proof = try ResponseProof(of: study.best, in: energyGame.game)
        solution = SystemSolution(
            energyGame.built, time: energyGame.system.time, values: study.best.values,
            parameters: study.best.parameters)
        audit = PhysicalAudit(solution, of: energyGame.system)
        fleets = try FleetResult.all(in: energyGame.system, solution)
    }

    /// The leader's payoff: what it earns less what it pays, CNY over the horizon.
    public var payoff: Double { proof.payoff }

    public var verdicts: [Verdict] {
        let regret = proof.checks.map { abs($0.regret) }.max() ?? 0
        var verdicts = [
            Verdict(
                name: "responses re-proved", holds: proof.holds,
                detail: "largest regret \(NumberText.csv(regret)) relative, largest violation "
                    + "\(NumberText.csv(proof.violation))"),
            Verdict(
                name: "balances closed", holds: audit.holds,
                detail: audit.findings.max { $0.size < $1.size }
                    .map { "largest gap \(NumberText.csv($0.size)) (\($0.what))" } ?? ""),
        ]
        for fleet in fleets {
            let isFeasible = fleet.vehicleViolation <= PhysicalAudit.tolerance
            let limits =
                isFeasible
                ? "every vehicle's own schedule is feasible"
                : "a vehicle's own limits are broken by \(NumberText.csv(fleet.vehicleViolation))"
            let advice = fleet.missedShare > 0.05 ? "; more 'groups' would make the envelope tighter" : ""
            verdicts.append(
                Verdict(
                    name: "\(fleet.station) disaggregated",
                    holds: isFeasible && fleet.missedShare < 0.5,
                    detail: "\(limits); vehicles do not follow at most "
                        + "\(NumberText.grouped(100 * fleet.missedShare, decimals: 2)) % of the fleet's energy moved\(advice)"
                ))
        }
        return verdicts
    }

    /// One check on a result, in words.
    public struct Verdict: Sendable, Codable, Equatable {
        public let name: String
        public let holds: Bool
        public let detail: String
    }
}
