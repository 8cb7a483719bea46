import CaseFiles
import EnergyGames
import Foundation
import LinearModels
import Reports
import Studies

/// One decision of sizes: by a search, or by the joint program only.
struct SizingRun {
    let source: Case
    let sizing: SizingGame
    let limits: SolveLimits
    /// Of the joint program; nil for GLPK.
    var solver: ExternalSolver?
    let line: ProgressLine

    /// - Parameter settings: of the search; nil for the joint program only.
    func run(_ settings: StudySettings?) throws -> SizingResult {
        guard let settings, !sizing.sizes.isEmpty else {
            let started = Date()
            let exact = try solveExactly()
            return try SizingResult(
                source, sizing, exact: exact, onEveryScenario: everyScenario, seconds: Date().timeIntervalSince(started)
            )
        }
        return try result(of: search(settings))
    }

    /// The search alone.
    func search(
        _ settings: StudySettings, store: StudyStore? = nil, stop: StopRequest? = nil, ranks: RankLeader? = nil
    ) throws -> Study {
        defer { line.clear() }
        return try Study.run(sizing.game, settings, store: store, stop: stop, ranks: ranks) {
            line.show($0, unit: "\(source.currency)/a", sign: -1)
        }
    }

    /// The result of a search, with that of the joint program.
    ///
    /// - Parameter store: of the study; a joint program that was solved is not solved again.
    func result(of study: Study, store: StudyStore? = nil) throws -> SizingResult {
        var phases = PhaseRun(store: store)
        let exact = try phases.outcome(of: .joint) { try solveExactly() }
        line.show("proof of the sizes")
        defer { line.clear() }
        return try SizingResult(
            source, sizing, study, exact: exact, onEveryScenario: everyScenario,
            jointSeconds: phases.seconds.reduce(0) { $0 + $1.seconds })
    }

    /// The case with all scenarios drawn; nil if there are none.
    private var everyScenario: Case? {
        get throws { try source.scenarios.isEmpty ? nil : source.withEveryScenario() }
    }

    private func solveExactly() throws -> ExactSizing {
        defer { line.clear() }
        line.show("sizes and operation as one program, at most \(limits.seconds ?? 0) s")
        return try sizing.solveExactly(limits: limits, using: solver)
    }
}
