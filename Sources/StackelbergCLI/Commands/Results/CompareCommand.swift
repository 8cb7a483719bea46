import ArgumentParser
import ComparisonReports
import Comparisons
import Disk
import Foundation
import Games
import ResultFiles
import Studies

struct CompareCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract: "Compares metaheuristics on a benchmark suite, with statistics.",
        discussion: """
            Example: stackelberg compare data/benchmarks/pricing.yaml --algorithms ga,pso,wdo,goa --seeds 30

            Every run spends the same counted budget; equal seeds share their first population. The folder then \
            contains tidy tables, a report in Markdown, tables for LaTeX, figures as SVG and the runs in IOHprofiler's \
            format. After a stop, the same command continues, and ends with the same bytes. More algorithms or seeds \
            in the same folder make only the runs that are new.
            Parts may be made apart, on other machines too, and merged: the same command with --part 1/8 to 8/8, and then \
            with --merge and the folders. `cluster` writes the scripts for that.
            Exit codes: 0 done, 65 wrong input, 69 a problem has no answer, 73 cannot write, 75 the folder is in use.
            """)

    @Argument(help: "The suite's YAML file.", completion: .file(extensions: ["yaml"]))
    var suite: String
    @Option(
        help:
            """
            Names separated by commas, also with '+polish' appended; default: all of \
            \(SearchRegistry.names.joined(separator: ",")).
            """
    )
    var algorithms: String?
    @Option(help: "Runs per algorithm and problem, with seeds from 1 on.")
    var seeds: TypedNumber = 30
    @Option(help: "Evaluations per run; default: the suite's own.")
    var evaluations: TypedNumber?
    @Option(help: "Points per generation; default: the suite's own.")
    var population: TypedNumber?
    @Option(help: "The algorithm that the others are tested against; default: lshade if it takes part, else the first.")
    var reference: String?
    @Option(help: "Threads, or 'auto' for one per core.")
    var workers = "auto"
    @OptionGroup var parts: PartOptions
    @Option(help: "Folder of the comparison; default: results/compare-SUITE, for a part with -part-I-of-N.")
    var output: String?
    @Flag(help: "Print errors only.")
    var quiet = false

    func settings(_ suite: BenchmarkSuite) throws -> ComparisonSettings {
        let settings = ComparisonSettings(
            algorithms: algorithms == nil ? Comparison.defaultAlgorithms(for: suite) : algorithmNames(algorithms),
            seeds: try seeds.count("--seeds", in: SearchLimits.seeds),
            population: try population?.count("--population", in: SearchLimits.population) ?? suite.population,
            evaluations: try evaluations?.count("--evaluations", in: SearchLimits.evaluations) ?? suite.evaluations,
            reference: reference, workers: try workerCount(workers))
        try settings.check()
        return settings
    }

    static func folder(of suite: BenchmarkSuite, _ part: WorkPart? = nil) -> String {
        "results/compare-\(FileName.of(suite.name))\(part.map { "-\($0.folderName)" } ?? "")"
    }

    func run() throws {
        try reporting {
            let suite = try BenchmarkSuite.read(URL(fileURLWithPath: suite))
            let settings = try settings(suite)
            let part = try parts.chosen
            let path = output ?? Self.folder(of: suite, part)
            let folder = try ComparisonFolder(
                at: path, suite: suite, settings: settings, part: part, merging: parts.merge)
            let line = ProgressLine(isShown: !quiet)
            if let part {
                let count = try Comparison.makePart(suite, settings, journal: folder.journal) { line.show($0) }
                line.clear()
                if !quiet { print("Part \(part), done: \(count) runs\nPart:   \(path)") }
                return
            }
            let comparison = try Comparison.run(suite, settings, journal: folder.journal) { line.show($0) }
            line.clear()
            let report = ComparisonReport(comparison)
            try folder.write(report)
            if !quiet {
                print(report.summary)
                print("Report: \(path)/report.md, and as a page \(path)/\(ReportPage.file)")
            }
        }
    }
}
