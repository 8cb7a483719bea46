import CaseFiles
import Energy
import EnergyGames
import Foundation
import Games
import ResultFiles
import Studies

/// A finished price search: the decision, everybody's answer, and every check on it.
public struct PriceResult: RunResult {
    public let source: Case
    public let energyGame: EnergyGame
    public let study: Study
    public let solution: SystemSolution
    /// What was made of the study's best decision.
    public let findings: PriceFindings
    public let audit: PhysicalAudit
    /// One per station that has a fleet.
    public let fleets: [FleetResult]
    /// What everybody who may choose its supply would pay under each.
    public let supplies: [SupplyComparison]
    private let begun: Date

    /// Re-proves the best decision and checks what it means.
    ///
    /// - Parameters:
    ///   - store: of the study; what it holds is not computed again, and what is found is stored there.
    ///   - progress: called when a phase begins.
    public init(
        _ source: Case, _ energyGame: EnergyGame, _ study: Study, store: StudyStore? = nil,
        progress: @escaping (AnswerPhase) -> Void = { _ in }
    ) throws {
        self.source = source
        self.energyGame = energyGame
        self.study = study
        findings = try PriceFindings(energyGame.game, study, store: store, progress: progress)
        begun = Date()
        solution = energyGame.solution(of: findings.best)
        audit = PhysicalAudit(solution, of: energyGame.system)
        fleets = try FleetResult.all(
            in: energyGame.system, solution, posted: source.byName(findings.best.decision))
        supplies = try energyGame.supplies(in: findings.best)
    }

    public var proof: ResponseProof { findings.proof }
    /// Upper bounds on the payoff of any prices.
    public var bounds: CheapBounds { findings.bounds }

    /// The leader's payoff: what it earns less what it pays, CNY over the horizon. For certain, where the answer was
    /// chosen so; else at the prices and responses found.
    public var payoff: Double { findings.bankable?.payoff ?? proof.payoff }

    var supplyReport: SupplyReport {
        SupplyReport(supplies: supplies, solution: solution, currency: source.currency)
    }

    public var verdicts: [Verdict] {
        [Verdict(proof)] + (findings.bankable.map { [Verdict($0, asWritten: proof.payoff)] } ?? []) + [Verdict([audit])]
            + fleets.map { Verdict($0, in: source.currency) } + [supplyReport.verdict].compactMap(\.self)
    }

    /// The step of the grid on which prices are written: the greatest, where there are several.
    var tick: Double? { energyGame.game.space.ticks.map(\.size).max() }

    public func manifest(startedAt: Date) -> Manifest {
        var manifest = Manifest(
            of: self, startedAt: startedAt,
            seconds: study.seconds + findings.seconds.reduce(0) { $0 + $1.seconds } + Date().timeIntervalSince(begun))
        manifest.settings = study.settings
        manifest.tell(proof, proof.ties)
        if let bankable = findings.bankable {
            manifest.payoff = bankable.payoff
            manifest.payoffAsWritten = proof.payoff
            manifest.payoffIsExact = bankable.isExact
            manifest.tick = tick
            manifest.supremum = findings.supremum?.payoff
        }
        manifest.bound = bounds.best.bound.ifFinite
        manifest.foundBy = findings.origin.rawValue
        manifest.searchSeconds = study.seconds
        manifest.phaseSeconds = Dictionary(
            findings.seconds.map { ($0.phase.rawValue, $0.seconds) }, uniquingKeysWith: +)
        return manifest
    }
}
