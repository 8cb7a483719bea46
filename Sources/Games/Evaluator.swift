import LinearModels

/// Answers decisions: every follower's true best response, then the leader's dispatch, by two solves.
///
/// 1. Each follower's model is re-priced and solved, from a basis that is always the same.
/// 2. The whole system is solved for the leader with each follower confined to its optimal face. Where a follower has
///    one optimum this is the leader's dispatch; where it has several, it is the tie rule too.
///
/// Models are built once, here; an evaluation changes numbers only. Since every evaluation starts from the same bases,
/// its result does not depend on what was evaluated before, on this thread or another.
///
/// An evaluator holds GLPK sessions, so it lives and dies on one thread.
public final class Evaluator {
    public let game: StackelbergGame
    private let followers: [BoundSession]
    private let system: BoundSession
    private let followerBases: [Basis]
    private let systemBasis: Basis
    /// For each of the followers' columns, whether its follower is a linear program.
    private let mayMix: [Bool]
    private let followerRows: Int
    private let offsets: [(column: Int, row: Int)]

    public init(_ game: StackelbergGame) throws {
        self.game = game
        let names = Dictionary(uniqueKeysWithValues: game.space.decisions.enumerated().map { ($1.name, $0) })
        followers = try game.followers.map { try BoundSession($0.model, decisions: names) }
        system = try BoundSession(game.system, decisions: names)
        offsets = game.followers.indices.map { game.offset(of: $0) }
        let leader = game.offset(of: game.followers.count)
        mayMix = game.followers.flatMap { Array(repeating: !$0.model.hasIntegers, count: $0.model.variableCount) }
        followerRows = leader.row

        let reference = game.space.project(game.space.decisions.map { 0.5 * ($0.lower + $0.upper) })
        var responses: [(index: Int, value: Double)] = []
        for (k, follower) in followers.enumerated() {
            try follower.set(reference)
            _ = try follower.solve()
            for (j, value) in follower.session.values.enumerated() { responses.append((offsets[k].column + j, value)) }
        }
        followerBases = followers.map(\.session.basis)
        systemBasis = try Self.leaderBasis(system, reference, responses, leader)
    }

    /// A basis of the leader's own part that goes together with any basis of the followers' blocks.
    ///
    /// With all followers' columns fixed their rows stay basic, so the leader's part holds exactly as many basic
    /// variables as it has rows, and the joint basis is block triangular.
    private static func leaderBasis(
        _ system: BoundSession, _ reference: [Double], _ responses: [(index: Int, value: Double)],
        _ first: (column: Int, row: Int)
    ) throws -> Basis {
        try system.set(reference)
        system.session.startFromSlackBasis()
        let slack = system.session.basis
        let frozen = OptimalFace(columns: responses, rows: [], hasTies: false)
        system.session.restrict(to: [(frozen, 0, 0)])
        defer { system.session.release() }
        let status = try system.solve()
        let basis = system.session.basis
        let leaderRows = system.session.model.constraintCount - first.row
        let fits = basis.basicCount(rowsFrom: first.row, columnsFrom: first.column) == leaderRows
        return status == .optimal && fits ? basis : slack
    }

    /// The payoff of a decision under the game's tie rule.
    ///
    /// - Parameter point: one number a decision; projected into the space first.
    public func evaluate(_ point: [Double]) throws -> Evaluation {
        try evaluate(point, ties: game.ties)
    }

    public func evaluate(_ point: [Double], ties: TieRule) throws -> Evaluation {
        guard point.count == game.space.count else {
            throw DecisionSpaceError.wrongLength(expected: game.space.count, found: point.count)
        }
        let decision = game.space.project(point)
        var costs: [Double] = []
        var faces: [(face: OptimalFace, columnOffset: Int, rowOffset: Int)] = []
        var caps: [(coefficients: [(column: Int, value: Double)], upper: Double)] = []
        var hasTies = false

        try system.set(decision)
        system.session.restore(systemBasis)
        for (k, follower) in followers.enumerated() {
            try follower.set(decision)
            follower.session.restore(followerBases[k])
            let status = try follower.solve()
            guard status == .optimal else {
                return Evaluation(
                    decision: decision, outcome: .noResponse(follower: game.followers[k].name, status: status),
                    followerCosts: costs, values: [], parameters: [], hasTies: hasTies)
            }
            let cost = follower.session.objectiveValue
            costs.append(cost)
            if follower.session.answerIsBranched {
                let constant = follower.session.objectiveConstant
                let coefficients = follower.session.objectiveCoefficients.enumerated()
                    .map { (column: offsets[k].column + $0.offset, value: $0.element) }
                caps.append((coefficients, cost - constant + Self.costTolerance * max(1, abs(cost))))
                hasTies = true
            } else {
                let face = try follower.session.optimalFace()
                hasTies = hasTies || face.hasTies
                faces.append((face, offsets[k].column, offsets[k].row))
                system.session.restore(
                    follower.session.basis, columnOffset: offsets[k].column, rowOffset: offsets[k].row)
            }
        }

        system.session.restrict(to: faces)
        system.session.cap(caps)
        defer {
            system.session.release()
            system.session.releaseCaps()
        }
        let status = try system.solve()
        guard status == .optimal else {
            return Evaluation(
                decision: decision, outcome: .cannotServe(status: status), followerCosts: costs, values: [],
                parameters: [], hasTies: hasTies)
        }
        var value = system.session.objectiveValue
        var values = system.session.values
        if ties == .pessimistic, hasTies {
            let search = WorstResponse(
                system.session, faces: faces, mayMix: mayMix, followerRows: followerRows)
            (value, values) = try search.search(from: (value, values))
        }
        let payoff = game.system.sense == .maximise ? value : -value
        return Evaluation(
            decision: decision, outcome: .payoff(payoff), followerCosts: costs, values: values,
            parameters: system.session.parameters, hasTies: hasTies)
    }

    /// How far above its optimum a branched follower's cost may lie, relative: rounding of branch and bound.
    static let costTolerance = 1e-9
}

/// A session whose parameters are set from a decision.
private final class BoundSession {
    let session: Session
    private let bindings: [(parameter: Parameter, decision: Int)]

    init(_ model: LinearModel, decisions: [String: Int]) throws {
        session = try Session(model)
        bindings = try model.parameters.map { parameter in
            let name = model.name(of: parameter)
            guard let decision = decisions[name] else {
                throw GameError.unknownDecision(parameter: name, model: "a model")
            }
            return (parameter, decision)
        }
    }

    /// A solver that gives up counts as a limit reached: one decision without an answer must not end a search.
    func solve() throws -> SolveStatus {
        do {
            return try session.solve()
        } catch SessionError.solverFailed {
            return .limit(gap: nil)
        }
    }

    func set(_ decision: [Double]) throws {
        for (parameter, index) in bindings { try session.set(parameter, to: decision[index]) }
    }
}
