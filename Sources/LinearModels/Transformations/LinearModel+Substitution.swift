/// The term `factor * parameter * variable` of an objective whose parameter has become a variable.
public struct BilinearTerm: Sendable, Equatable {
    public let parameter: Variable
    public let variable: Variable
    public let factor: Double

    public init(parameter: Variable, variable: Variable, factor: Double) {
        self.parameter = parameter
        self.variable = variable
        self.factor = factor
    }
}

/// An objective over the variables of another model, in which its parameters are variables too: `own + parameters + sum(products)`.
public struct BilinearObjective: Sendable {
    /// What holds no parameter, the constant with it.
    public let own: LinearExpression
    /// What holds parameters alone: factor and parameter.
    public let parameters: [(factor: Double, parameter: Variable)]
    /// Each pair of parameter and variable once, in the order of the parameters and then of the variables.
    public let products: [BilinearTerm]
}

extension LinearModel {
    /// This model's objective over another model.
    ///
    /// - Parameters:
    ///   - columns: the variable there for each of this model's.
    ///   - parameters: the variable there for each of this model's parameters, in their order.
    /// - Throws: ``ModelError/foreignParameter(what:)`` for a parameter without a variable.
    public func objective(over columns: [Variable], parameters: [Variable]) throws -> BilinearObjective {
        func variable(_ parameter: Parameter) throws -> Variable {
            guard parameters.indices.contains(parameter.index) else {
                throw ModelError.foreignParameter(what: "the parameter '\(name(of: parameter))' of an objective")
            }
            return parameters[parameter.index]
        }
        var own = LinearExpression(objective.constant.constant)
        for term in objective.terms { own += term.coefficient * columns[term.variable.index] }
        var factors: [[Int]: Double] = [:]
        for product in objective.products {
            factors[[product.parameter.index, product.variable.index], default: 0] += product.factor
        }
        let products = try factors.filter { $0.value != 0 }.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map {
            BilinearTerm(
                parameter: try variable(self.parameters[$0.key[0]]), variable: columns[$0.key[1]], factor: $0.value)
        }
        return BilinearObjective(
            own: own, parameters: try objective.constant.terms.map { ($0.factor, try variable($0.parameter)) },
            products: products)
    }
}
