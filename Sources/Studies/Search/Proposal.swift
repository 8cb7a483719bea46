import Games
import Metaheuristics

/// What a search asks for.
public enum Proposal: Sendable, Equatable, Codable {
    /// The payoff of a decision.
    case decision([Double])
    /// The best decision that a climb finds.
    case climb(PriceClimb.Start)
    /// The decision found that pays most for certain; its payoff is what it pays so.
    case secure(BankablePricing.Start)

    /// Whether it asks for the payoff of a decision, and not for a decision.
    var isDecision: Bool { if case .decision = self { true } else { false } }
    var isSecuring: Bool { if case .secure = self { true } else { false } }

    /// What came of it.
    public struct Answer: Sendable, Equatable, Codable {
        /// Inside the space.
        public let decision: [Double]
        /// nil where there is none.
        public let payoff: Double?
        /// Evaluations spent: 1 for a decision, else as many as it took the work of; 0 for a climb by wishes in a game
        /// in which none can be followed.
        public let effort: Int

        public init(decision: [Double], payoff: Double?, effort: Int) {
            self.decision = decision
            self.payoff = payoff
            self.effort = effort
        }
    }
}

/// A search over a game's decisions. It maximises the payoff.
///
/// What it asks for depends only on its seed and on the answers so far: given the same answers again, it is in the
/// same state again.
public protocol GameSearch: Sendable {
    /// What is to be answered next, in any order or at once; nothing where it is at its end.
    mutating func ask() -> [Proposal]

    /// Answers to what was last asked, in its order; fewer where the budget ended.
    mutating func tell(_ answers: [Proposal.Answer])
}

/// Where nothing is to be decided, the one decision that there is.
struct SinglePoint: GameSearch {
    private var isAsked = false

    mutating func ask() -> [Proposal] {
        defer { isAsked = true }
        return isAsked ? [] : [.decision([])]
    }

    mutating func tell(_ answers: [Proposal.Answer]) {}
}

/// A metaheuristic as a search over a game: it knows the box alone.
struct GeneralSearch: GameSearch {
    var metaheuristic: any Metaheuristic

    mutating func ask() -> [Proposal] { metaheuristic.ask().map { .decision($0) } }

    mutating func tell(_ answers: [Proposal.Answer]) {
        metaheuristic.tell(answers.map { $0.payoff.map { 0 - $0 } ?? .infinity })
    }
}
