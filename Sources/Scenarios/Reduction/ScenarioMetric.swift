/// The distance of two scenarios: a norm of their difference, each coordinate divided by its scale.
public struct ScenarioMetric: Sendable, Equatable {
    /// The norm of the scaled difference.
    public enum Norm: String, Sendable, CaseIterable {
        /// The sum of absolute values.
        case manhattan
        /// The root of the sum of squares.
        case euclidean
        /// The largest absolute value.
        case maximum
    }

    public let norm: Norm
    /// One number per coordinate, above 0, in the unit of that coordinate; nil scales none.
    public let scales: [Double]?

    /// - Throws: ``ScenarioError/badScales`` for a scale that is not above 0 and finite.
    public init(_ norm: Norm = .euclidean, scales: [Double]? = nil) throws {
        guard scales?.allSatisfy({ $0 > 0 && $0.isFinite }) ?? true else { throw ScenarioError.badScales }
        self.norm = norm
        self.scales = scales
    }

    /// The metric whose scales are the standard deviations of a set, so that kilowatts and degrees weigh the same.
    ///
    /// - Parameter block: the number of consecutive coordinates that share one scale, the root of their mean variance.
    ///   With the length of a series it keeps hours of one series comparable: an hour at dawn does not get a large
    ///   weight because it hardly varies. A block that does not vary at all keeps its unit.
    /// - Throws: ``ScenarioError/badScales`` for a block that does not divide the dimension.
    public static func standardised(
        _ set: ScenarioSet, norm: Norm = .euclidean, block: Int = 1
    ) throws -> ScenarioMetric {
        guard block >= 1, set.dimension % block == 0 else { throw ScenarioError.badScales }
        let deviation = set.deviation
        let scales = stride(from: 0, to: set.dimension, by: block).flatMap { start -> [Double] in
            let variance = deviation[start..<start + block].reduce(0) { $0 + $1 * $1 } / Double(block)
            return [Double](repeating: variance > 0 ? variance.squareRoot() : 1, count: block)
        }
        return try ScenarioMetric(norm, scales: scales)
    }

    /// The distance of two vectors of the same length.
    public func distance(_ a: [Double], _ b: [Double]) -> Double {
        precondition(a.count == b.count && scales?.count ?? a.count == a.count)
        return distanceOfScaled(scaled(a), scaled(b))
    }

    func scaled(_ vector: [Double]) -> [Double] {
        scales.map { zip(vector, $0).map { $0 / $1 } } ?? vector
    }

    func distanceOfScaled(_ a: [Double], _ b: [Double]) -> Double {
        a.withUnsafeBufferPointer { a in
            b.withUnsafeBufferPointer { b in
                var sum = 0.0
                var j = 0
                // Loops over indices, because iterators are many times slower in builds without optimisation.
                switch norm {
                case .manhattan:
                    while j < a.count {
                        sum += abs(a[j] - b[j])
                        j += 1
                    }
                case .euclidean:
                    while j < a.count {
                        sum += (a[j] - b[j]) * (a[j] - b[j])
                        j += 1
                    }
                    sum = sum.squareRoot()
                case .maximum:
                    while j < a.count {
                        sum = max(sum, abs(a[j] - b[j]))
                        j += 1
                    }
                }
                return sum
            }
        }
    }

    /// The Kantorovich distance of two distributions: the least cost of turning one into the other, when moving a
    /// probability costs its amount times the distance (Dupacova, Groewe-Kuska and Roemisch 2003, eq. 5).
    ///
    /// It bounds the error of a reduction: the expectations of a function that changes by at most `L` per unit of
    /// distance differ by at most `L` times this number. Solved exactly as a transport problem, in a time that grows
    /// like the product of both counts times their sum; for a reduced set with its redistributed probabilities
    /// ``ScenarioReduction/distance`` is the same number at no cost.
    ///
    /// - Throws: ``ScenarioError/unequalLengths`` for sets or scales of different dimensions.
    public func distance(_ a: ScenarioSet, _ b: ScenarioSet) throws -> Double {
        guard a.dimension == b.dimension, scales?.count ?? a.dimension == a.dimension else {
            throw ScenarioError.unequalLengths
        }
        let (from, to) = (a.vectors.map(scaled), b.vectors.map(scaled))
        let costs = from.map { x in to.map { distanceOfScaled(x, $0) } }
        return TransportProblem(costs: costs, supplies: a.probabilities, demands: b.probabilities).leastCost()
    }
}
