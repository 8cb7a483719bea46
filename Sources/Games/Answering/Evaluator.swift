import LinearModels

/// Answers decisions: every follower's true best response, then the leader's dispatch.
///
/// 1. Each follower's model is re-priced and solved, or the parts that it falls into.
/// 2. The leader serves what they ask for: its own part of the system, with the responses given.
/// 3. Where followers have several optima, the leader's duals tell which of them are better for it, and these responses
///    are taken.
/// 4. Where that does not settle it, for pessimistic ties, and for all ties where the leader's objective holds squares
///    of what followers answer, the whole system is solved with each follower confined to its optimal face.
///
/// Models are built once, here; an evaluation changes numbers only. Every solve starts from a fixed basis: that of the
/// middle of the decision space or of the ``anchor(at:)``, whichever is nearer. So a result does not depend on what was
/// evaluated before, on this thread or another.
///
/// An evaluator holds GLPK sessions, so it lives and dies on one thread.
public final class Evaluator {
    public let game: StackelbergGame
    let savings: Savings
    let followers: [FollowerSolver]
    /// The leader's own part. It may hold nothing, as where the leader only decides and followers do all the rest.
    let dispatch: DispatchSession
    private let middle: Anchor
    private var anchor: Anchor?
    private var memory: [[Double]: Evaluation] = [:]
    /// The first column of each follower in the system.
    private let columns: [Int]
    private var gradient: [Double]
    /// Made when ties first ask for it: it is the largest model of all.
    private var wholeSystem: WholeSystem?
    /// In its place where the game falls apart; made likewise.
    var apart: ApartEvaluators?
    /// Of looking for the worst answers follower by follower.
    var workOfFields = 0
    /// The decision that each of the system's parameters takes its value from. Whether a gradient tells the leader's
    /// favourite among tied responses; where it values squares of them, none does.
    private let gradientTells: Bool

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
    struct Anchor {
        var decision: [Double]
        var followers: [FollowerSolver.Bases]
        var dispatch: Basis
    }

    public init(_ game: StackelbergGame, savings: Savings = .all) throws {
        self.game = game
        self.savings = savings
        let reference = game.space.middle
        followers = try game.followers.indices.map { try FollowerSolver($0, of: game, reference: reference) }
        columns = game.followers.indices.map { game.offset(of: $0).column }
        let leader = game.offset(of: game.followers.count)
        gradient = [Double](repeating: 0, count: leader.column)
        gradientTells = game.squaresOfResponses.isEmpty
        dispatch = try DispatchSession(
            game.system.remainder(fromVariable: leader.column, fromConstraint: leader.row), game.bindings.system)

        let starts = try followers.map { try $0.start() }
        try dispatch.set(reference, given: followers.flatMap(\.response))
        _ = try dispatch.bound.solve()
        middle = Anchor(decision: reference, followers: starts, dispatch: dispatch.bound.session.basis)
        forgetAnswers()
    }

    // MARK: Anchor

    /// Lets later solves start from the bases of a decision that is near what comes, such as the best known so far:
    /// fewer pivots are then needed. The bases depend on that decision alone, not on former anchors. nil for the middle
    /// of the space.
    public func anchor(at decision: [Double]?) throws {
        guard decision != anchor?.decision else { return }
        anchor = nil
        forgetAnswers()
        guard let decision else { return }
        let evaluation = try evaluate(decision, ties: .optimistic)
        forgetAnswers()
        var found = middle
        found.decision = decision
        if evaluation.payoff != nil {
            for (k, follower) in followers.enumerated() { follower.update(&found.followers[k]) }
            if dispatch.bound.session.status == .optimal, !dispatch.bound.session.usedBranchAndBound {
                found.dispatch = dispatch.bound.session.basis
            }
        }
        anchor = found
    }

    /// The start that is nearer to a decision, by the squares of its distances in shares of the decisions' ranges.
    func start(for decision: [Double]) -> Anchor {
        guard let anchor else { return middle }
        var difference = 0.0
        for (k, range) in game.space.decisions.enumerated() where range.upper > range.lower {
            let width = range.upper - range.lower
            let (a, b) = ((decision[k] - anchor.decision[k]) / width, (decision[k] - middle.decision[k]) / width)
            difference += a * a - b * b
        }
        return difference <= 0 ? anchor : middle
    }

    /// Remembered answers belong to the bases that they were found from: their last digits may.
    private func forgetAnswers() {
        memory = [:]
        for follower in followers { follower.forgetAnswers() }
    }

    // MARK: Work

    /// Of all evaluations so far, see `SolverSession.work`; what savings spare counts as if it had been done.
    var work: Int {
        followers.reduce(dispatch.bound.work + (wholeSystem?.work ?? 0) + (apart?.work ?? 0) + workOfFields) {
            $0 + $1.work
        }
    }

    /// What an evaluation of this game usually takes, as `SolverSession.work`: that of decisions without a pattern,
    /// each answered from the middle of the space. It depends on the game alone.
    func typicalWork(_ ties: TieRule) throws -> Int {
        try fromMiddle {
            var noise = Noise()
            var total = 0
            for _ in 0..<Self.samples {
                forgetAnswers()
                let point = game.space.decisions.map { $0.lower + 0.5 * (1 + noise.next()) * ($0.upper - $0.lower) }
                let before = work
                _ = try evaluate(point, ties: ties)
                total += work - before
            }
            return max(1, total / Self.samples)
        }
    }

    /// The answer to the middle of the space, whatever the anchor is.
    func answerToMiddle() throws -> Evaluation {
        try fromMiddle { try evaluate(game.space.middle, ties: .optimistic) }
    }

    /// Does something without the anchor, and with nothing remembered.
    private func fromMiddle<Result>(_ body: () throws -> Result) rethrows -> Result {
        let former = anchor
        anchor = nil
        defer {
            anchor = former
            forgetAnswers()
        }
        forgetAnswers()
        return try body()
    }

    /// Decisions of which the usual work is the mean.
    private static let samples = 4

    // MARK: Evaluation

    /// The payoff of a decision under the game's tie rule.
    ///
    /// - Parameter point: one number per decision; projected into the space first.
    public func evaluate(_ point: [Double]) throws -> Evaluation {
        guard savings.contains(.repeatedDecisions) else { return try evaluate(point, ties: game.ties) }
        if let known = memory[point] { return known }
        let evaluation = try evaluate(point, ties: game.ties)
        if memory.count >= Self.memorySize { memory.removeAll(keepingCapacity: true) }
        memory[point] = evaluation
        return evaluation
    }

    /// Evaluations hold every variable's value, so not too many are kept.
    private static let memorySize = 100

    public func evaluate(_ point: [Double], ties: TieRule) throws -> Evaluation {
        try evaluate(point, ties: ties, within: game.space)
    }

    /// - Parameter space: of the same decisions, which the point is projected into in place of the game's own.
    func evaluate(_ point: [Double], ties: TieRule, within space: DecisionSpace) throws -> Evaluation {
        guard point.count == game.space.count else {
            throw DecisionSpaceError.wrongLength(expected: game.space.count, found: point.count)
        }
        return try answer(space.project(point), ties)
    }

    /// - Parameter decision: projected already.
    func answer(_ decision: [Double], _ ties: TieRule) throws -> Evaluation {
        let start = start(for: decision)
        var costs: [Double] = []
        for (k, follower) in followers.enumerated() {
            let status = try follower.answer(
                decision, from: start.followers[k], unlessUnchanged: savings.contains(.unchangedFollowers))
            guard status == .optimal else {
                return Evaluation(
                    decision: decision, outcome: .noResponse(follower: game.followers[k].name, status: status),
                    followerCosts: costs, values: [], parameters: [], hasTies: false)
            }
            costs.append(follower.cost)
        }
        if let served = try serve(decision, ties, from: start.dispatch) {
            return Evaluation(
                decision: decision, outcome: .payoff(game.payoff(served.value)),
                followerCosts: costs, values: served.values, parameters: game.bindings.system.select(from: decision),
                hasTies: served.hasTies)
        }
        return try evaluateOverFaces(decision, ties, costs, from: start)
    }

    /// The leader's best dispatch for responses that are given, one number per follower's variable, instead of those
    /// that it would like best: what an answer is worth to it that others choose.
    ///
    /// - Parameter answered: an evaluation of the same decision, whose followers' costs these responses share.
    func evaluate(_ answered: Evaluation, given responses: [Double]) throws -> Evaluation {
        let decision = answered.decision
        try dispatch.set(decision, given: responses)
        let session = dispatch.bound.session
        session.restore(start(for: decision).dispatch)
        let status = try dispatch.bound.solve()
        guard status == .optimal else {
            return Evaluation(
                decision: decision, outcome: .cannotServe(status: status), followerCosts: answered.followerCosts,
                values: [], parameters: [], hasTies: answered.hasTies)
        }
        let (value, values) = served(responses, at: decision)
        return Evaluation(
            decision: decision, outcome: .payoff(game.payoff(value)),
            followerCosts: answered.followerCosts, values: values,
            parameters: game.bindings.system.select(from: decision), hasTies: answered.hasTies)
    }

    /// The leader's dispatch for the responses, where it is also its best over all of the followers' optima.
    ///
    /// The leader's value is concave in the responses, and its duals give a gradient. Responses that no follower could
    /// change for the better along it, at no cost of its own, are the best for the leader. Others are changed, and the
    /// leader dispatches anew.
    private func serve(_ decision: [Double], _ ties: TieRule, from basis: Basis) throws -> (
        value: Double, values: [Double], hasTies: Bool
    )? {
        defer { for follower in followers { follower.leaveFaces() } }
        let session = dispatch.bound.session
        var hasTies = false
        for _ in 0..<Self.rounds {
            let responses = followers.flatMap(\.response)
            try dispatch.set(decision, given: responses)
            session.restore(basis)
            guard try dispatch.bound.solve() == .optimal else { return nil }
            // A branched dispatch has no duals, so that only responses without ties can do.
            let mayMove = ties == .optimistic && !session.usedBranchAndBound && gradientTells
            dispatch.remainder.gradient(session, parameters: session.parameters, into: &gradient)
            var hasMoved = false
            for (k, follower) in followers.enumerated() {
                let first = columns[k]
                let found = try follower.breakTies(
                    by: gradient[first..<first + follower.response.count], maximised: game.system.sense == .maximise,
                    mayMove: mayMove)
                switch found {
                case .none: continue
                case _ where !gradientTells: return nil
                // What is as good along the gradient may be worse beyond it, unless the leader has nothing to adapt.
                case .shared where ties == .optimistic || game.system.variableCount == gradient.count: continue
                case .indifferent where mayMove: hasTies = true
                case .moved: (hasTies, hasMoved) = (true, true)
                default: return nil
                }
            }
            if !hasMoved {
                let (value, values) = served(responses, at: decision)
                return (value, values, hasTies)
            }
        }
        return nil
    }

    /// The leader's objective, and the system's variables, at responses and at the dispatch that was just solved for
    /// them.
    func served(_ responses: [Double], at decision: [Double]) -> WorstResponse.Answer {
        let session = dispatch.bound.session
        let given = dispatch.remainder.cost(of: responses, parameters: session.parameters)
        let values = responses + session.values
        return (game.objective(given + session.objectiveValue, at: decision, values), values)
    }

    /// Lets each follower answer as a whole, with a basis and duals of its own.
    ///
    /// - Returns: the first that has no answer; nil where all have one.
    func answerAsWholes(_ decision: [Double], from start: Anchor) throws -> (follower: Int, status: SolveStatus)? {
        for (k, follower) in followers.enumerated() {
            let status = try follower.answerAsWhole(
                decision, from: start.followers[k].whole, unlessUnchanged: savings.contains(.unchangedFollowers))
            if status != .optimal { return (k, status) }
        }
        return nil
    }

    var loadedSystem: WholeSystem {
        get throws {
            let system = try wholeSystem ?? WholeSystem(game)
            wholeSystem = system
            return system
        }
    }

    /// How often responses are changed before the whole system is asked.
    private static let rounds = 6
}

/// The leader's own part of the system, with the followers' responses given.
final class DispatchSession {
    let remainder: Remainder
    let bound: BoundSession
    private let taken: [Parameter]

    init(_ remainder: Remainder, _ binding: ParameterBinding) throws {
        self.remainder = remainder
        taken = remainder.fixedActivities.map(\.parameter)
        bound = try BoundSession(remainder.model, binding)
    }

    func set(_ decision: [Double], given responses: [Double]) throws {
        try bound.set(decision)
        let fixedActivities = remainder.fixedActivities
        try bound.session.set(taken) { fixedActivities[$0].sum(responses) }
    }
}
