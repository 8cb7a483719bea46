import ArgumentParser
import CaseFiles
import Foundation
import Reports
import Studies

/// The folder for a result.
struct ResultOptions: ParsableArguments {
    @Option(help: "Folder for the tables, new or empty; default: results/CASE-VARIANT-…, with algorithm and seed.")
    var output: String?
    @OptionGroup var printing: PrintOptions

    /// The folder that was named, or one with the names of case, variant, algorithm and seed.
    func folder(_ source: Case, _ maker: String) throws -> ResultFolder {
        if let output { return try ResultFolder(at: output) }
        return try ResultFolder(in: Self.parent, name: name(source, maker))
    }

    /// The journal of a sweep in its folder, found in the same way.
    func journal(_ source: Case, _ maker: String, _ card: SweepJournal.Card) throws -> SweepJournal {
        if let output { return try SweepJournal(at: output, card) }
        return try SweepJournal(in: Self.parent, name: name(source, maker), card)
    }

    private static let parent = "results"

    private func name(_ source: Case, _ maker: String) -> String {
        "\(source.name)\(source.variant.map { "-\($0)" } ?? "")-\(maker)"
    }

    /// Writes the folder, prints, and ends with the code for a failed check if one fails.
    func deliver(_ result: some RunResult, to folder: ResultFolder, startedAt: Date) throws {
        try folder.write(result, startedAt: startedAt)
        try printing.show(result, in: folder)
    }
}

extension StudySettings {
    /// Algorithm and seed, for the name of a folder.
    var folderName: String { "\(algorithm)-s\(seed)" }
}
