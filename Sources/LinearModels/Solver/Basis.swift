import CGLPK

/// A simplex basis: the status of every row and column, as GLPK codes it.
public struct Basis: Sendable, Equatable, Codable {
    package internal(set) var rows: [Int32]
    package internal(set) var columns: [Int32]

    package init(rows: [Int32], columns: [Int32]) { (self.rows, self.columns) = (rows, columns) }

    /// How many rows and columns are basic, from given ones on.
    public func basicCount(rowsFrom firstRow: Int, columnsFrom firstColumn: Int) -> Int {
        rows.dropFirst(firstRow).count { $0 == GLP_BS } + columns.dropFirst(firstColumn).count { $0 == GLP_BS }
    }
}

extension SolverSession {
    /// The basis that the next solve starts from: the last solve's, or one restored since.
    public var basis: Basis {
        start
            ?? Basis(
                rows: model.rows.indices.map { glp_get_row_stat(problem, Int32($0 + 1)) },
                columns: model.columns.indices.map { glp_get_col_stat(problem, Int32($0 + 1)) })
    }

    /// Starts the next solve from this basis, whatever was solved in between: answers then do not depend on history.
    public func restore(_ basis: Basis) {
        guard
            mayUse(
                orElse: .misfit(what: "a basis"),
                basis.rows.count == model.rows.count && basis.columns.count == model.columns.count)
        else { return }
        start = basis
    }

    /// Puts another session's basis in the place where that session's model stands within this one.
    public func restore(_ basis: Basis, columnOffset: Int, rowOffset: Int) {
        let isLegal =
            columnOffset >= 0 && rowOffset >= 0 && columnOffset <= model.columns.count - basis.columns.count
            && rowOffset <= model.rows.count - basis.rows.count
        guard mayUse(orElse: .misfit(what: "a basis"), isLegal) else { return }
        if start == nil { start = self.basis }
        for (i, status) in basis.rows.enumerated() { start?.rows[rowOffset + i] = status }
        for (j, status) in basis.columns.enumerated() { start?.columns[columnOffset + j] = status }
    }

    /// Starts the next solve from the basis in which every row's own variable is basic.
    public func startFromSlackBasis() {
        guard mayUse(orElse: .wrongThread, true) else { return }
        start = nil
        placed = nil
        glp_std_basis(problem)
        start = basis
    }

    /// Puts a restored basis in place, once bounds are final.
    func placeStart() {
        guard let basis = start else { return }
        start = nil
        // A solve without a pivot has left its factors as they were, though it may have moved others to their other
        // bound.
        if basis != placed { forgetFactorisation() }
        placed = capRows == 0 && addedRows == 0 ? basis : nil
        for (i, status) in basis.rows.enumerated() { glp_set_row_stat(problem, Int32(i + 1), status) }
        for (j, status) in basis.columns.enumerated() { glp_set_col_stat(problem, Int32(j + 1), status) }
        for k in 0..<capRows + addedRows {
            glp_set_row_stat(problem, Int32(model.constraintCount + k + 1), k < tightRows ? GLP_NL : GLP_BS)
        }
    }

    /// Makes GLPK factorise anew. It keeps a factorisation, with its history of updates, while the set of basic
    /// variables stays the same; the last digits of an answer would then depend on what was solved before.
    func forgetFactorisation() {
        guard !model.columns.isEmpty else { return }
        let status = glp_get_col_stat(problem, 1)
        glp_set_col_stat(problem, 1, status == GLP_BS ? GLP_NL : GLP_BS)
        glp_set_col_stat(problem, 1, status)
    }
}
