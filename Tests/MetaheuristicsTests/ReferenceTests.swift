import Testing

@testable import Metaheuristics

/// Medians beside other implementations: pymoo 0.6.2 for the genetic algorithm, pycma 4.5 for CMA-ES, SciPy for the
/// simplex, the authors' programs (checked in Octave) for gazelle and wind driven optimisation, independent ports for
/// the rest. Population 50, 10,000 evaluations, 10 dimensions, 15 seeds. `Scripts/check_with_reference.py` does it for
/// every function, also in 30 dimensions.
@Suite struct ReferenceTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let algorithm: String
        let function: TestFunction
        let median: Double
        let range: Double
        var seeds = 15
        var testDescription: String { "\(algorithm) on \(function)" }
    }

    static let rows = [
        Row(algorithm: "ga", function: .sphere, median: 0.0174995, range: 0.0143069),
        Row(algorithm: "ga", function: .rastrigin, median: 0.0111481, range: 0.012464),
        Row(algorithm: "ga", function: .griewank, median: 0.0713148, range: 0.0224827),
        // Spreads so widely that 15 seeds of one program may miss the quartiles of another.
        Row(algorithm: "pso", function: .schwefel12, median: 0.0216131, range: 0.0195777, seeds: 61),
        Row(algorithm: "pso", function: .rastrigin, median: 6.97315, range: 0.857387),
        Row(algorithm: "spso", function: .schwefel12, median: 0.0101245, range: 0.0131389),
        Row(algorithm: "spso", function: .rastrigin, median: 13.4004, range: 8.36146),
        Row(algorithm: "wdo", function: .schwefel12, median: 19.8104, range: 17.2183),
        Row(algorithm: "wdo", function: .rastrigin, median: 32.0946, range: 14.8829),
        Row(algorithm: "goa", function: .sphere, median: 10.9612, range: 6.42041),
        Row(algorithm: "goa", function: .rastrigin, median: 13.4657, range: 4.82751),
        Row(algorithm: "goa", function: .griewank, median: 1.06193, range: 0.163826),
        Row(algorithm: "goa-t", function: .schwefel12, median: 0.871325, range: 1.22011),
        Row(algorithm: "goa-t", function: .rastrigin, median: 3.87043, range: 1.74178),
        Row(algorithm: "de", function: .schwefel12, median: 0.0182549, range: 0.0206098),
        Row(algorithm: "de", function: .rastrigin, median: 32.3866, range: 3.587),
        Row(algorithm: "lshade", function: .schwefel12, median: 1.72138e-11, range: 4.20622e-11),
        Row(algorithm: "lshade", function: .rastrigin, median: 2.29505e-12, range: 1.48912e-11),
        Row(algorithm: "cma-es", function: .schwefel12, median: 1.58253e-11, range: 7.26225e-11),
        Row(algorithm: "cma-es", function: .rastrigin, median: 4.97479, range: 3.48236),
        Row(algorithm: "ipop-cma-es", function: .schwefel12, median: 1.91499e-14, range: 1.28286e-14),
        Row(algorithm: "ipop-cma-es", function: .rastrigin, median: 7.95967, range: 3.48235),
        Row(algorithm: "nelder-mead", function: .schwefel12, median: 3.11762e-17, range: 1.00519e-17),
        Row(algorithm: "compass", function: .schwefel12, median: 7.08929e-08, range: 2.45428e-08),
        Row(algorithm: "compass", function: .rastrigin, median: 15.9193, range: 6.53858),
    ]

    /// Not worse than the reference's median by more than its interquartile range.
    @Test(arguments: rows) func medianIsNotWorse(row: Row) throws {
        let algorithm = try #require(MetaheuristicRegistry.named(row.algorithm))
        let problem = try TestProblem(row.function, dimension: 10)
        let bests = (1...row.seeds).map { seed in
            Recorder.minimise(
                algorithm, in: problem.space, .init(population: 50, evaluations: 10_000, seed: UInt64(seed))
            ) {
                problem.value(at: $0)
            }.best
        }.sorted()
        print("\(row.algorithm) \(row.function): median \(bests[row.seeds / 2]), reference \(row.median)")
        #expect(bests[row.seeds / 2] <= row.median + row.range)
    }

    @Test(arguments: TestFunction.allCases, TestProblem.Placement.allCases)
    func functionsAreZeroAtTheirOptimumAndPositiveElsewhere(
        function: TestFunction, placement: TestProblem.Placement
    ) throws {
        for isRotated in [false, true] {
            let problem = try TestProblem(function, dimension: 7, isRotated: isRotated, placement: placement)
            #expect(abs(problem.value(at: problem.optimum)) < 1e-12)
            #expect(problem.value(at: problem.optimum.map { $0 + 0.3 }) > 0.01)
        }
    }

    /// A rotation keeps distances: the sphere does not see it, at any point.
    @Test func rotationIsOrthogonal() throws {
        let plain = try TestProblem(.sphere, dimension: 12)
        let rotated = try TestProblem(.sphere, dimension: 12, isRotated: true)
        var stream = RandomStream(seed: 4)
        for _ in 0..<50 {
            let point = plain.space.randomPoint(&stream)
            #expect(abs(plain.value(at: point) / rotated.value(at: point) - 1) < 1e-12)
        }
        let other = try TestProblem(.rosenbrock, dimension: 12)
        let turned = try TestProblem(.rosenbrock, dimension: 12, isRotated: true)
        #expect(other.value(at: other.space.upper) != turned.value(at: other.space.upper))
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
