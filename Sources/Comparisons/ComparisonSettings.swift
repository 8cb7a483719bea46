import Games
import Studies

/// Which searches a comparison makes.
public struct ComparisonSettings: Sendable, Equatable {
    /// Names in the `SearchRegistry`, in the order of the tables.
    public var algorithms: [String]
    /// Seeds `1 ... seeds`, the same for every algorithm and problem.
    public var seeds: Int
    public var population: Int
    public var evaluations: Int
    /// The algorithm that the others are tested against.
    public var reference: String
    /// Threads; the result does not depend on it.
    public var workers: Int

    public init(
        algorithms: [String], seeds: Int, population: Int, evaluations: Int, reference: String? = nil, workers: Int = 1
    ) {
        self.algorithms = algorithms
        self.seeds = seeds
        self.population = population
        self.evaluations = evaluations
        self.reference =
            reference ?? (algorithms.contains(Self.defaultReference) ? Self.defaultReference : algorithms.first ?? "")
        self.workers = workers
    }

    /// The strongest of the general algorithms on pricing games.
    static let defaultReference = "lshade"

    /// - Throws: ``ComparisonError`` for settings that make no comparison.
    public func check() throws {
        let known = SearchRegistry.names
        if algorithms.isEmpty { throw ComparisonError.noAlgorithms(known: known) }
        for (i, name) in algorithms.enumerated() {
            guard let entry = SearchRegistry.named(name) else {
                throw ComparisonError.unknownAlgorithm(name: name, known: known)
            }
            if algorithms[..<i].contains(name) { throw ComparisonError.algorithmTwice(name: name) }
            if population < entry.leastPopulation {
                throw ComparisonError.populationTooSmall(
                    algorithm: name, population: population, least: entry.leastPopulation)
            }
        }
        guard algorithms.contains(reference) else {
            throw ComparisonError.unknownReference(name: reference, algorithms: algorithms)
        }
        for (what, value, range) in [
            ("the number of seeds", seeds, SearchLimits.seeds), ("the population", population, SearchLimits.population),
            ("the number of evaluations", evaluations, SearchLimits.evaluations),
            ("the number of workers", workers, SearchLimits.workers),
        ] where !range.contains(value) {
            throw ComparisonError.outside(what: what, value: value, range: range)
        }
        if evaluations < population {
            throw ComparisonError.budgetBelowPopulation(evaluations: evaluations, population: population)
        }
    }
}

public enum ComparisonError: Error, Equatable, CustomStringConvertible {
    case noAlgorithms(known: [String])
    case unknownAlgorithm(name: String, known: [String])
    case algorithmTwice(name: String)
    /// No decision of a problem can be answered, or none that any run tried.
    case noAnswer(problem: String, reason: String)
    case notAPriceGame(algorithm: String, problem: String, reason: String)
    case unknownReference(name: String, algorithms: [String])
    case populationTooSmall(algorithm: String, population: Int, least: Int)
    case outside(what: String, value: Int, range: ClosedRange<Int>)
    case tooManyRuns(problems: Int, algorithms: Int, seeds: Int)
    case budgetBelowPopulation(evaluations: Int, population: Int)

    /// Whether a problem is to blame, not the settings.
    public var isWithoutAnswer: Bool { if case .noAnswer = self { true } else { false } }

    public var description: String {
        switch self {
        case .noAnswer(let problem, let reason):
            "\(problem) has no answer, so that nothing can be compared on it: \(reason)"
        case .noAlgorithms(let known): "no algorithm is named. Known: \(known.joined(separator: ", "))."
        case .unknownAlgorithm(let name, let known):
            "unknown algorithm '\(name)'. Known: \(known.joined(separator: ", "))."
        case .algorithmTwice(let name): "the algorithm '\(name)' is named twice. Name it once."
        case .notAPriceGame(let algorithm, let problem, let reason):
            "'\(algorithm)' works on pricing games only, and \(problem) is not one: \(reason). Leave one of them out."
        case .unknownReference(let name, let algorithms):
            "the reference '\(name)' is not among the algorithms compared: \(algorithms.joined(separator: ", "))."
        case .populationTooSmall(let algorithm, let population, let least):
            "a population of \(population) is too small for '\(algorithm)', which needs \(least). Raise the population."
        case .outside(let what, let value, let range):
            "\(what) must be from \(range.lowerBound) to \(range.upperBound), but is \(value)."
        case .tooManyRuns(let problems, let algorithms, let seeds):
            "\(problems) problems, \(algorithms) algorithms and \(seeds) seeds make more than \(SearchLimits.runs.upperBound) runs. Take "
                + "fewer seeds."
        case .budgetBelowPopulation(let evaluations, let population):
            "a budget of \(evaluations) evaluations does not cover one population of \(population). "
                + "Raise the evaluations or lower the population."
        }
    }
}
