import Games
import Metaheuristics

/// Decisions that evaluations are measured at.
enum Decisions {
    /// Unrelated ones, drawn uniformly: each follower has to move far from one to the next.
    static func random(_ game: StackelbergGame, count: Int) -> [[Double]] {
        var stream = RandomStream(seed: 1)
        return (0..<count).map { _ in
            game.space.project(zip(game.space.lower, game.space.upper).map { stream.uniform(in: $0...max($0, $1)) })
        }
    }

    /// Those that a search asks for when it is half way: close to each other, and many at their bounds.
    static func alongSearch(_ game: StackelbergGame, count: Int) throws -> [[Double]] {
        let settings = MetaheuristicSettings(population: 50, evaluations: 10 * count, seed: 1)
        let space = try SearchSpace(lower: game.space.lower, upper: game.space.upper)
        var search = DifferentialEvolution(space: space, settings: settings)
        let evaluator = try Evaluator(game)
        var asked: [[Double]] = []
        while asked.count < 6 * count {
            let points = search.ask()
            search.tell(try points.map { -(try evaluator.evaluate($0).payoff ?? -.infinity) })
            asked += points
        }
        return Array(asked.suffix(count))
    }
}
