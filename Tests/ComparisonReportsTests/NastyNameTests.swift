import Foundation
import ResultFiles
import TestSupport
import Testing

@testable import ComparisonReports
@testable import Comparisons
@testable import Metaheuristics

/// Names and titles are somebody else's text: in no format of the program are they commands.
@Suite struct NastyNameTests {
    /// A suite whose every name is an attack: its folder holds all formats, and in none do they bite.
    @Test func aComparisonWithNastyNames() throws {
        let names = ["a,b", "=1+1", "<script>x</script>", "../../out", "x|y", "\u{1B}[31m", "A/B", "a/b"]
        let suite = BenchmarkSuite(
            name: "x/../../pwned", title: "<b>=cmd</b> \\end{table} | ` \u{1B}]0;x\u{7}", version: 1, population: 5,
            evaluations: 20, targets: [1],
            problems: try names.map { BenchmarkProblem(name: $0, function: try TestProblem(.sphere, dimension: 2)) })
        let settings = ComparisonSettings(algorithms: ["ga", "random"], seeds: 2, population: 5, evaluations: 20)
        try TemporaryFolder.with { parent in
            let url = parent.appendingPathComponent("in/out")
            do {
                let folder = try ComparisonFolder(at: url.path, suite: suite, settings: settings)
                let report = ComparisonReport(try Comparison.run(suite, settings, journal: folder.journal))
                try folder.write(report)
                #expect(!report.summary.contains("\u{1B}"))
            }
            // What is stored is found again under its names, so that nothing is run twice.
            let journal = try ComparisonFolder(at: url.path, suite: suite, settings: settings).journal
            #expect(journal.runs.count == 2 * 2 * names.count && journal.seconds.count == journal.runs.count)
            #expect(try FileManager.default.contentsOfDirectory(atPath: parent.path) == ["in"])
            #expect(try FileManager.default.contentsOfDirectory(atPath: parent.path + "/in") == ["out"])
            let figures = try FileManager.default.contentsOfDirectory(atPath: url.path + "/figures")
            #expect(figures.count == 2 * names.count + 2 && Set(figures.map { $0.lowercased() }).count == figures.count)
            func text(_ file: String) throws -> String {
                try String(contentsOf: url.appendingPathComponent(file), encoding: .utf8)
            }
            for file in ["report.html", "report.md"] { #expect(try !text(file).contains("<script>"), "\(file)") }
            for file in try FileManager.default.subpathsOfDirectory(atPath: url.path) where file.hasSuffix(".csv") {
                let csv = try ResultTable(file: file, text: text(file))
                #expect(csv.texts.allSatisfy { $0.count == csv.header.count })
                #expect(try !text(file).contains("\n=") && !text(file).contains(",="))
            }
            let latex = try text("tables.tex")
            #expect(
                latex.components(separatedBy: "\\end{table}").count
                    == latex.components(separatedBy: "\\begin{table}").count)
            #expect(try ReportPage(comparison: ResultRecord(folder: url)).text == text("report.html"))
        }
    }
}
