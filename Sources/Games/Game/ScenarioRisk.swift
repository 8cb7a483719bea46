import LinearModels

/// A leader's payoff where it minds bad scenarios: a ``RiskMeasure`` of what each scenario pays.
///
/// Scenarios share the decision and nothing else: each has followers, variables and rows of its own. So whoever does
/// best for the expected payoff, over ties and in the leader's dispatch, does best in each scenario, and as the measure
/// rises with each of them, best for it as well; the same holds for the worst. The game is therefore answered as that
/// of the expected payoff, which the system's objective is, and the measure is taken of the answer.
public struct ScenarioRisk: Sendable {
    public let measure: RiskMeasure
    /// How often each scenario comes.
    public let weights: [Double]
    /// What each scenario costs or pays the leader, over the system's variables and parameters and in its sense.
    let forms: [BilinearForm]

    /// - Parameters:
    ///   - scenarios: how often each comes, and its part of the system's objective, once.
    package init(
        _ measure: RiskMeasure, _ scenarios: [(weight: Double, objective: LinearExpression)], of system: LinearModel
    ) {
        self.measure = measure
        weights = scenarios.map(\.weight)
        forms = scenarios.map { system.form(of: $0.objective) }
    }

    /// What each scenario pays the leader.
    ///
    /// - Parameters:
    ///   - parameters: of the system.
    ///   - values: one number per variable of the system.
    func payoffs(at parameters: [Double], _ values: [Double], _ sense: LinearModel.Sense) -> [Double] {
        forms.map { (sense == .maximise ? 1 : -1) * $0.value(variables: values, parameters: parameters) }
    }

    /// The leader's objective, in the system's sense.
    func objective(at parameters: [Double], _ values: [Double], _ sense: LinearModel.Sense) -> Double {
        let worth = measure.worth(of: payoffs(at: parameters, values, sense), weights: weights)
        return sense == .maximise ? worth : -worth
    }

    /// What each scenario is in the system's objective, and how often it counts in the worth of an answer: an upper
    /// estimate of the worth of any, exact there.
    func counted(
        at parameters: [Double], _ values: [Double], _ sense: LinearModel.Sense
    ) -> [(form: BilinearForm, count: Double)] {
        let counts = measure.counts(of: payoffs(at: parameters, values, sense), weights: weights)
        return zip(forms, counts).map { ($0, (sense == .maximise ? 1 : -1) * $1) }
    }

    /// - Throws: ``GameError`` where the game's objective is not what the scenarios come to, each with variables of its
    ///   own.
    func check(in game: StackelbergGame) throws(GameError) {
        guard game.squares.isEmpty else { throw .squaresBesideRisk }
        let system = game.system
        var owner = [Int?](repeating: nil, count: system.variableCount)
        let objective = system.objectiveForm.ofVariables
        var left = objective
        for (s, (weight, form)) in zip(weights, forms).enumerated() {
            let own = form.ofVariables.indices.filter { form.ofVariables[$0] != 0 } + form.products.map(\.variable)
            for j in own {
                guard owner[j] == nil || owner[j] == s else {
                    throw .scenariosShare(variable: system.name(of: system.variables[j]))
                }
                owner[j] = s
            }
            for (j, value) in form.ofVariables.enumerated() { left[j] -= weight * value }
        }
        for (j, value) in left.enumerated() where abs(value) > 1e-9 * max(1, abs(objective[j])) {
            throw .scenariosShare(variable: system.name(of: system.variables[j]))
        }
    }
}
