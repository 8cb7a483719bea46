import Comparisons
import Disk
import Foundation
import LinearModels

/// The folder of a comparison: its journal while it runs, tables, figures, a report and a page at its end.
///
/// Equal comparisons give equal bytes, however often they were interrupted and on however many threads they ran; times stand in
/// `times.csv` and `manifest.json` alone.
public struct ComparisonFolder {
    public let journal: RunJournal
    private var url: URL { journal.folder }

    /// Opens the folder of a comparison, or begins one.
    public init(at path: String, suite: BenchmarkSuite, settings: ComparisonSettings) throws {
        let inputs = suite.inputFiles.map { Checksum.sha256((try? Data(contentsOf: $0)) ?? Data()) }
        journal = try RunJournal(
            URL(fileURLWithPath: path),
            RunJournal.Identity(
                suite: suite.name, version: suite.version,
                checksum: Checksum.sha256(Data(inputs.joined(separator: "\n").utf8)), population: settings.population,
                evaluations: settings.evaluations, program: Version.number))
    }

    public func write(_ report: ComparisonReport) throws {
        let analysis = report.analysis
        for (file, table) in ComparisonTables(analysis: analysis).all { try write(table.text, to: file) }
        try write(report.markdown, to: "report.md")
        try write(report.latex, to: "tables.tex")
        // Files of a former selection of algorithms would be taken for this one's.
        for folder in ["figures", "iohprofiler"] {
            try journal.removeTree(folder)
        }
        for figure in ComparisonFigures(report: report).all {
            try write(figure.svg, to: "figures/\(figure.file).svg")
        }
        for (path, text) in IOHProfilerExport(comparison: analysis.comparison).files {
            try write(text, to: "iohprofiler/\(path)")
        }
        try writeManifest(analysis.comparison)
        try write(ReportPage(folder: url).text, to: ReportPage.file)
    }

    private func writeManifest(_ comparison: Comparison) throws(DiskError) {
        struct Manifest: Encodable {
            var program = "stackelberg"
            var version = Version.number
            var solver = "GLPK \(SolverSession.solverVersion)"
            var suite: String
            var suiteVersion: Int
            var algorithms: [String]
            var reference: String
            var seeds: Int
            var population: Int
            var evaluations: Int
            var runs: Int
            var processorSeconds: Double
            var finishedAt = Date().formatted(.iso8601)
        }
        let settings = comparison.settings
        let manifest = Manifest(
            suite: comparison.suite.name, suiteVersion: comparison.suite.version, algorithms: settings.algorithms,
            reference: settings.reference, seeds: settings.seeds, population: settings.population,
            evaluations: settings.evaluations, runs: comparison.runs.count,
            processorSeconds: comparison.seconds.reduce(0) { $0 + ($1.isFinite ? $1 : 0) })
        try write(JSONText.of(manifest) + "\n", to: "manifest.json")
    }

    private func write(_ text: String, to file: String) throws(DiskError) {
        try journal.write(Data(text.utf8), to: file)
    }
}
