import LinearModels

/// A session whose parameters are set from a decision.
final class BoundSession {
    let session: SolverSession
    /// The basis from which the session's answer to the parameters as they stand was found; nil where its answer is of
    /// something else.
    var origin: Basis?
    /// Of all answers so far, see `SolverSession.work`: one that was at hand counts as what it took when it was found,
    /// so that what came before does not matter.
    var work: Int { session.work + spared }
    private var spared = 0
    private var workOfAnswer = 0
    private let parameters: [Parameter]
    /// The decision that each parameter takes its value from.
    private let places: [Int]

    /// - Parameter binding: of the model's first parameters; somebody else sets any that follow.
    init(_ model: LinearModel, _ binding: ParameterBinding) throws {
        session = try SolverSession(model)
        places = binding.decisions
        parameters = Array(model.parameters.prefix(places.count))
    }

    func solve() throws -> SolveStatus { try session.attempt() }

    /// The answer to a decision from a basis, or the one at hand where nothing has changed since it was found.
    func answer(_ decision: [Double], from basis: Basis, unlessUnchanged: Bool) throws -> SolveStatus {
        let hasChanged = try set(decision)
        if unlessUnchanged, !hasChanged, origin == basis {
            spared += workOfAnswer
            return session.status
        }
        origin = nil
        session.restore(basis)
        let before = session.work
        let status = try solve()
        workOfAnswer = session.work - before
        origin = basis
        return status
    }

    /// - Returns: whether any parameter changed.
    @discardableResult
    func set(_ decision: [Double]) throws -> Bool {
        try session.set(parameters) { decision[places[$0]] }
    }
}
