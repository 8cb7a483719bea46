/// What payoffs in several scenarios are worth to somebody who minds bad ones: their mean, mixed with the mean of the
/// worst of them.
///
/// With how often scenarios come, `w_s`, in all `W`, and what they pay, `P_s`:
///
///     worth = (1 - weight) sum_s w_s P_s + weight W CVaR
///     CVaR  = max over eta of  eta - sum_s w_s max(0, eta - P_s) / (W (1 - level))
///
/// The conditional value at risk `CVaR` is the mean of the worst share `1 - level` of all that may come, and never above
/// the mean (Rockafellar and Uryasev, Optimization of conditional value-at-risk, 2000). The worth is concave in the
/// payoffs, and no payoff that rises lowers it.
public struct RiskMeasure: Sendable, Equatable, Codable {
    /// How much the worst counts beside the mean, from 0 to 1; 0 for a mean.
    public let weight: Double
    /// The share of all that may come which is not among the worst, from 0 to below 1.
    public let level: Double

    /// What is expected, and nothing else.
    public static let mean = RiskMeasure()

    private init() { (weight, level) = (0, 0) }

    /// - Throws: ``GameError/riskOutOfRange(weight:level:)``.
    public init(weight: Double, level: Double) throws {
        guard (0...1).contains(weight), level >= 0, level < 1 else {
            throw GameError.riskOutOfRange(weight: weight, level: level)
        }
        (self.weight, self.level) = (weight, level)
    }

    /// Whether the worst counts more than its share.
    public var isOfRisk: Bool { weight > 0 && level > 0 }

    /// - Parameters:
    ///   - payoffs: one number per scenario.
    ///   - weights: how often each comes, above 0.
    public func worth(of payoffs: [Double], weights: [Double]) -> Double {
        let expected = zip(weights, payoffs).reduce(0) { $0 + $1.0 * $1.1 }
        guard isOfRisk else { return expected }
        let all = weights.reduce(0, +)
        return (1 - weight) * expected + weight * all * worstMean(of: payoffs, weights: weights)
    }

    /// The conditional value at risk: the mean of the worst scenarios, of which the last one may count in part.
    public func worstMean(of payoffs: [Double], weights: [Double]) -> Double {
        let tail = (1 - level) * weights.reduce(0, +)
        var left = tail
        var sum = 0.0
        for s in payoffs.indices.sorted(by: { (payoffs[$0], $0) < (payoffs[$1], $1) }) {
            let share = min(left, weights[s])
            guard share > 0 else { break }
            sum += share * payoffs[s]
            left -= share
        }
        // What rounding leaves of the tail is of no scenario.
        return sum / (tail - left)
    }
}
