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

    /// A non-basic column or row of the last solve.
    private struct Loss {
        let index: Int
        let isRow: Bool
        let status: Int32
        /// What leaving its bound costs a unit, at the least over the objectives.
        let least: Double
    }

    /// Of the last solve.
    ///
    /// - Parameter tolerance: as in ``optimalFace(tolerance:)``.
    /// - Returns: nil where the basis tells nothing: after branch and bound, or where a variable without bounds may
    ///   gain by moving.
    package func optima(within shifts: [Shift], tolerance: Double = 1e-9) throws -> NearbyOptima? {
        guard let losses = try losses(along: shifts) else { return nil }
        let face = try optimalFace(tolerance: tolerance)
        let zero = tolerance * costUnit + 1e-13 * largestCostPaid
        var stay: (columns: [(index: Int, value: Double)], rows: [(index: Int, value: Double)]) = ([], [])
        var coefficients = [Double](repeating: 0, count: model.columns.count)
        var (upper, mayGain, hasTies) = (0.0, false, face.hasTies)
        for loss in losses {
            let least = loss.least
            if loss.status == GLP_NF, least < -zero { return nil }
            let place = Int32(loss.index + 1)
            let value = loss.isRow ? glp_get_row_prim(problem, place) : glp_get_col_prim(problem, place)
            if least > zero {
                if loss.isRow {
                    stay.rows.append((loss.index, value))
                } else {
                    stay.columns.append((loss.index, value))
                }
            } else {
                hasTies = true
            }
            guard abs(least) > zero else { continue }
            if least < 0 { mayGain = true }
            let factor = loss.status == GLP_NU ? -least : least
            if loss.isRow {
                for (j, coefficient) in model.rows[loss.index].coefficients { coefficients[j] += factor * coefficient }
            } else {
                coefficients[loss.index] += factor
            }
            upper += factor * value
        }
        guard mayGain else {
            // What cannot move at all stays in any case.
            stay.columns += face.columns.filter { glp_get_col_stat(problem, Int32($0.index + 1)) == GLP_NS }
            stay.rows += face.rows.filter { glp_get_row_stat(problem, Int32($0.index + 1)) == GLP_NS }
            let columns = stay.columns.sorted { $0.index < $1.index }
            let rows = stay.rows.sorted { $0.index < $1.index }
            return NearbyOptima(face: OptimalFace(columns: columns, rows: rows, hasTies: hasTies), row: nil)
        }
        let row = coefficients.enumerated().filter { $0.element != 0 }.map { (column: $0.offset, value: $0.element) }
        let size = row.reduce(0) { $0 + abs($1.value * glp_get_col_prim(problem, Int32($1.column + 1))) }
        let none = OptimalFace(columns: [], rows: [], hasTies: true)
        return NearbyOptima(face: none, row: (row, upper + 1e-12 * size))
    }

    /// What leaving its bound costs each non-basic column and row of the last solve, where the objective may shift.
    /// Those that cannot move are left out.
    ///
    /// - Returns: nil where the basis tells nothing, as after branch and bound.
    private func losses(along shifts: [Shift]) throws -> [Loss]? {
        try checkUse()
        guard status == .optimal, !usedBranchAndBound, capRows == 0 else { return nil }
        if glp_bf_exists(problem) == 0, glp_factorize(problem) != 0 { return nil }
        let rowCount = model.rows.count
        // Where each basic column stands in the basis.
        var positions = [Int](repeating: 0, count: model.columns.count)
        for k in 0..<rowCount {
            let place = Int(glp_get_bhead(problem, Int32(k + 1)))
            if place > rowCount { positions[place - rowCount - 1] = k + 1 }
        }
        // The basis matrix is of (I | -A).
        let directions = shifts.map { shift in
            var own: [Int: Double] = [:]
            var multipliers = [Double](repeating: 0, count: rowCount + 1)
            for (j, value) in shift.coefficients {
                own[j, default: 0] += value
                if positions[j] > 0 { multipliers[positions[j]] += value }
            }
            glp_btran(problem, &multipliers)
            return (own: own, multipliers: multipliers)
        }
        let unit = glp_get_obj_dir(problem) == GLP_MIN ? 1.0 : -1
        func loss(_ index: Int, isRow: Bool, _ status: Int32, _ dual: Double) -> Loss {
            // Without bounds it is at an optimum only where it has no cost.
            var least = status == GLP_NF ? 0 : (status == GLP_NU ? -unit : unit) * dual
            for (shift, direction) in zip(shifts, directions) {
                let reduced =
                    isRow
                    ? -direction.multipliers[index + 1]
                    : columnEntries[index].reduce(direction.own[index] ?? 0) {
                        $0 + $1.value * direction.multipliers[$1.row + 1]
                    }
                if abs(reduced) > 1e-12 { least -= shift.length * abs(reduced) }
            }
            return Loss(index: index, isRow: isRow, status: status, least: least)
        }
        var losses: [Loss] = []
        for j in model.columns.indices where !(isDeferring && deferred.isSilent[j]) {
            let status = glp_get_col_stat(problem, Int32(j + 1))
            guard status != GLP_BS, status != GLP_NS else { continue }
            losses.append(loss(j, isRow: false, status, glp_get_col_dual(problem, Int32(j + 1))))
        }
        for i in model.rows.indices where !(isDeferring && deferred.isDeferred[i]) {
            let status = glp_get_row_stat(problem, Int32(i + 1))
            guard status != GLP_BS, status != GLP_NS else { continue }
            losses.append(loss(i, isRow: true, status, glp_get_row_dual(problem, Int32(i + 1))))
        }
        return losses
    }
}
