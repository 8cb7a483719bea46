/// When solves move on to start from the answer to the best decision so far.
///
/// Moving costs about one evaluation, so it is done between batches and not more often than every ``interval``
/// evaluations. It follows from the search alone, so that every worker starts from the same bases.
package struct AnchorSchedule: Sendable, Equatable, Codable {
    package static let interval = 50

    /// The decision to start from; nil for the middle of the space.
    package private(set) var anchor: [Double]?
    private var due = 0

    package init() {}

    /// - Parameters:
    ///   - evaluations: made so far.
    ///   - best: the best decision so far.
    package mutating func update(evaluations: Int, best: [Double]?) {
        guard evaluations >= due, let best, best != anchor else { return }
        anchor = best
        due = evaluations + Self.interval
    }
}
