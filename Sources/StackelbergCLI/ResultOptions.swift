import ArgumentParser
import CaseFiles
import Foundation
import Reports
import Studies

/// Where a result goes.
struct ResultOptions: ParsableArguments {
    @Option(help: "Folder for the tables; it must be new or empty. Else results/CASE-VARIANT-… with what made it.")
    var output: String?
    @Flag(help: "Print the result as JSON.")
    var json = false
    @Flag(help: "Print nothing but errors.")
    var quiet = false

    var progressLine: ProgressLine { ProgressLine(isShown: !quiet && !json) }

    /// The folder that was named, or one that names case, variant and what makes the result.
    func folder(_ source: Case, _ maker: String) throws -> ResultFolder {
        if let output { return try ResultFolder(at: output) }
        let variant = source.variant.map { "-\($0)" } ?? ""
        return try ResultFolder(in: "results", name: "\(source.name)\(variant)-\(maker)")
    }

    /// Writes the folder, prints, and ends with the code for a failed check where one fails.
    func deliver(_ result: some RunResult, to folder: ResultFolder, startedAt: Date) throws {
        try folder.write(result, startedAt: startedAt)
        if json {
            print(result.json)
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

extension StudySettings {
    /// Algorithm and seed, for the name of a folder.
    var folderName: String { "\(algorithm)-s\(seed)" }
}
