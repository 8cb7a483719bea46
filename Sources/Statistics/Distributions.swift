import Foundation

/// `P(Z > z)` of a standard normal.
func normalTail(_ z: Double) -> Double { 0.5 * erfc(z / 2.0.squareRoot()) }

/// `P(X > x)` of a chi-square with `freedom` degrees of freedom: the upper incomplete gamma function `Q(freedom / 2, x
/// / 2)`.
func chiSquareTail(_ x: Double, freedom: Double) -> Double {
    guard x > 0 else { return 1 }
    let (a, z) = (freedom / 2, x / 2)
    let scale = exp(-z + a * log(z) - lgamma(a))
    if z < a + 1 {
        // Series of P = 1 - Q (Abramowitz and Stegun 6.5.29).
        var (term, sum, k) = (1 / a, 1 / a, a)
        while abs(term) > 1e-17 * abs(sum) {
            k += 1
            term *= z / k
            sum += term
        }
        return max(0, 1 - scale * sum)
    }
    return scale
        * continuedFraction { k in
            k == 0 ? (1, z + 1 - a) : (-Double(k) * (Double(k) - a), z + Double(2 * k + 1) - a)
        }
}

/// `P(F > x)` with `d1` and `d2` degrees of freedom: the incomplete beta function at `d2 / (d2 + d1 x)`.
func fTail(_ x: Double, _ d1: Double, _ d2: Double) -> Double {
    guard x > 0 else { return 1 }
    return incompleteBeta(d2 / (d2 + d1 * x), d2 / 2, d1 / 2)
}

/// Regularised incomplete beta function `I_x(a, b)` by its continued fraction (Abramowitz and Stegun 26.5.8).
private func incompleteBeta(_ x: Double, _ a: Double, _ b: Double) -> Double {
    guard x > 0 else { return 0 }
    guard x < 1 else { return 1 }
    // The fraction converges fast on this side of the mean.
    guard x <= (a + 1) / (a + b + 2) else { return 1 - incompleteBeta(1 - x, b, a) }
    let scale = exp(a * log(x) + b * log1p(-x) + lgamma(a + b) - lgamma(a) - lgamma(b)) / a
    let fraction = continuedFraction { k in
        guard k > 0 else { return (1, 1) }
        let m = Double(k / 2)
        let factor =
            k.isMultiple(of: 2)
            ? m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
            : -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        return (factor, 1)
    }
    return scale * fraction
}

/// `a0 / (b0 + a1 / (b1 + …))` by the method of Lentz, as modified by Thompson and Barnett (1986).
private func continuedFraction(_ term: (Int) -> (a: Double, b: Double)) -> Double {
    let tiny = 1e-300
    func nonzero(_ x: Double) -> Double { abs(x) < tiny ? tiny : x }
    var value = tiny
    var (c, d) = (tiny, 0.0)
    for k in 0..<10_000 {
        let (a, b) = term(k)
        d = 1 / nonzero(b + a * d)
        c = nonzero(b + a / c)
        value *= c * d
        if abs(c * d - 1) < 1e-16 { break }
    }
    return value
}

/// `P(D > d)` of Kolmogorov's statistic for `count` uniform numbers, exactly, by Durbin's matrix power (Marsaglia,
/// Tsang and Wang 2003).
func kolmogorovTail(_ d: Double, count: Int) -> Double {
    let n = Double(count)
    guard d < 1 else { return 0 }
    guard d > 0.5 / n else { return 1 }
    // In the tail `1 - power` is all cancellation; there the sample lies on both sides of the line with negligible
    // probability, and twice Smirnov's one-sided sum is right to all digits.
    if n * d * d > 4 { return min(1, 2 * smirnovTail(d, count: count)) }
    let k = Int(n * d) + 1
    let size = 2 * k - 1
    let h = Double(k) - n * d
    var matrix: [[Double]] = (0..<size).map { i in (0..<size).map { j in i - j + 1 >= 0 ? 1.0 : 0.0 } }
    for i in 0..<size {
        matrix[i][0] -= pow(h, Double(i + 1))
        matrix[size - 1][i] -= pow(h, Double(size - i))
    }
    if 2 * h > 1 { matrix[size - 1][0] += pow(2 * h - 1, Double(size)) }
    for i in 0..<size {
        for j in 0..<size where i - j + 1 > 0 { matrix[i][j] /= tgamma(Double(i - j + 2)) }
    }
    let raised = power(of: matrix, count)
    var exponent = raised.exponent
    var result = raised.matrix[k - 1][k - 1]
    for i in 1...count {
        result *= Double(i) / n
        if result < 1e-140 {
            result *= 1e140
            exponent -= 140
        }
    }
    return min(max(1 - result * pow(10, Double(exponent)), 0), 1)
}

/// `P(D+ >= d)` of the one-sided statistic: `d` times the sum over `j` of `C(n, j) (d + j/n)^(j - 1) (1 - d - j/n)^(n -
/// j)` (Birnbaum and Tingey 1951).
private func smirnovTail(_ d: Double, count: Int) -> Double {
    let n = Double(count)
    return (0...Int(n * (1 - d))).reduce(0) { sum, j in
        let share = Double(j) / n
        guard 1 - d - share > 0 else { return sum }
        let choices = lgamma(n + 1) - lgamma(Double(j) + 1) - lgamma(n - Double(j) + 1)
        let powers = Double(j - 1) * log(d + share) + (n - Double(j)) * log(1 - d - share)
        return sum + d * exp(choices + powers)
    }
}

/// A matrix power whose decimal exponent is kept separately, since the power overflows.
private func power(of matrix: [[Double]], _ n: Int) -> (matrix: [[Double]], exponent: Int) {
    if n == 1 { return (matrix, 0) }
    let half = power(of: matrix, n / 2)
    var (result, exponent) = (product(half.matrix, half.matrix), 2 * half.exponent)
    if !n.isMultiple(of: 2) { result = product(matrix, result) }
    let middle = result.count / 2
    if result[middle][middle] > 1e140 {
        result = result.map { $0.map { $0 * 1e-140 } }
        exponent += 140
    }
    return (result, exponent)
}

private func product(_ a: [[Double]], _ b: [[Double]]) -> [[Double]] {
    a.map { row in b[0].indices.map { j in row.indices.reduce(0) { $0 + row[$1] * b[$1][j] } } }
}
