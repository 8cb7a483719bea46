import Games
import Metaheuristics

extension StackelbergGame {
    /// Unrelated decisions, drawn uniformly: each follower has to move far from one to the next.
    ///
    /// - Parameter seed: two seeds have no decision in common.
    public func randomDecisions(_ count: Int, seed: UInt64 = 1) -> [[Double]] {
        var stream = RandomStream(seed: seed)
        return (0..<count).map { _ in
            space.project(zip(space.lower, space.upper).map { stream.uniform(in: $0...max($0, $1)) })
        }
    }
}
