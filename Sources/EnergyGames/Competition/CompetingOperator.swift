/// An operator beside others, each of whom posts prices to the same users.
public struct CompetingOperator: Sendable, Equatable {
    /// Its party.
    public let name: String
    /// What it decides, by names of their own among all operators' prices, such as `prices.east.electricity_sell`.
    public let prices: [PostedPrice]
    /// Names of ``prices`` at which it buys.
    public let bought: Set<String>

    public init(name: String, prices: [PostedPrice], bought: Set<String> = []) {
        self.name = name
        self.prices = prices
        self.bought = bought
    }
}

/// Why a case is no competition, or no game of one leader.
public enum CompetitionError: Error, Equatable, CustomStringConvertible {
    /// A game of one leader has no place for several.
    case severalOperators(case: String)
    case oneOperator(case: String)
    /// Users buy where it is cheapest, and what they do at equal prices is for the operators to settle.
    case tiesAgainst(case: String)

    public var description: String {
        switch self {
        case .severalOperators(let name):
            "'\(name)' has several operators who post prices. Ask for their equilibrium, as `compete` does."
        case .oneOperator(let name):
            "'\(name)' has no two parties with prices, so nobody competes. Give 'prices' to two of its 'parties', or ask for the "
                + "prices of its operator, as `price` does."
        case .tiesAgainst(let name):
            "'\(name)' asks for ties that are broken against the operators, which operators who compete do not know. Take "
                + "'game.followers.ties' out."
        }
    }
}
