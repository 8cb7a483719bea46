import Benchmark
import Foundation
import Games

/// Everything that is measured. Each file registers its own; `swift package benchmark list` prints the names.
let benchmarks: @Sendable () -> Void = {
    Benchmark.defaultConfiguration = .init(
        metrics: [.processorTime, .wallClock], warmupIterations: 1, maxDuration: .seconds(3), maxIterations: 20)
    registerEvaluation()
    registerModelling()
    registerAlgorithms()
    registerScaling()
}

extension Benchmark.Configuration {
    /// One iteration does the work a thousand times; times are printed for one of them.
    static var thousandfold: Self {
        var configuration = Benchmark.defaultConfiguration
        configuration.scalingFactor = .kilo
        return configuration
    }

    /// Work that takes seconds is measured a few times, for as long as it takes.
    static var few: Self {
        var configuration = Benchmark.defaultConfiguration
        configuration.maxDuration = .seconds(20)
        configuration.maxIterations = 5
        return configuration
    }
}

extension BenchmarkMetric {
    /// On a machine that others use too, wall time says more of them than of the engine. The harness's own processor
    /// time counts in ticks of 10 ms; this one counts in nanoseconds.
    static let processorTime = BenchmarkMetric.custom("Processor time (ns)", polarity: .prefersSmaller)
}

extension Benchmark {
    func measure(_ work: () throws -> Void) rethrows {
        startMeasurement()
        let before = Self.processorNanoseconds()
        try work()
        let after = Self.processorNanoseconds()
        stopMeasurement()
        measurement(.processorTime, after - before)
    }

    private static func processorNanoseconds() -> Int {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return time.tv_sec * 1_000_000_000 + time.tv_nsec
    }
}

/// An answer that is none would be fast.
func require(_ evaluation: Evaluation) throws {
    guard evaluation.payoff != nil else { throw NoPayoff(outcome: "\(evaluation.outcome)") }
    blackHole(evaluation)
}

struct NoPayoff: Error { let outcome: String }

/// A value made when it is first asked for: in the warm-up, on the thread that the benchmark runs on, which is where
/// solver sessions have to be made.
final class Lazily<Value> {
    private let make: () throws -> Value
    private var value: Value?

    init(_ make: @escaping () throws -> Value) { self.make = make }

    func callAsFunction() throws -> Value {
        if let value { return value }
        let made = try make()
        value = made
        return made
    }
}
