import ArgumentParser
import CaseFiles
import EnergyGames
import Foundation
import Games
import LinearModels
import Reports
import Studies

struct SweepCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sweep",
        abstract: "Solves a case over ranges of its numbers: a table, and figures.",
        discussion: """
            Example: stackelberg sweep my-plant --over carbon.ladder.base_price=0.1:0.6:6 --over variant=case_3,case_4

            PATH names any number of case.yaml, with dots as in variants; its values are in the unit that the case \
            writes there, or in the case's own units where it leaves the number out. from:to:steps counts both ends; \
            a,b,c are the values themselves. Several --over make a grid. \
            A case in which nobody is led is operated at its least cost. Sizes are decided exactly, unless --algorithm \
            is given; prices are searched for with the case's own algorithm, or with --algorithm, and are those that pay \
            most for certain, as in `price`. Every point is read before the first is solved. Each is stored when it is \
            done: after a stop, the same command continues, and ends with the same bytes.
            Parts may be solved apart, on other machines too, and merged: the same command with --part 1/8 to 8/8, and \
            then with --merge and the folders. `cluster` writes the scripts for that.
            Exit codes: 0 every point has a proved answer, 65 wrong input, 69 a point has no answer, 70 a check \
            failed, 73 cannot write, 75 the folder is in use.
            """)

    @OptionGroup var source: CaseOptions
    @Option(help: "PATH=from:to:steps, PATH=a,b,c or variant=a,b; may be given several times.")
    var over: [String] = []
    @Flag(help: "Decide sizes exactly; the default without --algorithm.")
    var exact = false
    @OptionGroup var exactly: ExactOptions
    @OptionGroup var search: SearchOptions
    @OptionGroup var answer: AnswerOptions
    @OptionGroup var parts: PartOptions
    @OptionGroup var result: ResultOptions

    func validate() throws {
        if over.isEmpty { throw ValidationError("Say what to sweep over: --over PATH=from:to:steps.") }
        if exact, search.algorithm != nil {
            throw ValidationError("--exact needs no --algorithm. Take one of them out.")
        }
    }

    func run() throws {
        try reporting {
            let started = Date()
            let limits = try exactly.limits
            let axes = try over.map { try SweepAxis($0) }
            let grid = try SweepGrid(URL(fileURLWithPath: source.case), variant: source.variant, over: axes)
            let first = grid.points[0].source
            for warning in first.warnings { complain("\(warning)") }
            if exact, !first.isSizing {
                complain("--exact decides sizes, but \(first.name) has prices to decide. Take --exact out.")
                throw ExitCode(ExitCodes.badInput)
            }
            let settings = try settings(first)
            let part = try parts.chosen
            let card = SweepJournal.Card(
                first, over: axes, settings: settings, exactSeconds: first.isSizing ? limits.seconds : nil, part: part)
            // Checked before a folder is made for the result.
            let merged =
                try parts.merge.isEmpty ? nil : SweepParts(parts.merge, of: card, count: grid.points.count)
            let journal = try result.journal(first, Self.maker(settings, part), card)
            try merged?.enter(journal)
            let line = result.printing.progressLine
            var points: [SweepResult.Point] = []
            let numbers = grid.points.indices.filter { part?.holds($0) ?? true }
            for number in numbers {
                line.show("\(points.count) of \(numbers.count) points")
                let point = grid.points[number]
                if let done = journal.point(number, at: point.values) {
                    points.append(done)
                } else {
                    let started = Date()
                    let solved = try solve(point, settings, limits)
                    points.append(solved)
                    try journal.add(solved, number: number, seconds: Date().timeIntervalSince(started))
                }
            }
            line.clear()
            let sweep = SweepResult(first, over: axes, points, settings: settings, seconds: journal.seconds)
            defer { for failure in sweep.failures { complain(failure) } }
            if let part {
                // What is to be merged stays in the journal, and has no tables.
                try result.printing.show(sweep, part, in: journal.folder)
            } else {
                try journal.folder.write(sweep, startedAt: started)
                try journal.finish()
                try result.printing.show(sweep, in: journal.folder)
            }
            if !sweep.failures.isEmpty { throw ExitCode(ExitCodes.noAnswer) }
        }
    }

    /// How the points of a case are solved; nil where they are exactly.
    func settings(_ first: Case) throws -> StudySettings? {
        let isExact = first.isCentral || first.isSizing && search.algorithm == nil
        return try isExact ? nil : searchSettings(first)
    }

    /// For the name of a folder.
    static func maker(_ settings: StudySettings?, _ part: WorkPart? = nil) -> String {
        "sweep-\(settings?.folderName ?? "exact")\(part.map { "-\($0.folderName)" } ?? "")"
    }

    /// Of a search: for sizes, or for prices with what their answer is.
    private func searchSettings(_ source: Case) throws -> StudySettings {
        let settings = try search.settings(source)
        return source.isSizing ? settings : try answer.settings(settings)
    }

    /// A point without an answer also gets a row of the table.
    func solve(
        _ point: SweepGrid.Point, _ settings: StudySettings?, _ limits: SolveLimits
    ) throws -> SweepResult.Point {
        let silent = ProgressLine(isShown: false)
        do {
            if point.source.isSizing {
                let run = SizingRun(
                    source: point.source, sizing: try SizingGame(point.source), limits: limits, line: silent)
                return SweepResult.Point(point.values, try run.run(settings))
            }
            if point.source.isCentral {
                let started = Date()
                let part = try Dispatch(point.source.system).explaining {
                    try DispatchResult.Part(day: nil, $0, $0.solve())
                }
                return SweepResult.Point(
                    point.values,
                    DispatchResult(point.source, .cost, [part], seconds: Date().timeIntervalSince(started)))
            }
            let settings = try settings ?? searchSettings(point.source)
            let game = try EnergyGame(point.source, tick: settings.grid)
            let study = try Study.run(game.game, settings)
            return SweepResult.Point(point.values, try PriceResult(point.source, game, study))
        } catch let failure as SizingFailure {
            return SweepResult.Point(point.values, failure: "\(failure)")
        } catch let failure as DispatchError {
            return SweepResult.Point(point.values, failure: "\(failure)")
        } catch let failure as Infeasibility where point.source.isCentral {
            return SweepResult.Point(point.values, failure: "\(failure)")
        } catch StudyError.nothingWorked(let evaluations, let example) {
            let failure = StudyError.nothingWorked(evaluations: evaluations, example: example)
            return SweepResult.Point(point.values, failure: "\(failure)")
        }
    }
}
