import Energy

/// What a party pays for a kWh of electricity in each step: the least of what others ask, of its own markets and of
/// outside supply.
struct BuyingPrices {
    /// CNY/kWh, one value per step.
    private let prices: [Double]

    /// - Parameter posted: what posted prices are, by name; one number for each that is decided.
    /// - Returns: nil where nobody sells it in some step, or a posted price is not known.
    init?(of party: Party, in system: EnergySystem, posted: [String: [Double]]) {
        let carrier = "electricity"
        let time = system.time
        var offers: [[Double]] = party.components.compactMap { $0 as? MarketExchange }
            .filter { $0.carrier == carrier }.map(\.buyPrice)
        offers += system.carriers.filter { $0.name == carrier }.compactMap(\.price)
        for trade in system.trades where trade.buyer == party.name && trade.carrier == carrier {
            switch trade.price {
            case .fixed(let series): offers.append(series.map { $0 + trade.fee })
            case .posted(let name, let index, let factor):
                guard let values = posted[name] else { return nil }
                offers.append(index.map { factor * values[$0] + trade.fee })
            }
        }
        guard !offers.isEmpty, offers.allSatisfy({ $0.count == time.steps }) else { return nil }
        prices = time.indices.map { t in offers.map { $0[t] }.min() ?? 0 }
    }

    /// What vehicles' own schedules cost more than the path of their fleet, CNY over the horizon.
    ///
    /// - Parameters:
    ///   - schedules: within the horizon.
    ///   - charge: kW of the path, one value per step.
    ///   - discharge: kW of the path, one value per step.
    func cost(
        of schedules: [FleetDisaggregation.Schedule], instead charge: [Double], _ discharge: [Double],
        over time: TimeGrid
    ) -> Double {
        time.indices.reduce(0) { cost, t in
            let taken = schedules.reduce(0) { $0 + $1.charge[t] - $1.discharge[t] }
            return cost + prices[t] * (taken - charge[t] + discharge[t]) * time.hours
        }
    }
}
