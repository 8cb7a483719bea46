import Energy
import LinearModels

/// What the components of a party can take and give, in kW by carrier, one value per step; infinite where nothing
/// bounds them.
package struct PartyReach: Sendable {
    package private(set) var takes: [String: [Double]] = [:]
    package private(set) var gives: [String: [Double]] = [:]
    /// What they take whatever happens.
    package private(set) var needs: [String: [Double]] = [:]
    /// The carriers that each component works with, in the order of its flows.
    package private(set) var carriers: [(component: String, carrier: String)] = []

    /// Builds the party alone, and solves nothing.
    ///
    /// - Parameter trades: those in which the party takes part.
    /// - Throws: what building throws, such as `InputProblem`.
    package init(of party: Party, trades: [Trade], carriers known: [Carrier], time: TimeGrid) throws {
        let system = EnergySystem(time: time, carriers: known, parties: [party], trades: trades)
        let built = try system.build([party.name], minimising: [party.name])
        guard let ledger = built.ledger(of: party.name) else { return }
        carriers = ledger.flows.map { ($0.component, $0.carrier) }
        let nothing = [Double](repeating: 0, count: time.steps)
        for flow in ledger.flows
        where flow.counterparty == nil && flow.kind != .supply && flow.kind != .vent {
            var takes = takes[flow.carrier] ?? nothing
            var gives = gives[flow.carrier] ?? nothing
            var needs = needs[flow.carrier] ?? nothing
            for t in time.indices {
                let range = built.model.reach(of: flow.power[t])
                takes[t] += max(0, -range.lowerBound)
                gives[t] += max(0, range.upperBound)
                needs[t] += max(0, -range.upperBound)
            }
            self.takes[flow.carrier] = takes
            self.gives[flow.carrier] = gives
            self.needs[flow.carrier] = needs
        }
    }
}

/// How much each trade can carry at most.
package enum TradeLimits {
    /// - Parameters:
    ///   - reaches: by party; one that is missing limits nothing.
    ///   - leaders: they serve what is asked of them, so that they limit nothing either.
    /// - Returns: the trades that somebody can use, each limited to what its follower can take or give. A limit never
    ///   cuts a use off: it only keeps a party from passing through what it neither uses nor makes.
    package static func limited(_ trades: [Trade], reaches: [String: PartyReach], leaders: Set<String>) -> [Trade] {
        trades.compactMap { trade in
            var limited = trade
            if !leaders.contains(trade.buyer), let reach = reaches[trade.buyer] {
                lower(&limited.limit, to: reach.takes[trade.carrier])
            }
            if !leaders.contains(trade.seller), let reach = reaches[trade.seller] {
                lower(&limited.limit, to: reach.gives[trade.carrier])
            }
            return limited.limit.contains { $0 > 0 } ? limited : nil
        }
    }

    private static func lower(_ limit: inout [Double], to reach: [Double]?) {
        for t in limit.indices { limit[t] = min(limit[t], (reach?[t] ?? 0) * (1 + 1e-9)) }
    }
}
