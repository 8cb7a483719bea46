/// Stratified samples of the unit cube: each coordinate has exactly one point in each of `count` equal strata (McKay,
/// Beckman and Conover 1979).
public enum LatinHypercube {
    /// - Returns: `count` points of `dimension` numbers in `0 ..< 1`.
    public static func points(
        count: Int, dimension: Int, using generator: inout some RandomNumberGenerator
    ) -> [[Double]] {
        var points = [[Double]](repeating: [Double](repeating: 0, count: dimension), count: count)
        for j in 0..<dimension {
            for (i, stratum) in (0..<count).shuffled(using: &generator).enumerated() {
                points[i][j] = (Double(stratum) + Double.random(in: 0..<1, using: &generator)) / Double(count)
            }
        }
        return points
    }
}
