import Comparisons
import Foundation
import Metaheuristics
import ResultFiles
import TestSupport
import Testing

@testable import ComparisonReports

@Suite struct ComparisonReportTests {
    static func suite() throws -> BenchmarkSuite {
        BenchmarkSuite(
            name: "small", title: "Small & fine", version: 1, population: 10, evaluations: 150, targets: [10, 0.1],
            problems: [
                BenchmarkProblem(name: "sphere-3", function: try TestProblem(.sphere, dimension: 3)),
                BenchmarkProblem(name: "ackley_2", function: try TestProblem(.ackley, dimension: 2)),
            ])
    }

    /// Runs a comparison, writes its folder, and gives it to the body.
    static func written<Result>(workers: Int = 1, _ body: (URL, Comparison) throws -> Result) throws -> Result {
        try TemporaryFolder.with { parent in
            let url = parent.appendingPathComponent("out")
            let suite = try suite()
            let settings = ComparisonSettings(
                algorithms: ["ga", "goa", "random"], seeds: 3, population: 10, evaluations: 150, workers: workers)
            let folder = try ComparisonFolder(at: url.path, suite: suite, settings: settings)
            let comparison = try Comparison.run(suite, settings, journal: folder.journal)
            try folder.write(ComparisonReport(comparison))
            return try body(url, comparison)
        }
    }

    static func files(_ folder: URL) throws -> [String: Data] {
        let paths = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
        var files: [String: Data] = [:]
        for path in paths where !["manifest.json", "times.csv"].contains(path) {
            let url = folder.appendingPathComponent(path)
            var isFolder: ObjCBool = false
            _ = FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder)
            if !isFolder.boolValue { files[path] = try Data(contentsOf: url) }
        }
        return files
    }

    /// Everything but times: the same on one thread and on three.
    @Test func equalComparisonsGiveEqualBytes() throws {
        let one = try Self.written { folder, _ in try Self.files(folder) }
        let three = try Self.written(workers: 3) { folder, _ in try Self.files(folder) }
        #expect(one == three)
        #expect(one.count > 20)
    }

    @Test func tablesHoldTheRuns() throws {
        try Self.written { folder, comparison in
            let final = try String(contentsOf: folder.appendingPathComponent("final.csv"), encoding: .utf8)
            let rows = final.split(separator: "\n").map { $0.split(separator: ",", omittingEmptySubsequences: false) }
            #expect(rows.count == 1 + comparison.runs.count)
            for (row, run) in zip(rows.dropFirst(), comparison.runs) {
                #expect(row[0] == run.key.problem && row[1] == run.key.algorithm && row[2] == "\(run.key.seed)")
                let value = try #require(Double(row[3]))
                #expect(abs(value - (run.best ?? .nan)) <= 1e-9 * abs(value))
            }
            let report = try String(contentsOf: folder.appendingPathComponent("report.md"), encoding: .utf8)
            for text in ["# Small & fine", "goa\\*", "sphere-3", "figures/runtime.svg"] {
                #expect(report.contains(text))
            }
            let latex = try String(contentsOf: folder.appendingPathComponent("tables.tex"), encoding: .utf8)
            #expect(latex.contains("Small \\& fine") && latex.contains("ackley\\_2"))
            #expect(
                latex.components(separatedBy: "\\begin{tabular}").count
                    == latex.components(separatedBy: "\\end{tabular}").count)
        }
    }

    @Test func aPageOfAComparisonShowsRanksAndProblems() throws {
        try Self.written { folder, _ in
            #expect(try ResultRecord(folder: folder).isComparison)
            let written = try String(contentsOf: folder.appendingPathComponent(ReportPage.file), encoding: .utf8)
            #expect(try ReportPage(comparison: ResultRecord(folder: folder)).text == written)
            let page = PageReader(written)
            #expect(page.error == nil && page.dangers.isEmpty)
            #expect(page.all("h2").map(\.text) == ["Outcome", "All problems", "Each problem"])
            // Two figures a problem, and the runtime; the diagram of ranks only with a critical difference.
            #expect(page.all("figure").count >= 5)
            #expect(page.downloads["final-sphere-3.csv"] != nil && page.downloads["convergence-ackley_2.svg"] != nil)
        }
    }

    @Test func everyFigureIsWhole() throws {
        try Self.written { folder, _ in
            let figures = try Self.files(folder).filter { $0.key.hasPrefix("figures/") }
            // Runtime, ranks, and two per problem.
            #expect(figures.count == 6)
            for (_, data) in figures {
                let text = String(decoding: data, as: UTF8.self)
                #expect(text.contains("<svg") && text.contains("</svg>") && text.contains("random"))
            }
        }
    }

    /// The rules that readers of IOHprofiler's format impose, from its documentation.
    @Test func profilerFilesKeepTheRules() throws {
        try Self.written { folder, comparison in
            let root = folder.appendingPathComponent("iohprofiler")
            var blocks = 0
            for algorithm in comparison.settings.algorithms {
                for (p, problem) in comparison.suite.problems.enumerated() {
                    let name = problem.name.replacingOccurrences(of: "_", with: "-")
                    let card = root.appendingPathComponent("\(algorithm)/IOHprofiler_f\(p + 1)_\(name).json")
                    let json = try #require(
                        JSONSerialization.jsonObject(with: Data(contentsOf: card)) as? [String: Any])
                    #expect(json["version"] as? String == "0.3.22" && json["maximization"] as? Bool == false)
                    #expect(json["function_id"] as? Int == p + 1)
                    #expect(json["attributes"] as? [String] == ["evaluations", "raw_y"])
                    let scenario = try #require((json["scenarios"] as? [[String: Any]])?.first)
                    let path = try #require(scenario["path"] as? String)
                    let runs = try #require(scenario["runs"] as? [[String: Any]])
                    let data = try String(
                        contentsOf: root.appendingPathComponent("\(algorithm)/\(path)"), encoding: .utf8)
                    let parts = data.components(separatedBy: "evaluations raw_y\n").dropFirst()
                    #expect(parts.count == runs.count && runs.count == 3)
                    for (part, run) in zip(parts, runs) {
                        blocks += 1
                        let rows = part.split(separator: "\n").map {
                            $0.split(separator: " ").compactMap { Double($0) }
                        }
                        #expect(rows.allSatisfy { $0.count == 2 && $0[1].isFinite })
                        #expect(rows.first?[0] == 1 && rows.last?[0] == 150)
                        #expect(zip(rows, rows.dropFirst()).allSatisfy { $0[0] < $1[0] })
                        let best = try #require(run["best"] as? [String: Any])
                        #expect(Set(best.keys) == ["evals", "y", "x"])
                        let y = try #require(best["y"] as? Double)
                        let least = rows.map { $0[1] }.min() ?? .nan
                        #expect(abs(least - y) <= 1e-9 * abs(y))
                        #expect((best["x"] as? [Double])?.count == problem.dimension)
                        #expect(run["seed"] as? Int != nil && run["instance"] as? Int == 1)
                    }
                }
            }
            #expect(blocks == 18)
        }
    }
}

@Suite struct ReportTableTests {
    private let table = ReportTable(
        title: "50 % of a_b", header: ["name", "x"], rows: [["a|b", .init("1", isBest: true)], ["c_d", "∞"]])

    @Test func markdown() {
        #expect(table.markdown == "| name | x |\n| --- | ---: |\n| a\\|b | **1** |\n| c\\_d | ∞ |\n")
    }

    @Test func latex() {
        let expected = """
            \\begin{table}
            \\centering
            \\caption{50 \\% of a\\_b}
            \\begin{tabular}{lr}
            \\hline
            name & x \\\\
            \\hline
            a|b & \\textbf{1} \\\\
            c\\_d & $\\infty$ \\\\
            \\hline
            \\end{tabular}
            \\end{table}

            """
        #expect(table.latex == expected)
    }

    @Test func text() { #expect(table.text == "  name  x\n  a|b   1\n  c_d   ∞\n") }
}
