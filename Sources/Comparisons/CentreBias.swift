import Foundation
import Metaheuristics
import Statistics
import Studies

/// Whether an algorithm has a favourite place, measured in two ways.
///
/// *Placements* (Kudela 2022, extended): the same functions in the same boxes, their optimum put into the centre or
/// elsewhere. The ratio of mean final errors, elsewhere over centre, in the geometric mean over functions; above 10 the
/// centre is a gift. Near bounds and corners the same ratio shows trouble with bounds. Errors below 1e-10 count as
/// 1e-10, where differences are luck.
///
/// *Noise* (Kononova et al. 2015): values are random numbers, so that the best points of many runs should lie anywhere
/// alike. Each coordinate is tested for that by Kolmogorov's test, corrected by Holm.
public struct CentreBias: Sendable {
    public let algorithm: String
    /// Error ratio of each placement to the centre.
    public let ratios: [TestProblem.Placement: Double]
    /// Coordinates whose final places reject uniformity at 1 %, of ``dimension``.
    public let rejected: Int
    /// Mean distance of final places from the centre of the box; 0.25 where they lie anywhere alike, 0.5 on the bounds.
    public let deviation: Double
    /// Share of final places on a bound.
    public let onBounds: Double

    public static let dimension = 10
    static let population = 50
    static let errorFloor = 1e-10
    static let threshold = 10.0

    /// Whether an optimum in the centre is a gift.
    public var favoursCentre: Bool { (ratios[.shifted] ?? 1) > Self.threshold }

    /// What is measured, and how long.
    struct Extent {
        var functions = TestFunction.allCases
        var placements = TestProblem.Placement.allCases.filter { $0 != .centre }
        var evaluations = 10_000
        var noiseEvaluations = 5_000
    }

    /// - Parameters:
    ///   - seeds: runs a function and placement.
    ///   - noiseRuns: runs on noise; 100 at least for a test with any power.
    public init(of entry: MetaheuristicRegistry.Entry, seeds: Int, noiseRuns: Int) throws {
        try self.init(of: entry, seeds: seeds, noiseRuns: noiseRuns, Extent())
    }

    init(of entry: MetaheuristicRegistry.Entry, seeds: Int, noiseRuns: Int, _ extent: Extent) throws {
        algorithm = entry.name
        var logarithms: [TestProblem.Placement: Double] = [:]
        for function in extent.functions {
            func error(_ placement: TestProblem.Placement) throws -> Double {
                let problem = try TestProblem(function, dimension: Self.dimension, placement: placement)
                return Self.meanError(entry, on: problem, seeds: seeds, evaluations: extent.evaluations)
            }
            let centre = try error(.centre)
            for placement in extent.placements {
                logarithms[placement, default: 0] += log(try error(placement) / centre)
            }
        }
        ratios = logarithms.mapValues { exp($0 / Double(extent.functions.count)) }

        let places = try (0..<noiseRuns).map {
            try Self.placeInNoise(entry, seed: UInt64($0 + 1), evaluations: extent.noiseEvaluations)
        }
        let pValues = (0..<Self.dimension).map { j in UniformityTest(places.map { $0[j] }).pValue }
        rejected = holm(pValues).count { $0 < 0.01 }
        let all = places.joined()
        deviation = all.reduce(0) { $0 + abs($1 - 0.5) } / Double(max(1, all.count))
        onBounds = Double(all.count { $0 == 0 || $0 == 1 }) / Double(max(1, all.count))
    }

    private static func meanError(
        _ entry: MetaheuristicRegistry.Entry, on problem: TestProblem, seeds: Int, evaluations: Int
    ) -> Double {
        let total = (1...UInt64(seeds)).reduce(0) { sum, seed in
            let recorder = Recorder.minimise(
                entry, in: problem.space, .init(population: population, evaluations: evaluations, seed: seed),
                problem.value)
            return sum + max(errorFloor, recorder.best)
        }
        return total / Double(seeds)
    }

    private static func placeInNoise(
        _ entry: MetaheuristicRegistry.Entry, seed: UInt64, evaluations: Int
    ) throws -> [Double] {
        let space = try SearchSpace(
            lower: Array(repeating: 0, count: dimension), upper: Array(repeating: 1, count: dimension))
        var noise = RandomStream(seed: seed, path: [0x4E4F_4953])
        return Recorder.minimise(
            entry, in: space, .init(population: population, evaluations: evaluations, seed: seed)
        ) { _ in noise.uniform() }.bestPoint
    }

    /// Several algorithms, shared over threads.
    public static func measure(
        _ entries: [MetaheuristicRegistry.Entry], seeds: Int, noiseRuns: Int, workers: Int
    ) throws -> [CentreBias] {
        let queue = try WorkQueue<Int, CentreBias>(threads: min(workers, entries.count), name: "bias") {
            { try CentreBias(of: entries[$0], seeds: seeds, noiseRuns: noiseRuns) }
        }
        return try queue.answer(Array(entries.indices))
    }
}
