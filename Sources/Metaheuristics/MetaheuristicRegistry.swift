/// Every algorithm by name. A new one is one file, and one line here.
public enum MetaheuristicRegistry {
    /// An algorithm as a user picks it, with the parameters it was published with.
    public struct Entry: Sendable {
        /// As typed on a command line.
        public let name: String
        /// As printed in a report.
        public let title: String
        /// Smallest population for which its moves are defined.
        public let leastPopulation: Int
        /// False where moves depend on the share of the budget that is spent: the state after 2,000 of 10,000
        /// evaluations is then not what a budget of 2,000 would have given.
        public let isAnytime: Bool
        /// Whether it stores a matrix over all pairs of coordinates, for any population.
        public let holdsMatrix: Bool
        /// Makes a new search.
        public let start: @Sendable (SearchSpace, MetaheuristicSettings) -> any Metaheuristic

        public init(
            _ name: String, _ title: String, leastPopulation: Int = 1, isAnytime: Bool = true,
            holdsMatrix: Bool = false,
            start: @escaping @Sendable (SearchSpace, MetaheuristicSettings) -> any Metaheuristic
        ) {
            self.name = name
            self.title = title
            self.leastPopulation = leastPopulation
            self.isAnytime = isAnytime
            self.holdsMatrix = holdsMatrix
            self.start = start
        }
    }

    public static let all: [Entry] = [
        Entry("ga", "Genetic algorithm (SBX crossover, polynomial mutation)") {
            GeneticAlgorithm(space: $0, settings: $1)
        },
        Entry("pso", "Particle swarm (constriction, global best)") { ParticleSwarm(space: $0, settings: $1) },
        Entry("spso", "Standard particle swarm 2011") { StandardParticleSwarm(space: $0, settings: $1) },
        Entry("wdo", "Wind driven optimisation") { WindDrivenOptimisation(space: $0, settings: $1) },
        Entry("wdo-g0", "Wind driven optimisation without gravity") {
            WindDrivenOptimisation(space: $0, settings: $1, gravity: 0)
        },
        Entry("goa", "Gazelle optimisation algorithm", isAnytime: false) {
            GazelleOptimisation(space: $0, settings: $1)
        },
        Entry("goa-t", "Gazelle optimisation about the herd's centre", isAnytime: false) {
            GazelleOptimisation(space: $0, settings: $1, centre: .herd)
        },
        Entry("de", "Differential evolution (rand/1/bin)", leastPopulation: 4) {
            DifferentialEvolution(space: $0, settings: $1)
        },
        Entry("lshade", "L-SHADE (adaptive differential evolution)", leastPopulation: 4, isAnytime: false) {
            SuccessHistoryEvolution(space: $0, settings: $1)
        },
        Entry("cma-es", "CMA-ES with restarts", leastPopulation: 4, holdsMatrix: true) {
            CovarianceAdaptation(space: $0, settings: $1)
        },
        Entry("ipop-cma-es", "CMA-ES from its own small population, with restarts", holdsMatrix: true) {
            CovarianceAdaptation(
                space: $0, settings: $1, offspring: CovarianceAdaptation.defaultOffspring(dimension: $0.dimension))
        },
        Entry("nelder-mead", "Nelder-Mead simplex with restarts", holdsMatrix: true) {
            NelderMead(space: $0, settings: $1)
        },
        Entry("compass", "Compass search with restarts") { CompassSearch(space: $0, settings: $1) },
        Entry("random", "Random search") { RandomSearch(space: $0, settings: $1) },
    ]

    public static func named(_ name: String) -> Entry? { all.first { $0.name == name } }
}
