/// The upper bound on the payoff of any decision, beside what one does pay.
public struct Certificate: Sendable {
    /// Which reasoning a bound comes from, from the cheapest on.
    public enum Reasoning: String, Sendable, CaseIterable {
        /// The leader chooses for the followers, within what they can do.
        case highPoint = "high-point relaxation"
        /// What followers pay at most for their best, less what the whole costs at least.
        case payments = "max F - W"
        /// Followers at their best, with products of price and quantity in envelopes, and branching.
        case branching = "relaxation of the followers' conditions, branched"
    }

    /// How the bound fell.
    public struct Step: Sendable, Equatable {
        /// Programs solved so far.
        public let nodes: Int
        public let seconds: Double
        public let bound: Double
        /// The best payoff by then; nil where none was known.
        public let payoff: Double?

        package init(nodes: Int, seconds: Double, bound: Double, payoff: Double?) {
            (self.nodes, self.seconds, self.bound, self.payoff) = (nodes, seconds, bound, payoff)
        }
    }

    public let bound: Double
    public let reasoning: Reasoning
    /// The best payoff known, and its decision.
    public let best: (payoff: Double, decision: [Double])?
    public let curve: [Step]
    /// What the bound rests on, follower by follower, and what was left out because it would not hold.
    public let grounds: [String]
    /// Payoffs that differ by less are one.
    public let slack: Double
    /// Whether the optimum hangs on differences of the size of what reading decimals rounds, so that it cannot be
    /// proved.
    public var hangsOnRounding = false
    /// Whether the best payoff is one that a decision has. If not, decisions come as near to ``bound`` as one likes,
    /// and ``best`` is one of these.
    public var isAttained = true
    /// The system's variables at ``best``, where the proof has them: followers' answers first.
    public var values: [Double] = []

    /// The cheap bounds alone, where there is no time for more.
    public init(_ cheap: CheapBounds, _ known: Evaluation?, seconds: Double) {
        (bound, reasoning) = cheap.best
        best = known.flatMap { known in known.payoff.map { ($0, known.decision) } }
        curve = [Step(nodes: 0, seconds: seconds, bound: bound, payoff: best?.payoff)]
        grounds = ["The time ended before the first part of the game was looked into."]
        slack = Self.tolerance * abs(best?.payoff ?? 0)
    }

    init(
        bound: Double, reasoning: Reasoning, best: (payoff: Double, decision: [Double])?, curve: [Step],
        grounds: [String], slack: Double, hangsOnRounding: Bool = false, values: [Double] = []
    ) {
        self.bound = bound
        self.reasoning = reasoning
        self.best = best
        self.curve = curve
        self.grounds = grounds
        self.slack = slack
        self.hangsOnRounding = hangsOnRounding
        self.values = values
    }

    /// How much more than ``best`` a decision may pay; nil where nothing is known to pay.
    public var gap: Double? { best.map { max(0, bound - $0.payoff) } }
    /// The same, as a share of the payoff's size.
    public var relativeGap: Double? { best.flatMap { best in gap.map { $0 / max(1e-10, abs(best.payoff)) } } }

    /// Numbers that differ by less than this, relative, are one number to a linear program.
    public static let tolerance = 1e-6

    /// By what less payoffs of about this size are one.
    public static func room(at payoff: Double) -> Double { tolerance * max(1, abs(payoff)) }

    /// Whether no decision pays more than the best known, up to the slack.
    public var isProven: Bool { best.map { bound - $0.payoff <= slack } ?? false }
}

/// Why a game cannot be certified or solved as asked.
public enum CertificateError: Error, Equatable, CustomStringConvertible {
    /// Whole numbers of a follower whose rows depend on decisions that are no whole numbers.
    case notProvable(follower: String, decision: String)
    /// Ties against the leader, in a game where that is not a matter of linear conditions.
    case tiesNotProvable
    /// No decision has a payoff.
    case infeasible
    /// The leader can earn without end.
    case unbounded
    /// A follower can save without end, so that it has no best response.
    case followerUnbounded(follower: String)

    public var description: String {
        switch self {
        case .notProvable(let follower, let decision):
            "the optimum cannot be proved: '\(follower)' has whole numbers, what it may do depends on the leader's decisions, and of "
                + "these '\(decision)' is a real number. Such a game may have no best decision at all. Make the leader's decisions "
                + "whole numbers, or search without a proof."
        case .tiesNotProvable:
            "with ties against the leader the optimum cannot be proved here: objectives must be linear, the leader's rows must hold no "
                + "variable of the follower, and beside whole numbers of the follower no real ones. Search without a proof."
        case .infeasible:
            "no decision has a payoff: whatever the leader decides, a follower has no answer or the leader's rows break."
        case .unbounded:
            "the leader's objective has no end: some decisions and responses, which all rows allow, improve it as far as one likes. Give the variables that stand in it bounds."
        case .followerUnbounded(let follower):
            "'\(follower)' has no best response: its objective can be improved without end. Give its variables bounds."
        }
    }
}
