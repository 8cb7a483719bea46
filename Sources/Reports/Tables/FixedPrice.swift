import Energy

/// A price between parties that the case fixes, once for all who trade at it.
struct FixedPrice {
    /// The one party who sells to all of them, or buys from them all.
    let party: String
    let carrier: String
    /// Such as `price to offices, homes`.
    let name: String
    /// CNY/kWh, one a step.
    let values: [Double]

    static func all(in system: EnergySystem) -> [FixedPrice] {
        var groups: [(values: [Double], trades: [Trade])] = []
        for trade in system.trades {
            guard case .fixed(let values) = trade.price, values.count == system.time.steps else { continue }
            let known = groups.firstIndex { group in
                let first = group.trades[0]
                let (sellers, buyers) = (Set(group.trades.map(\.seller)), Set(group.trades.map(\.buyer)))
                return first.carrier == trade.carrier && group.values == values
                    && (sellers == [trade.seller] || buyers == [trade.buyer])
            }
            if let known { groups[known].trades.append(trade) } else { groups.append((values, [trade])) }
        }
        return groups.map { group in
            let first = group.trades[0]
            let (sellers, buyers) = (names(group.trades.map(\.seller)), names(group.trades.map(\.buyer)))
            let isOneSeller = sellers.count == 1
            let others = isOneSeller ? buyers : sellers
            let shown = others.prefix(3).joined(separator: ", ")
            let rest = others.count > 3 ? " and \(others.count - 3) others" : ""
            return FixedPrice(
                party: isOneSeller ? first.seller : first.buyer, carrier: first.carrier,
                name: "price \(isOneSeller ? "to" : "from") \(shown)\(rest)", values: group.values)
        }
    }

    /// Each once, in order.
    private static func names(_ all: [String]) -> [String] {
        all.reduce(into: []) { names, name in if !names.contains(name) { names.append(name) } }
    }
}
