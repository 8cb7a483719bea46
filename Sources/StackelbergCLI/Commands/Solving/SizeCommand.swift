import ArgumentParser
import CaseFiles
import EnergyGames
import Foundation
import Reports

struct SizeCommand: RankedCommand {
    static let configuration = CommandConfiguration(
        commandName: "size",
        abstract: "Finds the sizes of devices with the least cost per year, investment and operation of typical days.",
        discussion: """
            Example: stackelberg size my-plant --algorithm goa --seed 7; stackelberg size my-plant --exact

            The case gives ranges, as capacity: {min: 0, max: 1 MW}, typical days, and the costs of devices. The \
            result of a search is proved again independently of the search, and printed with its gap to the optimum of \
            sizes and operation as one mixed-integer program. The same case, algorithm, seed and budget give the same \
            tables to the byte, at any number of workers; exact.csv alone may depend on the machine, if \
            --exact-seconds ended the program. Every generation of a search is stored in the folder; stopped by Ctrl-C \
            or killed, it goes on with `resume`.
            Exit codes: 0 a proved answer, 65 wrong input, 69 no answer exists, 70 a check failed, 73 cannot write, 75 \
            the folder is in use, 130 stopped by Ctrl-C, 143 by a request to end.
            """)

    @OptionGroup var source: CaseOptions
    @Flag(help: "Solve sizes and operation as one program, without a search.")
    var exact = false
    @OptionGroup var exactly: ExactOptions
    @OptionGroup var solvers: SolverOptions
    @OptionGroup var search: SearchOptions
    @OptionGroup var result: ResultOptions

    func validate() throws {
        if exact, search.algorithm != nil {
            throw ValidationError("--exact needs no --algorithm. Take one of them out.")
        }
        if !exact, solvers.solver != .glpk {
            throw ValidationError("--solver is for the one program of --exact. Add --exact, or take it out.")
        }
    }

    func run() throws {
        try reporting {
            let started = Date()
            let limits = try exactly.limits
            let source = try source.read()
            let sizing = try SizingGame(source)
            // Without a size to decide there is nothing to search for.
            let settings = try exact || sizing.sizes.isEmpty ? nil : search.settings(source)
            let folder = try result.folder(source, settings?.folderName ?? "exact")
            if let settings {
                try StudyRun.begin(
                    source, .sizes(sizing, exactly: limits), settings, in: folder, startedAt: started,
                    printing: result.printing
                ).run()
            } else {
                let run = try SizingRun(
                    source: source, sizing: sizing, limits: limits, solver: solvers.external,
                    line: result.printing.progressLine)
                do {
                    try result.deliver(run.run(nil), to: folder, startedAt: started)
                } catch SizingFailure.noSizes(.infeasible) {
                    throw try sizing.infeasibility() ?? SizingFailure.noSizes(.infeasible)
                }
            }
        }
    }
}
