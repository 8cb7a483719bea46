import Foundation
import Metaheuristics
import TestSupport

@testable import Comparisons

/// Small suites and runs written by hand.
enum Handmade {
    static func folder<Result>(_ body: (URL) throws -> Result) throws -> Result {
        try TemporaryFolder.with { try body($0.appendingPathComponent("out")) }
    }

    static func suite(targets: [Double] = [10, 1, 0.1]) throws -> BenchmarkSuite {
        BenchmarkSuite(
            name: "small", title: "Small", version: 1, population: 10, evaluations: 200, targets: targets,
            problems: [
                BenchmarkProblem(name: "sphere-3", function: try TestProblem(.sphere, dimension: 3)),
                BenchmarkProblem(name: "ackley-2", function: try TestProblem(.ackley, dimension: 2)),
            ])
    }

    static func settings(
        algorithms: [String] = ["ga", "pso", "random"], seeds: Int = 4, workers: Int = 1
    ) -> ComparisonSettings {
        ComparisonSettings(algorithms: algorithms, seeds: seeds, population: 10, evaluations: 200, workers: workers)
    }

    static let identity = RunJournal.Identity(
        suite: "small", version: 1, checksum: "none", population: 10, evaluations: 200, program: "test")

    static func run(_ problem: String, _ algorithm: String, _ seed: UInt64, _ improvements: [(Int, Double)]) -> Run {
        Run(
            key: RunKey(problem: problem, algorithm: algorithm, seed: seed), evaluations: 200, failures: 0,
            best: improvements.last?.1, bestPoint: [0], last: 5,
            improvements: improvements.map { Run.Improvement(evaluation: $0.0, loss: $0.1) })
    }
}
