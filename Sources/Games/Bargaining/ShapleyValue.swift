/// What each player adds to those who came before, on average over all orders (Shapley, 1953).
///
/// With `n` players, `payoff[i] = sum over S without i of s! (n - s - 1)! / n! * (v(S + i) - v(S))`.
public struct ShapleyValue: Sendable {
    /// One number per player; they sum to the value of everybody.
    public let payoff: [Double]

    public init(of game: CooperativeGame) {
        let count = game.players.count
        // 1 / (n * (n - 1 over s)), so that no factorial is needed.
        var weights = [1 / Double(count)]
        for size in 1..<count { weights.append(weights[size - 1] * Double(size) / Double(count - size)) }
        payoff = game.players.indices.map { i in
            var payoff = 0.0
            for mask in game.values.indices where mask >> i & 1 == 0 {
                payoff += weights[mask.nonzeroBitCount] * (game.values[mask | 1 << i] - game.values[mask])
            }
            return payoff
        }
    }
}
