import LinearModels

/// Which decision each parameter of a model takes its value from: names are joined here, and nowhere else.
struct ParameterBinding: Sendable {
    /// The place among the decisions, by parameter.
    let decisions: [Int]

    /// - Parameter title: whose model it is, for messages.
    /// - Throws: ``GameError/unknownDecision(parameter:model:)`` for a parameter that is no decision.
    init(_ model: LinearModel, to space: DecisionSpace, of title: String) throws(GameError) {
        let places = Dictionary(uniqueKeysWithValues: space.decisions.enumerated().map { ($1.name, $0) })
        var decisions: [Int] = []
        for parameter in model.parameters {
            let name = model.name(of: parameter)
            guard let place = places[name] else {
                throw .unknownDecision(parameter: name, model: title)
            }
            decisions.append(place)
        }
        self.decisions = decisions
    }

    /// One thing a parameter, out of one per decision: numbers, or variables that stand for decisions.
    func select<Thing>(from things: [Thing]) -> [Thing] { decisions.map { things[$0] } }
}

/// The bindings of all models of a game.
struct GameBindings: Sendable {
    let system: ParameterBinding
    let followers: [ParameterBinding]
    /// Of the models that a follower falls apart into; none where it does not.
    let parts: [[ParameterBinding]]

    init(system: LinearModel, followers: [Follower], space: DecisionSpace) throws(GameError) {
        var whole: [ParameterBinding] = []
        var parts: [[ParameterBinding]] = []
        for follower in followers {
            whole.append(try ParameterBinding(follower.model, to: space, of: follower.name))
            var own: [ParameterBinding] = []
            for model in follower.parts?.models ?? [] {
                own.append(try ParameterBinding(model, to: space, of: follower.name))
            }
            parts.append(own)
        }
        self.followers = whole
        self.parts = parts
        self.system = try ParameterBinding(system, to: space, of: "the leader")
    }
}
