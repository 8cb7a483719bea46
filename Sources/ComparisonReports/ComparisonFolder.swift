import Comparisons
import Disk
import Foundation
import ResultFiles
import Studies

/// The folder of a comparison: its journal while it runs, tables, figures, a report and a page at its end.
///
/// Equal comparisons give equal bytes, however often they were interrupted and on however many threads they ran; times
/// stand in `times.csv` and `manifest.json` alone.
public struct ComparisonFolder {
    public let journal: RunJournal

    /// Opens the folder of a comparison, or begins one.
    ///
    /// - Parameters:
    ///   - part: that the folder is for; nil for the whole.
    ///   - merged: folders of all parts, whose runs it takes over; none where they are to be made. What is wrong with
    ///     them is found before a folder is made for the whole.
    public init(
        at path: String, suite: BenchmarkSuite, settings: ComparisonSettings, part: WorkPart? = nil,
        merging merged: [String] = []
    ) throws {
        let inputs = suite.inputFiles.map { Checksum.sha256((try? Data(contentsOf: $0)) ?? Data()) }
        var identity = RunJournal.Identity(
            suite: suite.name, version: suite.version,
            checksum: Checksum.sha256(Data(inputs.joined(separator: "\n").utf8)), population: settings.population,
            evaluations: settings.evaluations, program: Version.number)
        identity.part = part.map { RunJournal.Part($0, of: settings) }
        let parts = merged.isEmpty ? nil : try RunParts(merged, of: identity, suite, settings)
        journal = try RunJournal(URL(fileURLWithPath: path), identity)
        try parts?.enter(journal)
    }

    public func write(_ report: ComparisonReport) throws {
        let analysis = report.analysis
        let tables = ComparisonTables(analysis: analysis).all
        // Files of a former selection of algorithms would be taken for this one's.
        for former in [RankTable.file, PairTable.file, "figures", "iohprofiler"] { try journal.removeTree(former) }
        for table in tables { try write(table.text, to: table.file) }
        try write(report.markdown, to: "report.md")
        try write(report.latex, to: "tables.tex")
        for figure in ComparisonFigures(report: report).all {
            try write(figure.svg, to: "figures/\(figure.file).svg")
        }
        for (path, text) in IOHProfilerExport(comparison: analysis.comparison).files {
            try write(text, to: "iohprofiler/\(path)")
        }
        let manifest = Self.manifest(analysis.comparison)
        try write(manifest.json, to: Manifest.file)
        let page = try ReportPage(comparison: ResultRecord(tables: tables, manifest: manifest))
        try write(page.text, to: ReportPage.file)
    }

    private static func manifest(_ comparison: Comparison) -> Manifest {
        let settings = comparison.settings
        var manifest = Manifest()
        manifest.suite = comparison.suite.name
        manifest.suiteVersion = comparison.suite.version
        let rules = comparison.suite.tieRules
        manifest.tieRules = rules.isEmpty ? nil : rules
        manifest.algorithms = settings.algorithms
        manifest.reference = settings.reference
        manifest.seeds = settings.seeds
        manifest.population = settings.population
        manifest.evaluations = settings.evaluations
        manifest.runs = comparison.runs.count
        manifest.processorSeconds = comparison.seconds.reduce(0) { $0 + ($1.isFinite ? $1 : 0) }
        manifest.finishedAt = Date().formatted(.iso8601)
        return manifest
    }

    private func write(_ text: String, to file: String) throws(DiskError) {
        try journal.write(Data(text.utf8), to: file)
    }
}
