import LinearModels

/// A decision answered a second time from nothing, and compared with what a search claimed for it.
///
/// Fresh sessions, cold bases: nothing is shared with the evaluation that is being proved except the models.
public struct ResponseProof: Sendable, Codable {
    public struct Check: Sendable, Codable {
        public let follower: String
        /// What the follower pays at the claimed response.
        public let cost: Double
        /// Its optimal cost, solved again.
        public let optimum: Double
        /// Largest violation of the follower's own rows, bounds and integers at the claimed response.
        public let violation: Double

        /// The greatest single item of its cost.
        public var item = 1.0

        /// What the follower could still save, relative to its cost or, where items of that cancel, to these: 0 for a
        /// true best response.
        public var regret: Double {
            let size = max(abs(optimum), min(1, item))
            return cost == optimum ? 0 : (cost - optimum) / (size > 0 ? size : 1)
        }
    }

    public let checks: [Check]
    /// What the search claimed.
    public let payoff: Double
    /// What the leader's objective is at the claimed response and dispatch.
    public let payoffAtResponse: Double
    /// The leader's payoff when ties are broken for it, solved again.
    public let optimisticPayoff: Double
    /// The leader's payoff when ties are broken against it: the least found.
    public let pessimisticPayoff: Double
    /// Whether the least was looked for to the end; else it may be lower still.
    public let tiesAreSettled: Bool
    /// Whether everything was solved again; a proof that could not be completed proves nothing.
    public let isComplete: Bool
    /// Largest violation of the decision space, and of the system's rows, bounds and integers, at the claimed decision,
    /// response and dispatch.
    public let violation: Double
    /// Some follower has more than one best response to the decision.
    public let hasTies: Bool
    /// The rule by which the claimed payoff broke ties.
    public let ties: TieRule

    /// The leader's payoff depends on which of their best responses followers give, or may do so for all that is known.
    public var payoffHangsOnTies: Bool {
        !tiesAreSettled || optimisticPayoff - pessimisticPayoff > Self.tolerance * size(of: optimisticPayoff)
    }

    /// The greatest single item of the leader's payoff at the claimed response.
    private let item: Double

    /// What differences of a payoff are small beside, in whatever money it is counted.
    private func size(of payoff: Double) -> Double { max(abs(payoff), item > 0 ? min(1, item) : 1) }

    /// Costs and payoffs agree within this, relative; rows within this, absolute.
    public static let tolerance = 1e-6

    /// Every claimed response is a best response, and the payoff is what the leader can make of it.
    public var holds: Bool {
        guard isComplete else { return false }
        let again = ties == .optimistic ? optimisticPayoff : pessimisticPayoff
        return [again, payoffAtResponse].allSatisfy { abs(payoff - $0) <= Self.tolerance * size(of: $0) }
            && violation <= Self.tolerance
            && checks.allSatisfy { abs($0.regret) <= Self.tolerance && $0.violation <= Self.tolerance }
    }

    /// - Parameters:
    ///   - allowance: for solving the followers again; without it there is no proof.
    ///   - tieAllowance: for finding the worst of tied responses; without it their payoff stays open.
    /// - Throws: ``ResponseProofError/nothingToProve`` for an evaluation without a payoff.
    public init(
        of evaluation: Evaluation, in game: StackelbergGame, within allowance: WorkAllowance = WorkAllowance(),
        ties tieAllowance: WorkAllowance = WorkAllowance()
    ) throws {
        guard let payoff = evaluation.payoff else { throw ResponseProofError.nothingToProve }
        guard evaluation.decision.count == game.space.count, evaluation.values.count == game.system.variableCount else {
            throw ResponseProofError.otherGame
        }
        let parameters = game.bindings.system.select(from: evaluation.decision)
        let objective = game.objective(
            game.system.objectiveValue(values: evaluation.values[...], parameters: parameters),
            at: evaluation.decision, evaluation.values)
        payoffAtResponse = game.payoff(objective)
        item =
            game.squares.isEmpty
            ? game.system.largestTerm(values: evaluation.values[...], parameters: parameters) : 1
        violation = max(
            game.space.violation(of: evaluation.decision),
            game.system.largestViolation(values: evaluation.values[...], parameters: parameters))
        self.payoff = payoff
        ties = game.ties
        var checks: [Check] = []
        let evaluator = try Evaluator(game)
        var optimistic: Evaluation?
        do {
            try allowance.grant {
                for k in game.followers.indices {
                    guard let check = try Check(k, evaluation, game) else { return }
                    checks.append(check)
                }
                optimistic = try evaluator.evaluate(evaluation.decision, ties: .optimistic)
            }
        } catch is WorkSpent {}
        self.checks = checks
        optimisticPayoff = optimistic?.payoff ?? -.infinity
        hasTies = optimistic?.hasTies ?? true
        guard let optimistic else {
            (pessimisticPayoff, tiesAreSettled, isComplete) = (-.infinity, false, false)
            return
        }
        let worst = try Self.worst(evaluation.decision, evaluator, tieAllowance)
        pessimisticPayoff = min(worst?.payoff ?? .infinity, optimisticPayoff)
        tiesAreSettled = worst?.tiesAreSettled ?? false
        isComplete = optimistic.payoff != nil && (game.ties == .optimistic || tiesAreSettled)
    }

    /// What followers do who break ties against the leader; nil where that was not found out.
    private static func worst(_ decision: [Double], _ evaluator: Evaluator, _ allowance: WorkAllowance) throws
        -> Evaluation?
    {
        try allowance.attempt {
            let found = try evaluator.evaluate(decision, ties: .pessimistic)
            return found.payoff == nil ? nil : found
        }
    }
}

extension ResponseProof.Check {
    /// - Returns: nil where the follower's optimum cannot be found within the solver's limits.
    fileprivate init?(_ k: Int, _ evaluation: Evaluation, _ game: StackelbergGame) throws {
        let follower = game.followers[k]
        let session = try game.session(for: follower.model, game.bindings.followers[k], at: evaluation.decision)
        switch try session.attempt() {
        case .optimal: break
        case .limit: return nil
        case let status: throw SolverSessionError.noSolution(status: "\(status)")
        }
        let response = evaluation.response(of: k, in: game)
        self.init(
            follower: follower.name,
            cost: follower.model.objectiveValue(values: response, parameters: session.parameters),
            optimum: session.objectiveValue,
            violation: follower.model.largestViolation(values: response, parameters: session.parameters),
            item: max(
                follower.model.largestTerm(values: response, parameters: session.parameters),
                follower.model.largestTerm(values: session.values[...], parameters: session.parameters)))
    }
}

public enum ResponseProofError: Error, Equatable, CustomStringConvertible {
    case nothingToProve
    case otherGame

    public var description: String {
        switch self {
        case .nothingToProve: "the decision has no payoff: a follower has no answer, or the leader cannot serve."
        case .otherGame:
            "the decision or its response has another length than this game's: it was answered in another game."
        }
    }
}
