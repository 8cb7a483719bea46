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
public struct OptimalFace: Sendable {
    /// Columns that must stay, with their values.
    public let columns: [(index: Int, value: Double)]
    /// Rows that must stay, with their activities.
    public let rows: [(index: Int, value: Double)]
    /// Some non-basic column or row has no cost to leave its bound: there may be other optima.
    public let hasTies: Bool

    public init(columns: [(index: Int, value: Double)], rows: [(index: Int, value: Double)], hasTies: Bool) {
        self.columns = columns
        self.rows = rows
        self.hasTies = hasTies
    }
}

extension Session {
    /// The optimal face of the last solve.
    ///
    /// - Parameter tolerance: a reduced cost smaller than this counts as zero, relative to the variable's own cost
    ///   where that is above 1. Rounding of the costs that are being paid comes on top; a great penalty that is not
    ///   paid does not blur what is a tie.
    /// - Throws: ``SessionError/noSolution(status:)`` unless the relaxation answered with an optimum.
    public func optimalFace(tolerance: Double = 1e-9) throws -> OptimalFace {
        try checkUse()
        guard status == .optimal, !answerIsBranched else {
            throw SessionError.noSolution(status: answerIsBranched ? "branch and bound" : "\(status)")
        }
        var largestPaid = 0.0
        for j in model.columns.indices where glp_get_col_stat(problem, Int32(j + 1)) == GLP_BS {
            largestPaid = max(largestPaid, abs(glp_get_obj_coef(problem, Int32(j + 1))))
        }
        let rounding = 1e-13 * largestPaid
        var columns: [(index: Int, value: Double)] = []
        var rows: [(index: Int, value: Double)] = []
        var hasTies = false
        for j in model.columns.indices {
            let column = Int32(j + 1)
            let status = glp_get_col_stat(problem, column)
            guard status != GLP_BS else { continue }
            let zero = tolerance * max(1, abs(glp_get_obj_coef(problem, column))) + rounding
            if abs(glp_get_col_dual(problem, column)) > zero || status == GLP_NS {
                columns.append((j, glp_get_col_prim(problem, column)))
            } else {
                hasTies = true
            }
        }
        for i in model.rows.indices {
            let row = Int32(i + 1)
            let status = glp_get_row_stat(problem, row)
            guard status != GLP_BS else { continue }
            if abs(glp_get_row_dual(problem, row)) > tolerance + rounding {
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
    public func restrict(to faces: [(face: OptimalFace, columnOffset: Int, rowOffset: Int)]) {
        var columns: [(Int, Double)] = []
        var rows: [(Int, Double)] = []
        for (face, columnOffset, rowOffset) in faces {
            for (j, value) in face.columns { columns.append((columnOffset + j, value)) }
            for (i, value) in face.rows { rows.append((rowOffset + i, value)) }
        }
        restrict(columns: columns, rows: rows)
    }
}
