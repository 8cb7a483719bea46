/// A symmetric matrix of a few dozen rows, stored in full by rows.
struct SymmetricMatrix: Codable, Sendable {
    let size: Int
    private(set) var entries: [Double]

    init(identity size: Int) {
        self.size = size
        entries = (0..<size * size).map { $0 % (size + 1) == 0 ? 1 : 0 }
    }

    subscript(_ i: Int, _ j: Int) -> Double { entries[i * size + j] }

    mutating func scale(by factor: Double) {
        for k in entries.indices { entries[k] *= factor }
    }

    mutating func add(_ factor: Double, outerProductOf vector: [Double]) {
        entries.withUnsafeMutableBufferPointer { entries in
            for i in 0..<size {
                let scaled = factor * vector[i]
                for j in 0..<size { entries[i * size + j] += scaled * vector[j] }
            }
        }
    }
}

/// Eigenvectors and lengths of the half-axes of the ellipsoid of a covariance matrix, by Jacobi's rotations.
///
/// Rotations make one off-diagonal entry after the other zero, in sweeps, until the rest is below rounding (Golub and
/// Van Loan, Matrix Computations, section 8.5). Small, and as accurate as the matrix.
struct PrincipalAxes: Codable, Sendable {
    /// Eigenvector `k` is row `k`.
    private(set) var vectors: [[Double]]
    /// Square roots of the eigenvalues.
    private(set) var lengths: [Double]

    init(of matrix: SymmetricMatrix) {
        let n = matrix.size
        var a = matrix.entries
        var v = SymmetricMatrix(identity: n).entries
        a.withUnsafeMutableBufferPointer { a in
            v.withUnsafeMutableBufferPointer { v in
                for _ in 0..<60 where !Self.isDiagonal(a, n) { Self.sweep(a, v, n) }
            }
        }
        vectors = (0..<n).map { Array(v[$0 * n..<($0 + 1) * n]) }
        lengths = (0..<n).map { a[$0 * n + $0].squareRoot() }
    }

    var isSound: Bool { lengths.allSatisfy { $0.isFinite && $0 > 0 } }
    var longest: Double { lengths.max() ?? 0 }
    /// Ratio of the largest to the smallest eigenvalue.
    var condition: Double {
        let ratio = longest / (lengths.min() ?? 0)
        return ratio * ratio
    }

    /// `B D z`: a normal vector of the covariance from a standard one.
    func step(_ normals: [Double]) -> [Double] {
        var result = normals.map { _ in 0.0 }
        for (k, vector) in vectors.enumerated() {
            let scaled = lengths[k] * normals[k]
            for j in result.indices { result[j] += scaled * vector[j] }
        }
        return result
    }

    /// `C^(-1/2) y`.
    func whitened(_ y: [Double]) -> [Double] {
        var result = y.map { _ in 0.0 }
        for (k, vector) in vectors.enumerated() {
            let along = zip(vector, y).reduce(0) { $0 + $1.0 * $1.1 } / lengths[k]
            for j in result.indices { result[j] += along * vector[j] }
        }
        return result
    }

    private static func isDiagonal(_ a: UnsafeMutableBufferPointer<Double>, _ n: Int) -> Bool {
        for i in 0..<n {
            for j in 0..<i {
                let product = abs(a[i * n + i] * a[j * n + j]).squareRoot()
                if abs(a[i * n + j]) > 1e-16 * product { return false }
            }
        }
        return true
    }

    private static func sweep(
        _ a: UnsafeMutableBufferPointer<Double>, _ v: UnsafeMutableBufferPointer<Double>, _ n: Int
    ) {
        for p in 0..<n {
            for q in (p + 1)..<max(n, p + 1) {
                let (app, aqq, apq) = (a[p * n + p], a[q * n + q], a[p * n + q])
                guard abs(apq) > 1e-16 * abs(app * aqq).squareRoot() else { continue }
                let theta = (aqq - app) / (2 * apq)
                let t = (theta < 0 ? -1 : 1) / (abs(theta) + (theta * theta + 1).squareRoot())
                let c = 1 / (t * t + 1).squareRoot()
                let s = t * c
                // Rows p and q only: the columns are the same numbers, and are copied after.
                for k in 0..<n where k != p && k != q {
                    let (x, y) = (a[p * n + k], a[q * n + k])
                    a[p * n + k] = c * x - s * y
                    a[q * n + k] = s * x + c * y
                    a[k * n + p] = a[p * n + k]
                    a[k * n + q] = a[q * n + k]
                }
                a[p * n + p] = app - t * apq
                a[q * n + q] = aqq + t * apq
                a[p * n + q] = 0
                a[q * n + p] = 0
                for k in 0..<n {
                    let (x, y) = (v[p * n + k], v[q * n + k])
                    v[p * n + k] = c * x - s * y
                    v[q * n + k] = s * x + c * y
                }
            }
        }
    }
}
