/// How much of a carrier parties have without their outer markets.
///
///     independence = 1 - bought / taken,     taken = bought + made - sold
///
/// over the horizon: `bought` and `sold` are what goes over market connections and supplies from outside, `made` what
/// components other than stores and vehicles give; `taken` is what demands, devices and vehicles use and stores lose.
/// What parties sell each other cancels. The independence performance index of paper 000, which prints no formula.
public struct Independence: Sendable, Equatable {
    /// kWh over the horizon.
    public var bought = 0.0
    public var sold = 0.0
    public var made = 0.0

    /// kWh over the horizon that demands, devices and vehicles use, and stores lose.
    public var taken: Double { bought + made - sold }
    /// nil where nothing is taken.
    public var share: Double? { taken > 0 ? 1 - bought / taken : nil }

    public init() {}

    public static func += (sum: inout Independence, part: Independence) {
        sum.bought += part.bought
        sum.sold += part.sold
        sum.made += part.made
    }

    /// - Parameter parties: counted together.
    public init(in carrier: String, of parties: [Party], in solution: SystemSolution) {
        for party in parties {
            let markets = Set(party.markets.map(\.name))
            for flow in solution.party(party.name)?.flows ?? [] where flow.carrier == carrier {
                let energy = solution.time.hours * flow.power.reduce(0, +)
                switch flow.kind {
                case .component where markets.contains(flow.component):
                    if flow.isGiven { bought += energy } else { sold -= energy }
                case .supply: bought += energy
                case .component where flow.isGiven: made += energy
                case .component, .charge, .discharge, .demand, .unserved, .vent, .purchase, .sale: break
                }
            }
        }
    }
}
