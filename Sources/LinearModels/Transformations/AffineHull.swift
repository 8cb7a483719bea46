import CGLPK

/// Variables in terms of those that are left free by the equations of a program:
/// `x_j = constants[j] + sum(factors[j][i] * x_free[i])`.
package struct AffineHull: Sendable {
    package let free: [Int]
    /// One number per variable.
    package let constants: [Double]
    /// For each variable, one number per free variable.
    package let factors: [[Double]]
}

extension SolverSession {
    /// What the equations among the first rows, and the bounds that leave one value, say of the first variables, as
    /// they stand now: on an optimal face, the face's own directions. Inequalities are left aside, rows that hold other
    /// variables too.
    package func affineHull(ofFirst variables: Int, rows: Int) throws -> AffineHull {
        try checkUse()
        try applyParameters()
        var constants = [Double](repeating: 0, count: variables)
        var columns: [Int] = []
        for j in 0..<variables {
            if glp_get_col_type(problem, Int32(j + 1)) == GLP_FX {
                constants[j] = glp_get_col_lb(problem, Int32(j + 1))
            } else {
                columns.append(j)
            }
        }
        let places = Dictionary(uniqueKeysWithValues: columns.enumerated().map { ($1, $0) })
        // Each equation as coefficients of the columns, and its side at the end.
        var equations: [[Double]] = []
        for i in 0..<rows where glp_get_row_type(problem, Int32(i + 1)) == GLP_FX {
            let coefficients = model.rows[i].coefficients
            guard coefficients.allSatisfy({ $0.column < variables }) else { continue }
            var equation = [Double](repeating: 0, count: columns.count + 1)
            equation[columns.count] = glp_get_row_lb(problem, Int32(i + 1))
            for (j, value) in coefficients {
                if let place = places[j] {
                    equation[place] = value
                } else {
                    equation[columns.count] -= value * constants[j]
                }
            }
            equations.append(equation)
        }
        let pivots = Self.eliminate(&equations, columns: columns.count)
        let bound = Set(pivots)
        let free = columns.indices.filter { !bound.contains($0) }
        var factors = [[Double]](repeating: [Double](repeating: 0, count: free.count), count: variables)
        for (i, place) in free.enumerated() { factors[columns[place]][i] = 1 }
        for (equation, pivot) in zip(equations, pivots) {
            constants[columns[pivot]] = equation[columns.count]
            factors[columns[pivot]] = free.map { -equation[$0] }
        }
        return AffineHull(free: free.map { columns[$0] }, constants: constants, factors: factors)
    }

    /// Gauss and Jordan's elimination with complete pivoting.
    ///
    /// - Returns: the column that each of the first equations is solved for; those behind say nothing more.
    private static func eliminate(_ equations: inout [[Double]], columns: Int) -> [Int] {
        var pivots: [Int] = []
        while pivots.count < equations.count {
            let done = pivots.count
            var best = (size: 1e-9, row: -1, column: -1)
            for row in done..<equations.count {
                for column in 0..<columns where abs(equations[row][column]) > best.size {
                    best = (abs(equations[row][column]), row, column)
                }
            }
            guard best.row >= 0 else { break }
            equations.swapAt(done, best.row)
            let pivot = equations[done][best.column]
            equations[done] = equations[done].map { $0 / pivot }
            for row in equations.indices where row != done && equations[row][best.column] != 0 {
                let factor = equations[row][best.column]
                for column in 0...columns { equations[row][column] -= factor * equations[done][column] }
                equations[row][best.column] = 0
            }
            pivots.append(best.column)
        }
        return pivots
    }
}
