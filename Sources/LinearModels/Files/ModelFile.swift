import CGLPK
import Foundation

/// Formats that other solvers read.
public enum ModelFileFormat: String, Sendable, CaseIterable {
    /// CPLEX LP: meant to be read by people.
    case lp
    /// Free MPS: full names, read by every solver. It knows no sense: a maximisation is written as the minimisation of
    /// its negative, and the problem is named `maximise_negated`.
    case mps
}

extension SolverSession {
    /// Writes the model, with the parameters as they are set, for another solver or for reading.
    ///
    /// LP is written by GLPK itself, with 15 significant digits. In MPS, where GLPK writes no more than 12 letters of a
    /// number, every number is written so that it reads back the same. GLPK puts an objective's constant into a comment
    /// (LP), and solvers differ in its sign (MPS), so here it is the cost of a further column fixed at 1,
    /// `objective.constant`. A model without rows, which GLPK cannot write, gets the row that says so.
    public func write(to path: String, format: ModelFileFormat) throws {
        try checkUse()
        try applyParameters()
        setDeferral(false)
        guard let copy = glp_create_prob() else { throw SolverSessionError.cannotWrite(path: path) }
        defer { glp_delete_prob(copy) }
        glp_copy_prob(copy, problem, GLP_OFF)
        // Solving needs no names, and they are much of what a large program takes.
        for (j, column) in model.columns.enumerated() { glp_set_col_name(copy, Int32(j + 1), column.name) }
        for (i, row) in model.rows.enumerated() { glp_set_row_name(copy, Int32(i + 1), row.name) }
        let constant = glp_get_obj_coef(copy, 0)
        if constant != 0 || glp_get_num_rows(copy) == 0 {
            var name = "objective.constant"
            while model.variable(named: name) != nil { name += "_" }
            let column = glp_add_cols(copy, 1)
            glp_set_col_name(copy, column, name)
            glp_set_col_bnds(copy, column, GLP_FX, 1, 1)
            glp_set_obj_coef(copy, column, constant)
            glp_set_obj_coef(copy, 0, 0)
            if glp_get_num_rows(copy) == 0 {
                let row = glp_add_rows(copy, 1)
                glp_set_row_name(copy, row, name)
                glp_set_mat_row(copy, row, 1, [0, column], [0, 1])
                glp_set_row_bnds(copy, row, GLP_FX, 1, 1)
            }
        }
        if format == .mps, glp_get_obj_dir(copy) == GLP_MAX {
            glp_set_prob_name(copy, "maximise_negated")
            glp_set_obj_dir(copy, GLP_MIN)
            for j in 1...glp_get_num_cols(copy) { glp_set_obj_coef(copy, j, -glp_get_obj_coef(copy, j)) }
        }
        switch format {
        case .lp: guard glp_write_lp(copy, nil, path) == 0 else { throw SolverSessionError.cannotWrite(path: path) }
        case .mps:
            do {
                try MPSText(copy).text.write(toFile: path, atomically: false, encoding: .utf8)
            } catch { throw SolverSessionError.cannotWrite(path: path) }
        }
    }
}
