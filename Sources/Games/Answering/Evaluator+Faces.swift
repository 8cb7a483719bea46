import LinearModels

// What ties leave open, followers and leader together.
extension Evaluator {
    /// The payoff over all optima of the followers, which have just answered.
    func evaluateOverFaces(
        _ decision: [Double], _ ties: TieRule, _ costs: [Double], from start: Anchor
    ) throws -> Evaluation {
        if !game.apart.isEmpty { return try evaluateApart(decision, ties, costs) }
        if let (k, status) = try answerAsWholes(decision, from: start) {
            return Evaluation(
                decision: decision, outcome: .noResponse(follower: game.followers[k].name, status: status),
                followerCosts: Array(costs[..<k]), values: [], parameters: [], hasTies: false)
        }
        let choices = try zip(followers, costs).map { try $0.optima(cost: $1) }
        let parameters = game.bindings.system.select(from: decision)
        if ties == .pessimistic, game.system.variableCount >= Self.manyVariables,
            let (worst, isSettled) = try worstApart(decision, choices, from: start)
        {
            return Evaluation(
                decision: decision,
                outcome: .payoff(game.payoff(worst.value)), followerCosts: costs,
                values: worst.values, parameters: parameters, hasTies: true, tiesAreSettled: isSettled)
        }
        let found = try loadedSystem.answer(decision, ties, choices: choices, leader: start.dispatch)
        switch found.answer {
        case .success(let answer):
            let value = game.objective(answer.value, at: decision, answer.values)
            return Evaluation(
                decision: decision, outcome: .payoff(game.payoff(value)),
                followerCosts: costs, values: answer.values, parameters: parameters, hasTies: found.hasTies,
                tiesAreSettled: found.isSettled)
        case .failure(let failure):
            let unserved = Evaluation(
                decision: decision, outcome: .cannotServe(status: failure.status), followerCosts: costs, values: [],
                parameters: [], hasTies: found.hasTies)
            // Rounding may leave no answer as cheap as the one that a follower has given, or none beside a bound of the
            // leader's that is great and loose. What followers gave is such an answer, if the leader serves it.
            guard failure.status == .infeasible else { return unserved }
            let given = try evaluate(unserved, given: followers.flatMap { try $0.wholeSession.values })
            guard given.payoff != nil else { return unserved }
            return Evaluation(
                decision: decision, outcome: given.outcome, followerCosts: costs, values: given.values,
                parameters: given.parameters, hasTies: found.hasTies, tiesAreSettled: false)
        }
    }

    /// A smaller system is solved sooner than programs of followers are made.
    private static let manyVariables = 10_000

    /// The worst answer for the leader, looked for follower by follower: far smaller programs than one over all.
    ///
    /// - Returns: nil where nobody has a choice, where squares of responses count, or where the leader cannot serve
    ///   some answers, so that followers' answers have to do with each other.
    func worstApart(
        _ decision: [Double], _ choices: [WholeSystem.Choice], from start: Anchor
    ) throws -> (worst: WorstResponse.Answer, isSettled: Bool)? {
        guard game.squaresOfResponses.isEmpty, choices.contains(where: \.hasTies) else { return nil }
        let field = try apartField(decision, choices.map { [$0] }, from: start)
        defer { workOfFields += field.work }
        let given = try followers.flatMap { try $0.wholeSession.values }
        guard let (answer, gradient) = try field.serve(given) else { return nil }
        let found = try WorstResponse(field: field, measure: .init { [game] in game.payoff($0.value) })
            .search(from: answer, gradient: gradient)
        return field.hasUnserved ? nil : (found.answer, found.isSettled)
    }

    /// Of a game that falls apart.
    var apartEvaluators: ApartEvaluators {
        get throws {
            let evaluators =
                try apart ?? ApartEvaluators(game.apart, measure: game.risk?.measure ?? .mean, savings: savings)
            apart = evaluators
            return evaluators
        }
    }

    /// The same for a game that falls apart, part by part.
    private func evaluateApart(_ decision: [Double], _ ties: TieRule, _ costs: [Double]) throws -> Evaluation {
        let evaluators = try apartEvaluators
        let found = try evaluators.answer(decision, ties, count: game.system.variableCount)
        if let outcome = found.outcome {
            return Evaluation(
                decision: decision, outcome: outcome, followerCosts: costs, values: [], parameters: [],
                hasTies: found.hasTies)
        }
        let parameters = game.bindings.system.select(from: decision)
        let value = game.objective(
            game.system.objectiveValue(variables: found.values, parameters: parameters), at: decision, found.values)
        return Evaluation(
            decision: decision, outcome: .payoff(game.payoff(value)),
            followerCosts: costs, values: found.values, parameters: parameters, hasTies: found.hasTies,
            tiesAreSettled: found.isSettled)
    }
}
