import Benchmark
import Metaheuristics

/// What algorithms cost themselves: 48 decisions, a population of 50, and an objective that costs nothing.
func registerAlgorithms() {
    for entry in MetaheuristicRegistry.all {
        let search = Lazily { try SphereSearch(entry) }
        Benchmark("algorithm: \(entry.name)", configuration: .thousandfold) { benchmark in
            let search = try search()
            benchmark.measure { search.run(evaluations: benchmark.scaledIterations.count) }
        }
    }
}

/// A search that goes on where it was left, and begins anew when its budget is spent.
private final class SphereSearch {
    private static let settings = MetaheuristicSettings(population: 50, evaluations: 10_000, seed: 1)
    private let start: () -> any Metaheuristic
    private var algorithm: any Metaheuristic
    /// Evaluations that the algorithm has had.
    private var had = 0
    /// Evaluations beyond what was asked for: batches do not end where a thousand does.
    private var ahead = 0

    init(_ entry: MetaheuristicRegistry.Entry) throws {
        let space = try SearchSpace(
            lower: Array(repeating: -5, count: 48), upper: Array(repeating: 5, count: 48))
        start = { entry.start(space, Self.settings) }
        algorithm = start()
    }

    func run(evaluations: Int) {
        while ahead < evaluations {
            if had >= Self.settings.evaluations {
                algorithm = start()
                had = 0
            }
            let points = algorithm.ask().prefix(Self.settings.evaluations - had)
            algorithm.tell(points.map { $0.reduce(0) { $0 + ($1 - 1) * ($1 - 1) } })
            had += points.count
            ahead += points.count
        }
        ahead -= evaluations
    }
}
