/// A pair of variables of which one must be zero, and what the first one stands for.
package struct OptimalityPair: Sendable {
    package let pair: ComplementaryPair
    /// How far the program is from the side, over the model's variables.
    package let distance: LinearExpression
}

extension LinearModel {
    /// Adds what makes values of some variables an optimum of a linear program, as
    /// ``addComplementarity(of:at:parameters:named:)`` does, in as few rows as it can be said: one per column, for what
    /// its costs are made of, and one per side that is no bound at zero.
    ///
    /// The rows of sides say what the program's own rows in this model say, equalities aside.
    ///
    /// - Parameters:
    ///   - program: minimises; integers in it count as continuous. No parameter multiplies a variable in its costs.
    ///   - columns: the variables that are to be an optimum of it, within its bounds.
    ///   - parameters: the variable of this model that stands for each of the program's parameters, in their order.
    ///   - prefix: of the names of new variables and rows.
    package mutating func addOptimality(
        of program: LinearModel, at columns: [Variable], parameters: [Variable], named prefix: String
    ) throws -> [OptimalityPair] {
        var pairs: [OptimalityPair] = []
        func side(_ expression: ParameterExpression) throws -> LinearExpression {
            try program.side(expression, over: parameters)
        }
        /// The dual of `lower <= left <= upper`: what one more unit of the side that binds is worth.
        func dual(
            _ left: LinearExpression, _ lower: ParameterExpression, _ upper: ParameterExpression,
            above own: Variable?, named name: String, _ model: inout LinearModel
        ) throws -> LinearExpression {
            if lower == upper, lower.constant.isFinite {
                return try model.variable("\(name).worth", in: -.infinity ... .infinity).linearExpression
            }
            var worth = LinearExpression()
            for isUpper in [false, true] {
                let bound = isUpper ? upper : lower
                guard bound.constant.isFinite else { continue }
                let end = isUpper ? "below" : "above"
                let distance = try isUpper ? side(bound) - left : left - side(bound)
                var slack = isUpper ? nil : own
                if slack == nil {
                    let added = try model.variable("\(name).\(end)")
                    try model.add(distance - added == 0, named: "\(name).\(end)")
                    slack = added
                }
                let price = try model.variable("\(name).\(end).price")
                if let slack {
                    pairs.append(OptimalityPair(pair: .init(slack: slack, dual: price), distance: distance))
                }
                worth += (isUpper ? -1 : 1) * price
            }
            return worth
        }
        var rest = program.objectiveForm.ofVariables.map { LinearExpression($0) }
        for (i, row) in program.rows.enumerated() {
            let left = sum(row.coefficients.map { $0.value * columns[$0.column] })
            let worth = try dual(left, row.lower, row.upper, above: nil, named: "\(prefix).row\(i)", &self)
            for (j, value) in row.coefficients { rest[j].add(worth, times: -value) }
        }
        for (j, column) in program.columns.enumerated() {
            if column.lower == column.upper, column.lower.isConstant { continue }
            let name = "\(prefix).column\(j)"
            let isFromZero = column.lower == ParameterExpression(0) && bounds(of: columns[j])?.lowerBound == 0
            let worth = try dual(
                columns[j].linearExpression, column.lower, column.upper, above: isFromZero ? columns[j] : nil,
                named: name, &self)
            try addCondition(rest[j] - worth == 0, named: name)
        }
        return pairs
    }

    /// Adds the rows of a program whose two sides are one, which ``addOptimality(of:at:parameters:named:)`` leaves out.
    package mutating func addEqualities(
        of program: LinearModel, at columns: [Variable], parameters: [Variable], named prefix: String
    ) throws {
        for (i, row) in program.rows.enumerated() where row.lower == row.upper {
            let left = sum(row.coefficients.map { $0.value * columns[$0.column] })
            let side = try program.side(row.lower, over: parameters)
            try add(left - side == 0, named: "\(prefix)\(i)")
        }
    }

    /// Whether both sides of a row are one.
    package func isEquality(_ constraint: Constraint) -> Bool {
        rows[constraint.index].lower == rows[constraint.index].upper
    }

    /// By row.
    package var constraints: [Constraint] { rows.indices.map { Constraint(index: $0, model: identity) } }
}
