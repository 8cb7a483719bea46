import CGLPK
import Foundation

/// A linear program over given columns whose rows come as they are found to matter, such as cuts, and go again.
///
/// It keeps its basis: a row more or other sides of a row take a few pivots. Unlike a ``SolverSession`` it knows no
/// model of itself, and no integers.
///
/// Made, used and dropped on one thread, as sessions are.
package final class GrowingProgram {
    let problem: OpaquePointer
    private let thread = pthread_self()
    package internal(set) var rowCount = 0
    let columnCount: Int
    /// What all solves so far took: rows and columns that pivots went through.
    package private(set) var work = 0

    package struct Column {
        package let lower: Double
        package let upper: Double
        package let cost: Double

        package init(in range: ClosedRange<Double>, cost: Double = 0) {
            (lower, upper, self.cost) = (range.lowerBound, range.upperBound, cost)
        }
    }

    /// - Parameter columns: with finite bounds and costs, or infinite bounds.
    package init(_ columns: [Column], sense: LinearModel.Sense) {
        glp_term_out(GLP_OFF)
        problem = glp_create_prob()
        columnCount = columns.count
        glp_set_obj_dir(problem, sense == .minimise ? GLP_MIN : GLP_MAX)
        if !columns.isEmpty { glp_add_cols(problem, Int32(columns.count)) }
        for (j, column) in columns.enumerated() {
            let bounds = SolverSession.GLPKBounds(column.lower, column.upper)
            glp_set_col_bnds(problem, Int32(j + 1), bounds.type, bounds.lower, bounds.upper)
            glp_set_obj_coef(problem, Int32(j + 1), column.cost)
        }
        glp_std_basis(problem)
    }

    deinit { if pthread_equal(thread, pthread_self()) != 0 { glp_delete_prob(problem) } }

    /// Adds a row.
    ///
    /// - Parameter coefficients: each column once.
    /// - Returns: its number.
    @discardableResult
    package func add(_ coefficients: [(column: Int, value: Double)], from lower: Double, to upper: Double) -> Int {
        let row = glp_add_rows(problem, 1)
        glp_set_mat_row(
            problem, row, Int32(coefficients.count), [0] + coefficients.map { Int32($0.column + 1) },
            [0] + coefficients.map(\.value))
        rowCount += 1
        reside(rowCount - 1, from: lower, to: upper)
        return rowCount - 1
    }

    /// Gives a row other sides.
    package func reside(_ row: Int, from lower: Double, to upper: Double) {
        let bounds = SolverSession.GLPKBounds(lower, upper)
        glp_set_row_bnds(problem, Int32(row + 1), bounds.type, bounds.lower, bounds.upper)
    }

    package func setCost(_ column: Int, _ cost: Double) { glp_set_obj_coef(problem, Int32(column + 1), cost) }

    package func value(_ column: Int) -> Double { glp_get_col_prim(problem, Int32(column + 1)) }

    /// What changed since the last solve, which is then the least work for one method or the other.
    package enum Change {
        case rows, costs
    }

    /// Solves from the basis as it is; where GLPK does not get along with it, from another.
    ///
    /// - Parameters:
    ///   - change: since the last solve.
    ///   - limit: of ``work``, for this solve.
    /// - Throws: ``Interrupted``; ``SolverSessionError/solverFailed(code:)`` where no way of pivoting ends.
    package func solve(after change: Change = .rows, work limit: Int = .max) throws -> SolveStatus {
        let size = max(1, rowCount + columnCount)
        let allowance = WorkAllowance.current
        var lastCode: Int32 = 0
        var left = limit
        let ways = change == .rows ? SolverSession.ways : SolverSession.waysOnFace + SolverSession.ways
        for way in ways {
            try Interruption.check()
            try allowance?.check()
            if way.isCold { glp_adv_basis(problem, 0) }
            var options = way.options
            // No tie is told by reduced costs here, so that GLPK's own tolerance does.
            options.tol_dj = 1e-7
            let allowed = allowance.map { $0.left / size } ?? .max
            options.it_lim = Int32(clamping: max(0, min(20_000 + 50 * size, left / size, allowed)))
            let before = glp_get_it_cnt(problem)
            lastCode = glp_simplex(problem, &options)
            let spent = (Int(glp_get_it_cnt(problem) - before) + SolverSession.pivotsOfASolve) * size
            work += spent
            left -= spent
            allowance?.charge(spent)
            if let status = SolverSession.status(problem, after: lastCode) { return status }
            if lastCode == GLP_EITLIM, left <= 0 { return .limit(gap: nil) }
        }
        throw SolverSessionError.solverFailed(code: Int(lastCode))
    }
}
