/// An objective as what it is in variables and in parameters: `c + c_x x + c_p p + sum(f * p * x)`.
///
/// At given parameters it is linear in the variables, at given variables it is linear in the parameters.
public struct BilinearForm: Sendable {
    public struct Product: Sendable, Equatable {
        public let variable: Int
        public let parameter: Int
        public let factor: Double
    }

    public private(set) var constant: Double
    /// One number per variable.
    public private(set) var ofVariables: [Double]
    /// One number per parameter.
    public private(set) var ofParameters: [Double]
    public private(set) var products: [Product]

    /// Zero.
    public init(variables: Int, parameters: Int) {
        constant = 0
        ofVariables = [Double](repeating: 0, count: variables)
        ofParameters = [Double](repeating: 0, count: parameters)
        products = []
    }

    /// Adds a multiple of another form.
    ///
    /// - Parameters:
    ///   - firstVariable: where the other form's variables begin among this one's.
    ///   - places: which parameter of this form each of the other's is.
    public mutating func add(_ other: BilinearForm, times factor: Double, firstVariable: Int, parameters places: [Int])
    {
        constant += factor * other.constant
        for (j, value) in other.ofVariables.enumerated() { ofVariables[firstVariable + j] += factor * value }
        for (k, value) in other.ofParameters.enumerated() { ofParameters[places[k]] += factor * value }
        products += other.products.map {
            Product(
                variable: firstVariable + $0.variable, parameter: places[$0.parameter], factor: factor * $0.factor)
        }
    }

    /// Each pair of parameter and variable once, in the order of the parameters and then of the variables.
    public var mergedProducts: [Product] {
        var factors: [[Int]: Double] = [:]
        for product in products { factors[[product.parameter, product.variable], default: 0] += product.factor }
        return factors.filter { $0.value != 0 }.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map {
            Product(variable: $0.key[1], parameter: $0.key[0], factor: $0.value)
        }
    }

    /// What contains no parameter, over the variables of another model, one for each of this form's.
    public func own(over columns: [Variable]) -> LinearExpression {
        var own = LinearExpression(constant)
        for (column, factor) in zip(columns, ofVariables) where factor != 0 { own += factor * column }
        return own
    }

    /// Coefficients of the variables at given parameters.
    public func coefficients(at parameters: [Double]) -> [Double] {
        var coefficients = ofVariables
        for product in products { coefficients[product.variable] += product.factor * parameters[product.parameter] }
        return coefficients
    }

    /// Coefficients of the parameters at given variables.
    public func gradient(at variables: some RandomAccessCollection<Double>) -> [Double] {
        var gradient = ofParameters
        for product in products {
            gradient[product.parameter] +=
                product.factor * variables[variables.index(variables.startIndex, offsetBy: product.variable)]
        }
        return gradient
    }

    /// The part that holds no parameter.
    public func fixed(at variables: some RandomAccessCollection<Double>) -> Double {
        zip(ofVariables, variables).reduce(constant) { $0 + $1.0 * $1.1 }
    }

    public func value(variables: [Double], parameters: [Double]) -> Double {
        zip(gradient(at: variables), parameters).reduce(fixed(at: variables)) { $0 + $1.0 * $1.1 }
    }
}

extension LinearModel {
    /// The objective by variables and parameters.
    public var objectiveForm: BilinearForm { form(of: objective) }

    /// An expression over this model by variables and parameters.
    package func form(of expression: LinearExpression) -> BilinearForm {
        BilinearForm(expression, variables: columns.count, parameters: parameterCount)
    }
}

extension BilinearForm {
    fileprivate init(_ expression: LinearExpression, variables: Int, parameters: Int) {
        self.init(variables: variables, parameters: parameters)
        constant = expression.constant.constant
        for term in expression.constant.terms { ofParameters[term.parameter.index] += term.factor }
        for term in expression.terms { ofVariables[term.variable.index] += term.coefficient }
        products = expression.products.map {
            Product(variable: $0.variable.index, parameter: $0.parameter.index, factor: $0.factor)
        }
    }
}
