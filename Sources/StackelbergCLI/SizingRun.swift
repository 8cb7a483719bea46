import CaseFiles
import Foundation
import LinearModels
import Reports
import Studies

/// One decision of sizes: by a search, or by the joint program alone.
struct SizingRun {
    let source: Case
    let sizing: SizingGame
    let limits: SolveLimits
    let line: ProgressLine

    /// - Parameter settings: of the search; nil for the joint program alone.
    func run(_ settings: StudySettings?) throws -> SizingResult {
        defer { line.clear() }
        // Read now, before anybody can change the files.
        let every = try source.scenarios.isEmpty ? nil : source.withEveryScenario()
        guard let settings, !sizing.sizes.isEmpty else {
            let started = Date()
            let exact = try solveExactly()
            return try SizingResult(
                source, sizing, exact: exact, onEveryScenario: every, seconds: Date().timeIntervalSince(started))
        }
        let study = try Study.run(sizing.game, settings) { line.show($0, unit: "\(source.currency)/a", sign: -1) }
        return try SizingResult(source, sizing, study, exact: solveExactly(), onEveryScenario: every)
    }

    private func solveExactly() throws -> ExactSizing {
        line.show("sizes and operation as one program, at most \(limits.seconds ?? 0) s")
        return try sizing.solveExactly(limits: limits)
    }
}
