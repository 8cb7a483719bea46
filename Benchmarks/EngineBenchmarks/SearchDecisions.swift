import Games
import Metaheuristics

extension StackelbergGame {
    /// Decisions that a search asks for when it is half way: close to each other, and many at their bounds.
    func decisionsAlongSearch(_ count: Int) throws -> [[Double]] {
        let settings = MetaheuristicSettings(population: 50, evaluations: 10 * count, seed: 1)
        var search = DifferentialEvolution(
            space: try SearchSpace(lower: space.lower, upper: space.upper), settings: settings)
        let evaluator = try Evaluator(self)
        var asked: [[Double]] = []
        while asked.count < 6 * count {
            let points = search.ask()
            search.tell(try points.map { -(try evaluator.evaluate($0).payoff ?? -.infinity) })
            asked += points
        }
        return Array(asked.suffix(count))
    }
}
