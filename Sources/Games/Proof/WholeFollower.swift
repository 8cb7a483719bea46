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

    init(_ follower: Follower, space: DecisionSpace) throws {
        name = follower.name
        let used = Set(follower.model.parametersOffObjective.map { follower.model.name(of: $0) })
        linking = space.decisions.indices.filter { used.contains(space.decisions[$0].name) }
        let form = follower.model.objectiveForm
        costs = form.ofVariables
        var model = follower.model
        try model.minimise(LinearExpression())
        let places = Dictionary(uniqueKeysWithValues: space.decisions.enumerated().map { ($1.name, $0) })
        let freed = try model.parameters.map { parameter in
            guard let index = places[model.name(of: parameter)] else {
                throw GameError.unknownDecision(parameter: model.name(of: parameter), model: follower.name)
            }
            return (index, parameter)
        }
        model = try model.freeing(
            freed.map { index, parameter in
                (parameter, space.decisions[index].lower...space.decisions[index].upper)
            })
        let all = model.variables
        decisions = freed.enumerated().map { ($1.0, all[follower.model.variableCount + $0]) }
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
