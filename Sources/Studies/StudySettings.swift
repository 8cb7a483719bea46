import Games
import Metaheuristics

/// What one search is: an algorithm, a budget and a seed. The same settings on the same game give the same bytes.
public struct StudySettings: Sendable, Equatable, Codable {
    /// Name in the ``SearchRegistry``.
    public var algorithm: String
    public var population: Int
    /// Evaluations in all: the fair unit of effort. One evaluation answers one decision; what else a search solves
    /// counts as the evaluations that it takes the work of.
    public var evaluations: Int
    public var seed: UInt64
    /// Threads that evaluate. The result does not depend on it.
    public var workers: Int
    /// Which decision is the answer.
    public var answer: AnswerRule
    /// The step of the grid on which prices are written, in money per kWh; nil for that of the case.
    public var tick: Double?
    /// The grid of that step; nil for the case's.
    public var grid: Tick? { tick.flatMap(Tick.init) }

    /// What the answer of a search for prices is.
    public enum AnswerRule: String, Sendable, Codable {
        /// What pays most for certain: as it is written, whichever way ties go, and for all prices that are written the
        /// same. Half of the evaluations is for finding it.
        case bankable
        /// What pays most by the game's own tie rule: what the literature compares.
        case byTies
    }

    public init(
        algorithm: String = SearchRegistry.defaultName, population: Int = 50, evaluations: Int = 10_000,
        seed: UInt64 = 1, workers: Int = 1, answer: AnswerRule = .byTies, tick: Double? = nil
    ) {
        self.algorithm = algorithm
        self.population = population
        self.evaluations = evaluations
        self.seed = seed
        self.workers = workers
        self.answer = answer
        self.tick = tick
    }

    /// Settings of before there was a choice leave it to the tie rule.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(
            algorithm: container.decode(String.self, forKey: .algorithm),
            population: container.decode(Int.self, forKey: .population),
            evaluations: container.decode(Int.self, forKey: .evaluations),
            seed: container.decode(UInt64.self, forKey: .seed),
            workers: container.decode(Int.self, forKey: .workers),
            answer: container.decodeIfPresent(AnswerRule.self, forKey: .answer) ?? .byTies,
            tick: container.decodeIfPresent(Double.self, forKey: .tick))
    }

    /// The usual rule is left out: it is what settings say that name none.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(algorithm, forKey: .algorithm)
        try container.encode(population, forKey: .population)
        try container.encode(evaluations, forKey: .evaluations)
        try container.encode(seed, forKey: .seed)
        try container.encode(workers, forKey: .workers)
        if answer != .byTies { try container.encode(answer, forKey: .answer) }
        try container.encodeIfPresent(tick, forKey: .tick)
    }

    private enum CodingKeys: String, CodingKey {
        case algorithm, population, evaluations, seed, workers, answer, tick
    }

    /// The algorithm, where the settings make a search.
    ///
    /// - Throws: ``StudyError`` where they make none.
    @discardableResult
    public func check() throws -> SearchRegistry.Entry {
        guard let entry = SearchRegistry.named(algorithm) else {
            throw StudyError.unknownAlgorithm(name: algorithm, known: SearchRegistry.names)
        }
        for (what, value, range) in [
            ("the population", population, SearchLimits.population),
            ("the number of evaluations", evaluations, SearchLimits.evaluations),
            ("the number of workers", workers, SearchLimits.workers),
        ] where !range.contains(value) {
            throw StudyError.outside(what: what, value: value, range: range)
        }
        guard evaluations >= population else {
            throw StudyError.budgetBelowPopulation(
                evaluations: evaluations, population: population)
        }
        guard population >= entry.leastPopulation else {
            throw StudyError.populationTooSmall(
                algorithm: entry.name, population: population, least: entry.leastPopulation)
        }
        return entry
    }

    /// Evaluations of the search itself; the rest is for what pays for certain.
    func share(in game: StackelbergGame) -> Int {
        let isSecured = answer == .bankable && game.space.count > 0 && game.bankable != nil
        return isSecured ? max(population, evaluations - evaluations / 2) : evaluations
    }

    /// The search that the settings name, at its start, with the title of what it is in this game.
    ///
    /// - Throws: ``StudyError`` where they make none, or none of this game.
    func start(_ game: StackelbergGame) throws -> (search: any GameSearch, title: String) {
        let entry = try check()
        let share = share(in: game)
        let (search, title) = try entry.start(
            game, MetaheuristicSettings(population: population, evaluations: share, seed: seed))
        return (share < evaluations ? BankableSearch(search, share: share, budget: evaluations) : search, title)
    }
}

public enum StudyError: Error, Equatable, CustomStringConvertible {
    case unknownAlgorithm(name: String, known: [String])
    case outside(what: String, value: Int, range: ClosedRange<Int>)
    /// A population of decisions that no memory holds.
    case tooManyNumbers(algorithm: String, count: Int)
    case budgetBelowPopulation(evaluations: Int, population: Int)
    case populationTooSmall(algorithm: String, population: Int, least: Int)
    case notAPriceGame(algorithm: String, reason: String)
    case nothingWorked(evaluations: Int, example: String)

    /// Whether the game is to blame, not the settings.
    public var isWithoutAnswer: Bool { if case .nothingWorked = self { true } else { false } }

    public var description: String {
        switch self {
        case .unknownAlgorithm(let name, let known):
            "unknown algorithm '\(name)'. Known: \(known.joined(separator: ", "))."
        case .outside(let what, let value, let range):
            "\(what) must be from \(range.lowerBound) to \(range.upperBound), but is \(value)."
        case .tooManyNumbers(let algorithm, let count):
            "'\(algorithm)' would hold \(count) numbers in memory at a time, and \(SearchLimits.numbers) are the most. Lower the "
                + "population, or decide less."
        case .budgetBelowPopulation(let evaluations, let population):
            "a budget of \(evaluations) evaluations does not cover one population of \(population). "
                + "Raise the evaluations or lower the population."
        case .populationTooSmall(let algorithm, let population, let least):
            "a population of \(population) is too small for '\(algorithm)', which needs \(least). Raise the population."
        case .notAPriceGame(let algorithm, let reason):
            "'\(algorithm)' works on pricing games only, and this is not one: \(reason). Take a general algorithm."
        case .nothingWorked(let evaluations, let example):
            "none of the \(evaluations) decisions tried could be answered; the last one: \(example)"
        }
    }
}
