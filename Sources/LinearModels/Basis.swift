import CGLPK

/// A simplex basis: the status of every row and column, as GLPK codes it.
public struct Basis: Sendable, Equatable {
    var rows: [Int32]
    var columns: [Int32]

    /// How many rows and columns are basic, from given ones on.
    public func basicCount(rowsFrom firstRow: Int, columnsFrom firstColumn: Int) -> Int {
        rows[firstRow...].count { $0 == GLP_BS } + columns[firstColumn...].count { $0 == GLP_BS }
    }
}

extension Session {
    /// The basis that the last solve ended with.
    public var basis: Basis {
        Basis(
            rows: model.rows.indices.map { glp_get_row_stat(problem, Int32($0 + 1)) },
            columns: model.columns.indices.map { glp_get_col_stat(problem, Int32($0 + 1)) })
    }

    /// Starts the next solve from this basis, whatever was solved in between: answers then do not depend on history.
    public func restore(_ basis: Basis) {
        for (i, status) in basis.rows.enumerated() { glp_set_row_stat(problem, Int32(i + 1), status) }
        for (j, status) in basis.columns.enumerated() { glp_set_col_stat(problem, Int32(j + 1), status) }
    }

    /// Puts another session's basis in the place where that session's model stands within this one.
    public func restore(_ basis: Basis, columnOffset: Int, rowOffset: Int) {
        for (i, status) in basis.rows.enumerated() {
            glp_set_row_stat(problem, Int32(rowOffset + i + 1), status)
        }
        for (j, status) in basis.columns.enumerated() {
            glp_set_col_stat(problem, Int32(columnOffset + j + 1), status)
        }
    }
}
