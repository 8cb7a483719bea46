import ArgumentParser
import Reports
import ResultFiles

/// What a result prints.
struct PrintOptions: ParsableArguments {
    @Flag(help: "Print the result as JSON.")
    var json = false
    @Flag(help: "Print errors only.")
    var quiet = false

    var progressLine: ProgressLine { ProgressLine(isShown: !quiet, isQuietOnTerminal: json) }

    /// Prints a result that is written, and ends with the code for a failed check if one fails.
    func show(_ result: some RunResult, in folder: ResultFolder) throws {
        if json {
            print(JSONText.adding("folder", folder.url.relativePath, to: result.json))
        } else if !quiet {
            print(result.summary)
            print("Tables: \(folder.url.relativePath)")
            print("Page:   \(folder.url.relativePath)/\(ReportPage.file)")
        }
        guard result.verdicts.allSatisfy(\.holds) else {
            for verdict in result.verdicts where !verdict.holds {
                complain("not proved: \(verdict.name): \(verdict.detail)")
            }
            throw ExitCode(ExitCodes.notProved)
        }
    }
}
