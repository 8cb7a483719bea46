/// L-SHADE: differential evolution that learns its parameters and shrinks its population (Tanabe and Fukunaga 2014).
///
/// For member `x` of `n`, with `CR ~ N(m_CR, 0.1)` and `F ~ Cauchy(m_F, 0.1)` from a random slot of a memory of 6:
///
///     mutant = x + F (p - x) + F (a - b)
///
/// `p` one of the best `0.11 n`, `a` another member, `b` another member or an archived parent. Trials that are not
/// worse replace their members. Replaced parents go to the archive (2.6 n), and the next slot of the memory takes the
/// weighted means of successful parameters, weights the improvements: Lehmer mean `sum w F^2 / sum w F` for both. A
/// slot whose successful `CR` were all zero stays closed, with `CR = 0`, until the end. The population shrinks linearly
/// with the budget spent, from the given size to 4.
///
/// The authors start with 18 members per dimension. With 10,000 evaluations and two dozen prices that leaves 25
/// generations, and is worse than a start with 50 members on every function tried; so the given population is used.
public struct SuccessHistoryEvolution: Metaheuristic {
    static let memorySize = 6
    static let bestShare = 0.11
    static let archiveRate = 2.6
    static let leastPopulation = 4

    /// Parameters of one trial.
    private struct Parameters: Codable, Sendable {
        var factor: Double
        var crossover: Double
    }

    private let space: SearchSpace
    private let settings: MetaheuristicSettings
    private var population: [[Double]]
    private var values: [Double] = []
    private var archive: [[Double]] = []
    private var memory: [Memory]
    private var nextSlot = 0
    private var trials: [[Double]] = []
    private var parameters: [Parameters] = []
    private var generation: UInt64 = 0
    private var evaluations = 0

    private struct Memory: Codable, Sendable {
        var factor = 0.5
        /// nil once closed.
        var crossover: Double? = 0.5
    }

    public init(space: SearchSpace, settings: MetaheuristicSettings) {
        self.space = space
        self.settings = settings
        population = space.initialUnitPopulation(settings)
        memory = Array(repeating: Memory(), count: Self.memorySize)
    }

    private static let streamNumber: UInt64 = 0x4C5348

    public mutating func ask() -> [[Double]] {
        if values.isEmpty {
            trials = population
        } else {
            let order = bestFirst(values)
            parameters = []
            trials = population.indices.map { i in
                var stream = RandomStream(seed: settings.seed, path: [Self.streamNumber, generation, UInt64(i) + 1])
                let drawn = draw(&stream)
                parameters.append(drawn)
                return trial(of: i, drawn, order, &stream)
            }
        }
        return trials.map(space.point)
    }

    private func draw(_ stream: inout RandomStream) -> Parameters {
        let slot = memory[stream.index(below: Self.memorySize)]
        let crossover = slot.crossover.map { min(max($0 + 0.1 * stream.normal(), 0), 1) } ?? 0
        var factor = 0.0
        // A Cauchy number as the quotient of two normal ones.
        while !(factor > 0) { factor = slot.factor + 0.1 * stream.normal() / stream.normal() }
        return Parameters(factor: min(factor, 1), crossover: crossover)
    }

    private func trial(of i: Int, _ drawn: Parameters, _ order: [Int], _ stream: inout RandomStream) -> [Double] {
        let count = population.count
        let best = max(2, Int((Self.bestShare * Double(count)).rounded()))
        let x = population[i]
        let guide = population[order[stream.index(below: min(best, count))]]
        var first = i
        while first == i { first = stream.index(below: count) }
        var second = i
        while second == i || second == first { second = stream.index(below: count + archive.count) }
        let a = population[first]
        let b = second < count ? population[second] : archive[second - count]
        let mutant = x.indices.map { x[$0] + drawn.factor * (guide[$0] - x[$0]) + drawn.factor * (a[$0] - b[$0]) }
        return crossed(x, mutant, rate: drawn.crossover, &stream)
    }

    public mutating func tell(_ told: [Double]) {
        evaluations += told.count
        generation += 1
        guard !values.isEmpty else {
            values = told.map(ranked) + population.dropFirst(told.count).map { _ in failedRank }
            return
        }
        var stream = RandomStream(seed: settings.seed, path: [Self.streamNumber, generation, 0])
        var successes: [(Parameters, gain: Double)] = []
        for (i, value) in told.map(ranked).enumerated() where value <= values[i] {
            if value < values[i] {
                archive.append(population[i])
                successes.append((parameters[i], values[i] - value))
            }
            values[i] = value
            population[i] = trials[i]
        }
        learn(successes)
        shrink(&stream)
    }

    private mutating func learn(_ successes: [(Parameters, gain: Double)]) {
        // Divided by the largest first: the gain over a failed evaluation alone may be the largest number there is.
        guard let largest = successes.map(\.gain).max() else { return }
        let weights = successes.map { $0.gain / largest }
        func lehmer(_ numbers: [Double]) -> Double {
            let squares = zip(weights, numbers).reduce(0) { $0 + $1.0 * $1.1 * $1.1 }
            return squares / zip(weights, numbers).reduce(0) { $0 + $1.0 * $1.1 }
        }
        let crossovers = successes.map(\.0.crossover)
        let isClosed = memory[nextSlot].crossover == nil || crossovers.allSatisfy { $0 == 0 }
        let mean = isClosed ? nil : lehmer(crossovers)
        memory[nextSlot] = Memory(
            factor: lehmer(successes.map(\.0.factor)), crossover: mean.flatMap { $0.isFinite ? $0 : nil })
        nextSlot = (nextSlot + 1) % Self.memorySize
    }

    private mutating func shrink(_ stream: inout RandomStream) {
        let start = Double(settings.population)
        let spent = Double(evaluations) / Double(settings.evaluations)
        let wanted = Int((start + (Double(Self.leastPopulation) - start) * min(spent, 1)).rounded())
        if wanted < population.count {
            // Survivors keep their places, so that the order of individuals means nothing.
            let survivors = bestFirst(values).prefix(max(wanted, Self.leastPopulation)).sorted()
            population = survivors.map { population[$0] }
            values = survivors.map { values[$0] }
        }
        let room = Int((Self.archiveRate * Double(population.count)).rounded())
        while archive.count > room { archive.remove(at: stream.index(below: archive.count)) }
    }
}
