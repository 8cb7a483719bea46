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

    /// Who trades at one price.
    private struct Group {
        let carrier: String
        let values: [Double]
        var sellers: [String]
        var buyers: [String]

        func takes(_ trade: Trade, at values: [Double]) -> Bool {
            carrier == trade.carrier && (sellers == [trade.seller] || buyers == [trade.buyer]) && self.values == values
        }
    }

    static func all(in system: EnergySystem) -> [FixedPrice] {
        var groups: [Group] = []
        for trade in system.trades {
            guard case .fixed(let values) = trade.price, values.count == system.time.steps else { continue }
            guard let known = groups.firstIndex(where: { $0.takes(trade, at: values) }) else {
                groups.append(
                    Group(carrier: trade.carrier, values: values, sellers: [trade.seller], buyers: [trade.buyer]))
                continue
            }
            // One side stays alone, and the other gets another name.
            if !groups[known].sellers.contains(trade.seller) { groups[known].sellers.append(trade.seller) }
            if !groups[known].buyers.contains(trade.buyer) { groups[known].buyers.append(trade.buyer) }
        }
        return groups.map { group in
            let isOneSeller = group.sellers.count == 1
            let others = isOneSeller ? group.buyers : group.sellers
            let rest = others.count > 3 ? " and \(others.count - 3) others" : ""
            return FixedPrice(
                party: isOneSeller ? group.sellers[0] : group.buyers[0], carrier: group.carrier,
                name: "price \(isOneSeller ? "to" : "from") \(others.prefix(3).joined(separator: ", "))\(rest)",
                values: group.values)
        }
    }
}
