import ArgumentParser
import CaseFiles
import Disk
import EnergyGames
import Foundation
import LinearModels
import Reports
import ResultFiles
import Studies

/// A search whose generations are stored, from its current state to its written result. `price` and `size` begin it,
/// `resume` continues it.
struct StudyRun {
    /// The game of the search.
    enum Question {
        case prices(EnergyGame)
        case sizes(SizingGame, exactly: SolveLimits)

        init(_ source: Case, _ card: StudyCard) throws {
            switch card.purpose {
            case .prices:
                self = .prices(try EnergyGame(source, tick: card.settings.grid))
            case .sizes:
                self = .sizes(try SizingGame(source), exactly: ExactOptions.limits(seconds: card.exactSeconds))
            }
        }
    }

    static let program = "stackelberg \(Version.number)"
    static let solver = "GLPK \(SolverSession.solverVersion)"

    let source: Case
    let question: Question
    let store: StudyStore
    let printing: PrintOptions

    /// Begins a study in a folder.
    static func begin(
        _ source: Case, _ question: Question, _ settings: StudySettings, in folder: ResultFolder, startedAt: Date,
        printing: PrintOptions
    ) throws -> StudyRun {
        let purpose: StudyCard.Purpose
        let unit: String
        var exactSeconds: Double?
        switch question {
        case .prices(let game): (purpose, unit) = (.prices, game.unit(source.currency))
        case .sizes(_, let limits):
            (purpose, unit, exactSeconds) = (.sizes, "\(source.currency)/a", limits.seconds)
        }
        let card = StudyCard(
            purpose: purpose, caseName: source.name, caseFolder: source.folder.path, variant: source.variant,
            unit: unit, settings: settings,
            exactSeconds: exactSeconds, program: program, solver: solver, startedAt: startedAt)
        let store = try StudyStore.begin(in: folder.lock, card, inputs: source.inputs)
        return StudyRun(source: source, question: question, store: store, printing: printing)
    }

    /// Searches, proves, writes the tables and prints.
    func run() throws {
        let signals = StopSignals(advice: "stopped; what was found is stored. \(goOn)")
        defer { signals.end() }
        let line = printing.progressLine
        let ranks = RankLeader.current
        do {
            try ranks?.begin(HelperProcess.Told(store.card, store.inputs).data)
            switch question {
            case .prices(let game):
                line.show("building models")
                let study = try signals.heeded {
                    try Study.run(game.game, store.card.settings, store: store, stop: signals.request, ranks: ranks) {
                        line.show($0, unit: store.card.unit)
                    }
                }
                let result = try PriceResult(source, game, study, store: store, valuesKnowledge: true) {
                    line.show("\($0.rawValue)")
                }
                line.show("tables and page")
                try deliver(result)
            case .sizes(let game, let limits):
                let run = SizingRun(source: source, sizing: game, limits: limits, line: line)
                let study = try signals.heeded {
                    try run.search(store.card.settings, store: store, stop: signals.request, ranks: ranks)
                }
                try deliver(run.result(of: study, store: store))
            }
        } catch let error as StudyError where error.isWithoutAnswer {
            throw try withoutAnswer() ?? error
        } catch SizingFailure.noSizes(.infeasible) {
            throw try withoutAnswer() ?? SizingFailure.noSizes(.infeasible)
        } catch is StudyStopped {
            line.clear()
            let settings = store.card.settings
            complain(
                "stopped after \(store.evaluations) of \(settings.evaluations) evaluations, which are stored. \(goOn)")
            throw ExitCode(signals.exitCode)
        } catch let error as RankError {
            line.clear()
            complain("\(error)")
            complain("\(stored) \(goOn)")
            throw ExitCode(ExitCodes.inUse)
        } catch let error as DiskError {
            line.clear()
            if case .gone = error { throw error }
            complain("\(error)")
            complain("\(stored) \(goOn)")
            throw ExitCode(ExitCodes.cannotWrite)
        }
    }

    /// Why the case is infeasible at every decision, of which nothing is kept; nil if some decision has an answer.
    private func withoutAnswer() throws -> (any Error)? {
        printing.progressLine.clear()
        let reason: (any Error)? =
            switch question {
            case .prices(let game): try game.infeasibility(at: game.game.space.middle)
            case .sizes(let game, _): try game.infeasibility()
            }
        if reason != nil { try store.discard() }
        return reason
    }

    private func deliver(_ result: some RunResult) throws {
        let folder = ResultFolder(of: store)
        try folder.write(result, startedAt: store.card.startedAt)
        try store.finish(files: ResultFolder.files(of: result))
        printing.progressLine.clear()
        try printing.show(result, in: folder)
    }

    private var stored: String {
        "\(store.evaluations) of \(store.card.settings.evaluations) evaluations are stored."
    }

    private var goOn: String { "Go on with: stackelberg resume \(store.folder.relativePath)" }
}
