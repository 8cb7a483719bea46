import Comparisons
import Disk
import Foundation
import Studies
import Writing

/// A comparison in the format of IOHprofiler, so that IOHanalyzer and IOHinspector open it.
///
///     <algorithm>/IOHprofiler_f<id>_<name>.json
///     <algorithm>/data_f<id>_<name>/IOHprofiler_f<id>_DIM<d>.dat
///
/// Every problem is a function, numbered by its place in the suite; every seed is a run. All problems are minimised:
/// `raw_y` of a price problem is the payoff's negative. A row of a `.dat` file is an improvement; the first and the
/// last evaluation always have one.
struct IOHProfilerExport {
    let comparison: Comparison

    /// Readers choose their parser by the version of the writer's format.
    static let formatVersion = "0.3.22"
    /// What stands for an evaluation without a value: readers refuse infinities.
    static let penalty = 1e30

    /// Paths with their text.
    var files: [(path: String, text: String)] {
        comparison.suite.problems.indices.flatMap { p in
            comparison.settings.algorithms.indices.flatMap { a in files(p, a) }
        }
    }

    private func files(_ p: Int, _ a: Int) -> [(path: String, text: String)] {
        let problem = comparison.suite.problems[p]
        let algorithm = comparison.settings.algorithms[a]
        // The readers cut file names at underscores and blanks.
        let name = String(FileName.of(problem.name).map { $0.isLetter || $0.isNumber ? $0 : "-" })
        let stem = "f\(p + 1)_\(name)"
        let data = "data_\(stem)/IOHprofiler_f\(p + 1)_DIM\(problem.dimension).dat"
        let runs = comparison.runs(p, a)
        let card = Card(
            version: Self.formatVersion, suite: comparison.suite.name, functionID: p + 1, functionName: name,
            maximization: false,
            algorithm: .init(name: algorithm, info: SearchRegistry.named(algorithm)?.title ?? algorithm),
            experimentAttributes: [
                ["population": "\(comparison.settings.population)"], ["budget": "\(comparison.settings.evaluations)"],
            ],
            runAttributes: ["seed"], attributes: ["evaluations", "raw_y"],
            scenarios: [
                .init(
                    dimension: problem.dimension, path: data,
                    runs: runs.map { run in
                        .init(
                            instance: 1, evals: run.evaluations,
                            best: .init(
                                evals: run.improvements.last?.evaluation ?? run.evaluations,
                                y: run.best ?? Self.penalty,
                                x: run.bestPoint.isEmpty ? Array(repeating: 0, count: problem.dimension) : run.bestPoint
                            ),
                            seed: run.key.seed)
                    })
            ])
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let json = (try? encoder.encode(card)).map { String(decoding: $0, as: UTF8.self) } ?? ""
        return [
            ("\(algorithm)/IOHprofiler_\(stem).json", json + "\n"),
            ("\(algorithm)/\(data)", runs.map(Self.block).joined()),
        ]
    }

    /// One run: header, first evaluation, improvements, last evaluation.
    private static func block(_ run: Run) -> String {
        var rows = run.improvements.map { ($0.evaluation, $0.loss) }
        if rows.first?.0 != 1 { rows.insert((1, penalty), at: 0) }
        if rows.last?.0 != run.evaluations { rows.append((run.evaluations, run.last ?? penalty)) }
        return "evaluations raw_y\n"
            + rows.map { "\($0.0) \(NumberText.significant($0.1, digits: 10))\n" }.joined()
    }

    private struct Card: Encodable {
        var version: String
        var suite: String
        var functionID: Int
        var functionName: String
        var maximization: Bool
        var algorithm: Algorithm
        var experimentAttributes: [[String: String]]
        var runAttributes: [String]
        var attributes: [String]
        var scenarios: [Scenario]

        enum CodingKeys: String, CodingKey {
            case version, suite, maximization, algorithm, attributes, scenarios
            case functionID = "function_id"
            case functionName = "function_name"
            case experimentAttributes = "experiment_attributes"
            case runAttributes = "run_attributes"
        }

        struct Algorithm: Encodable {
            var name: String
            var info: String
        }
        struct Scenario: Encodable {
            var dimension: Int
            var path: String
            var runs: [Run]
        }
        struct Run: Encodable {
            var instance: Int
            var evals: Int
            var best: Best
            var seed: UInt64
        }
        struct Best: Encodable {
            var evals: Int
            var y: Double
            var x: [Double]
        }
    }
}
