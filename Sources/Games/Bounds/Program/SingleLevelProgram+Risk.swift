import LinearModels

extension SingleLevelProgram {
    /// The worth of all scenarios by their risk, as a linear program: with the payoff `P_s` of each over the program's
    /// variables and products, an `eta` and shortfalls `z_s >= eta - P_s` (Rockafellar and Uryasev 2000).
    ///
    /// - Parameter sign: 1 where the game's objective is a payoff, -1 where it is a cost.
    mutating func add(_ risk: ScenarioRisk, times sign: Double) throws -> LinearExpression {
        let all = risk.weights.reduce(0, +)
        let (risky, tailShare) = (risk.measure.weight, 1 - risk.measure.level)
        let eta = try model.variable("@eta", in: -.infinity ... .infinity)
        var expected = LinearExpression()
        var tail: LinearExpression = 1.0 * eta
        for (s, (weight, form)) in zip(risk.weights, risk.forms).enumerated() {
            let payoff = try payoff(
                game.form(of: form, game.bindings.system, times: sign, firstVariable: 0), named: "scenario\(s)")
            expected += weight * payoff
            let shortfall = try model.variable("@shortfall\(s)")
            try model.add(shortfall + payoff - eta >= 0, named: "@tail\(s)")
            tail -= (weight / (all * tailShare)) * shortfall
        }
        let mean: LinearExpression = (1 - risky) * expected
        return mean + (risky * all) * tail
    }

    /// A part of the payoff, its products those of the followers' payments where it counts these.
    private mutating func payoff(_ form: BilinearForm, named name: String) throws -> LinearExpression {
        var left = form.mergedProducts
        var payoff = form.own(over: columns)
        for (j, factor) in form.ofParameters.enumerated() where factor != 0 { payoff += factor * decisions[j] }
        for payment in payments {
            let first = game.offset(of: payment.follower).column
            let members = first..<first + game.followers[payment.follower].model.variableCount
            for i in payment.products {
                guard let ratio = ratio(of: left, to: i, payment.terms, members) else { continue }
                left.removeAll { $0.parameter == products[i].decision && members.contains($0.variable) }
                payoff += ratio * products[i].value
            }
        }
        for i in try addProducts(left, named: name) { payoff += products[i].value }
        return payoff
    }
}

extension ScenarioRisk {
    /// What a bound rests on.
    static let ground =
        "Scenarios are weighed by their risk in the program's own rows (Rockafellar and Uryasev 2000); max F - W holds for what is expected, which is no less."
}
