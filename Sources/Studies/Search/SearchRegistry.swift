import Games
import Metaheuristics

/// Every search over a game by name: the metaheuristics, the one that knows games of prices, and each of the former
/// with what the latter knows behind it.
public enum SearchRegistry {
    /// A search as a user picks it.
    public struct Entry: Sendable {
        public let name: String
        public let title: String
        /// The metaheuristic that it is, or that it has beside it.
        public let base: MetaheuristicRegistry.Entry
        /// When it climbs; nil for a metaheuristic alone.
        public let climbs: PriceSearch.Turns?

        public var leastPopulation: Int { base.leastPopulation }
        /// See `MetaheuristicRegistry.Entry.isAnytime`. What goes half and half follows the budget.
        public var isAnytime: Bool { climbs == nil && base.isAnytime }
    }

    /// The search that is taken where nobody names one.
    public static let defaultName = "auto"
    /// Behind the name of a metaheuristic.
    public static let polish = "+polish"

    /// The best of the general algorithms on games of prices: beside the climbs, and where a game is another.
    private static let general = "lshade"

    /// Names as they may be typed, beside those with ``polish``.
    public static var names: [String] { [defaultName] + MetaheuristicRegistry.all.map { $0.name } }

    public static func named(_ name: String) -> Entry? {
        if name == defaultName {
            return MetaheuristicRegistry.named(general).map {
                Entry(
                    name: name, title: "Climbs that know the game, beside \($0.title)", base: $0, climbs: .alternating)
            }
        }
        if name.hasSuffix(polish) {
            return MetaheuristicRegistry.named(String(name.dropLast(polish.count))).map {
                Entry(name: name, title: "\($0.title), polished", base: $0, climbs: .afterwards)
            }
        }
        return MetaheuristicRegistry.named(name).map { Entry(name: name, title: $0.title, base: $0, climbs: nil) }
    }
}

extension SearchRegistry.Entry {
    /// - Throws: ``StudyError/tooManyNumbers(algorithm:count:)`` for a search that no memory holds.
    public func checkMemory(population: Int, dimension: Int) throws(StudyError) {
        let rows = base.holdsMatrix ? max(population, dimension) : population
        let (count, isTooMuch) = rows.multipliedReportingOverflow(by: dimension)
        guard !isTooMuch, count <= SearchLimits.numbers else {
            throw .tooManyNumbers(algorithm: name, count: isTooMuch ? .max : count)
        }
    }

    /// The search at its start, with the title of what it is in this game.
    ///
    /// - Throws: ``StudyError/notAPriceGame(algorithm:reason:)`` where it knows nothing of such games; `auto` takes a
    ///   general algorithm then.
    public func start(
        _ game: StackelbergGame, _ settings: MetaheuristicSettings
    ) throws -> (search: any GameSearch, title: String) {
        func generally() throws -> any GameSearch {
            let box = try SearchSpace(lower: game.space.lower, upper: game.space.upper)
            return GeneralSearch(metaheuristic: base.start(box, settings))
        }
        try checkMemory(population: settings.population, dimension: game.space.count)
        if game.space.count == 0 { return (SinglePoint(), "Nothing to decide: the one answer that there is") }
        guard let climbs else { return (try generally(), title) }
        do {
            let prices = try PriceGame(game)
            return (try PriceSearch(prices.game.space, base, settings, turns: climbs, isSmall: prices.isSmall), title)
        } catch let reason as NotAPriceGame {
            guard name == SearchRegistry.defaultName else {
                throw StudyError.notAPriceGame(algorithm: name, reason: reason.description)
            }
            return (try generally(), "\(base.title), since \(reason)")
        }
    }
}
