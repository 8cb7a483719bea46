import LinearModels

/// A game whose decisions are prices: real numbers that stand in objectives alone.
///
/// What a follower may do does not depend on the prices then, only what it costs. So its least cost `F_k(p)` is a
/// minimum of affine functions, one an answer: concave and piecewise linear in the prices, for integer followers too.
/// Prices fall into regions within which no answer changes; there the payoff is linear in the prices, and it jumps
/// where they end.
///
/// With the followers' costs `c(p) x`, affine in the prices, and the payoff `g(p, x, y)`, affine in the prices too:
///
///     max  g(p, x, y)   s.t.  c_k(p) x_k <= F_k(p),   (x, y) feasible,   p in the decision space
///
/// A leader that weighs scenarios by their risk (``ScenarioRisk``) has a payoff that is concave in the prices while no
/// answer changes: ``payoff`` is then an affine estimate, for proposals alone.
public struct PriceGame: Sendable {
    public private(set) var game: StackelbergGame
    /// What each follower pays, over its own variables and the game's decisions.
    public let costs: [BilinearForm]
    /// What all followers pay, over the variables of the system.
    let cost: BilinearForm
    /// Each follower's variables among those of the system.
    let blocks: [Range<Int>]
    /// What the leader earns, over the variables of the system: to be made as great as possible. Where it weighs
    /// scenarios by their risk, what it expects.
    public private(set) var payoff: BilinearForm
    /// Names of followers with integers. Of these, linear programming knows a relaxation alone.
    public let integerFollowers: [String]

    /// - Throws: ``NotAPriceGame`` where a decision is more than a price, or the payoff is not affine in the prices.
    public init(_ game: StackelbergGame) throws(NotAPriceGame) {
        if let decision = game.space.decisions.first(where: \.isInteger) { throw .integerDecision(name: decision.name) }
        for follower in game.followers {
            if let location = follower.model.parameterOffObjective {
                throw .offObjective(location: location, model: follower.name)
            }
        }
        if let location = game.system.parameterOffObjective {
            throw .offObjective(location: location, model: "the leader")
        }
        guard game.squares.isEmpty else { throw .squares }
        self.game = game
        costs = zip(game.followers, game.bindings.followers).map { follower, binding in
            var cost = BilinearForm(variables: follower.model.variableCount, parameters: game.space.count)
            cost.add(follower.model.objectiveForm, times: 1, firstVariable: 0, parameters: binding.decisions)
            return cost
        }
        var first = 0
        blocks = game.followers.map { follower in
            defer { first += follower.model.variableCount }
            return first..<first + follower.model.variableCount
        }
        let everyDecision = Array(game.space.decisions.indices)
        var cost = BilinearForm(variables: game.system.variableCount, parameters: game.space.count)
        for (k, follower) in costs.enumerated() {
            cost.add(follower, times: 1, firstVariable: blocks[k].lowerBound, parameters: everyDecision)
        }
        self.cost = cost
        payoff = game.form(
            of: game.system, game.bindings.system, times: game.system.sense == .maximise ? 1 : -1, firstVariable: 0)
        integerFollowers = game.followers.filter(\.model.hasIntegers).map(\.name)
    }

    /// Whether prices are so few that all places where answers change can be gone through.
    public var isSmall: Bool { PriceArrangement(self) != nil }

    /// The same game with other limits on the same prices.
    func with(space: DecisionSpace) -> PriceGame {
        var prices = self
        prices.game = game.with(space: space)
        return prices
    }

    /// The same for climbs of a leader that weighs scenarios by their risk: its payoff is concave in the prices while
    /// no answer changes, and not affine. They follow it with each scenario as often as it counts at an answer, and
    /// what an evaluation finds decides.
    func counting(as answer: Evaluation) -> PriceGame {
        guard let risk = game.risk, answer.payoff != nil else { return self }
        var counting = self
        counting.payoff = BilinearForm(variables: game.system.variableCount, parameters: game.space.count)
        for (form, count) in risk.counted(at: answer.parameters, answer.values, game.system.sense) {
            counting.payoff.add(form, times: count, firstVariable: 0, parameters: game.bindings.system.decisions)
        }
        return counting
    }
}

extension StackelbergGame {
    /// The game as one of prices whose payoff for certain can be told; nil where it is another, or where scenarios that
    /// are weighed by their risk are not the parts that it falls into.
    package var bankable: PriceGame? {
        guard risk.map({ $0.weights == apart.map(\.weight) }) ?? true else { return nil }
        return try? PriceGame(self)
    }
}

/// Why a game is not a pricing game.
public enum NotAPriceGame: Error, Equatable, CustomStringConvertible {
    case integerDecision(name: String)
    case offObjective(location: String, model: String)
    case squares

    public var description: String {
        switch self {
        case .integerDecision(let name): "\(name) is a whole number"
        case .offObjective(let location, let model):
            "a decision stands in \(location) of \(model), so that it changes what can be done and not only what it costs"
        case .squares: "the leader's objective holds squares"
        }
    }
}
