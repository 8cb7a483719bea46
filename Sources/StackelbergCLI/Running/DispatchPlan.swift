import ArgumentParser
import CaseFiles
import Disk
import EnergyGames
import Foundation
import LinearModels
import Reports
import Studies

/// How a case is operated: what `dispatch` was asked for.
struct DispatchPlan: Codable, Sendable {
    let aim: Dispatch.Aim
    /// Of the front; nil where none is asked for.
    let points: Int?
    /// nil where the whole horizon is solved at once.
    let rolling: WindowOptions.Rolling?
    /// What is decided before it is known which scenario of a day comes; nil where nothing is.
    let hereAndNow: [String]?
    let gap: Double
    /// For one program.
    let seconds: Double
    /// nil for GLPK.
    let solver: ExternalSolver?

    var limits: SolveLimits { SolveLimits(nodes: .max, gap: gap, seconds: seconds) }

    /// Whether it solves more than one program, so that what is solved is worth keeping until the last is.
    func isLong(_ source: Case) -> Bool {
        hereAndNow == nil && (points != nil || rolling != nil || source.days.count > 1)
    }
}

extension DispatchRun {
    /// Operates, writes the tables and prints. What is solved stays on disk until then, where there is a journal.
    static func run(
        _ source: Case, _ plan: DispatchPlan, in folder: ResultFolder, journal: DispatchJournal?, startedAt: Date,
        printing: PrintOptions
    ) throws {
        let begun = Date()
        let line = printing.progressLine
        let run = DispatchRun(source: source, plan: plan, journal: journal, line: line)
        let goOn = "what was solved is stored. Go on with: stackelberg resume \(folder.url.relativePath)"
        let found: Found
        do {
            found = try interruptible(
                line,
                advice: journal == nil
                    ? "stopped before the operation was found; nothing is written." : "stopped; \(goOn)"
            ) { try run.operated() }
        } catch let stop as ExitCode {
            throw stop
        } catch let error as DiskError {
            if journal != nil { complain(goOn) }
            throw error
        } catch {
            // Nothing that could be gone on with.
            try journal?.finish()
            throw error
        }
        let result = DispatchResult(
            source, plan.aim, found.parts, front: found.front, plans: found.plans,
            seconds: Date().timeIntervalSince(begun))
        try folder.write(result, startedAt: startedAt)
        try journal?.finish()
        try printing.show(result, in: folder)
    }
}
