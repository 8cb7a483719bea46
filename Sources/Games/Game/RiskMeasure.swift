/// What payoffs in several scenarios are worth to somebody who minds bad ones: their mean, mixed with the mean of the
/// worst of them.
///
/// With how often scenarios come, `w_s`, in all `W`, and what they pay, `P_s`:
///
///     worth = (1 - weight) sum_s w_s P_s + weight W CVaR
///     CVaR  = max over eta of  eta - sum_s w_s max(0, eta - P_s) / (W (1 - level))
///
/// The conditional value at risk `CVaR` is the mean of the worst share `1 - level` of all that may come, and never
/// above the mean (Rockafellar and Uryasev, Optimization of conditional value-at-risk, 2000). The worth is concave in
/// the payoffs, and no payoff that rises lowers it.
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
        zip(counts(of: payoffs, weights: weights), payoffs).reduce(0) { $0 + $1.0 * $1.1 }
    }

    /// The mean of payoffs, and the mean of the worst of them, the conditional value at risk.
    public func means(of payoffs: [Double], weights: [Double]) -> (all: Double, worst: Double) {
        let all = weights.reduce(0, +)
        let mean = zip(weights, payoffs).reduce(0) { $0 + $1.0 * $1.1 } / all
        guard isOfRisk else { return (mean, mean) }
        return (mean, (worth(of: payoffs, weights: weights) / all - (1 - weight) * mean) / weight)
    }

    /// How often each scenario counts, so that the worth is the sum of payoffs, each as often: of all ways to count
    /// that the measure allows, the one that makes it least. So no other payoffs are worth more than their sum counted
    /// so.
    func counts(of payoffs: [Double], weights: [Double]) -> [Double] {
        guard isOfRisk else { return weights }
        let all = weights.reduce(0, +)
        let tail = (1 - level) * all
        var counts = weights.map { (1 - weight) * $0 }
        var left = tail
        // The last of the worst counts in part.
        for s in payoffs.indices.sorted(by: { (payoffs[$0], $0) < (payoffs[$1], $1) }) {
            let share = min(left, weights[s])
            counts[s] += weight * all * share / tail
            left -= share
        }
        return counts
    }
}
