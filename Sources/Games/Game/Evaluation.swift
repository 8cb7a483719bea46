import LinearModels

/// What became of a decision.
public struct Evaluation: Sendable {
    public enum Outcome: Sendable, Equatable {
        /// What the decision is worth to the leader, after all responses.
        case payoff(Double)
        /// A follower has no answer to this decision.
        case noResponse(follower: String, status: SolveStatus)
        /// The followers answered, but the leader cannot serve what they ask for.
        case cannotServe(status: SolveStatus)

        /// Whether a limit of a solve was reached first, so that the decision may have an answer for all that is known.
        public var isOpen: Bool {
            switch self {
            case .noResponse(_, .limit), .cannotServe(.limit): true
            default: false
            }
        }
    }

    /// The decision, inside the space.
    public let decision: [Double]
    public let outcome: Outcome
    /// Each follower's optimal cost, in the order of the game.
    public let followerCosts: [Double]
    /// The system's variables at the responses and the leader's dispatch; empty without a payoff.
    public let values: [Double]
    /// The system's parameters.
    public let parameters: [Double]
    /// Some follower had more than one optimum.
    public let hasTies: Bool
    /// Whether the worst of tied responses was looked for to the end; else the payoff is the least one found, see
    /// `WorkAllowance`.
    public let tiesAreSettled: Bool

    /// The payoff, or nil where there is none.
    public let payoff: Double?

    init(
        decision: [Double], outcome: Outcome, followerCosts: [Double], values: [Double], parameters: [Double],
        hasTies: Bool, tiesAreSettled: Bool = true
    ) {
        self.decision = decision
        self.outcome = outcome
        self.followerCosts = followerCosts
        self.values = values
        self.parameters = parameters
        self.hasTies = hasTies
        self.tiesAreSettled = tiesAreSettled
        payoff = if case .payoff(let payoff) = outcome { payoff } else { nil }
    }

    /// The response of one follower: its block of the system's variables.
    public func response(of follower: Int, in game: StackelbergGame) -> ArraySlice<Double> {
        let first = game.offset(of: follower).column
        return values[first..<first + game.followers[follower].model.variableCount]
    }
}
