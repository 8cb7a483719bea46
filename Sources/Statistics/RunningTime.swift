/// Expected running time to a target, from runs that may have failed (Price 1997, Auger and Hansen 2005).
public struct RunningTime: Sendable, Equatable {
    public let successes: Int
    public let runs: Int
    /// Evaluations spent in all runs, up to the hit or to the end, over the number of hits; nil without a hit.
    public let expected: Double?

    /// - Parameters:
    ///   - hits: the evaluation at which each run reached the target, nil if it did not.
    ///   - budget: evaluations of a run that did not.
    public init(hits: [Int?], budget: Int) {
        runs = hits.count
        successes = hits.count { $0 != nil }
        let spent = hits.reduce(0) { $0 + ($1 ?? budget) }
        expected = successes > 0 ? Double(spent) / Double(successes) : nil
    }

    public var successRate: Double { runs > 0 ? Double(successes) / Double(runs) : 0 }
}
