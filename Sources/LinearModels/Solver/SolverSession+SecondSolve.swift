import CGLPK

/// What a second solve over the first one's optima needs: caps on an objective, another objective, fixed columns.
extension SolverSession {
    /// Keeps linear forms at or below given values, on rows beyond the model's own, until ``releaseCaps()`` or the next
    /// caps.
    ///
    /// Used where the optima of a branched program cannot be told by reduced costs: `cost <= optimum`.
    package func cap(_ caps: [(coefficients: [(column: Int, value: Double)], upper: Double)]) {
        releaseCaps()
        let isLegal = caps.allSatisfy { cap in
            cap.upper.isFinite
                && cap.coefficients.allSatisfy { model.columns.indices.contains($0.column) && $0.value.isFinite }
        }
        guard mayUse(orElse: .misfit(what: "a cap"), isLegal), !caps.isEmpty else { return }
        placed = nil
        glp_add_rows(problem, Int32(caps.count))
        capRows = caps.count
        for (k, cap) in caps.enumerated() {
            // Each column once: GLPK aborts otherwise.
            var merged: [Int: Double] = [:]
            for (column, value) in cap.coefficients { merged[column, default: 0] += value }
            let used = merged.filter { $0.value != 0 }.sorted { $0.key < $1.key }
            let row = Int32(model.constraintCount + k + 1)
            let columns = [0] + used.map { Int32($0.key + 1) }
            glp_set_mat_row(problem, row, Int32(used.count), columns, [0] + used.map(\.value))
            glp_set_row_bnds(problem, row, GLP_UP, 0, cap.upper)
            cappedColumns.formUnion(used.map(\.key))
        }
    }

    /// Takes all caps away.
    package func releaseCaps() {
        guard capRows > 0, mayUse(orElse: .wrongThread, true) else { return }
        let rows = (0..<capRows).map { Int32(model.constraintCount + $0 + 1) }
        // Without their rows nothing is left of them that could tell one history from another.
        placed = nil
        glp_del_rows(problem, Int32(capRows), [0] + rows)
        capRows = 0
        cappedColumns = []
    }

    /// Objective coefficients as the next solve will use them, by variable.
    package var objectiveCoefficients: [Double] {
        applyParametersForReading()
        return model.columns.indices.map { glp_get_obj_coef(problem, Int32($0 + 1)) }
    }

    /// Replaces the objective until it is put back by the same call.
    ///
    /// Parameters set while it is replaced overwrite the coefficients that they stand in: set them before.
    package func setObjective(coefficients: [Double], constant: Double, sense: LinearModel.Sense) {
        let isLegal =
            coefficients.count <= model.columns.count && constant.isFinite && coefficients.allSatisfy(\.isFinite)
        guard mayUse(orElse: .misfit(what: "an objective"), isLegal) else { return }
        applyParametersForReading()
        glp_set_obj_dir(problem, sense == .minimise ? GLP_MIN : GLP_MAX)
        glp_set_obj_coef(problem, 0, constant)
        for (j, value) in coefficients.enumerated() { glp_set_obj_coef(problem, Int32(j + 1), value) }
        largestCost = coefficients.reduce(largestCost) { max($0, abs($1)) }
    }

    package var objectiveConstant: Double {
        applyParametersForReading()
        return glp_get_obj_coef(problem, 0)
    }

    /// How the objective would change with each of the first columns if only rows from `firstRow` on had to follow:
    /// `c[j] - sum(dual[i] * a[i][j])` over those rows, by the duals of the last relaxation.
    package func gradient(ofFirst columns: Int, throughRowsFrom firstRow: Int) -> [Double] {
        var gradient = (0..<min(columns, model.columns.count)).map { glp_get_obj_coef(problem, Int32($0 + 1)) }
        for i in model.rows.indices.dropFirst(firstRow) {
            let dual = glp_get_row_dual(problem, Int32(i + 1))
            guard dual != 0 else { continue }
            for (j, coefficient) in model.rows[i].coefficients where j < columns { gradient[j] -= dual * coefficient }
        }
        return gradient
    }

    /// A weighted sum of the rows from `firstRow` on, over the first columns: `sum(weights[i] * a[i][j])`.
    package func combination(ofFirst columns: Int, ofRowsFrom firstRow: Int, weights: [Double]) -> [Double] {
        var sum = [Double](repeating: 0, count: columns)
        for (row, weight) in zip(model.rows.dropFirst(firstRow), weights) {
            for (j, coefficient) in row.coefficients where j < columns { sum[j] += weight * coefficient }
        }
        return sum
    }

    /// A parameter that cannot be written stays waiting, so the next solve throws.
    private func applyParametersForReading() {
        guard mayUse(orElse: .wrongThread, true) else { return }
        try? applyParameters()
    }
}
