import CGLPK

/// All optima of a solved linear program, by complementary slackness.
///
/// Given one optimal dual solution, a feasible point is optimal if and only if every column with a reduced cost, and
/// every row with a dual, stays at the bound where it is. The face is therefore the model with those fixed; where
/// nothing else can move, the optimum is unique.
///
/// For a mixed-integer program whose relaxation is integral the integer optima are the integral points of this face.
/// An answer that needed branch and bound has no duals: there the face is `objective <= optimum` and the caller
/// must add that row.
package struct OptimalFace: Sendable {
    /// Columns that must stay, with their values.
    package let columns: [(index: Int, value: Double)]
    /// Rows that must stay, with their activities.
    package let rows: [(index: Int, value: Double)]
    /// Some non-basic column or row has no cost to leave its bound: there may be other optima.
    package let hasTies: Bool

    package init(columns: [(index: Int, value: Double)], rows: [(index: Int, value: Double)], hasTies: Bool) {
        self.columns = columns
        self.rows = rows
        self.hasTies = hasTies
    }
}

extension SolverSession {
    /// The optimal face of the last solve.
    ///
    /// - Parameter tolerance: a reduced cost smaller than this counts as zero, relative to the variable's own cost
    ///   where that is above 1, or to the greatest cost where all are below. Rounding of the costs that are being paid
    ///   comes on top; a great penalty that is not paid does not blur what is a tie.
    /// - Throws: ``SolverSessionError/noSolution(status:)`` unless the relaxation answered with an optimum.
    package func optimalFace(tolerance: Double = 1e-9) throws -> OptimalFace {
        try checkUse()
        guard status == .optimal, !usedBranchAndBound else {
            throw SolverSessionError.noSolution(status: usedBranchAndBound ? "branch and bound" : "\(status)")
        }
        let rounding = 1e-13 * largestCostPaid
        let costUnit = costUnit
        var columns: [(index: Int, value: Double)] = []
        var rows: [(index: Int, value: Double)] = []
        var hasTies = false
        for j in model.columns.indices {
            let column = Int32(j + 1)
            let status = glp_get_col_stat(problem, column)
            if isDeferring, deferred.isSilent[j] {
                if let (low, high) = silentRange(j), low < high { hasTies = true }
                continue
            }
            guard status != GLP_BS else { continue }
            let zero = tolerance * max(costUnit, abs(glp_get_obj_coef(problem, column))) + rounding
            if abs(glp_get_col_dual(problem, column)) > zero || status == GLP_NS {
                columns.append((j, glp_get_col_prim(problem, column)))
            } else {
                hasTies = true
            }
        }
        for i in model.rows.indices {
            let row = Int32(i + 1)
            let status = glp_get_row_stat(problem, row)
            guard status != GLP_BS, !(isDeferring && deferred.isDeferred[i]) else { continue }
            if abs(glp_get_row_dual(problem, row)) > tolerance * costUnit + rounding {
                rows.append((i, glp_get_row_prim(problem, row)))
            } else if status != GLP_NS {
                hasTies = true
            }
        }
        return OptimalFace(columns: columns, rows: rows, hasTies: hasTies)
    }

    /// Confines this session's model to faces of models that stand within it.
    ///
    /// - Parameter faces: each face with the place of its model's first column and first row in this model.
    package func restrict(to faces: [(face: OptimalFace, columnOffset: Int, rowOffset: Int)]) {
        var columns: [(Int, Double)] = []
        var rows: [(Int, Double)] = []
        for (face, columnOffset, rowOffset) in faces {
            for (j, value) in face.columns { columns.append((columnOffset + j, value)) }
            for (i, value) in face.rows { rows.append((rowOffset + i, value)) }
        }
        restrict(columns: columns, rows: rows)
    }
}

/// What is known of all optima of a solved program beside the one that was found.
package enum OtherOptima: Sendable {
    /// There are none.
    case none
    /// There may be some, but none is better by the second objective that was asked about.
    case noBetter
    case perhapsBetter
}

extension SolverSession {
    /// Whether another optimum of the last solve may be better by a second objective.
    ///
    /// With the basis `B` of the last solve, the second objective's reduced costs are `r = g - N' B^-T g_B`. If no
    /// variable that may leave its bound without cost has an `r` that improves, the vertex found is optimal over the
    /// whole face: the conditions of linear programming, sufficient also where integers narrow the face.
    ///
    /// - Parameters:
    ///   - gradient: the second objective, one number per variable.
    ///   - maximised: whether more of it is better.
    package func otherOptima(betterBy gradient: ArraySlice<Double>, maximised: Bool, tolerance: Double = 1e-9) throws
        -> OtherOptima
    {
        try checkUse()
        let first = gradient.startIndex
        guard status == .optimal, !usedBranchAndBound, gradient.count == model.columns.count else {
            return .perhapsBetter
        }
        let tied = tiedIndices(tolerance: tolerance)
        guard tied.hasAny else { return .none }
        if tied.silent.contains(where: { gradient[first + $0] != 0 }) { return .perhapsBetter }
        guard !tied.columns.isEmpty || !tied.rows.isEmpty else { return .noBetter }

        if glp_bf_exists(problem) == 0, glp_factorize(problem) != 0 { return .perhapsBetter }
        let rowCount = model.rows.count + capRows
        var size = 0.0
        var prices = [Double](repeating: 0, count: rowCount + 1)
        for i in 1...max(rowCount, 1) where i <= rowCount {
            let k = Int(glp_get_bhead(problem, Int32(i)))
            guard k > rowCount else { continue }
            prices[i] = gradient[first + k - rowCount - 1]
            size = max(size, abs(prices[i]))
        }
        for j in tied.columns { size = max(size, abs(gradient[first + j])) }
        if size == 0 { return .noBetter }
        glp_btran(problem, &prices)
        let zero = tolerance * max(1, size)
        /// Whether a variable at a bound would improve by leaving it.
        func improves(_ reduced: Double, _ status: Int32) -> Bool {
            let gain = maximised ? reduced : -reduced
            switch status {
            case GLP_NL: return gain > zero
            case GLP_NU: return gain < -zero
            default: return abs(gain) > zero
            }
        }
        for j in tied.columns {
            // The basis matrix is of (I | -A).
            let reduced = columnEntries[j].reduce(gradient[first + j]) { $0 + $1.value * prices[$1.row + 1] }
            if improves(reduced, glp_get_col_stat(problem, Int32(j + 1))) { return .perhapsBetter }
        }
        for i in tied.rows where improves(-prices[i + 1], glp_get_row_stat(problem, Int32(i + 1))) {
            return .perhapsBetter
        }
        return .noBetter
    }

    private struct TiedIndices {
        var columns: [Int] = []
        var rows: [Int] = []
        /// Silent integers with more than one value.
        var silent: [Int] = []
        var hasAny: Bool { !(columns.isEmpty && rows.isEmpty && silent.isEmpty) }
    }

    /// Non-basic variables and rows that may leave their bound without cost: the rule of ``optimalFace(tolerance:)``.
    private func tiedIndices(tolerance: Double) -> TiedIndices {
        var tied = TiedIndices()
        let (columnCount, rowCount, isDeferring) = (model.columns.count, model.rows.count, isDeferring)
        // Most reduced costs are far from none: a bound of what can count as none tells so at once.
        let reach = tolerance * max(1, largestCost) + 1e-13 * largestCost
        var paid: Double?
        let unit = costUnit
        func isNone(_ dual: Double, cost: Double) -> Bool {
            let largest = paid ?? largestCostPaid
            paid = largest
            return dual <= tolerance * max(unit, abs(cost)) + 1e-13 * largest
        }
        for j in 0..<columnCount {
            let column = Int32(j + 1)
            let dual = abs(glp_get_col_dual(problem, column))
            if dual > reach { continue }
            if isDeferring, deferred.isSilent[j] {
                if let (low, high) = silentRange(j), low < high { tied.silent.append(j) }
                continue
            }
            let status = glp_get_col_stat(problem, column)
            guard status != GLP_BS, status != GLP_NS else { continue }
            if isNone(dual, cost: glp_get_obj_coef(problem, column)) { tied.columns.append(j) }
        }
        for i in 0..<rowCount {
            let row = Int32(i + 1)
            let dual = abs(glp_get_row_dual(problem, row))
            if dual > reach { continue }
            let status = glp_get_row_stat(problem, row)
            guard status != GLP_BS, status != GLP_NS else { continue }
            if isNone(dual, cost: 0) { tied.rows.append(i) }
        }
        return tied
    }

    /// What costs are small beside: 1, or the greatest of them where all are smaller, as in a great unit of money.
    var costUnit: Double { largestCost > 0 ? min(1, largestCost) : 1 }

    /// Largest cost among the basic variables.
    var largestCostPaid: Double {
        var largest = 0.0
        for j in 0..<Int32(model.columns.count) where glp_get_col_stat(problem, j + 1) == GLP_BS {
            largest = max(largest, abs(glp_get_obj_coef(problem, j + 1)))
        }
        return largest
    }
}
