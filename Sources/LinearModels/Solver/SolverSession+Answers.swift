import CGLPK

/// What the last solve found. Asking for a variable or constraint of another model gives NaN.
extension SolverSession {
    public func value(of variable: Variable) -> Double {
        model.owns(variable) ? values[variable.index] : .nan
    }

    public func value(of expression: some LinearExpressible) -> Double {
        let expression = expression.linearExpression
        guard model.owns(expression) else { return .nan }
        return expression.value(variables: values, parameters: parameterValues)
    }

    /// Change of the objective for one more unit of the row's active side. Defined where the relaxation answered.
    public func dual(of constraint: Constraint) -> Double {
        model.owns(constraint) ? glp_get_row_dual(problem, Int32(constraint.index + 1)) : .nan
    }

    /// Change of the objective for one more unit of the variable, rows kept. Defined where the relaxation answered.
    public func reducedCost(of variable: Variable) -> Double {
        model.owns(variable) ? glp_get_col_dual(problem, Int32(variable.index + 1)) : .nan
    }

    func dual(ofRow row: Int) -> Double { glp_get_row_dual(problem, Int32(row + 1)) }
}

extension SolverSession {
    /// Version of the GLPK library in use, such as `5.0`.
    public static var solverVersion: String { glp_version().map { String(cString: $0) } ?? "unknown" }
}

/// What solves cost, without a clock.
extension SolverSession {
    /// What a solve takes beside its pivots, in pivots: the problem is copied and factorised, and values are read.
    static let pivotsOfASolve = 10

    /// What a solve of so many pivots counts as ``work``: each goes through the whole model, its rows, columns and
    /// numbers.
    func work(ofPivots pivots: Int) -> Int { (Self.pivotsOfASolve + pivots) * size }

    /// Solves as ``solve()`` does, with no more than so much ``work``; ends as ``SolveStatus/limit(gap:)`` where that
    /// does not suffice.
    public func solve(work limit: Int) throws -> SolveStatus {
        let pivots = limit / max(1, size) - Self.pivotsOfASolve
        guard pivots > 0 else {
            status = .limit(gap: nil)
            return status
        }
        let usual = limits
        limits.iterations = min(pivots, limits.iterations ?? pivots)
        defer { limits = usual }
        return try solve()
    }
}
