import ArgumentParser
import CaseFiles
import Foundation
import Reports
import Studies

struct SizeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "size",
        abstract: "Finds the sizes of devices that cost least a year, investment and operation of typical days.",
        discussion: """
            Example: stackelberg size my-plant --algorithm goa --seed 7; stackelberg size my-plant --exact

            The case gives ranges, as capacity: {min: 0, max: 1 MW}, typical days, and what devices cost. What a search finds is proved \
            again from nothing, and printed with its distance to the optimum of sizes and operation as one mixed-integer program. The \
            same case, algorithm, seed and budget give the same tables to the byte, at any number of workers; exact.csv alone may depend \
            on the machine, where --exact-seconds ended the program.
            Exit codes: 0 a proved answer, 65 wrong input, 69 no answer exists, 70 a check failed, 73 cannot write.
            """)

    @OptionGroup var source: CaseOptions
    @Flag(help: "Solve sizes and operation as one program, without a search.")
    var exact = false
    @OptionGroup var exactly: ExactOptions
    @OptionGroup var search: SearchOptions
    @OptionGroup var result: ResultOptions

    func validate() throws {
        if exact, search.algorithm != nil {
            throw ValidationError("--exact needs no --algorithm. Take one of them out.")
        }
    }

    func run() throws {
        try reporting {
            let started = Date()
            let source = try source.read()
            let sizing = try SizingGame(source)
            // Without a size to decide there is nothing to search for.
            let settings = try exact || sizing.sizes.isEmpty ? nil : search.settings(source)
            let folder = try result.folder(source, settings?.folderName ?? "exact")
            let found: SizingResult
            do {
                found = try SizingRun(
                    source: source, sizing: sizing, limits: exactly.limits, line: result.progressLine
                ).run(settings)
            } catch SizingFailure.noSizes(.infeasible) {
                throw try sizing.infeasibility() ?? SizingFailure.noSizes(.infeasible)
            } catch let error as StudyError where error.isWithoutAnswer {
                throw try sizing.infeasibility() ?? error
            }
            try result.deliver(found, to: folder, startedAt: started)
        }
    }
}
