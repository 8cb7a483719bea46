/// Finitely many futures and how likely each is: a discrete distribution of vectors.
///
/// The meaning of a vector is up to the user: a day of wind power, or days of several series one after the other.
public struct ScenarioSet: Sendable, Equatable {
    /// One row per scenario, all of ``dimension`` numbers, in any unit.
    public let vectors: [[Double]]
    /// One number per scenario, at least 0; they sum to 1.
    public let probabilities: [Double]

    /// - Parameters:
    ///   - vectors: at least one, all of the same length, finite.
    ///   - probabilities: one per vector, at least 0, that add up to 1 within 1e-9; nil makes all equally likely.
    /// - Throws: ``ScenarioError``.
    public init(_ vectors: [[Double]], probabilities: [Double]? = nil) throws {
        guard let dimension = vectors.first?.count, dimension > 0 else { throw ScenarioError.noScenarios }
        guard vectors.allSatisfy({ $0.count == dimension }) else { throw ScenarioError.unequalLengths }
        guard vectors.allSatisfy({ $0.allSatisfy(\.isFinite) }) else { throw ScenarioError.notFinite }
        let probabilities =
            probabilities ?? [Double](repeating: 1 / Double(vectors.count), count: vectors.count)
        let sum = probabilities.reduce(0, +)
        guard probabilities.count == vectors.count, probabilities.allSatisfy({ $0 >= 0 }), abs(sum - 1) <= 1e-9 else {
            throw ScenarioError.badProbabilities
        }
        self.vectors = vectors
        self.probabilities = probabilities
    }

    /// How many scenarios.
    public var count: Int { vectors.count }
    /// How many numbers a scenario has.
    public var dimension: Int { vectors[0].count }

    /// The expected vector.
    public var mean: [Double] {
        var mean = [Double](repeating: 0, count: dimension)
        for (vector, probability) in zip(vectors, probabilities) {
            for j in mean.indices { mean[j] += probability * vector[j] }
        }
        return mean
    }

    /// The standard deviation of each coordinate.
    public var deviation: [Double] {
        let mean = mean
        var variance = [Double](repeating: 0, count: dimension)
        for (vector, probability) in zip(vectors, probabilities) {
            for j in mean.indices { variance[j] += probability * (vector[j] - mean[j]) * (vector[j] - mean[j]) }
        }
        return variance.map { $0.squareRoot() }
    }

    /// The expected value of what a scenario leads to, such as the cost of a day.
    public func expectation(of outcome: ([Double]) throws -> Double) rethrows -> Double {
        var expectation = 0.0
        for (vector, probability) in zip(vectors, probabilities) { expectation += probability * (try outcome(vector)) }
        return expectation
    }
}

/// Why scenarios cannot be made, compared or reduced.
public enum ScenarioError: Error, Equatable, CustomStringConvertible {
    case noScenarios, unequalLengths, notFinite, badProbabilities, badScales
    /// With the number of scenarios available.
    case badCount(Int, available: Int)
    /// With a sentence that says which value and why.
    case badForecast(String)

    public var description: String {
        switch self {
        case .noScenarios: "there are no scenarios, or they are empty."
        case .unequalLengths: "all scenarios need the same number of values."
        case .notFinite: "scenarios must be finite numbers."
        case .badProbabilities: "each scenario needs one probability, at least 0, and together they must be 1."
        case .badScales: "each value of a scenario needs one scale above 0."
        case .badCount(let count, let available): "\(count) cannot be chosen out of \(available)."
        case .badForecast(let sentence): sentence
        }
    }
}
