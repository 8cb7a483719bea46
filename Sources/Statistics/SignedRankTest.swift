/// Wilcoxon's signed-rank test for paired samples, two-sided (Wilcoxon 1945).
public struct SignedRankTest: Sendable, Equatable {
    /// The smaller of the rank sums of positive and negative differences.
    public let statistic: Double
    public let pValue: Double
    /// Pairs that differ.
    public let pairs: Int
    /// Whether the p-value is exact, from all sign patterns, or a normal approximation.
    public let isExact: Bool

    /// Up to this many pairs without ties or zeros, the p-value is exact.
    static let exactLimit = 50

    /// Pairs without a difference are left out. With ties, zeros or more than 50 pairs the normal approximation with
    /// tie correction and without continuity correction is used, as SciPy does.
    public init(_ x: [Double], _ y: [Double]) {
        let differences = zip(x, y).map { $0 == $1 ? 0 : $0 - $1 }
        let present = differences.filter { $0 != 0 }
        let magnitudes = present.map(abs)
        let rank = ranks(magnitudes)
        let positive = zip(present, rank).reduce(0) { $1.0 > 0 ? $0 + $1.1 : $0 }
        let total = Double(present.count * (present.count + 1)) / 2
        pairs = present.count
        statistic = min(positive, total - positive)
        let term = tieTerm(magnitudes)
        isExact = term == 0 && present.count == differences.count && present.count <= Self.exactLimit
        if present.isEmpty {
            pValue = 1
        } else if isExact {
            pValue = Self.exact(Int(statistic), pairs: present.count)
        } else {
            let n = Double(present.count)
            let variance = n * (n + 1) * (2 * n + 1) / 24 - term / 48
            pValue = variance > 0 ? min(1, 2 * normalTail((total / 2 - statistic) / variance.squareRoot())) : 1
        }
    }

    /// `2 P(W <= w)`, by counting the subsets of `1 ... n` with each sum.
    private static func exact(_ statistic: Int, pairs: Int) -> Double {
        let most = pairs * (pairs + 1) / 2
        // Fractions instead of counts: 2^50 subsets are exact in a double, and nothing can overflow.
        var share = Array(repeating: 0.0, count: most + 1)
        share[0] = 1
        for rank in 1...pairs {
            for sum in stride(from: most, through: 0, by: -1) {
                share[sum] = (share[sum] + (sum >= rank ? share[sum - rank] : 0)) / 2
            }
        }
        return min(1, 2 * share[...statistic].reduce(0, +))
    }
}
