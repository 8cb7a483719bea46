import Games
import TestSupport

/// A small seeded search for tests: random points, then clouds that shrink around the best of them.
///
/// Each new point moves some coordinates of the best one, by amounts of any size between the cloud's and a thousandth
/// of it; equal payoffs are accepted, so plateaus are crossed.
struct PatternSearch {
    var evaluations: Int
    var seed: UInt64

    func best(in evaluator: Evaluator) throws -> (payoff: Double, point: [Double]) {
        let space = evaluator.game.space
        let widths = zip(space.lower, space.upper).map { $1 - $0 }
        var random = SeededNumbers(seed: seed)
        var found: [(payoff: Double, point: [Double])] = []

        func payoff(_ point: [Double]) throws -> (payoff: Double, point: [Double]) {
            let evaluation = try evaluator.evaluate(point)
            return (evaluation.payoff ?? -.infinity, evaluation.decision)
        }

        let starts = evaluations / 5
        for _ in 0..<starts {
            found.append(try payoff(zip(space.lower, space.upper).map { random.uniform(in: $0...$1) }))
        }
        found.sort { $0.payoff > $1.payoff }
        let leaders = Array(found.prefix(4))
        let rounds = (evaluations - starts) / leaders.count
        var best = leaders[0]
        for var leader in leaders {
            for round in 0..<rounds {
                let cloud = pow10(-5 * Double(round) / Double(rounds))
                let size = cloud * pow10(-random.uniform(in: 0...3))
                var point = leader.point
                let chosen = random.whole(0...point.count - 1)
                for i in point.indices where i == chosen || random.whole(0...1) == 0 {
                    point[i] += size * widths[i] * random.uniform(in: -1...1)
                }
                let next = try payoff(point)
                if next.payoff >= leader.payoff { leader = next }
            }
            if leader.payoff > best.payoff { best = leader }
        }
        return best
    }

    /// Ten to a power, by repeated multiplication: no mathematics library, the same bits everywhere.
    private func pow10(_ exponent: Double) -> Double {
        var value = 1.0
        var left = exponent
        while left <= -1 {
            value /= 10
            left += 1
        }
        // Linear between whole powers is smooth enough for a step size.
        return value * (1 + 0.9 * left)
    }
}
