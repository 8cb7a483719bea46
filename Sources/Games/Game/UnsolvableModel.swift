import LinearModels

/// The model that has no solution where a decision has no answer.
package struct UnsolvableModel: Sendable {
    /// Whose rules cannot all be satisfied.
    package enum Extent: Sendable, Equatable {
        /// A follower's own, by its place among the followers.
        case follower(Int)
        /// The leader's and the followers' together, whatever the followers answer.
        case system
        /// The leader's, given what the followers answer.
        case dispatch
    }

    package let extent: Extent
    package let model: LinearModel
    /// One number per parameter of the model.
    package let parameters: [Double]
    /// Whether the decision has no part in it, so that no other would do either.
    package let isOfEveryDecision: Bool
}

extension StackelbergGame {
    /// Finds what has no solution at a decision.
    ///
    /// - Parameter decision: one number per decision; projected into the space first.
    /// - Returns: nil where everything has one, or where that cannot be told within a solve's limits.
    package func unsolvable(at decision: [Double]) throws -> UnsolvableModel? {
        let decision = space.project(decision)
        var responses: [Double] = []
        for (k, follower) in followers.enumerated() {
            let session = try session(for: follower.model, bindings.followers[k], at: decision)
            switch try session.solve() {
            case .optimal: responses += session.values
            case .infeasible:
                return UnsolvableModel(
                    extent: .follower(k), model: follower.model, parameters: session.parameters,
                    isOfEveryDecision: !follower.model.hasRulesWithParameters)
            default: return nil
            }
        }
        let parameters = try session(for: system, bindings.system, at: decision).parameters
        if try system.hasSolution(at: parameters) == false {
            return UnsolvableModel(
                extent: .system, model: system, parameters: parameters,
                isOfEveryDecision: !system.hasRulesWithParameters)
        }
        let leader = offset(of: followers.count)
        let remainder = system.remainder(fromVariable: leader.column, fromConstraint: leader.row)
        let given = parameters + remainder.fixedActivities.map { $0.sum(responses) }
        guard try remainder.model.hasSolution(at: given) == false else { return nil }
        return UnsolvableModel(extent: .dispatch, model: remainder.model, parameters: given, isOfEveryDecision: false)
    }
}
