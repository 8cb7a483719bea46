import CGLPK

extension SolverSession {
    /// How far the objective of an integral point may be from the relaxation's, relative, for both to be one.
    private static let settledTolerance = 1e-9
    /// More fractions than these are seldom all settled at once.
    private static let mostFractions = 64

    /// Looks for an integral point that is as good as the relaxation, by fixing every integer beside where the
    /// relaxation has it.
    ///
    /// A store that may be charged and emptied at once for nothing, since what is lost would be let go anyway, has
    /// relaxations with many optima, of which one is integral. Such a point is an optimum of the integer program
    /// without branching, and the relaxation's duals hold for it: it lies on the relaxation's optimal face. Afterwards
    /// the session stands at the relaxation's basis again.
    func settleIntegers() throws -> Bool {
        guard cappedColumns.isEmpty, capRows == 0 else { return false }
        let (relaxed, best) = (values, objectiveValue)
        let fractions = integers.filter { abs(relaxed[$0] - relaxed[$0].rounded()) > 1e-7 }
        guard !fractions.isEmpty, fractions.count <= Self.mostFractions else { return false }
        let kept = basis
        let others = Set(fractions)
        var found: (values: [Double], objective: Double)?
        for isTurned in [false, true] where found == nil {
            if let point = try fixedPoint(near: relaxed, turning: isTurned ? others : []),
                abs(point.objective - best) <= Self.settledTolerance * max(1, abs(best))
            {
                found = point
            }
        }
        start = kept
        placed = nil
        placeStart()
        guard try solveRelaxation() == .optimal else { return false }
        readRelaxation()
        guard let found else { return false }
        (values, objectiveValue) = found
        return true
    }

    /// The best point with every integer at the whole number nearest to where it was, or at the other neighbour of
    /// that.
    private func fixedPoint(near relaxed: [Double], turning: Set<Int>) throws -> (values: [Double], objective: Double)?
    {
        defer { for j in integers { writeColumn(j) } }
        var fixed: [(column: Int, value: Double)] = []
        for j in integers {
            let column = Int32(j + 1)
            let (low, high) = (glp_get_col_lb(problem, column), glp_get_col_ub(problem, column))
            let nearest = relaxed[j].rounded()
            let wanted = turning.contains(j) ? (nearest > relaxed[j] ? nearest - 1 : nearest + 1) : nearest
            let value = min(max(wanted, low), high).rounded()
            guard value >= low, value <= high else { return nil }
            glp_set_col_bnds(problem, column, GLP_FX, value, value)
            fixed.append((j, value))
        }
        guard try solveRelaxation() == .optimal else { return nil }
        var point = values.indices.map { glp_get_col_prim(problem, Int32($0 + 1)) }
        for (column, value) in fixed { point[column] = value }
        return (point, glp_get_obj_val(problem))
    }
}
