/// Differential evolution, rand/1/bin (Storn and Price 1997), with `F = 0.5` and `CR = 0.9`.
///
/// For member `x` and three others `a`, `b`, `c`: the mutant is `a + F (b - c)`; a component is taken from it with
/// probability `CR`, at least one. A component outside the box is put halfway between `x` and the bound. All trials of
/// a generation are evaluated, then each replaces its member if it is not worse, so that plateaus can be crossed.
public struct DifferentialEvolution: Metaheuristic {
    static let factor = 0.5
    static let crossover = 0.9

    private let space: SearchSpace
    private let settings: MetaheuristicSettings
    private var population: [[Double]]
    private var values: [Double] = []
    private var trials: [[Double]] = []
    private var generation: UInt64 = 0

    public init(space: SearchSpace, settings: MetaheuristicSettings) {
        self.space = space
        self.settings = settings
        population = space.initialUnitPopulation(settings)
    }

    private static let streamNumber: UInt64 = 0x4445

    public mutating func ask() -> [[Double]] {
        trials = values.isEmpty ? population : population.indices.map(trial)
        return trials.map(space.point)
    }

    public mutating func tell(_ told: [Double]) {
        generation += 1
        if values.isEmpty {
            values = told.map(ranked) + population.dropFirst(told.count).map { _ in failedRank }
            return
        }
        for (i, value) in told.map(ranked).enumerated() where value <= values[i] {
            values[i] = value
            population[i] = trials[i]
        }
    }

    private func trial(of i: Int) -> [Double] {
        var stream = RandomStream(seed: settings.seed, path: [Self.streamNumber, generation, UInt64(i)])
        var others: [Int] = []
        while others.count < 3 {
            let other = stream.index(below: population.count)
            if other != i, !others.contains(other) { others.append(other) }
        }
        let (a, b, c) = (population[others[0]], population[others[1]], population[others[2]])
        let mutant = a.indices.map { a[$0] + Self.factor * (b[$0] - c[$0]) }
        return crossed(population[i], mutant, rate: Self.crossover, &stream)
    }
}

/// Binomial crossover of a member of the unit cube with a mutant: with at least one component of the mutant. What lies
/// outside the cube is put halfway between the member and the bound.
func crossed(_ member: [Double], _ mutant: [Double], rate: Double, _ stream: inout RandomStream) -> [Double] {
    let forced = stream.index(below: member.count)
    return member.indices.map { j in
        let isTaken = stream.uniform() < rate || j == forced
        guard isTaken else { return member[j] }
        if mutant[j] < 0 { return member[j] / 2 }
        if mutant[j] > 1 { return (member[j] + 1) / 2 }
        return mutant[j]
    }
}
