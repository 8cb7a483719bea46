extension LinearModel {
    /// The model with parameters turned into variables between bounds: what the best values of the parameters are, as
    /// one program.
    ///
    /// For a parameter `p` in `low ... high`, now a variable of the same name, a column's bound `x <= c + f p` becomes
    /// the row `x - f p <= c`, a side `a x <= c + f p` becomes `a x - f p <= c`, and `f p` in the objective's constant
    /// becomes a cost. A row that has two sides which hold freed parameters differently becomes one row per side.
    ///
    /// The variables of this model keep their indices, the freed ones follow in the order given. Other parameters stay
    /// parameters, under their names. A parameter's name that no variable may have is mended: see ``legal(_:)``.
    ///
    /// - Parameter freed: parameters with finite bounds.
    /// - Throws: ``ModelError/freedInProduct(parameter:variable:)`` where one of them multiplies a variable,
    ///   ``ModelError/foreignParameter(what:)``, or what a new variable or constraint of these bounds and names would
    ///   throw.
    package func freeing(_ freed: [(parameter: Parameter, bounds: ClosedRange<Double>)]) throws -> LinearModel {
        for (parameter, _) in freed where !owns(parameter) {
            throw ModelError.foreignParameter(what: "the list of freed parameters")
        }
        var result = LinearModel()
        let places = Dictionary(uniqueKeysWithValues: freed.enumerated().map { ($1.parameter.index, $0) })
        var kept: [Int: Parameter] = [:]
        for parameter in parameters where places[parameter.index] == nil {
            let copy = try result.parameter(name(of: parameter), value: parameterValues[parameter.index])
            result.parameterRanges[copy.index] = parameterRanges[parameter.index]
            result.parameterTags[copy.index] = parameterTags[parameter.index]
            kept[parameter.index] = copy
        }
        /// Parts of an expression: what stays one of parameters, and what is freed, as place and factor.
        func split(_ expression: ParameterExpression) -> (rest: ParameterExpression, freed: [Int: Double]) {
            var rest = ParameterExpression(expression.constant)
            var factors: [Int: Double] = [:]
            for term in expression.terms {
                if let copy = kept[term.parameter.index] {
                    rest.terms.append(.init(parameter: copy, factor: term.factor))
                } else if let place = places[term.parameter.index] {
                    factors[place, default: 0] += term.factor
                }
            }
            return (rest, factors.filter { $0.value != 0 })
        }
        /// The side as far as bounds alone can say it: freed parameters at the end that forbids least.
        func widest(_ side: (rest: ParameterExpression, freed: [Int: Double]), isUpper: Bool) -> ParameterExpression {
            side.freed.sorted { $0.key < $1.key }.reduce(side.rest) { sum, term in
                let bounds = freed[term.key].bounds
                let atUpper = (term.value > 0) == isUpper
                return sum + ParameterExpression(term.value * (atUpper ? bounds.upperBound : bounds.lowerBound))
            }
        }
        var variables: [Variable] = []
        for column in columns {
            let variable = try result.variable(
                column.name, from: widest(split(column.lower), isUpper: false),
                to: widest(split(column.upper), isUpper: true), kind: column.kind)
            result.columns[variable.index].tag = column.tag
            variables.append(variable)
        }
        let values = try freed.map {
            let variable = try result.variable(Self.legal(name(of: $0.parameter)), in: $0.bounds)
            result.columns[variable.index].tag = parameterTags[$0.parameter.index]
            return variable
        }
        func tag(_ row: Constraint, _ tag: ModelTag?, isFreedBound: Bool) {
            result.rows[row.index].tag = tag
            if isFreedBound { result.rows[row.index].tag?.isFreedBound = true }
        }
        func sumOfFreed(_ factors: [Int: Double]) -> LinearExpression {
            sum(factors.sorted { $0.key < $1.key }.map { $0.value * values[$0.key] })
        }
        for (column, variable) in zip(columns, variables) {
            let (lower, upper) = (split(column.lower), split(column.upper))
            if !lower.freed.isEmpty {
                let side = sumOfFreed(lower.freed) + LinearExpression(lower.rest)
                tag(
                    try result.add(variable - side >= 0, named: "\(column.name).lower"), column.tag, isFreedBound: true)
            }
            if !upper.freed.isEmpty {
                let side = sumOfFreed(upper.freed) + LinearExpression(upper.rest)
                tag(
                    try result.add(variable - side <= 0, named: "\(column.name).upper"), column.tag, isFreedBound: true)
            }
        }
        for row in rows {
            let (lower, upper) = (split(row.lower), split(row.upper))
            let left = sum(row.coefficients.map { $0.value * variables[$0.column] })
            let isOneRow =
                lower.freed == upper.freed || row.lower.constant == -.infinity || row.upper.constant == .infinity
            if isOneRow {
                let moved = left - sumOfFreed(lower.freed.isEmpty ? upper.freed : lower.freed)
                let copy = try result.add(moved, between: lower.rest, and: upper.rest, named: row.name)
                tag(copy, row.tag, isFreedBound: false)
            } else {
                let infinity = ParameterExpression(.infinity)
                let low = try result.add(
                    left - sumOfFreed(lower.freed), between: lower.rest, and: infinity, named: "\(row.name).lower")
                let high = try result.add(
                    left - sumOfFreed(upper.freed), between: -infinity, and: upper.rest, named: "\(row.name).upper")
                for copy in [low, high] { tag(copy, row.tag, isFreedBound: true) }
            }
        }
        let constant = split(objective.constant)
        var cost = LinearExpression(constant.rest) + sumOfFreed(constant.freed)
        for term in objective.terms { cost += term.coefficient * variables[term.variable.index] }
        for product in objective.products {
            guard let copy = kept[product.parameter.index] else {
                throw ModelError.freedInProduct(
                    parameter: name(of: product.parameter), variable: name(of: product.variable))
            }
            cost += product.factor * (copy * variables[product.variable.index])
        }
        switch sense {
        case .minimise: try result.minimise(cost)
        case .maximise: try result.maximise(cost)
        }
        return result
    }
}
