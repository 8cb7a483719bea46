import CGLPK

/// What holds for the optima of every objective near that of the last solve.
///
/// The objectives are `c + sum(t_i a_i)` with `|t_i| <= h_i`. Let `d_j` be the reduced cost of a variable or row `j` at
/// a bound in the basis of the last solve, and `g_ij` the reduced cost of `a_i` in it. Leaving the bound costs at least
/// `m_j = |d_j| - sum(h_i |g_ij|)` a unit, whichever of the objectives counts. A point that is optimal by one of them
/// costs no more by it than the last answer, so that
///
///     sum over j of  m_j * (distance of j from its bound)  <=  0
///
/// holds for the optima of all of them. Where every `m_j` is above 0 the last answer is the only one. Where none is
/// below, the rest must stay at their bounds. Else it is one row.
package struct NearbyOptima: Sendable {
    /// What must stay. Where there is a ``row``, nothing.
    package let face: OptimalFace
    /// Keeps a linear form of the columns at or below a value.
    package let row: (coefficients: [(column: Int, value: Double)], upper: Double)?
}

extension SolverSession {
    /// How an objective may change: a direction over the columns, either way up to a length.
    package struct Shift: Sendable {
        package let coefficients: [(column: Int, value: Double)]
        package let length: Double

        package init(coefficients: [(column: Int, value: Double)], length: Double) {
            self.coefficients = coefficients
            self.length = length
        }
    }

    /// Of the last solve.
    ///
    /// - Parameter tolerance: as in ``optimalFace(tolerance:)``.
    /// - Returns: nil where the basis tells nothing: after branch and bound, or where a variable without bounds may
    ///   gain by moving.
    package func optima(within shifts: [Shift], tolerance: Double = 1e-9) throws -> NearbyOptima? {
        try checkUse()
        guard status == .optimal, !usedBranchAndBound, capRows == 0 else { return nil }
        let face = try optimalFace(tolerance: tolerance)
        guard let losses = leastLosses(shifts) else { return nil }
        let zero = tolerance * costUnit + 1e-13 * largestCostPaid
        var stay: (columns: [(index: Int, value: Double)], rows: [(index: Int, value: Double)]) = ([], [])
        var coefficients = [Double](repeating: 0, count: model.columns.count)
        var (upper, mayGain, hasTies) = (0.0, false, face.hasTies)
        for (j, loss) in losses.columns {
            guard let loss else { return nil }
            let value = glp_get_col_prim(problem, Int32(j + 1))
            if loss > zero { stay.columns.append((j, value)) } else { hasTies = true }
            guard abs(loss) > zero else { continue }
            if loss < 0 { mayGain = true }
            let sign = glp_get_col_stat(problem, Int32(j + 1)) == GLP_NU ? -1.0 : 1
            coefficients[j] += sign * loss
            upper += sign * loss * value
        }
        for (i, loss) in losses.rows {
            guard let loss else { return nil }
            let value = glp_get_row_prim(problem, Int32(i + 1))
            if loss > zero { stay.rows.append((i, value)) } else { hasTies = true }
            guard abs(loss) > zero else { continue }
            if loss < 0 { mayGain = true }
            let sign = glp_get_row_stat(problem, Int32(i + 1)) == GLP_NU ? -1.0 : 1
            for (j, factor) in model.rows[i].coefficients { coefficients[j] += sign * loss * factor }
            upper += sign * loss * value
        }
        // What cannot move at all stays in any case.
        stay.columns += face.columns.filter { glp_get_col_stat(problem, Int32($0.index + 1)) == GLP_NS }
        stay.rows += face.rows.filter { glp_get_row_stat(problem, Int32($0.index + 1)) == GLP_NS }
        guard mayGain else {
            let columns = stay.columns.sorted { $0.index < $1.index }
            let rows = stay.rows.sorted { $0.index < $1.index }
            return NearbyOptima(face: OptimalFace(columns: columns, rows: rows, hasTies: hasTies), row: nil)
        }
        let row = coefficients.enumerated().filter { $0.element != 0 }.map { (column: $0.offset, value: $0.element) }
        let size = row.reduce(0) { $0 + abs($1.value * glp_get_col_prim(problem, Int32($1.column + 1))) }
        let none = OptimalFace(columns: [], rows: [], hasTies: true)
        return NearbyOptima(face: none, row: (row, upper + 1e-12 * size))
    }

    /// What leaving its bound costs each non-basic column and row at the least, a unit; nil for one without bounds that
    /// may gain. Those that cannot move are left out.
    private func leastLosses(_ shifts: [Shift]) -> (columns: [(Int, Double?)], rows: [(Int, Double?)])? {
        if glp_bf_exists(problem) == 0, glp_factorize(problem) != 0 { return nil }
        let rowCount = model.rows.count
        let sign = glp_get_obj_dir(problem) == GLP_MIN ? 1.0 : -1
        func loss(_ dual: Double, _ status: Int32) -> Double {
            switch status {
            case GLP_NL: return sign * dual
            case GLP_NU: return -sign * dual
            // Without bounds it is at an optimum only where it has no cost.
            default: return 0
            }
        }
        var columns: [(index: Int, status: Int32, loss: Double)] = []
        var rows: [(index: Int, status: Int32, loss: Double)] = []
        for j in model.columns.indices where !(isDeferring && deferred.isSilent[j]) {
            let status = glp_get_col_stat(problem, Int32(j + 1))
            guard status != GLP_BS, status != GLP_NS else { continue }
            columns.append((j, status, loss(glp_get_col_dual(problem, Int32(j + 1)), status)))
        }
        for i in model.rows.indices where !(isDeferring && deferred.isDeferred[i]) {
            let status = glp_get_row_stat(problem, Int32(i + 1))
            guard status != GLP_BS, status != GLP_NS else { continue }
            rows.append((i, status, loss(glp_get_row_dual(problem, Int32(i + 1)), status)))
        }
        // Where each basic column stands in the basis.
        var positions = [Int](repeating: 0, count: model.columns.count)
        for k in 0..<rowCount {
            let place = Int(glp_get_bhead(problem, Int32(k + 1)))
            if place > rowCount { positions[place - rowCount - 1] = k + 1 }
        }
        var changes = (columns: columns.map { _ in 0.0 }, rows: rows.map { _ in 0.0 })
        for shift in shifts where shift.length > 0 {
            var direction = [Double](repeating: 0, count: model.columns.count)
            var multipliers = [Double](repeating: 0, count: rowCount + 1)
            for (j, value) in shift.coefficients {
                direction[j] += value
                if positions[j] > 0 { multipliers[positions[j]] += value }
            }
            glp_btran(problem, &multipliers)
            for (k, column) in columns.enumerated() {
                // The basis matrix is of (I | -A).
                let reduced = columnEntries[column.index].reduce(direction[column.index]) {
                    $0 + $1.value * multipliers[$1.row + 1]
                }
                changes.columns[k] += shift.length * abs(reduced)
            }
            for (k, row) in rows.enumerated() { changes.rows[k] += shift.length * abs(multipliers[row.index + 1]) }
        }
        func least(_ loss: Double, _ change: Double, _ status: Int32, _ size: Double) -> Double? {
            guard status == GLP_NF, change > 1e-12 * max(1, size) else { return loss - change }
            return nil
        }
        return (
            columns.enumerated().map { ($1.index, least($1.loss, changes.columns[$0], $1.status, largestCost)) },
            rows.enumerated().map { ($1.index, least($1.loss, changes.rows[$0], $1.status, largestCost)) }
        )
    }
}
