/// A few scenarios that stand for many: which are kept, their probabilities, and how far the reduced distribution is
/// from the full one.
///
/// With the kept scenarios given, the nearest distribution on them gives each deleted scenario's probability to the
/// nearest kept one (Dupacova, Groewe-Kuska and Roemisch 2003, theorem 2), and its Kantorovich distance from the full
/// one is
///
///     D = sum over deleted i of p_i * min over kept j of d(i, j)
///
/// The best choice of more than one is a hard problem; both methods of Heitsch and Roemisch (2003) are greedy, from
/// either end.
public struct ScenarioReduction: Sendable, Equatable {
    /// Which end the greedy method starts from.
    public enum Method: String, Sendable, CaseIterable {
        /// Fast forward selection: faster if few are kept.
        case forward
        /// Simultaneous backward reduction: faster if most are kept.
        case backward
    }

    /// Indices of the kept scenarios in the full set: with `.forward` in the order of their selection, so that the
    /// first are the answer for a smaller number; with `.backward` ascending.
    public let kept: [Int]
    /// For each scenario of the full set the position in ``kept`` of the one that represents it; of equally near ones
    /// the first.
    public let representative: [Int]
    /// The kept scenarios, in the order of ``kept``, with redistributed probabilities.
    public let reduced: ScenarioSet
    /// Kantorovich distance of the reduced set from the full one, in the metric's unit.
    public let distance: Double
    /// ``distance`` as a share of that of the best single scenario; 0 if all scenarios are equal.
    public let relativeDistance: Double
    /// The reduced set's mean less the full one's, coordinate by coordinate in its unit.
    public let meanError: [Double]

    /// Chooses scenarios of a set.
    ///
    /// Distances are computed once: memory and time grow with the square of the number of scenarios.
    ///
    /// - Parameters:
    ///   - count: how many to keep, from 1 to all.
    ///   - metric: the distance of two scenarios.
    /// - Throws: ``ScenarioError/badCount(_:available:)``, and ``ScenarioError/badScales`` for a metric of another
    ///   dimension.
    public init(_ set: ScenarioSet, to count: Int, metric: ScenarioMetric, method: Method = .forward) throws {
        guard (1...set.count).contains(count) else { throw ScenarioError.badCount(count, available: set.count) }
        guard metric.scales?.count ?? set.dimension == set.dimension else { throw ScenarioError.badScales }
        let distances = DistanceMatrix(set.vectors, metric)
        let kept =
            switch method {
            case .forward: ForwardSelection.select(count, from: distances, weights: set.probabilities)
            case .backward: BackwardReduction.keep(count, of: distances, weights: set.probabilities)
            }
        var isKept = [Bool](repeating: false, count: set.count)
        for i in kept { isKept[i] = true }

        var representative = [Int](repeating: 0, count: set.count)
        var probabilities = [Double](repeating: 0, count: count)
        var distance = 0.0
        for (position, i) in kept.enumerated() { representative[i] = position }
        for i in 0..<set.count {
            if !isKept[i] {
                for position in kept.indices where distances[i, kept[position]] < distances[i, kept[representative[i]]]
                {
                    representative[i] = position
                }
            }
            probabilities[representative[i]] += set.probabilities[i]
            distance += set.probabilities[i] * distances[i, kept[representative[i]]]
        }

        self.kept = kept
        self.representative = representative
        self.distance = distance
        reduced = try ScenarioSet(kept.map { set.vectors[$0] }, probabilities: probabilities)
        meanError = zip(reduced.mean, set.mean).map { $0 - $1 }
        let single = ForwardSelection.select(1, from: distances, weights: set.probabilities)[0]
        let farthest = distances.withRow(single) { row in
            zip(row, set.probabilities).reduce(0) { $0 + $1.0 * $1.1 }
        }
        relativeDistance = farthest > 0 ? distance / farthest : 0
    }
}
