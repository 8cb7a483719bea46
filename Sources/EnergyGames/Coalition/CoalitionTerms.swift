import Energy

/// What parties who may trade with each other agree on before they do: who may sell what to whom, within which prices,
/// and how they divide what they gain.
public struct CoalitionTerms: Sendable {
    /// A trade with the prices that may be paid for it.
    public struct Offer: Sendable {
        /// At the middle of the band, until parties have agreed on prices.
        public let trade: Trade
        /// CNY/kWh, one value per step.
        public let lower: [Double]
        public let upper: [Double]

        /// - Parameter trade: whatever its price.
        public init(trade: Trade, lower: [Double], upper: [Double]) {
            var trade = trade
            // The mid-market price.
            trade.price = .fixed(zip(lower, upper).map { ($0 + $1) / 2 })
            self.trade = trade
            self.lower = lower
            self.upper = upper
        }
    }

    /// A party and where its model is.
    public struct Member: Sendable, Equatable {
        public let name: String
        /// Whether somebody else holds its model, who answers for it.
        public let isElsewhere: Bool
        /// What starts the process that answers for it; nil for this program.
        public let command: String?

        public init(_ name: String, isElsewhere: Bool = false, command: String? = nil) {
            self.name = name
            self.isElsewhere = isElsewhere
            self.command = command
        }
    }

    /// How a gain is divided.
    public enum Division: String, Sendable, CaseIterable {
        /// Nash bargaining: the product of all gains is as large as possible.
        case nash
        /// The mean of what each adds to those who came before, over all orders.
        case shapley
        /// The largest complaint of any group is as small as possible, then the next.
        case nucleolus
    }

    /// How much a party's gain counts in the bargain.
    public enum Weights: Sendable, Equatable {
        case equal
        /// By what the others would lose without the party.
        case contribution
        /// One number per member, above 0.
        case given([Double])
    }

    /// How the least joint cost is found.
    public enum Method: String, Sendable, CaseIterable, Codable {
        /// One program of all parties.
        case central
        /// Parties are asked with prices and a penalty, and answer with trades.
        case admm
        /// Parties are asked with prices, and answer with trades and what they cost.
        case dantzigWolfe = "dantzig-wolfe"
    }

    /// In file order.
    public let members: [Member]
    public let offers: [Offer]
    public let division: Division
    public let weights: Weights
    public var method: Method
    /// Part of the greatest possible gain that may still be missed where a distributed method stops.
    public let gap: Double
    /// After which it stops in any case.
    public let rounds: Int

    public init(
        members: [Member], offers: [Offer], division: Division = .nash, weights: Weights = .equal,
        method: Method = .central, gap: Double = 1e-4, rounds: Int = 500
    ) {
        self.members = members
        self.offers = offers
        self.division = division
        self.weights = weights
        self.method = method
        self.gap = gap
        self.rounds = rounds
    }
}
