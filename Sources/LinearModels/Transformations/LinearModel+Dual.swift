/// The dual of a linear program, as part of another model in which the program's parameters are variables.
///
/// For `F(p) = min { c(p) x : L <= A x <= U, l <= x <= u }` with costs affine in the parameters `p`, the dual
///
///     max  L y⁺ - U y⁻ + l z⁺ - u z⁻
///     s.t. A' (y⁺ - y⁻) + z⁺ - z⁻ = c(p),   all of them >= 0
///
/// is linear in `p` too. Any point that satisfies its rows has an ``objective`` of at most `F(p)`, and some point
/// attains it (weak and strong duality). So `objective >= c(p) x` keeps a given feasible `x` optimal, and the largest
/// `objective` over all `p` is the largest `F(p)`. Of a mixed-integer program it is the dual of the relaxation, whose
/// `F` may be lower than the program's own.
package struct DualProgram: Sendable {
    /// At most the optimum of the program at the values of the parameters; in a program that maximises, at least.
    package var objective: LinearExpression { sum([constant] + rowWorths + columnWorths) }
    /// What the program's objective adds whatever its variables are.
    package let constant: LinearExpression
    /// Dual of each row: the change of the optimum for one more unit of its active side.
    package let rowDuals: [LinearExpression]
    /// Reduced cost of each column, `c(p) - A' y`: at an optimum not negative at a lower bound, not positive at an
    /// upper one.
    package let reducedCosts: [LinearExpression]
    /// What each row and each column adds to the objective; the rest of it is ``constant``. At an optimum these are the
    /// row's dual times the row, and the column's reduced cost times the column: there a row or a bound that does not
    /// bind is worth nothing (complementary slackness).
    package let rowWorths: [LinearExpression]
    package let columnWorths: [LinearExpression]
}

extension LinearModel {
    /// Adds the variables and rows of another model's dual, without an objective.
    ///
    /// The variable `z⁺` of a finite lower bound, or `z⁻` of a lone upper one, is what is left of the column's row, and
    /// is not written: a column between two bounds has one variable, any other none.
    ///
    /// - Parameters:
    ///   - program: a model with parameters in its objective alone; integers in it count as continuous.
    ///   - parameters: the variable of this model that stands for each of the program's parameters, in their order.
    ///   - prefix: of the names of new variables and rows.
    /// - Throws: ``ModelError/parameterOffObjective(location:)``, ``ModelError/foreignParameter(what:)`` for a
    ///   parameter without a variable, or what new variables and rows of these names would throw.
    package mutating func addDual(
        of program: LinearModel, parameters: [Variable], named prefix: String
    ) throws -> DualProgram {
        if let location = program.parameterOffObjective { throw ModelError.parameterOffObjective(location: location) }
        /// A cost with variables in the place of parameters.
        func moved(_ expression: ParameterExpression) throws -> LinearExpression {
            var sum = LinearExpression(expression.constant)
            for term in expression.terms {
                guard parameters.indices.contains(term.parameter.index) else {
                    let name = program.name(of: term.parameter)
                    throw ModelError.foreignParameter(what: "the dual of a program with the parameter '\(name)'")
                }
                sum += term.factor * parameters[term.parameter.index]
            }
            return sum
        }
        // A program that maximises is the one that minimises the negative.
        let sign = program.sense == .minimise ? 1.0 : -1.0
        var (rowDuals, rowWorths): ([LinearExpression], [LinearExpression]) = ([], [])
        var weights = program.columns.map { _ in LinearExpression() }
        for row in program.rows {
            let (lower, upper) = (row.lower.constant, row.upper.constant)
            let name = "\(prefix).\(row.name)"
            var dual: LinearExpression
            if lower == upper || !(lower.isFinite && upper.isFinite) {
                let range = (upper.isFinite ? -Double.infinity : 0)...(lower.isFinite ? .infinity : 0)
                dual = try variable(name, in: range).linearExpression
                rowWorths.append(sign * (lower.isFinite ? lower : upper.isFinite ? upper : 0) * dual)
            } else {
                let (above, below) = (try variable(name), try variable("\(name).upper"))
                dual = above - below
                rowWorths.append(sign * (lower * above - upper * below))
            }
            for (j, value) in row.coefficients { weights[j].add(dual, times: value) }
            dual = sign * dual
            rowDuals.append(dual)
        }
        let costs = program.objectiveCoefficients()
        var (reducedCosts, columnWorths): ([LinearExpression], [LinearExpression]) = ([], [])
        for (j, column) in program.columns.enumerated() {
            let (lower, upper) = (column.lower.constant, column.upper.constant)
            let cost = try moved(costs[j] ?? ParameterExpression())
            let reduced = sign * cost - weights[j]
            reducedCosts.append(sign * reduced)
            let name = "\(prefix).\(column.name)"
            // What the column adds to the objective is its reduced cost at the bound that it would be at.
            var worth = sign * (lower.isFinite ? lower : upper.isFinite ? upper : 0) * reduced
            switch (lower.isFinite, upper.isFinite) {
            case (true, true) where lower == upper: break
            case (true, true):
                let excess = try variable("\(name).bound")
                worth += sign * (lower - upper) * excess
                try add(reduced + excess >= 0, named: name)
            case (true, false): try addCondition(reduced >= 0, named: name)
            case (false, true): try addCondition(reduced <= 0, named: name)
            case (false, false): try addCondition(reduced == 0, named: name)
            }
            columnWorths.append(worth)
        }
        return DualProgram(
            constant: try moved(program.objective.constant), rowDuals: rowDuals, reducedCosts: reducedCosts,
            rowWorths: rowWorths, columnWorths: columnWorths)
    }

    /// Adds a relation that may be without any variable: one that always holds is left out, one that never does makes
    /// the model infeasible.
    package mutating func addCondition(_ relation: Relation, named name: String) throws {
        do {
            try add(relation, named: name)
        } catch ModelError.emptyConstraint {
            let constant = relation.difference.constant.constant
            let holds =
                switch relation.sense {
                case .lessOrEqual: constant <= 0
                case .equal: constant == 0
                case .greaterOrEqual: constant >= 0
                case .range(let low, let high): low...high ~= constant
                }
            if holds { return }
            try add(variable("\(name).never", in: 0...0) == 1, named: name)
        }
    }

    /// Parameters that stand in bounds or sides, in their order.
    package var parametersOffObjective: [Parameter] {
        let sides = columns.flatMap { [$0.lower, $0.upper] } + rows.flatMap { [$0.lower, $0.upper] }
        let used = Set(sides.flatMap(\.terms).filter { $0.factor != 0 }.map(\.parameter))
        return parameters.filter(used.contains)
    }

    /// The first place beside the objective where a parameter stands; nil where there is none.
    package var parameterOffObjective: String? {
        if let column = columns.first(where: { !($0.lower.isConstant && $0.upper.isConstant) }) {
            return "a bound of '\(column.name)'"
        }
        return rows.first { !($0.lower.isConstant && $0.upper.isConstant) }.map { "a side of constraint '\($0.name)'" }
    }
}
