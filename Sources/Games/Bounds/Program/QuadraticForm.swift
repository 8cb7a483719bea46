/// A sum of products `factor * v_i * v_j`, as a sum of squares.
struct QuadraticForm {
    private var matrix: [[Double]]

    /// - Parameter matrix: symmetric.
    init(_ matrix: [[Double]]) { self.matrix = matrix }

    /// - Parameter count: how many variables there are.
    init(_ terms: [BilevelProblem.OwnProduct], count: Int) {
        matrix = Array(repeating: Array(repeating: 0, count: count), count: count)
        for term in terms {
            matrix[term.first][term.second] += 0.5 * term.factor
            matrix[term.second][term.first] += 0.5 * term.factor
        }
    }

    /// The form as `sum(factor * (root · v)²)`, with as few squares as it has rank; by the law of inertia as many of
    /// them are negative as it has negative eigenvalues (Lagrange's reduction).
    ///
    /// For a direction `d` with `q = d' A d` other than zero, `A - (A d)(A d)' / q` has one rank less. A variable is
    /// such a direction where its own square weighs enough; else the sum or the difference of two variables is.
    func squares() -> [(factor: Double, root: [Double])] {
        var left = matrix
        let zero = 1e-12 * Self.largest(left)
        var squares: [(factor: Double, root: [Double])] = []
        while squares.count < left.count, let direction = Self.direction(of: left), Self.largest(left) > zero {
            let image = left.map { row in direction.reduce(0) { $0 + $1.sign * row[$1.index] } }
            let weight = direction.reduce(0) { $0 + $1.sign * image[$1.index] }
            squares.append((weight, image.map { $0 / weight }))
            for i in left.indices {
                for j in left.indices { left[i][j] -= image[i] * image[j] / weight }
            }
        }
        return squares
    }

    private static func largest(_ matrix: [[Double]]) -> Double { matrix.joined().reduce(0) { max($0, abs($1)) } }

    private static func direction(of matrix: [[Double]]) -> [(index: Int, sign: Double)]? {
        guard let own = matrix.indices.max(by: { abs(matrix[$0][$0]) < abs(matrix[$1][$1]) }) else { return nil }
        var best = (weight: 2 * abs(matrix[own][own]), direction: [(index: own, sign: 1.0)])
        for i in matrix.indices {
            for j in matrix.indices where j < i {
                for sign in [1.0, -1] {
                    // Half, since this direction is longer by the root of two.
                    let weight = 0.5 * abs(matrix[i][i] + matrix[j][j] + 2 * sign * matrix[i][j])
                    if weight > best.weight { best = (weight, [(i, 1), (j, sign)]) }
                }
            }
        }
        return best.direction
    }
}
