/// Models that stand within a larger one whole or not at all.
extension LinearModel {
    /// Adds another model's variables and constraints behind this one's own, with every bound and side multiplied with
    /// a binary: at one it is the other model, at nought its homogeneous system.
    ///
    /// At nought a variable with finite bounds is nought; what has none is left the directions of recession, in which
    /// the model has no end. Whole numbers stay whole. Parameters are taken at the values that they have.
    ///
    /// - Parameters:
    ///   - binary: a variable of this model.
    ///   - prefix: names become `prefix.name`.
    /// - Returns: the other's variables in this model, and its objective over them, its constant multiplied as well.
    /// - Throws: ``ModelError`` where a name is taken or too long.
    package mutating func append(
        _ other: LinearModel, switchedBy binary: Variable, named prefix: String
    ) throws -> (variables: [Variable], objective: LinearExpression) {
        /// `lower * binary <= expression <= upper * binary`.
        func keep(
            _ expression: LinearExpression, _ lower: Double, _ upper: Double, _ name: String, in model: inout Self
        ) throws {
            if lower == upper {
                try model.add(expression - lower * binary == 0, named: "\(prefix)@is.\(name)")
                return
            }
            if lower.isFinite { try model.add(expression - lower * binary >= 0, named: "\(prefix)@least.\(name)") }
            if upper.isFinite { try model.add(expression - upper * binary <= 0, named: "\(prefix)@most.\(name)") }
        }
        var variables: [Variable] = []
        for (j, column) in other.columns.enumerated() {
            let (lower, upper) = other.presentBounds(ofColumn: j)
            let isInteger = column.kind != .continuous
            let copy = try variable(
                "\(prefix).\(column.name)", in: min(0, lower)...max(0, upper), kind: isInteger ? .integer : .continuous)
            variables.append(copy)
            // A side that is nought is the column's own bound, whatever the binary is.
            let isFixed = lower == upper
            try keep(
                copy.linearExpression, lower == 0 && !isFixed ? -.infinity : lower,
                upper == 0 && !isFixed ? .infinity : upper, "bounds.\(column.name)", in: &self)
        }
        for row in other.rows {
            try keep(
                sum(row.coefficients.map { $0.value * variables[$0.column] }),
                row.lower.value(at: other.parameterValues), row.upper.value(at: other.parameterValues), row.name,
                in: &self)
        }
        var objective = other.objective.constant.value(at: other.parameterValues) * binary
        for (j, coefficient) in other.objectiveCoefficients().sorted(by: { $0.key < $1.key }) {
            objective += coefficient.value(at: other.parameterValues) * variables[j]
        }
        return (variables, objective)
    }

    /// A variable's bounds at the values that the parameters have, those of whole numbers rounded inward.
    package func presentBounds(of variable: Variable) -> (lower: Double, upper: Double) {
        presentBounds(ofColumn: variable.index)
    }

    private func presentBounds(ofColumn j: Int) -> (lower: Double, upper: Double) {
        let column = columns[j]
        var (lower, upper) = (column.lower.value(at: parameterValues), column.upper.value(at: parameterValues))
        if column.kind == .binary { (lower, upper) = (max(0, lower), min(1, upper)) }
        guard column.kind != .continuous else { return (lower, upper) }
        let slack = 1e-9
        return (
            (lower - slack * max(1, abs(lower))).rounded(.up), (upper + slack * max(1, abs(upper))).rounded(.down)
        )
    }
}

extension LinearExpression {
    /// The size of the greatest number that multiplies a variable; 0 for a constant.
    package var largestCoefficient: Double { terms.reduce(0) { max($0, abs($1.coefficient)) } }

    /// The size of the greatest of the terms that an expression's value is the sum of: its value is no better known
    /// than a fraction of it.
    package func largestTerm(variables values: [Double], parameters: [Double]) -> Double {
        var largest = abs(constant.value(at: parameters))
        for term in terms { largest = max(largest, abs(term.coefficient * values[term.variable.index])) }
        for product in products {
            let value = product.factor * parameters[product.parameter.index] * values[product.variable.index]
            largest = max(largest, abs(value))
        }
        return largest
    }
}
