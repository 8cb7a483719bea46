/// What remains of a model when its first variables are given: the rows from a place on, over the variables from a
/// place on.
///
/// What the given variables take from a row stands in a parameter of its own, `given`:
/// `lower - given <= a x <= upper - given`.
package struct Remainder: Sendable {
    package let model: LinearModel
    package let fixedActivities: [FixedActivity]
    /// Objective coefficients of the given variables, those that are not zero.
    let costs: [(column: Int, coefficient: ParameterExpression)]

    /// What the given variables take from a row of ``model``.
    package struct FixedActivity: Sendable {
        let row: Int
        /// Stands on the row's sides.
        package let parameter: Parameter
        let coefficients: [(column: Int, value: Double)]

        package func sum(_ given: [Double]) -> Double {
            coefficients.reduce(0) { $0 + $1.value * given[$1.column] }
        }

        /// Adds a multiple of the row to a sum over the given variables.
        package func add(_ factor: Double, to sum: inout [Double]) {
            for (column, value) in coefficients { sum[column] += factor * value }
        }
    }

    /// What the given variables add to the objective.
    ///
    /// - Parameter parameters: values of the whole model's parameters.
    package func cost(of given: [Double], parameters: [Double]) -> Double {
        costs.reduce(0) { $0 + $1.coefficient.value(at: parameters) * given[$1.column] }
    }

    /// Adds the objective's coefficients of the given variables.
    package func addCosts(to sum: inout [Double], parameters: [Double]) {
        for (column, coefficient) in costs { sum[column] += coefficient.value(at: parameters) }
    }

    /// How the objective changes with each given variable when the remainder follows: `c - sum over rows of dual * a`.
    ///
    /// - Parameters:
    ///   - session: of ``model``, solved.
    ///   - gradient: one number per given variable; overwritten.
    package func gradient(_ session: SolverSession, parameters: [Double], into gradient: inout [Double]) {
        for j in gradient.indices { gradient[j] = 0 }
        addCosts(to: &gradient, parameters: parameters)
        for activity in fixedActivities {
            let dual = session.dual(ofRow: activity.row)
            if dual != 0 { activity.add(-dual, to: &gradient) }
        }
    }
}

extension LinearModel {
    /// What remains when the variables before `column` are given and the rows before `row` are somebody else's.
    ///
    /// The rows before `row` must hold none of the remaining variables. Parameters keep their names and their order;
    /// those of fixedActivities follow.
    package func remainder(fromVariable column: Int, fromConstraint row: Int) -> Remainder {
        var rest = LinearModel()
        rest.parameterNames = parameterNames
        rest.parameterValues = parameterValues
        rest.parameterRanges = parameterRanges
        func own(_ expression: ParameterExpression) -> ParameterExpression {
            var moved = expression
            for i in moved.terms.indices {
                moved.terms[i].parameter = Parameter(index: moved.terms[i].parameter.index, model: rest.identity)
            }
            return moved
        }
        for old in columns[column...] {
            rest.columns.append(
                Column(
                    name: old.name, kind: old.kind, lower: own(old.lower), upper: own(old.upper), tag: old.tag))
        }
        var fixedActivities: [Remainder.FixedActivity] = []
        for old in rows[row...] {
            let given = old.coefficients.filter { $0.column < column }
            var (lower, upper) = (own(old.lower), own(old.upper))
            if !given.isEmpty {
                let parameter = Parameter(index: rest.parameterNames.count, model: rest.identity)
                rest.parameterNames.append("given.\(old.name)")
                rest.parameterValues.append(0)
                if lower.constant.isFinite { lower = lower + (-1 * ParameterExpression(parameter)) }
                if upper.constant.isFinite { upper = upper + (-1 * ParameterExpression(parameter)) }
                fixedActivities.append(.init(row: rest.rows.count, parameter: parameter, coefficients: given))
            }
            rest.rows.append(
                Row(
                    name: old.name, lower: lower, upper: upper,
                    coefficients: old.coefficients.filter { $0.column >= column }.map {
                        ($0.column - column, $0.value)
                    },
                    tag: old.tag))
        }
        let coefficients = objectiveCoefficients().sorted { $0.key < $1.key }
        var objective = LinearExpression()
        objective.constant = own(self.objective.constant)
        for (j, coefficient) in coefficients where j >= column {
            let variable = Variable(index: j - column, model: rest.identity)
            objective.terms.append(.init(variable: variable, coefficient: coefficient.constant))
            for term in own(coefficient).terms {
                objective.products.append(
                    .init(variable: variable, parameter: term.parameter, factor: term.factor))
            }
        }
        rest.setCheckedObjective(objective, sense: sense)
        return Remainder(
            model: rest, fixedActivities: fixedActivities,
            costs: coefficients.filter { $0.key < column }.map { (column: $0.key, coefficient: $0.value) })
    }
}
