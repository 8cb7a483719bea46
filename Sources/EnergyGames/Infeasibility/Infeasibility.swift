import Energy
import Games
import LinearModels

/// Why there is no answer, in the words of the case: what cannot be met, which rules clash, and the least change that
/// would mend it.
public struct Infeasibility: Error, Sendable, Equatable {
    /// Whose rules cannot all be satisfied.
    public enum Extent: Sendable, Equatable, Codable {
        /// Parties that answer together.
        case follower(String)
        /// Everybody's together, whatever followers answer.
        case everybody
        /// The operator's, given what followers answer.
        case dispatch
    }

    /// A carrier's balance that cannot be closed.
    public struct Unmet: Sendable, Equatable, Codable {
        public let day: String?
        public let party: String
        public let carrier: String
        /// Hours after the start of the horizon.
        public let hour: Double
        /// kW; 0 for a party that only passes on.
        public let demand: Double
        /// kW; negative for a surplus that nothing takes.
        public let missing: Double
    }

    /// A rule of the case, at some hours.
    public struct Rule: Sendable, Equatable, Codable {
        public let day: String?
        /// `heat balance of homes`, `output limit of operator.boiler`.
        public let name: String
        /// Hours after the start of the horizon; none for a rule of the whole horizon.
        public var hours: [Double]
    }

    /// How far a rule has to give way.
    public struct Change: Sendable, Equatable, Codable {
        public let rule: Rule
        /// The rule's limit where it gives way the most.
        public let limit: Double
        /// The most that is added to the limit.
        public let amount: Double
        public let unit: String
    }

    public let extent: Extent
    /// Where it is so whatever the operator decides.
    public let isOfEveryDecision: Bool
    /// What is decided: `price` or `size`; nil in a dispatch, which decides neither.
    let decided: String?
    public let unmet: [Unmet]
    /// Rules that clash: any one of them left out, and the others can be satisfied.
    public let clash: [Rule]
    /// Whether any of the rules left out makes the others satisfiable: not known where a limit ended a solve.
    public let isIrreducible: Bool
    /// Whether the rules clash only because something is on or off, and nothing between.
    public let isOfWholeNumbers: Bool
    public let changes: [Change]
    /// Vehicles whose needs stand behind the clash, each with its key in the case's words.
    public internal(set) var vehicles: [String] = []
    /// The changes as they stand in ``model``, for a check.
    let modelChanges: [RuleChange]
    /// The clash as it stands in the model.
    let modelClash: [ModelRule]

    /// The names of the rules' days.
    public var days: [String] {
        (unmet.compactMap(\.day) + clash.compactMap(\.day)).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }
}
