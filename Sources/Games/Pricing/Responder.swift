import LinearModels

/// Answers decisions for a follower whose feasible set no decision moves, so that each answer is one that it has at
/// every decision.
final class Responder {
    let payment: SingleLevelProgram.Payment
    /// What each of its variables costs apart from decisions.
    let cost: [Double]
    private let bound: BoundSession

    init(_ game: StackelbergGame, follower: Int, payment: SingleLevelProgram.Payment) throws {
        self.payment = payment
        bound = try BoundSession(game.followers[follower].model, game.bindings.followers[follower])
        try bound.set(game.space.decisions.map { _ in 0 })
        cost = bound.session.objectiveCoefficients
    }

    /// A response that costs less than a payment, constants aside; nil where there is none.
    func cheaper(than payment: Double, at decision: [Double]) throws -> [Double]? {
        try bound.set(decision)
        guard try bound.solve() == .optimal else { return nil }
        let optimum = bound.session.objectiveValue - bound.session.objectiveConstant
        guard payment > optimum + 1e-7 * max(1, abs(optimum)) else { return nil }
        return bound.session.values
    }
}
