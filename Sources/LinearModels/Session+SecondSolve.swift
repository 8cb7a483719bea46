import CGLPK

/// What a second solve over the first one's optima needs: caps on an objective, another objective, fixed columns.
extension Session {
    /// Keeps linear forms at or below given values, on rows beyond the model's own, until ``releaseCaps()``.
    ///
    /// Used where the optima of a branched program cannot be told by reduced costs: `cost <= optimum`.
    public func cap(_ caps: [(coefficients: [(column: Int, value: Double)], upper: Double)]) {
        if capRows < caps.count {
            glp_add_rows(problem, Int32(caps.count - capRows))
            capRows = caps.count
        }
        for (k, cap) in caps.enumerated() {
            let row = Int32(model.constraintCount + k + 1)
            let used = cap.coefficients.filter { $0.value != 0 }
            let columns = [0] + used.map { Int32($0.column + 1) }
            glp_set_mat_row(problem, row, Int32(used.count), columns, [0] + used.map(\.value))
            glp_set_row_bnds(problem, row, GLP_UP, 0, cap.upper)
            glp_set_row_stat(problem, row, GLP_BS)
            cappedColumns.formUnion(used.map(\.column))
        }
    }

    /// Takes all caps away; their rows stay, empty and free.
    public func releaseCaps() {
        for k in 0..<capRows {
            let row = Int32(model.constraintCount + k + 1)
            glp_set_mat_row(problem, row, 0, nil, nil)
            glp_set_row_bnds(problem, row, GLP_FR, 0, 0)
            glp_set_row_stat(problem, row, GLP_BS)
        }
        cappedColumns = []
    }

    /// Objective coefficients as the next solve will use them, by variable.
    public var objectiveCoefficients: [Double] {
        model.columns.indices.map { glp_get_obj_coef(problem, Int32($0 + 1)) }
    }

    /// Replaces the objective until it is put back by the same call.
    public func setObjective(coefficients: [Double], constant: Double, sense: LinearModel.Sense) {
        glp_set_obj_dir(problem, sense == .minimise ? GLP_MIN : GLP_MAX)
        glp_set_obj_coef(problem, 0, constant)
        for (j, value) in coefficients.enumerated() { glp_set_obj_coef(problem, Int32(j + 1), value) }
    }

    public var objectiveConstant: Double { glp_get_obj_coef(problem, 0) }

    /// How the objective would change with each of the first columns if only rows from `firstRow` on had to follow:
    /// `c[j] - sum(dual[i] * a[i][j])` over those rows, by the duals of the last relaxation.
    public func gradient(ofFirst columns: Int, throughRowsFrom firstRow: Int) -> [Double] {
        var gradient = (0..<columns).map { glp_get_obj_coef(problem, Int32($0 + 1)) }
        for i in firstRow..<model.constraintCount {
            let dual = glp_get_row_dual(problem, Int32(i + 1))
            guard dual != 0 else { continue }
            for (j, coefficient) in model.rows[i].coefficients where j < columns { gradient[j] -= dual * coefficient }
        }
        return gradient
    }

    /// Starts the next solve from the basis in which every row's own variable is basic.
    public func startFromSlackBasis() { glp_std_basis(problem) }
}
