import Foundation

/// Real-coded genetic algorithm: binary tournaments, simulated binary crossover, polynomial mutation, the best of
/// parents and children survive.
///
/// Crossover (Deb and Agrawal 1995, bounded form): for parents `y1 < y2` with distance `d`, the child near a bound `b`
/// has the spread `beta = 1 + 2 * |b - y| / d`, `alpha = 2 - beta^-(eta + 1)` and, with a uniform `r`,
///
///     bq = (r * alpha)^(1 / (eta + 1))            if r <= 1 / alpha
///          (1 / (2 - r * alpha))^(1 / (eta + 1))  otherwise
///
/// Mutation (Deb and Goyal 1996): `x + dq * (u - l)`, `dq` polynomially distributed with index `eta`, bounded by the
/// box. Parameters as in pymoo: crossover 0.9 per mating and 0.5 per variable with index 15, mutation min(0.5, 1/D) per
/// variable with index 20. Children equal to another individual are drawn again. Equal values keep the old individual.
public struct GeneticAlgorithm: Metaheuristic {
    static let crossoverProbability = 0.9
    static let variableProbability = 0.5
    static let crossoverIndex = 15.0
    static let mutationIndex = 20.0
    /// Rounds of drawing again before equal children are accepted: in a box with equal bounds no others exist.
    static let redrawRounds = 20

    private let space: SearchSpace
    private let settings: MetaheuristicSettings
    private var generation: UInt64 = 0
    private var population: [[Double]] = []
    private var values: [Double] = []
    private var asked: [[Double]] = []

    public init(space: SearchSpace, settings: MetaheuristicSettings) {
        self.space = space
        self.settings = settings
    }

    public mutating func ask() -> [[Double]] {
        asked = values.isEmpty ? space.initialPopulation(settings) : children()
        return asked
    }

    public mutating func tell(_ told: [Double]) {
        generation += 1
        let members = population + asked.prefix(told.count)
        let all = values + told.map(ranked)
        // Of equals, the older one stays.
        let survivors = bestFirst(all).prefix(settings.population)
        population = survivors.map { members[$0] }
        values = survivors.map { all[$0] }
    }

    private func children() -> [[Double]] {
        var children: [[Double]] = []
        var mating: UInt64 = 0
        while children.count < settings.population {
            var stream = RandomStream(seed: settings.seed, path: [Self.streamNumber, generation, mating])
            mating += 1
            let (a, b) = (tournament(&stream), tournament(&stream))
            var pair = crossover(population[a], population[b], &stream)
            mutate(&pair.0, &stream)
            mutate(&pair.1, &stream)
            let mayRepeat = mating > UInt64(settings.population * Self.redrawRounds)
            for child in [pair.0, pair.1] where children.count < settings.population {
                if mayRepeat || !(population.contains(child) || children.contains(child)) { children.append(child) }
            }
        }
        return children
    }

    private static let streamNumber: UInt64 = 0x4741

    private func tournament(_ stream: inout RandomStream) -> Int {
        let a = stream.index(below: population.count)
        let b = stream.index(below: population.count)
        return values[b] < values[a] ? b : a
    }

    private func crossover(
        _ a: [Double], _ b: [Double], _ stream: inout RandomStream
    ) -> ([Double], [Double]) {
        var (first, second) = (a, b)
        guard stream.uniform() < Self.crossoverProbability else { return (first, second) }
        for j in a.indices where stream.uniform() < Self.variableProbability && abs(a[j] - b[j]) > 1e-14 {
            let (low, high) = (min(a[j], b[j]), max(a[j], b[j]))
            let distance = high - low
            let r = stream.uniform()
            func spread(_ room: Double) -> Double {
                let power = Self.crossoverIndex + 1
                let alpha = 2 - pow(1 + 2 * room / distance, -power)
                return pow(r <= 1 / alpha ? r * alpha : 1 / (2 - r * alpha), 1 / power)
            }
            let centre = low + high
            let lower = 0.5 * (centre - spread(low - space.lower[j]) * distance)
            let upper = 0.5 * (centre + spread(space.upper[j] - high) * distance)
            let isSwapped = stream.uniform() < 0.5
            first[j] = isSwapped ? upper : lower
            second[j] = isSwapped ? lower : upper
        }
        return (space.clamped(first), space.clamped(second))
    }

    private func mutate(_ point: inout [Double], _ stream: inout RandomStream) {
        let probability = min(0.5, 1 / Double(space.dimension))
        let power = Self.mutationIndex + 1
        for j in point.indices where stream.uniform() < probability {
            let width = space.upper[j] - space.lower[j]
            guard width > 0 else { continue }
            let r = stream.uniform()
            let step: Double
            if r <= 0.5 {
                let room = 1 - (point[j] - space.lower[j]) / width
                step = pow(2 * r + (1 - 2 * r) * pow(room, power), 1 / power) - 1
            } else {
                let room = 1 - (space.upper[j] - point[j]) / width
                step = 1 - pow(2 * (1 - r) + 2 * (r - 0.5) * pow(room, power), 1 / power)
            }
            point[j] = min(max(point[j] + step * width, space.lower[j]), space.upper[j])
        }
    }
}
