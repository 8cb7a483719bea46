/// Friedman's test whether several treatments differ over blocks, with the correction of Iman and Davenport.
public struct FriedmanTest: Sendable, Equatable {
    /// Mean rank of each treatment over the blocks; 1 is the smallest value.
    public let meanRanks: [Double]
    /// Chi-square with tie correction, `k - 1` degrees of freedom.
    public let chiSquare: Double
    public let pValue: Double
    /// `F = (n - 1) chi2 / (n (k - 1) - chi2)` with `k - 1` and `(k - 1)(n - 1)` degrees of freedom: less conservative.
    /// Infinite if all blocks agree.
    public let imanDavenport: Double
    public let imanDavenportPValue: Double

    /// - Parameter blocks: one row per block, one value per treatment; smaller is better.
    /// - Returns: nil with fewer than two blocks or two treatments.
    public init?(_ blocks: [[Double]]) {
        guard blocks.count >= 2, let k = blocks.first?.count, k >= 2, blocks.allSatisfy({ $0.count == k }) else {
            return nil
        }
        let (n, count) = (Double(blocks.count), Double(k))
        let ranked = blocks.map(ranks)
        let sums = (0..<k).map { j in ranked.reduce(0) { $0 + $1[j] } }
        meanRanks = sums.map { $0 / n }
        let squares = sums.reduce(0) { $0 + $1 * $1 }
        let correction = 1 - blocks.reduce(0) { $0 + tieTerm($1) } / (n * count * (count * count - 1))
        let raw = 12 / (n * count * (count + 1)) * squares - 3 * n * (count + 1)
        // Every block is one tie: nothing differs.
        chiSquare = correction > 0 ? max(0, raw / correction) : 0
        pValue = chiSquareTail(chiSquare, freedom: count - 1)
        let rest = n * (count - 1) - chiSquare
        imanDavenport = rest > 1e-9 * n * count ? (n - 1) * chiSquare / rest : .infinity
        imanDavenportPValue =
            imanDavenport.isFinite ? fTail(imanDavenport, count - 1, (count - 1) * (n - 1)) : 0
    }

    /// Nemenyi's critical difference at 5 %: mean ranks of `k` treatments over `n` blocks that differ by less may be
    /// equal (Demsar 2006).
    ///
    /// - Returns: nil above 20 treatments.
    public static func criticalDifference(treatments k: Int, blocks n: Int) -> Double? {
        guard k >= 2, k - 2 < studentised.count, n >= 1 else { return nil }
        return studentised[k - 2] * (Double(k * (k + 1)) / Double(6 * n)).squareRoot()
    }

    /// Upper 5 % points of the studentised range with infinite degrees of freedom, divided by the square root of 2,
    /// from 2 treatments on.
    private static let studentised = [
        1.9600, 2.3437, 2.5690, 2.7278, 2.8497, 2.9483, 3.0309, 3.1017, 3.1637, 3.2187, 3.2680, 3.3127, 3.3536, 3.3912,
        3.4260,
        3.4584, 3.4887, 3.5171, 3.5438,
    ]
}
