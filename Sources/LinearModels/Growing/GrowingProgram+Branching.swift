import CGLPK

/// What branch and cut asks of a program that grows: other bounds, rows that go, and a basis to come back to.
extension GrowingProgram {
    package func bound(_ column: Int, from lower: Double, to upper: Double) {
        let bounds = SolverSession.GLPKBounds(lower, upper)
        glp_set_col_bnds(problem, Int32(column + 1), bounds.type, bounds.lower, bounds.upper)
    }

    package var objectiveValue: Double { glp_get_obj_val(problem) }

    /// Takes rows out; those behind them move up.
    package func remove(_ rows: [Int]) {
        guard !rows.isEmpty else { return }
        glp_del_rows(problem, Int32(rows.count), [0] + rows.map { Int32($0 + 1) })
        rowCount -= rows.count
    }

    /// How a row or column stands in a basis, as GLPK codes it.
    package typealias Standing = Int32

    package static let basic: Standing = GLP_BS

    package func standing(ofRow row: Int) -> Standing { glp_get_row_stat(problem, Int32(row + 1)) }

    package var standingOfColumns: [Standing] { (0..<columnCount).map { glp_get_col_stat(problem, Int32($0 + 1)) } }

    /// - Parameters:
    ///   - columns: one for each column.
    ///   - rows: one for each row.
    package func restore(columns: [Standing], rows: [Standing]) {
        for (j, standing) in columns.enumerated() { glp_set_col_stat(problem, Int32(j + 1), standing) }
        for (i, standing) in rows.enumerated() { glp_set_row_stat(problem, Int32(i + 1), standing) }
    }
}
