import LinearModels

/// A session whose parameters are set from a decision.
final class BoundSession {
    let session: Session
    /// Whether the session's answer is of the parameters as they stand, from the basis in use.
    var isFresh = false
    private let parameters: [Parameter]
    /// The decision that each parameter takes its value from.
    private let places: [Int]

    /// - Parameter others: parameters that somebody else sets.
    init(_ model: LinearModel, decisions: [String: Int], others: Set<Parameter> = []) throws {
        session = try Session(model)
        parameters = model.parameters.filter { !others.contains($0) }
        places = try parameters.map { parameter in
            let name = model.name(of: parameter)
            guard let decision = decisions[name] else {
                throw GameError.unknownDecision(parameter: name, model: "a model")
            }
            return decision
        }
    }

    func solve() throws -> SolveStatus { try session.attempt() }

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
        try session.set(parameters) { decision[places[$0]] }
    }

    /// Values of the model's parameters at a decision.
    func parameters(at decision: [Double]) -> [Double] { places.map { decision[$0] } }
}
