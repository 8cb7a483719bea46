/// The mixture of points whose coordinates have the greatest weighted sum of logarithms.
///
///     max sum_i w_i ln(sum_k m_k p_ki)  with  m >= 0,  sum_k m_k = 1
///
/// With weights that sum to one, the shares' sum may as well be paid for: `min -sum_i w_i ln(...) + sum_k m_k` has its
/// optimum where they sum to one. Solved by a primal-dual interior-point method.
struct LogarithmicMixture {
    /// One number per point, above zero, which sum to one.
    let shares: [Double]
    /// One number per coordinate.
    let mean: [Double]

    private static let mostSteps = 200
    private static let tolerance = 1e-14

    /// - Precondition: weights are above zero and sum to one, and no coordinate is nought at every point, or below at
    ///   one.
    init(of points: [[Double]], weights: [Double]) {
        func mean(_ shares: [Double]) -> [Double] {
            var mean = weights.map { _ in 0.0 }
            for (point, share) in zip(points, shares) {
                for i in mean.indices { mean[i] += share * point[i] }
            }
            return mean
        }
        /// What is left of a unit's price when the marginal value of a point's share is taken away.
        func slopes(_ mean: [Double]) -> [Double] {
            points.map { point in
                1 - weights.indices.reduce(0) { $0 + weights[$1] * (point[$1] / mean[$1]) }
            }
        }
        func residual(_ slopes: [Double], _ shares: [Double], _ slacks: [Double], _ target: Double) -> Double {
            var square = 0.0
            for k in shares.indices {
                let (dual, gap) = (slopes[k] - slacks[k], shares[k] * slacks[k] - target)
                square += dual * dual + gap * gap
            }
            return square.squareRoot()
        }
        var shares = [Double](repeating: 1 / Double(points.count), count: points.count)
        var slope = slopes(mean(shares))
        var slacks = slope.map { max($0, 0.1) }
        for _ in 0..<Self.mostSteps {
            let gap = zip(shares, slacks).reduce(0) { $0 + $1.0 * $1.1 } / Double(points.count)
            let infeasibility = zip(slope, slacks).reduce(0) { max($0, abs($1.0 - $1.1)) }
            guard max(gap, infeasibility) > Self.tolerance else { break }
            let target = 0.1 * gap
            let now = mean(shares)
            var matrix = points.indices.map { k in
                points.indices.map { l in
                    weights.indices.reduce(0) { sum, i in
                        sum + weights[i] * (points[k][i] / now[i]) * (points[l][i] / now[i])
                    }
                }
            }
            for k in points.indices { matrix[k][k] += slacks[k] / shares[k] }
            let side = points.indices.map { -slope[$0] + target / shares[$0] }
            guard let step = Self.solution(of: matrix, side) else { break }
            let slackStep = points.indices.map { k in
                (target - slacks[k] * step[k]) / shares[k] - slacks[k]
            }
            var length = 1.0
            for k in points.indices {
                if step[k] < 0 { length = min(length, -0.995 * shares[k] / step[k]) }
                if slackStep[k] < 0 { length = min(length, -0.995 * slacks[k] / slackStep[k]) }
            }
            let before = residual(slope, shares, slacks, target)
            var moved = (shares: shares, slacks: slacks, slope: slope)
            for _ in 0..<30 {
                moved.shares = zip(shares, step).map { $0 + length * $1 }
                moved.slacks = zip(slacks, slackStep).map { $0 + length * $1 }
                moved.slope = slopes(mean(moved.shares))
                if residual(moved.slope, moved.shares, moved.slacks, target) < before { break }
                length /= 2
            }
            (shares, slacks, slope) = moved
        }
        let sum = shares.reduce(0, +)
        self.shares = shares.map { $0 / sum }
        self.mean = mean(self.shares)
    }

    /// Of a system of equations, by elimination with pivots from the column; nil where it has none or many.
    private static func solution(of matrix: [[Double]], _ side: [Double]) -> [Double]? {
        var (rows, side) = (matrix, side)
        for k in side.indices {
            guard let pivot = (k..<side.count).max(by: { abs(rows[$0][k]) < abs(rows[$1][k]) }), rows[pivot][k] != 0
            else { return nil }
            rows.swapAt(k, pivot)
            side.swapAt(k, pivot)
            for i in (k + 1)..<max(k + 1, side.count) {
                let factor = rows[i][k] / rows[k][k]
                guard factor != 0 else { continue }
                for j in k..<side.count { rows[i][j] -= factor * rows[k][j] }
                side[i] -= factor * side[k]
            }
        }
        for k in side.indices.reversed() {
            for j in (k + 1)..<max(k + 1, side.count) { side[k] -= rows[k][j] * side[j] }
            side[k] /= rows[k][k]
        }
        return side.allSatisfy(\.isFinite) ? side : nil
    }
}
