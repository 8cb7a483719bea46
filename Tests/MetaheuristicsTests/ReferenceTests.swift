import Testing

@testable import Metaheuristics

/// Medians beside other implementations: pymoo 0.6.2 for the genetic algorithm, the authors' program (checked in Octave) for
/// gazelle optimisation. Population 50, 10,000 evaluations, 10 dimensions, 15 seeds.
@Suite struct ReferenceTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let algorithm: String
        let function: TestFunction
        let median: Double
        let range: Double
        var testDescription: String { "\(algorithm) on \(function)" }
    }

    static let rows = [
        Row(algorithm: "ga", function: .sphere, median: 0.0175, range: 0.0143),
        Row(algorithm: "ga", function: .rastrigin, median: 0.01115, range: 0.01246),
        Row(algorithm: "ga", function: .griewank, median: 0.0713, range: 0.0225),
        Row(algorithm: "goa", function: .sphere, median: 10.96, range: 6.42),
        Row(algorithm: "goa", function: .rastrigin, median: 13.47, range: 4.83),
        Row(algorithm: "goa", function: .griewank, median: 1.062, range: 0.164),
    ]

    /// Not worse than the reference's median by more than its interquartile range.
    @Test(arguments: rows) func medianIsNotWorse(row: Row) throws {
        let algorithm = try #require(MetaheuristicRegistry.named(row.algorithm))
        let space = try row.function.space(dimension: 10)
        let optimum = row.function.optimum(dimension: 10)
        let bests = (1...15).map { seed in
            Recorder.minimise(algorithm, in: space, .init(population: 50, evaluations: 10_000, seed: UInt64(seed))) {
                row.function.value(at: $0, optimum: optimum)
            }.best
        }.sorted()
        print("\(row.algorithm) \(row.function): median \(bests[7]), reference \(row.median)")
        #expect(bests[7] <= row.median + row.range)
    }

    @Test(arguments: TestFunction.allCases) func functionsAreZeroAtTheirOptimumAndPositiveElsewhere(
        function: TestFunction
    ) {
        let optimum = function.optimum(dimension: 7)
        #expect(abs(function.value(at: optimum, optimum: optimum)) < 1e-12)
        #expect(function.value(at: optimum.map { $0 + 0.3 }, optimum: optimum) > 0.01)
    }

    @Test func wrongBoxesAreRefused() {
        #expect(throws: SearchSpaceError.empty) { try SearchSpace(lower: [], upper: []) }
        #expect(throws: SearchSpaceError.unequalLengths(lower: 1, upper: 2)) {
            try SearchSpace(lower: [0], upper: [1, 2])
        }
        #expect(throws: SearchSpaceError.notFinite(coordinate: 1)) {
            try SearchSpace(lower: [0, .nan], upper: [1, 2])
        }
        #expect(throws: SearchSpaceError.crossed(coordinate: 0, lower: 2, upper: 1)) {
            try SearchSpace(lower: [2], upper: [1])
        }
    }
}
