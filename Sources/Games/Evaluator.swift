import LinearModels

/// Answers decisions: every follower's true best response, then the leader's dispatch.
///
/// 1. Each follower's model is re-priced and solved, or the parts that it falls into.
/// 2. The leader serves what they ask for: its own part of the system, with the responses given.
/// 3. Where followers have several optima, the leader's duals tell whether another response could be better for it. Only then, and for
///    pessimistic ties, the whole system is solved with each follower confined to its optimal face.
///
/// Models are built once, here; an evaluation changes numbers only. Every solve starts from a fixed basis: that of the middle of the
/// decision space, or of the ``anchor(at:)``. So a result does not depend on what was evaluated before, on this thread or another.
///
/// An evaluator holds GLPK sessions, so it lives and dies on one thread.
public final class Evaluator {
    public let game: StackelbergGame
    private let savings: Savings
    private let followers: [FollowerSolver]
    private let system: BoundSession
    /// The leader's own part. It may hold nothing, as where the leader only decides and followers do all the rest.
    private let dispatch: DispatchSession
    private let initial: Bases
    private var bases: Bases
    private var anchorDecision: [Double]?
    private var memory: [[Double]: Evaluation] = [:]
    /// For each of the followers' columns, whether its follower is a linear program.
    private let mayMix: [Bool]
    private let followerRows: Int
    private let offsets: [(column: Int, row: Int)]
    private var gradient: [Double]

    /// What spares solves without a change of any result.
    public struct Savings: OptionSet, Sendable {
        public let rawValue: Int
        public init(rawValue: Int) { self.rawValue = rawValue }

        /// Decisions that come again are remembered.
        public static let repeatedDecisions = Savings(rawValue: 1)
        /// A follower none of whose parameters changed keeps its answer.
        public static let unchangedFollowers = Savings(rawValue: 2)
        public static let all: Savings = [.repeatedDecisions, .unchangedFollowers]
    }

    /// Where solves start.
    private struct Bases {
        var followers: [FollowerSolver.Bases]
        var dispatch: Basis
        var system: Basis
    }

    public init(_ game: StackelbergGame, savings: Savings = .all) throws {
        self.game = game
        self.savings = savings
        let names = Dictionary(uniqueKeysWithValues: game.space.decisions.enumerated().map { ($1.name, $0) })
        followers = try game.followers.map { try FollowerSolver($0, decisions: names) }
        system = try BoundSession(game.system, decisions: names)
        offsets = game.followers.indices.map { game.offset(of: $0) }
        let leader = game.offset(of: game.followers.count)
        mayMix = game.followers.flatMap { Array(repeating: !$0.model.hasIntegers, count: $0.model.variableCount) }
        followerRows = leader.row
        gradient = mayMix.map { _ in 0 }
        dispatch = try DispatchSession(
            game.system.remainder(fromVariable: leader.column, fromConstraint: leader.row), decisions: names)

        let reference = game.space.project(game.space.decisions.map { 0.5 * ($0.lower + $0.upper) })
        let starts = try followers.map { try $0.bases(at: reference) }
        let responses = followers.flatMap(\.response)
        try dispatch.set(reference, given: responses)
        _ = try dispatch.bound.solve()
        initial = Bases(
            followers: starts, dispatch: dispatch.bound.session.basis,
            system: try Self.leaderBasis(
                system, reference, responses.enumerated().map { (index: $0.offset, value: $0.element) }, leader))
        bases = initial
        forgetAnswers()
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

    // MARK: Anchor

    /// Lets later solves start from the bases of a decision that is near what comes, such as the best known so far: fewer pivots are then
    /// needed. The bases depend on that decision alone, not on former anchors. nil for the middle of the space.
    public func anchor(at decision: [Double]?) throws {
        guard decision != anchorDecision else { return }
        anchorDecision = decision
        bases = initial
        forgetAnswers()
        guard let decision else { return }
        let evaluation = try evaluate(decision, ties: .optimistic)
        forgetAnswers()
        guard evaluation.payoff != nil else { return }
        for (k, follower) in followers.enumerated() { follower.update(&bases.followers[k]) }
        if dispatch.bound.session.status == .optimal, !dispatch.bound.session.answerIsBranched {
            bases.dispatch = dispatch.bound.session.basis
        }
    }

    /// Remembered answers belong to the bases that they were found from: their last digits may.
    private func forgetAnswers() {
        memory = [:]
        for follower in followers { follower.forgetAnswers() }
    }

    // MARK: Evaluation

    /// The payoff of a decision under the game's tie rule.
    ///
    /// - Parameter point: one number a decision; projected into the space first.
    public func evaluate(_ point: [Double]) throws -> Evaluation {
        guard savings.contains(.repeatedDecisions) else { return try evaluate(point, ties: game.ties) }
        if let known = memory[point] { return known }
        let evaluation = try evaluate(point, ties: game.ties)
        if memory.count >= Self.memorySize { memory.removeAll(keepingCapacity: true) }
        memory[point] = evaluation
        return evaluation
    }

    /// Evaluations hold every variable's value, so not too many are kept.
    private static let memorySize = 1_000

    public func evaluate(_ point: [Double], ties: TieRule) throws -> Evaluation {
        guard point.count == game.space.count else {
            throw DecisionSpaceError.wrongLength(expected: game.space.count, found: point.count)
        }
        let decision = game.space.project(point)
        var costs: [Double] = []
        var responses: [Double] = []
        responses.reserveCapacity(game.system.variableCount)
        for (k, follower) in followers.enumerated() {
            let status = try follower.answer(
                decision, from: bases.followers[k], unlessUnchanged: savings.contains(.unchangedFollowers))
            guard status == .optimal else {
                return Evaluation(
                    decision: decision, outcome: .noResponse(follower: game.followers[k].name, status: status),
                    followerCosts: costs, values: [], parameters: [],
                    hasTies: followers[..<k].contains(where: \.isBranched))
            }
            costs.append(follower.cost)
            responses += follower.response
        }
        if !followers.contains(where: \.isBranched), let served = try serve(decision, responses, ties) {
            return Evaluation(
                decision: decision, outcome: .payoff(game.system.sense == .maximise ? served.value : -served.value),
                followerCosts: costs, values: served.values, parameters: system.parameters(at: decision),
                hasTies: served.hasTies)
        }
        return try evaluateOverFaces(decision, ties, costs)
    }

    /// The leader's dispatch for given responses, where it is also its best over all of the followers' optima.
    private func serve(
        _ decision: [Double], _ responses: [Double], _ ties: TieRule
    ) throws -> (value: Double, values: [Double], hasTies: Bool)? {
        try dispatch.set(decision, given: responses)
        dispatch.bound.session.restore(bases.dispatch)
        guard try dispatch.bound.solve() == .optimal else { return nil }
        // A branched dispatch has no duals. Ties cannot matter then only if there are none: a gradient that is nowhere zero says so.
        let isBranched = dispatch.bound.session.answerIsBranched
        dispatch.remainder.gradient(
            dispatch.bound.session, parameters: dispatch.bound.session.parameters, into: &gradient)
        var hasTies = followers.contains(where: \.leavesBuyersOpen)
        for (k, follower) in followers.enumerated() {
            let first = offsets[k].column
            let others = try follower.otherOptima(
                betterBy: gradient[first..<first + follower.response.count],
                maximised: game.system.sense == .maximise)
            switch others {
            case .none: continue
            case .noBetter where ties == .optimistic && !isBranched: hasTies = true
            default: return nil
            }
        }
        let given = dispatch.remainder.cost(of: responses, parameters: dispatch.bound.session.parameters)
        return (
            given + dispatch.bound.session.objectiveValue, responses + dispatch.bound.session.values, hasTies
        )
    }

    /// The payoff over all optima of the followers, which have just answered.
    private func evaluateOverFaces(_ decision: [Double], _ ties: TieRule, _ costs: [Double]) throws -> Evaluation {
        var faces: [(face: OptimalFace, columnOffset: Int, rowOffset: Int)] = []
        var caps: [(coefficients: [(column: Int, value: Double)], upper: Double)] = []
        var hasTies = false
        try system.set(decision)
        system.session.restore(bases.system)
        for (k, follower) in followers.enumerated() {
            let status = try follower.answerAsWhole(
                decision, from: bases.followers[k].whole, unlessUnchanged: savings.contains(.unchangedFollowers))
            guard status == .optimal else {
                return Evaluation(
                    decision: decision, outcome: .noResponse(follower: game.followers[k].name, status: status),
                    followerCosts: Array(costs[..<k]), values: [], parameters: [], hasTies: hasTies)
            }
            let session = follower.whole.session
            let (column, row) = offsets[k]
            if session.answerIsBranched {
                let coefficients = session.objectiveCoefficients.enumerated()
                    .map { (column: column + $0.offset, value: $0.element) }
                caps.append(
                    (coefficients, costs[k] - session.objectiveConstant + Self.costTolerance * max(1, abs(costs[k]))))
                hasTies = true
            } else {
                let face = try session.optimalFace()
                hasTies = hasTies || face.hasTies
                faces.append((face, column, row))
                system.session.restore(session.basis, columnOffset: column, rowOffset: row)
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
        return Evaluation(
            decision: decision, outcome: .payoff(game.system.sense == .maximise ? value : -value),
            followerCosts: costs, values: values, parameters: system.session.parameters, hasTies: hasTies)
    }

    /// How far above its optimum a branched follower's cost may lie, relative: rounding of branch and bound.
    static let costTolerance = 1e-9
}

/// The leader's own part of the system, with the followers' responses given.
private final class DispatchSession {
    let remainder: Remainder
    let bound: BoundSession

    init(_ remainder: Remainder, decisions: [String: Int]) throws {
        self.remainder = remainder
        bound = try BoundSession(remainder.model, decisions: decisions, others: Set(remainder.takings.map(\.parameter)))
    }

    func set(_ decision: [Double], given responses: [Double]) throws {
        try bound.set(decision)
        for taking in remainder.takings {
            var sum = 0.0
            for (column, value) in taking.coefficients { sum += value * responses[column] }
            try bound.session.set(taking.parameter, to: sum)
        }
    }
}
