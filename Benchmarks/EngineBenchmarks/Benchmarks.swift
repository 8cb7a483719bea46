import Benchmark

/// Everything that is measured. Each file registers its own; `swift package benchmark list` prints the names.
let benchmarks: @Sendable () -> Void = {
    // Processor time first: on a machine that others use too, wall time says more of them than of the engine.
    Benchmark.defaultConfiguration = .init(
        metrics: [.cpuTotal, .wallClock], warmupIterations: 1, maxDuration: .seconds(3), maxIterations: 20)
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
