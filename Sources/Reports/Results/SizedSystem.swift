import Energy
import EnergyGames

/// Sizes with the best operation of every typical day, and what that makes a year.
public struct SizedSystem: Sendable {
    public struct Day: Sendable {
        public let day: TypicalDay
        public let solution: SystemSolution
        public let audit: PhysicalAudit
        /// One per station that has a fleet.
        public let fleets: [FleetResult]
    }

    /// A device that is paid for, its size decided or not.
    public struct Purchase: Sendable {
        /// `party.component`.
        public let device: String
        public let size: Double
        /// kW or kWh.
        public let unit: String
        /// CNY, once.
        public let outlay: Double
        /// CNY per year over the device's life.
        public let annual: Double
    }

    /// What a party pays a year, or is paid where it is negative.
    public struct Item: Sendable {
        public let party: String
        public let name: String
        /// CNY per year.
        public let cost: Double
    }

    /// One number per decision.
    public let sizes: [Double]
    public let days: [Day]
    public let purchases: [Purchase]
    /// Of money that leaves the system: what its parties pay each other cancels.
    public let items: [Item]

    /// - Parameters:
    ///   - sizes: one number per decision.
    ///   - values: one number per variable of the game's system.
    init(_ sizing: SizingGame, sizes: [Double], values: [Double]) throws {
        self.sizes = sizes
        days = try sizing.days.enumerated().map { k, day in
            let solution = sizing.solution(of: k, sizes: sizes, values: values)
            return Day(
                day: day, solution: solution, audit: PhysicalAudit(solution, of: day.system),
                fleets: try FleetResult.all(in: day.system, solution))
        }
        // Devices are the same on all days.
        purchases = days[0].solution.parties.flatMap { party in
            party.purchases.map {
                Purchase(
                    device: "\(party.name).\($0.component)", size: $0.size, unit: $0.dimension.unit, outlay: $0.outlay,
                    annual: $0.annual(discountRate: sizing.discountRate))
            }
        }
        var items: [Item] = []
        for day in days {
            for party in day.solution.parties {
                for cost in party.costs where cost.counterparty == nil {
                    let amount = day.day.weight * cost.amount
                    if let k = items.firstIndex(where: { $0.party == party.name && $0.name == cost.item }) {
                        items[k] = Item(party: party.name, name: cost.item, cost: items[k].cost + amount)
                    } else {
                        items.append(Item(party: party.name, name: cost.item, cost: amount))
                    }
                }
            }
        }
        self.items = items
    }

    /// A number of each day's parties, over the year.
    private func yearly(_ number: (SystemSolution.PartySolution, TimeGrid) -> Double) -> Double {
        days.reduce(0) { sum, day in
            sum + day.day.weight * day.solution.parties.reduce(0) { $0 + number($1, day.solution.time) }
        }
    }

    /// CNY per year.
    public var investment: Double { purchases.reduce(0) { $0 + $1.annual } }
    /// CNY per year.
    public var operation: Double { items.reduce(0) { $0 + $1.cost } }
    /// CNY per year: investment and operation.
    public var cost: Double { investment + operation }
    /// kg a year.
    public var emission: Double { yearly { party, _ in party.totalEmission } }
    /// CNY per year, a part of the operation's; nil where nobody has a carbon account.
    public var carbonCost: Double? {
        guard days[0].solution.parties.contains(where: { $0.carbon != nil }) else { return nil }
        return yearly { party, _ in party.carbon?.cost ?? 0 }
    }
    /// Demand that is left unserved, in kWh a year, by carrier; carriers that have to be served in full are left out.
    public var unserved: [(carrier: String, energy: Double)] {
        var carriers: [String] = []
        for flow in days[0].solution.parties.flatMap(\.flows) where flow.kind == .unserved {
            if !carriers.contains(flow.carrier) { carriers.append(flow.carrier) }
        }
        return carriers.map { carrier in
            (carrier, yearly { party, time in party.unserved(carrier, time: time) })
        }
    }
}
