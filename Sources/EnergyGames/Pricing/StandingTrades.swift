import Energy

/// A price at which the operator sells to everybody, or buys from everybody, a carrier.
public struct OperatorPrice: Sendable, Equatable {
    /// Such as `electricity_sell`; the name of its trades begins with it.
    public let key: String
    public let carrier: String
    /// Whether the operator sells; else it buys.
    public let isSale: Bool
    public let price: Price

    public init(_ key: String, carrier: String, isSale: Bool, price: Price) {
        self.key = key
        self.carrier = carrier
        self.isSale = isSale
        self.price = price
    }
}

/// What an EV station pays, and what users pay it.
public struct StationPrices: Sendable, Equatable {
    public let station: String
    /// For electricity from the operator; nil where it buys none.
    public var purchase: Price?
    /// For electricity that it sells to users; nil where it sells none.
    public var resale: Price?

    public init(station: String, purchase: Price? = nil, resale: Price? = nil) {
        self.station = station
        self.purchase = purchase
        self.resale = resale
    }
}

/// The standing offers between parties: at every price of the operator everybody may trade what it likes.
package enum StandingTrades {
    /// - Parameters:
    ///   - users: names of the parties to whom the operator's prices apply.
    ///   - steps: of the horizon.
    /// - Returns: trades without limits, see `TradeLimits`.
    package static func trades(
        of leader: String, _ prices: [OperatorPrice], users: [String], stations: [StationPrices], steps: Int
    ) -> [Trade] {
        func trade(_ name: String, from seller: String, to buyer: String, _ carrier: String, _ price: Price) -> Trade {
            Trade(
                name: name, seller: seller, buyer: buyer, carrier: carrier, price: price,
                limit: Array(repeating: .infinity, count: steps))
        }
        var trades: [Trade] = []
        for offer in prices {
            for user in users {
                let (seller, buyer) = offer.isSale ? (leader, user) : (user, leader)
                trades.append(trade("\(offer.key).\(user)", from: seller, to: buyer, offer.carrier, offer.price))
            }
        }
        for station in stations {
            let name = station.station
            if let price = station.purchase {
                trades.append(trade("purchase.\(name)", from: leader, to: name, "electricity", price))
            }
            guard let resale = station.resale else { continue }
            for user in users {
                trades.append(trade("resale.\(name).\(user)", from: name, to: user, "electricity", resale))
            }
        }
        return trades
    }
}
