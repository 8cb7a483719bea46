/// Two variables, neither negative, of which one must be zero.
package struct ComplementaryPair: Sendable, Equatable {
    /// How far the program is from a side.
    package let slack: Variable
    /// What that side is worth.
    package let dual: Variable
}

extension LinearModel {
    /// Adds what makes values of some variables an optimum of a linear program: feasibility is theirs already, the
    /// dual's rows and the pairs of slack and dual are added here (Karush, Kuhn and Tucker). Parameters may stand in
    /// costs, bounds and sides.
    ///
    /// The conditions hold where every pair has a zero; that is for the caller to see to.
    ///
    /// - Parameters:
    ///   - program: minimises; integers in it count as continuous.
    ///   - columns: the variables that are to be an optimum of it, feasible for it by this model's rows.
    ///   - parameters: the variable of this model that stands for each of the program's parameters, in their order.
    ///   - prefix: of the names of new variables and rows.
    /// - Returns: the pairs, and the dual, whose objective is the program's where no parameter stands in bounds or
    ///   sides.
    package mutating func addComplementarity(
        of program: LinearModel, at columns: [Variable], parameters: [Variable], named prefix: String
    ) throws -> (pairs: [ComplementaryPair], dual: DualProgram) {
        let dual = try addDual(
            of: program.withoutParametersOffObjective, parameters: parameters, named: "\(prefix).dual")
        var pairs: [ComplementaryPair] = []
        func side(_ expression: ParameterExpression) throws -> LinearExpression {
            try program.side(expression, over: parameters)
        }
        /// `left >= lower`, `left <= upper`, and `worth` not negative where it is above, not positive where it is
        /// below.
        func add(
            _ left: LinearExpression, from lower: ParameterExpression, to upper: ParameterExpression,
            worth: LinearExpression, named name: String, _ model: inout LinearModel
        ) throws {
            guard lower.constant.isFinite || upper.constant.isFinite, lower != upper else { return }
            var split = LinearExpression()
            if lower.constant.isFinite {
                let pair = ComplementaryPair(
                    slack: try model.variable("\(name).above"), dual: try model.variable("\(name).lift"))
                try model.add(left - (try side(lower)) - pair.slack == 0, named: "\(name).above")
                split += pair.dual
                pairs.append(pair)
            }
            if upper.constant.isFinite {
                let pair = ComplementaryPair(
                    slack: try model.variable("\(name).below"), dual: try model.variable("\(name).press"))
                try model.add(left - (try side(upper)) + pair.slack == 0, named: "\(name).below")
                split -= pair.dual
                pairs.append(pair)
            }
            try model.add(worth - split == 0, named: "\(name).worth")
        }
        for (i, row) in program.rows.enumerated() {
            try add(
                sum(row.coefficients.map { $0.value * columns[$0.column] }), from: row.lower, to: row.upper,
                worth: dual.rowDuals[i], named: "\(prefix).row\(i)", &self)
        }
        for (j, column) in program.columns.enumerated() {
            try add(
                columns[j].linearExpression, from: column.lower, to: column.upper, worth: dual.reducedCosts[j],
                named: "\(prefix).column\(j)", &self)
        }
        return (pairs, dual)
    }
}

extension LinearModel {
    /// A bound or side of this model with variables of another one in the place of its parameters.
    ///
    /// - Parameter variables: one per parameter, in their order.
    func side(_ expression: ParameterExpression, over variables: [Variable]) throws -> LinearExpression {
        var sum = LinearExpression(expression.constant)
        for term in expression.terms {
            guard variables.indices.contains(term.parameter.index) else {
                throw ModelError.foreignParameter(
                    what: "the parameter '\(name(of: term.parameter))' of a bound or side")
            }
            sum += term.factor * variables[term.parameter.index]
        }
        return sum
    }
}
