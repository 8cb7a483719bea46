import ArgumentParser
import Reports
import ResultFiles
import Studies

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
        try check(result)
    }

    /// The same for a part of a sweep, which has no tables yet.
    func show(_ points: SweepResult, _ part: WorkPart, in folder: ResultFolder) throws {
        let path = folder.url.relativePath
        if json {
            print(JSONText.of(PartOfSweep(part: part, points: points.points.count, folder: path)))
        } else if !quiet {
            print("Part \(part), done: \(points.points.count) points\nPart:   \(path)")
        }
        try check(points)
    }

    private struct PartOfSweep: Codable {
        let part: WorkPart
        let points: Int
        let folder: String
    }

    private func check(_ result: some RunResult) throws {
        guard result.verdicts.allSatisfy(\.holds) else {
            for verdict in result.verdicts where !verdict.holds {
                complain("not proved: \(verdict.name): \(verdict.detail)")
            }
            throw ExitCode(ExitCodes.notProved)
        }
    }
}
