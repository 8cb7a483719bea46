/// A number plus multiples of parameters: `constant + sum(factor * parameter)`.
///
/// This is what a bound, a right-hand side or an objective coefficient may be.
public struct ParameterExpression: Sendable, Hashable {
    struct Term: Sendable, Hashable {
        var parameter: Parameter
        var factor: Double
    }

    public var constant: Double
    var terms: [Term]

    public init(_ constant: Double = 0) {
        self.constant = constant
        terms = []
    }

    public init(_ parameter: Parameter) {
        constant = 0
        terms = [Term(parameter: parameter, factor: 1)]
    }

    /// Whether no parameter stands in it.
    public var isConstant: Bool { terms.isEmpty }

    /// The value at the given parameter values, summed in the order of writing.
    func value(at values: [Double]) -> Double {
        var sum = constant
        for term in terms { sum += term.factor * values[term.parameter.index] }
        return sum
    }

    public static func + (a: Self, b: Self) -> Self {
        var sum = a
        sum.constant += b.constant
        sum.terms += b.terms
        return sum
    }

    public static func * (factor: Double, a: Self) -> Self {
        var product = a
        product.constant *= factor
        for i in product.terms.indices { product.terms[i].factor *= factor }
        return product
    }

    public static prefix func - (a: Self) -> Self { -1 * a }
}
