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
