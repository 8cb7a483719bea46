import Metaheuristics

/// A step from the best point in every coordinate, of a length that follows success (Rechenberg 1973, the 1/5 rule).
struct WalkFromTheBest: Metaheuristic {
    private let space: SearchSpace
    private let settings: MetaheuristicSettings
    private var best: [Double] = []
    private var bestValue = Double.greatestFiniteMagnitude
    private var asked: [[Double]] = []
    private var step = 0.2
    private var generation: UInt64 = 0

    init(space: SearchSpace, settings: MetaheuristicSettings) {
        self.space = space
        self.settings = settings
    }

    mutating func ask() -> [[Double]] {
        // The first population of a seed is the same for all algorithms.
        guard generation > 0 else {
            asked = space.initialPopulation(settings)
            return asked
        }
        asked = (0..<settings.population).map { i in
            var stream = RandomStream(seed: settings.seed, path: [0x5742, generation, UInt64(i)])
            return space.clamped(
                best.indices.map { best[$0] + step * (space.upper[$0] - space.lower[$0]) * stream.normal() })
        }
        return asked
    }

    mutating func tell(_ values: [Double]) {
        generation += 1
        let successes = values.count { $0 < bestValue }
        step *= Double(successes) > 0.2 * Double(values.count) ? 1.2 : 0.9
        // Comparisons with a value that is not a number are false, so failed evaluations never win.
        for (point, value) in zip(asked, values) where value < bestValue && value.isFinite || best.isEmpty {
            (best, bestValue) = (point, value.isFinite ? value : bestValue)
        }
    }
}
