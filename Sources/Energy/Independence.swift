/// How much of a carrier parties have without their outer markets.
///
///     independence = 1 - bought / taken,     taken = bought + made - sold
///
/// over the horizon: `bought` and `sold` are what goes over market connections and supplies from outside, `made` what
/// other components give less what stores and vehicles take in. What parties sell each other cancels. The independence
/// performance index of paper 000, which prints no formula.
public struct Independence: Sendable, Equatable {
    /// kWh over the horizon.
    public var bought = 0.0
    public var sold = 0.0
    public var made = 0.0

    /// kWh over the horizon that demands and devices take.
    public var taken: Double { bought + made - sold }
    /// nil where nothing is taken.
    public var share: Double? { taken > 0 ? 1 - bought / taken : nil }

    /// - Parameter parties: counted together.
    public init(in carrier: String, of parties: [Party], in solution: SystemSolution) {
        for party in parties {
            let markets = Set(party.components.filter { $0 is MarketExchange }.map(\.name))
            for flow in solution.party(party.name)?.flows ?? [] where flow.carrier == carrier {
                let energy = solution.time.hours * flow.power.reduce(0, +)
                switch flow.kind {
                case .component where markets.contains(flow.component):
                    if flow.isGiven { bought += energy } else { sold -= energy }
                case .supply: bought += energy
                case .component where flow.isGiven, .charge, .discharge: made += energy
                case .component, .demand, .unserved, .vent, .purchase, .sale: break
                }
            }
        }
    }
}
