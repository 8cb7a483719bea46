/// A linear form over variables, whose coefficients and constant may hold parameters:
/// `sum(c * x) + sum(f * p * x) + constant`.
///
/// Written with the usual operators: `3 * x - y + 2`, `price * purchase`.
public struct LinearExpression: Sendable {
    struct Term: Sendable {
        var variable: Variable
        var coefficient: Double
    }

    struct Product: Sendable {
        var variable: Variable
        var parameter: Parameter
        var factor: Double
    }

    var terms: [Term] = []
    var products: [Product] = []
    public var constant: ParameterExpression

    public init(_ constant: Double = 0) {
        self.constant = ParameterExpression(constant)
    }

    /// A constant that holds parameters.
    public init(_ constant: ParameterExpression) {
        self.constant = constant
    }

    /// Whether no variable stands in it.
    public var isConstant: Bool { terms.isEmpty && products.isEmpty }

    /// The variable that this is, and nothing else.
    package var loneVariable: Variable? {
        guard products.isEmpty, terms.count == 1, terms[0].coefficient == 1, constant == ParameterExpression() else {
            return nil
        }
        return terms[0].variable
    }

    /// How many times another expression this one is, where both are multiples of the same variable and nothing else.
    public func multiple(of other: LinearExpression) -> Double? {
        func single(_ expression: LinearExpression) -> Term? {
            expression.products.isEmpty && expression.constant == ParameterExpression(0) && expression.terms.count == 1
                ? expression.terms[0] : nil
        }
        guard let mine = single(self), let others = single(other), mine.variable == others.variable,
            others.coefficient != 0
        else { return nil }
        return mine.coefficient / others.coefficient
    }

    /// The value of the expression at a solution and the parameter values of that solve.
    ///
    /// - Parameters:
    ///   - values: one number per variable of the model, by index.
    ///   - parameters: one number per parameter of the model, by index.
    public func value(variables values: [Double], parameters: [Double]) -> Double {
        var sum = constant.value(at: parameters)
        for term in terms { sum += term.coefficient * values[term.variable.index] }
        for product in products {
            sum += product.factor * parameters[product.parameter.index] * values[product.variable.index]
        }
        return sum
    }

    /// Adds a multiple of another expression in place.
    mutating func add(_ other: LinearExpression, times factor: Double) {
        guard factor != 0 else { return }
        // No capacity is reserved: an exact one for each part of a long sum would copy the sum each time.
        for term in other.terms {
            terms.append(Term(variable: term.variable, coefficient: factor * term.coefficient))
        }
        for product in other.products {
            products.append(
                Product(variable: product.variable, parameter: product.parameter, factor: factor * product.factor))
        }
        constant = constant + factor * other.constant
    }
}

/// What may stand in a linear expression: variables, parameters and expressions themselves.
public protocol LinearExpressible {
    var linearExpression: LinearExpression { get }
}

extension LinearExpression: LinearExpressible {
    public var linearExpression: LinearExpression { self }
}

extension Variable: LinearExpressible {
    public var linearExpression: LinearExpression {
        var expression = LinearExpression()
        expression.terms = [.init(variable: self, coefficient: 1)]
        return expression
    }
}

extension Parameter: LinearExpressible {
    public var linearExpression: LinearExpression {
        var expression = LinearExpression()
        expression.constant = ParameterExpression(self)
        return expression
    }
}

// MARK: Sums and multiples

extension LinearExpressible {
    public static func + (a: Self, b: some LinearExpressible) -> LinearExpression {
        var sum = a.linearExpression
        sum.add(b.linearExpression, times: 1)
        return sum
    }

    public static func - (a: Self, b: some LinearExpressible) -> LinearExpression {
        var difference = a.linearExpression
        difference.add(b.linearExpression, times: -1)
        return difference
    }

    public static func + (a: Self, b: Double) -> LinearExpression { a + LinearExpression(b) }
    public static func + (a: Double, b: Self) -> LinearExpression { LinearExpression(a) + b }
    public static func - (a: Self, b: Double) -> LinearExpression { a - LinearExpression(b) }
    public static func - (a: Double, b: Self) -> LinearExpression { LinearExpression(a) - b }

    public static func * (factor: Double, a: Self) -> LinearExpression {
        var product = LinearExpression()
        product.add(a.linearExpression, times: factor)
        return product
    }

    public static func * (a: Self, factor: Double) -> LinearExpression { factor * a }
    public static func / (a: Self, divisor: Double) -> LinearExpression { (1.0 / divisor) * a }
    public static prefix func - (a: Self) -> LinearExpression { (-1.0) * a }
}

/// A parameter as the coefficient of a variable, as prices are: legal in an objective only.
public func * (parameter: Parameter, variable: Variable) -> LinearExpression {
    var expression = LinearExpression()
    expression.products = [.init(variable: variable, parameter: parameter, factor: 1)]
    return expression
}

public func += (a: inout LinearExpression, b: some LinearExpressible) { a.add(b.linearExpression, times: 1) }
public func -= (a: inout LinearExpression, b: some LinearExpressible) { a.add(b.linearExpression, times: -1) }

/// The sum of a sequence of expressions, or of variables.
public func sum(_ parts: some Sequence<some LinearExpressible>) -> LinearExpression {
    var total = LinearExpression()
    for part in parts { total += part }
    return total
}

extension ParameterExpression {
    /// A coefficient that holds parameters, times a linear expression that holds none in its coefficients.
    ///
    /// - Throws: ``ModelError/productOfParameters`` where both factors hold parameters.
    public func times(_ expression: some LinearExpressible) throws -> LinearExpression {
        let factor = expression.linearExpression
        if isConstant { return constant * factor }
        guard factor.products.isEmpty, factor.constant.isConstant else { throw ModelError.productOfParameters }
        var product = constant * factor
        for term in terms {
            for part in factor.terms {
                product.products.append(
                    .init(
                        variable: part.variable, parameter: term.parameter, factor: term.factor * part.coefficient))
            }
            if factor.constant.constant != 0 {
                product.constant.terms.append(
                    .init(parameter: term.parameter, factor: term.factor * factor.constant.constant))
            }
        }
        return product
    }
}
