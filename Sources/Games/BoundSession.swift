import LinearModels

/// A session whose parameters are set from a decision.
final class BoundSession {
    let session: Session
    /// Whether the session's answer is of the parameters as they stand, from the basis in use.
    var isFresh = false
    private let bindings: [(parameter: Parameter, decision: Int)]

    /// - Parameter others: parameters that somebody else sets.
    init(_ model: LinearModel, decisions: [String: Int], others: Set<Parameter> = []) throws {
        session = try Session(model)
        bindings = try model.parameters.filter { !others.contains($0) }.map { parameter in
            let name = model.name(of: parameter)
            guard let decision = decisions[name] else {
                throw GameError.unknownDecision(parameter: name, model: "a model")
            }
            return (parameter, decision)
        }
    }

    /// A solver that gives up counts as a limit reached: one decision without an answer must not end a search.
    func solve() throws -> SolveStatus {
        do {
            return try session.solve()
        } catch SessionError.solverFailed {
            return .limit(gap: nil)
        }
    }

    /// The answer to a decision from a basis, or the one at hand where nothing has changed since it was found.
    func answer(_ decision: [Double], from basis: Basis, unlessUnchanged: Bool) throws -> SolveStatus {
        let hasChanged = try set(decision)
        if unlessUnchanged, isFresh, !hasChanged { return session.status }
        isFresh = false
        session.restore(basis)
        let status = try solve()
        isFresh = true
        return status
    }

    /// - Returns: whether any parameter changed.
    @discardableResult
    func set(_ decision: [Double]) throws -> Bool {
        var hasChanged = false
        for (parameter, index) in bindings where try session.set(parameter, to: decision[index]) { hasChanged = true }
        return hasChanged
    }

    /// Values of the model's parameters at a decision.
    func parameters(at decision: [Double]) -> [Double] { bindings.map { decision[$0.decision] } }
}
