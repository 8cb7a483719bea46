/// Parties and the directed links on which they may trade with each other.
///
/// Each step of a link has one quantity, between 0 and a capacity. The seller and the buyer both have a copy of it in
/// their own problem, and the copies must agree.
public struct ExchangeNetwork: Sendable, Equatable {
    public struct Link: Sendable, Equatable {
        public let name: String
        /// Names of parties.
        public let seller: String
        public let buyer: String
        /// The most that may be traded, by step.
        public let capacity: [Double]
        /// Money per unit that nobody receives: a part of the joint cost, and charged to the buyer on top of the price.
        public let fee: Double

        public init(name: String, seller: String, buyer: String, capacity: [Double], fee: Double = 0) {
            (self.name, self.seller, self.buyer, self.capacity, self.fee) = (name, seller, buyer, capacity, fee)
        }
    }

    public enum Role: Sendable, Equatable { case seller, buyer }

    /// A party's end of a link.
    public struct Port: Sendable, Equatable {
        /// The link's place in the network.
        public let link: Int
        public let role: Role
    }

    /// By name, each once.
    public let parties: [String]
    public let links: [Link]
    /// Steps of every link.
    public let steps: Int
    /// The ends of links of each party, in the order of the links.
    public let ports: [[Port]]

    /// - Throws: ``ExchangeNetworkError``.
    public init(parties: [String], links: [Link]) throws {
        if let twice = Self.repeated(parties) { throw ExchangeNetworkError.repeatedName(twice) }
        if let twice = Self.repeated(links.map(\.name)) { throw ExchangeNetworkError.repeatedName(twice) }
        steps = links.first?.capacity.count ?? 0
        for link in links {
            for party in [link.seller, link.buyer] where !parties.contains(party) {
                throw ExchangeNetworkError.unknownParty(link: link.name, party: party)
            }
            if link.seller == link.buyer { throw ExchangeNetworkError.tradeWithItself(link: link.name) }
            guard link.capacity.count == steps else {
                throw ExchangeNetworkError.steps(link: link.name, count: link.capacity.count, others: steps)
            }
            for (step, capacity) in link.capacity.enumerated() where !(capacity >= 0 && capacity.isFinite) {
                throw ExchangeNetworkError.badCapacity(link: link.name, step: step, value: capacity)
            }
            guard link.fee >= 0, link.fee.isFinite else {
                throw ExchangeNetworkError.badFee(link: link.name, value: link.fee)
            }
        }
        self.parties = parties
        self.links = links
        ports = parties.map { party in
            links.enumerated().compactMap { index, link in
                link.seller == party
                    ? Port(link: index, role: .seller) : link.buyer == party ? Port(link: index, role: .buyer) : nil
            }
        }
    }

    private static func repeated(_ names: [String]) -> String? {
        var seen: Set<String> = []
        return names.first { !seen.insert($0).inserted }
    }

    /// The same number for every link and step.
    func filled(with value: Double) -> [[Double]] {
        links.map { _ in [Double](repeating: value, count: steps) }
    }

    /// What all fees of trades come to.
    func fees(of trades: [[Double]]) -> Double {
        zip(links, trades).reduce(0) { $0 + $1.0.fee * $1.1.reduce(0, +) }
    }
}

/// A network that cannot be.
public enum ExchangeNetworkError: Error, Equatable, CustomStringConvertible {
    case repeatedName(String)
    case unknownParty(link: String, party: String)
    case tradeWithItself(link: String)
    case steps(link: String, count: Int, others: Int)
    case badCapacity(link: String, step: Int, value: Double)
    case badFee(link: String, value: Double)

    public var description: String {
        switch self {
        case .repeatedName(let name): "the name '\(name)' is given twice. Each party and each link needs its own."
        case .unknownParty(let link, let party):
            "link '\(link)' names '\(party)', which is no party of the network. Check the spelling."
        case .tradeWithItself(let link): "link '\(link)' has one party for seller and buyer. It needs two."
        case .steps(let link, let count, let others):
            "link '\(link)' has capacities for \(count) steps, the first link has \(others). All need the same."
        case .badCapacity(let link, let step, let value):
            "link '\(link)', step \(step): the capacity is \(value); it must be a finite number, 0 or more."
        case .badFee(let link, let value):
            "link '\(link)': the fee is \(value); it must be a finite number, 0 or more."
        }
    }
}
