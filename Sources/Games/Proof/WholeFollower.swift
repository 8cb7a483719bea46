import Foundation
import LinearModels

/// A follower with whole numbers whose costs hold no decision, answered in rational numbers at single decisions.
final class WholeFollower {
    let name: String
    /// By the follower's variables.
    let costs: [Double]
    /// Decisions that stand in the follower's rows or bounds: all that moves its answer.
    let linking: [Int]
    let session: RationalSession
    private let integers: [Variable]
    private let decisions: [(index: Int, variable: Variable)]

    init(_ index: Int, of game: StackelbergGame) throws {
        let (follower, binding) = (game.followers[index], game.bindings.followers[index])
        name = follower.name
        let used = Set(follower.model.parametersOffObjective)
        linking = zip(follower.model.parameters, binding.decisions).filter { used.contains($0.0) }.map(\.1).sorted()
        let form = follower.model.objectiveForm
        costs = form.ofVariables
        var model = follower.model
        try model.minimise(LinearExpression())
        let ranges = binding.select(from: game.space.decisions.map { $0.lower...$0.upper })
        model = try model.freeing(zip(model.parameters, ranges).map { ($0, $1) })
        let all = model.variables
        decisions = zip(binding.decisions, all[follower.model.variableCount...]).map { ($0, $1) }
        integers = model.integers
        try model.minimise(sum(zip(costs, all).filter { $0.0 != 0 }.map { $0 * $1 }))
        session = RationalSession(model)
    }

    /// - Returns: how it ended; the session's objective is the least cost where that is an optimum.
    func answer(_ decision: [Double], room: RationalSession.Room) -> SolveStatus {
        session.room = room
        for (index, variable) in decisions { session.bound(variable, from: decision[index], to: decision[index]) }
        return session.solve(whole: integers)
    }
}
