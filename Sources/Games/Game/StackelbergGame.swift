import LinearModels

/// Which of equally good answers a follower gives.
public enum TieRule: String, Sendable, Codable, CaseIterable {
    /// The one that pays the leader most.
    case optimistic
    /// The one that pays the leader least.
    case pessimistic
}

/// A party, or parties that clear together, whose answer to a decision is an optimum of its own model.
public struct Follower: Sendable {
    public let name: String
    /// Minimises the follower's cost. Its parameters carry the names of decisions.
    public let model: LinearModel
    /// How its model falls apart, where it does.
    public let parts: FollowerParts?
    /// What stands before the names of its variables and rows in the system, where those of several followers are
    /// the same.
    public let prefix: String?
    /// How often what it pays counts in the leader's objective, such as the weight of the day that it is of.
    public let weight: Double
    /// Whether its model is only a part of a party's, which shares no row with the others: followers that come one
    /// behind the other are one party, from one that does not continue to the next.
    public let continues: Bool

    public init(
        name: String, model: LinearModel, parts: FollowerParts? = nil, prefix: String? = nil, weight: Double = 1,
        continues: Bool = false
    ) {
        self.name = name
        self.model = model
        self.parts = parts
        self.prefix = prefix
        self.weight = weight
        self.continues = continues
    }
}

public enum GameError: Error, Equatable, CustomStringConvertible {
    case unknownDecision(parameter: String, model: String)
    case followerMustMinimise(follower: String)
    case blockMismatch(follower: String)
    case squareOutOfRange(index: Int, count: Int)
    case squaresBesideDispatch(variable: String)
    case squaresInFile
    case riskOutOfRange(weight: Double, level: Double)
    case scenariosShare(variable: String)
    case squaresBesideRisk

    public var description: String {
        switch self {
        case .unknownDecision(let parameter, let model):
            "the parameter '\(parameter)' of \(model) is not one of the leader's decisions."
        case .followerMustMinimise(let follower): "the follower '\(follower)' must minimise its cost."
        case .blockMismatch(let follower):
            "the follower '\(follower)' is not the block of the system that it should be."
        case .squareOutOfRange(let index, let count):
            "a square of the leader's objective holds number \(index) of decisions or of followers' variables; they count from 0 to \(count - 1)."
        case .squaresBesideDispatch(let variable):
            "the leader's objective holds squares, and '\(variable)' is a variable of its own. With squares a leader may only decide: give the variable to a follower, or take the squares out."
        case .squaresInFile:
            "the leader's objective holds squares, which a file of a linear program cannot. Export a follower instead."
        case .riskOutOfRange(let weight, let level):
            "a weight of \(weight) and a level of \(level) are no measure of risk. Give a weight from 0 to 1, and a level from 0 to below 1."
        case .scenariosShare(let variable):
            "'\(variable)' counts in two scenarios of the leader's payoff, or not as often as they come. Give each scenario variables of its own."
        case .squaresBesideRisk:
            "the leader's objective holds squares beside scenarios that it weighs by their risk. Take one of them out."
        }
    }
}

/// A Stackelberg game: a leader decides, followers answer optimally, the leader then serves them at its best.
///
/// In symbols, for the decision `p`, the followers' variables `x = (x_1, …, x_K)` and the leader's own dispatch `y`:
///
///     max  payoff(p, x, y)
///     s.t. p in the decision space
///          x_k in argmin { cost_k(p, x_k) : x_k feasible for p }      for each follower k
///          (x, y) feasible for the whole system
///
/// `system` holds every follower's rows and columns as blocks, in the order of `followers` and from the first row and
/// column on, followed by the leader's; its objective is the leader's. The decision enters all models as parameters.
///
/// Where the leader only decides, with nothing of its own to dispatch, `squares` of decisions and followers' variables
/// may stand in its objective beside what the system holds.
public struct StackelbergGame: Sendable {
    public let name: String
    public private(set) var space: DecisionSpace
    public let followers: [Follower]
    /// Who answers, in the order of followers.
    public let parties: [Party]
    private let offsets: [(column: Int, row: Int)]
    public let system: LinearModel
    /// Part of the leader's objective, in the system's sense.
    public let squares: [Square]
    /// Where the leader minds bad scenarios more than their share: what its payoff is then. The system's objective is
    /// what it expects.
    public private(set) var risk: ScenarioRisk?
    /// The parts that it falls into, which share the decision alone; none where it does not.
    private(set) var apart: [ApartGame] = []
    public private(set) var ties: TieRule
    /// Which decisions the models' parameters are.
    let bindings: GameBindings

    /// A game from its followers and what the leader adds to them.
    ///
    /// ```swift
    /// let game = try StackelbergGame(name: "shop", space: space, followers: [buyer]) { system, blocks in
    ///     let (price, bought) = (blocks[0].parameters[0], blocks[0].variables[0])
    ///     let made = try system.variable("made", in: 0...4)
    ///     try system.add(made - bought == 0, named: "serve")
    ///     try system.maximise(price * bought - 0.25 * made)
    /// }
    /// ```
    ///
    /// - Parameters:
    ///   - squares: part of the leader's objective, see ``squares``.
    ///   - addLeader: adds the leader's variables and rows behind the followers', and sets the objective. It is given
    ///     the system so far, and for each follower where its variables and parameters stand in it.
    /// - Throws: ``GameError`` where a model has a parameter that is no decision or squares are out of place, and what
    ///   models throw.
    public init(
        name: String, space: DecisionSpace, followers: [Follower], squares: [Square] = [],
        ties: TieRule = .optimistic, addLeader: (inout LinearModel, [ModelBlock]) throws -> Void
    ) throws {
        var system = LinearModel()
        let blocks = try followers.map { try system.append($0.model, named: $0.prefix) }
        try addLeader(&system, blocks)
        try self.init(
            name: name, space: space, followers: followers, system: system, squares: squares, ties: ties)
    }

    /// A game whose system holds the followers' models already, as its first variables and rows.
    ///
    /// - Throws: ``GameError`` where a model has a parameter that is no decision, blocks do not fit, or squares are out
    ///   of place.
    package init(
        name: String, space: DecisionSpace, followers: [Follower], system: LinearModel, squares: [Square] = [],
        ties: TieRule = .optimistic
    ) throws {
        bindings = try GameBindings(system: system, followers: followers, space: space)
        var columns = 0
        var rows = 0
        var offsets = [(column: 0, row: 0)]
        for follower in followers {
            guard follower.model.sense == .minimise else {
                throw GameError.followerMustMinimise(follower: follower.name)
            }
            columns += follower.model.variableCount
            rows += follower.model.constraintCount
            guard columns <= system.variableCount, rows <= system.constraintCount else {
                throw GameError.blockMismatch(follower: follower.name)
            }
            offsets.append((columns, rows))
        }
        for square in squares {
            for (terms, count) in [(square.decisions, space.count), (square.variables, columns)] {
                if let term = terms.first(where: { !(0..<count).contains($0.index) }) {
                    throw GameError.squareOutOfRange(index: term.index, count: count)
                }
            }
        }
        if !squares.isEmpty,
            let own = system.variables.dropFirst(columns).first(where: {
                system.bounds(of: $0).map { $0.lowerBound < $0.upperBound } ?? true
            })
        {
            throw GameError.squaresBesideDispatch(variable: system.name(of: own))
        }
        self.name = name
        self.space = space
        self.followers = followers
        self.offsets = offsets
        parties = Self.parties(of: followers)
        self.system = system
        self.squares = squares
        self.ties = ties
    }

    /// For each of the followers' columns, whether its follower's responses may be mixed: those of a linear program
    /// may, those of an integer one not.
    var mayMix: [Bool] {
        followers.flatMap { Array(repeating: !$0.model.hasIntegers, count: $0.model.variableCount) }
    }

    /// Place of a follower's first column and row in the system; that of the leader's behind the last one.
    public func offset(of follower: Int) -> (column: Int, row: Int) { offsets[follower] }

    /// What a decision makes of the parameters of a follower's model, in their order.
    ///
    /// - Parameter decision: one number per decision.
    package func parameters(ofFollower follower: Int, at decision: [Double]) -> [Double] {
        bindings.followers[follower].select(from: decision)
    }

    /// The decision that gives the system's parameters these values. A decision that is not a parameter is at its lower
    /// bound.
    package func decision(ofParameters values: [Double]) -> [Double] {
        var decision = space.decisions.map(\.lower)
        for (place, value) in zip(bindings.system.decisions, values) { decision[place] = value }
        return decision
    }

    /// What the leader's objective is worth to it: more is better, whatever its sense.
    func payoff(_ objective: Double) -> Double { system.sense == .maximise ? objective : -objective }

    /// The same game with other limits on the same decisions.
    func with(space: DecisionSpace) -> StackelbergGame {
        var game = self
        game.space = space
        return game
    }

    /// The same game, of which it is known how it falls apart.
    ///
    /// - Parameter parts: for each how often its objective counts in the leader's, the range of its followers, its
    ///   system, and this system's variables that those of its system are. Its followers' models come first there, too.
    package func apart(
        as parts: [(weight: Double, followers: Range<Int>, system: LinearModel, variables: [Variable])]
    ) throws -> StackelbergGame {
        var game = self
        game.apart = try parts.map { part in
            ApartGame(
                game: try StackelbergGame(
                    name: name, space: space, followers: Array(followers[part.followers]), system: part.system,
                    ties: ties), columns: part.variables.map(\.index), weight: part.weight)
        }
        return game
    }

    /// The same game for a leader that minds bad scenarios.
    ///
    /// - Throws: ``GameError`` where scenarios are not apart, or squares stand in the objective beside them.
    package func with(_ risk: ScenarioRisk) throws -> StackelbergGame {
        try risk.check(in: self)
        var game = self
        game.risk = risk
        return game
    }

    /// The same game under another rule.
    public func with(ties: TieRule) -> StackelbergGame {
        var game = self
        game.ties = ties
        return game
    }
}

extension StackelbergGame {
    /// The same game with every follower's model solved as a whole, even where it falls apart; see ``Follower/parts``.
    public func withFollowersInOnePiece() throws -> StackelbergGame {
        var game = try StackelbergGame(
            name: name, space: space,
            followers: followers.map {
                Follower(
                    name: $0.name, model: $0.model, prefix: $0.prefix, weight: $0.weight, continues: $0.continues)
            }, system: system,
            squares: squares, ties: ties)
        game.risk = risk
        return game
    }
}

extension StackelbergGame {
    /// A multiple of a model's objective over the variables of the system and the game's decisions.
    ///
    /// - Parameters:
    ///   - binding: of the model's parameters.
    ///   - first: index of the model's first variable among those of the system.
    func form(
        of model: LinearModel, _ binding: ParameterBinding, times factor: Double, firstVariable first: Int
    ) -> BilinearForm {
        form(of: model.objectiveForm, binding, times: factor, firstVariable: first)
    }

    /// A multiple of a form over a model's variables and parameters, likewise.
    func form(
        of own: BilinearForm, _ binding: ParameterBinding, times factor: Double, firstVariable first: Int
    ) -> BilinearForm {
        var form = BilinearForm(variables: system.variableCount, parameters: space.count)
        form.add(own, times: factor, firstVariable: first, parameters: binding.decisions)
        return form
    }
}
