import LinearModels

extension SingleLevelProgram {
    /// Has a follower give, of its best answers, the one that pays the leader least.
    ///
    /// That answer is an optimum of a linear program of its own: the follower's rows, at no more than the follower's
    /// least cost. The decision and that cost stand in its sides alone, so that its conditions are complementary pairs
    /// like those of the follower itself. What an optimal face holds moves continuously with the sides (Mangasarian and
    /// Shiau 1987), so that the least payoffs have a greatest one.
    ///
    /// - Parameter k: a follower that is a linear program, in a game in which all is linear and no row of the leader
    ///   holds its variables.
    /// - Returns: the system's variables, with that answer in the place of the follower's.
    mutating func breakTiesAgainstLeader(_ k: Int) throws -> [Variable] {
        let follower = game.followers[k]
        let first = game.offset(of: k).column
        let sign = game.system.sense == .maximise ? 1.0 : -1.0
        let paid = game.form(of: game.system, game.bindings.system, times: sign, firstVariable: 0).ofVariables
        let worst = try follower.model.variables.enumerated().map { j, variable in
            try model.variable(
                "@worst\(k).\(j)", in: follower.model.bounds(of: variable) ?? -.infinity ... .infinity)
        }
        let parameters = game.bindings.followers[k].select(from: decisions)
        let costs = follower.model.objectiveForm.ofVariables

        var inner = follower.model
        try inner.minimise(LinearExpression())
        var sides = parameters
        if costs.contains(where: { $0 != 0 }) {
            let least = try inner.parameter("@least")
            func cost(_ variables: some Sequence<Variable>) -> LinearExpression {
                sum(zip(costs, variables).filter { $0.0 != 0 }.map { $0 * $1 })
            }
            try inner.add(cost(inner.variables) - 1.0 * least <= 0, named: "@least")
            let paidByFollower = try model.variable("@least\(k)", in: -.infinity ... .infinity)
            try model.add(
                cost(columns[first..<first + costs.count]) - paidByFollower == 0, named: "@least\(k)")
            sides.append(paidByFollower)
        }
        let aim = inner.variables.enumerated().filter { paid[first + $0.offset] != 0 }.map { j, variable in
            paid[first + j] * variable
        }
        try inner.minimise(aim.isEmpty ? LinearExpression() : sum(aim))
        linearPairs += try model.addOptimality(of: inner, at: worst, parameters: sides, named: "@worst\(k)")
        try model.addEqualities(of: inner, at: worst, parameters: sides, named: "@worst\(k).equal")

        for (j, variable) in worst.enumerated() where paid[first + j] != 0 {
            own += paid[first + j] * variable - paid[first + j] * columns[first + j]
        }
        try model.maximise(payoff)
        var answers = columns
        answers.replaceSubrange(first..<first + worst.count, with: worst)
        return answers
    }
}
