import CGLPK

/// A row that a session is given beside those of its model.
package struct AddedRow {
    /// Each variable once.
    package let coefficients: [(variable: Variable, value: Double)]
    package let lower: Double
    package let upper: Double

    package init(_ coefficients: [(variable: Variable, value: Double)], from lower: Double, to upper: Double) {
        (self.coefficients, self.lower, self.upper) = (coefficients, lower, upper)
    }
}

/// Rows that come while a model is solved, where they are found to matter, and go again.
extension SolverSession {
    /// Adds rows behind all others.
    ///
    /// - Parameter areTight: whether the next ``restore(_:)`` has them at their sides. Else they are basic: a basis
    ///   that was the best without them then is dual feasible with them too.
    package func add(_ rows: [AddedRow], areTight: Bool = false) {
        guard !rows.isEmpty else { return }
        let isLegal =
            capRows == 0 && (!areTight || addedRows == tightRows)
            && rows.allSatisfy { row in
                !row.lower.isNaN && !row.upper.isNaN
                    && row.coefficients.allSatisfy { model.owns($0.variable) && $0.value.isFinite }
            }
        guard mayUse(orElse: .misfit(what: "an added row"), isLegal) else { return }
        placed = nil
        let first = glp_add_rows(problem, Int32(rows.count))
        for (k, row) in rows.enumerated() {
            glp_set_mat_row(
                problem, first + Int32(k), Int32(row.coefficients.count),
                [0] + row.coefficients.map { Int32($0.variable.index + 1) }, [0] + row.coefficients.map(\.value))
            let bounds = GLPKBounds(row.lower, row.upper)
            glp_set_row_bnds(problem, first + Int32(k), bounds.type, bounds.lower, bounds.upper)
        }
        addedRows += rows.count
        if areTight { tightRows += rows.count }
    }

    /// Takes all added rows out. The next solve wants a basis to start from.
    package func removeAddedRows() {
        guard addedRows > 0, mayUse(orElse: .wrongThread, true) else { return }
        placed = nil
        glp_del_rows(problem, Int32(addedRows), [0] + (0..<addedRows).map { Int32(model.constraintCount + $0 + 1) })
        (addedRows, tightRows) = (0, 0)
    }

    /// Whether an added row is at one of its sides in the basis of the last solve.
    package func isTight(addedRow index: Int) -> Bool {
        (0..<addedRows).contains(index)
            && glp_get_row_stat(problem, Int32(model.constraintCount + index + 1)) != GLP_BS
    }

    /// Starts the next solve from a basis with as few rows' own variables as a triangular one can do with, from which
    /// programs with many equations are solved sooner. It fits the bounds as they are now.
    package func startFromTriangularBasis() {
        guard mayUse(orElse: .wrongThread, true) else { return }
        (start, placed) = (nil, nil)
        glp_adv_basis(problem, 0)
    }
}
