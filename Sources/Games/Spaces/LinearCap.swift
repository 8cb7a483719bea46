/// A limit on a weighted sum of some components, such as what a reference consumption would pay:
/// `sum of coefficients[i] * x[indices[i]] <= maximum`.
///
/// Other than under a ``MeanCap``, a component may stand under any number of them, in mean caps and orderings beside,
/// and coefficients may have either sign.
public struct LinearCap: Sendable, Equatable, Codable {
    public var name: String
    public var indices: [Int]
    public var coefficients: [Double]
    public var maximum: Double

    /// - Parameters:
    ///   - indices: of decisions, each once.
    ///   - coefficients: one for each of them.
    public init(name: String, indices: [Int], coefficients: [Double], maximum: Double) {
        self.name = name
        self.indices = indices
        self.coefficients = coefficients
        self.maximum = maximum
    }

    func sum(_ value: (Int) -> Double) -> Double {
        zip(indices, coefficients).reduce(0) { $0 + $1.1 * value($1.0) }
    }
}
