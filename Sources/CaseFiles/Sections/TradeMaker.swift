import Energy

/// The standing offers between parties that follow from the operator's prices and the stations.
struct TradeMaker {
    let steps: Int

    private func trade(_ name: String, from seller: String, to buyer: String, _ carrier: String, _ price: Price)
        -> Trade
    {
        Trade(
            name: name, seller: seller, buyer: buyer, carrier: carrier, price: price,
            limit: Array(repeating: .infinity, count: steps))
    }

    func trades(_ prices: OperatorPrices, users: [String], stations: [StationReader.Station]) -> [Trade] {
        let leader = OperatorReader.name
        var trades: [Trade] = []
        for entry in prices.entries where entry.key != "ev_sell" {
            for user in users {
                let (seller, buyer) = entry.isSale ? (leader, user) : (user, leader)
                trades.append(trade("\(entry.key).\(user)", from: seller, to: buyer, entry.carrier, entry.price))
            }
        }
        for station in stations {
            let name = station.draft.name
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
