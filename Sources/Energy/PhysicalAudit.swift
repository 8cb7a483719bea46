/// A solution checked against physics and bookkeeping, from its numbers alone.
///
/// Nothing here asks the model: balances are summed from flows, stored energy is followed step by step from the powers,
/// the ladder is computed from its definition.
public struct PhysicalAudit: Sendable {
    public struct Finding: Sendable, Equatable {
        public let what: String
        /// Absolute size, in the unit of what was checked.
        public let size: Double
    }

    /// Largest gap of a carrier balance, kW.
    public let balance: Finding
    /// Largest gap between a reported store or fleet energy and the one that follows from its powers, kWh.
    public let conservation: Finding
    /// Largest power that goes in and out of the same component at once, kW; stores that may do so aside.
    public let simultaneous: Finding
    /// Largest gap of a carbon account: emission against its sources and outputs (kg), cost against the ladder (CNY).
    public let carbon: Finding
    /// Largest gap between what one side of a trade delivers or earns and the other receives or pays, kW or CNY.
    public let trade: Finding
    /// Largest power that a party sells beyond what its own components give in that step, kW; parties that may resell
    /// aside.
    public let passage: Finding

    /// Largest gap between what a charge is paid for and what its definition makes of the trades, relative.
    public let charge: Finding

    public static let tolerance = 1e-6

    public var findings: [Finding] { [balance, conservation, simultaneous, carbon, trade, passage, charge] }
    /// Everything closes within the tolerance, relative to the size of what was summed.
    public var holds: Bool { findings.allSatisfy { $0.size <= Self.tolerance } }

    public init(_ solution: SystemSolution, of system: EnergySystem) {
        balance = Self.balances(solution)
        conservation = Self.worst(
            "stored energy",
            solution.parties.flatMap { party -> [Finding] in
                let components = system.parties.first { $0.name == party.name }?.components ?? []
                return components.map {
                    Finding(what: "\(party.name).\($0.name)", size: $0.conservationGap(in: party, time: solution.time))
                }
            })
        simultaneous = Self.worst(
            "charge and discharge at once",
            solution.parties.flatMap { party -> [Finding] in
                let components = system.parties.first { $0.name == party.name }?.components ?? []
                let free = components.compactMap { $0 as? Storage }.filter(\.isSimultaneous).map(\.name)
                return party.states.filter { !free.contains($0.component) }
                    .map { Self.overlap(party, $0.component) }
            })
        carbon = Self.worst(
            "carbon", Self.carbonAccounts(solution) + Self.outputEmissions(solution, of: system))
        trade = Self.trades(solution)
        charge = Self.charges(solution, of: system)
        let resellers = Set(system.parties.filter(\.resells).map(\.name))
        passage = Self.worst(
            "sales",
            solution.parties.filter { !resellers.contains($0.name) }.flatMap { party in
                party.carriers.map { carrier in
                    let passed = party.passage(of: carrier).map { $0.beyond / max(1, $0.sold) }
                    return Finding(what: "\(carrier) sold by \(party.name) beyond its own", size: passed.max() ?? 0)
                }
            })
    }

    /// No quantity is less than its definition says, and none that has a price is more.
    private static func charges(_ solution: SystemSolution, of system: EnergySystem) -> Finding {
        var findings: [Finding] = []
        for party in solution.parties {
            let choice = system.choices.first { $0.party == party.name }
            let supply = party.supply
            for due in party.dues {
                let charge = due.charge
                let isOpen = supply.map { choice?.isOpen(charge.name, under: $0) ?? true } ?? true
                func power(_ kind: FlowKind, _ sign: Double) -> [Double] {
                    let flow = party.flows.first {
                        $0.kind == kind && $0.counterparty == charge.seller && $0.carrier == charge.carrier
                    }
                    return solution.time.indices.map { sign * (flow?.power[$0] ?? 0) }
                }
                let defined = charge.quantities(
                    purchases: power(.purchase, 1), sales: power(.sale, -1), hours: solution.time.hours)
                for ((quantity, amount), defined) in zip(zip(due.quantities, due.amounts), defined) {
                    let owed = isOpen ? defined : 0
                    let more = quantity - owed
                    let tooMuch = more > 0 ? abs(amount) * more / quantity / max(1, abs(amount)) : 0
                    findings.append(
                        Finding(
                            what: "\(party.name) pays \(charge.seller), \(charge.item)",
                            size: max(-more / max(1, owed), tooMuch)))
                }
            }
        }
        return worst("charges", findings)
    }

    private static func worst(_ what: String, _ findings: [Finding]) -> Finding {
        findings.max { $0.size < $1.size } ?? Finding(what: what, size: 0)
    }

    private static func balances(_ solution: SystemSolution) -> Finding {
        var worst = Finding(what: "balances", size: 0)
        for party in solution.parties {
            for carrier in party.carriers {
                let flows = party.flows.filter { $0.carrier == carrier }
                for t in solution.time.indices {
                    let total = flows.reduce(0) { $0 + $1.power[t] }
                    let scale = max(1, flows.reduce(0) { max($0, abs($1.power[t])) })
                    if abs(total) / scale > worst.size {
                        worst = Finding(what: "\(party.name) \(carrier) at step \(t)", size: abs(total) / scale)
                    }
                }
            }
        }
        return worst
    }

    private static func overlap(_ party: SystemSolution.PartySolution, _ component: String) -> Finding {
        let flows = party.flows(of: component)
        let input = flows.first { $0.kind == .charge }?.power ?? []
        let output = flows.first { $0.kind == .discharge }?.power ?? []
        let size = zip(input, output).map { min(abs($0), abs($1)) }.max() ?? 0
        return Finding(what: "\(party.name).\(component)", size: size)
    }

    private static func carbonAccounts(_ solution: SystemSolution) -> [Finding] {
        var findings: [Finding] = []
        for party in solution.parties {
            guard let carbon = party.carbon else { continue }
            let account = carbon.account
            let scale = max(1, abs(carbon.emission))
            findings.append(
                Finding(what: "\(party.name) emission", size: abs(carbon.emission - party.totalEmission) / scale))
            let delivered = party.flows.filter { $0.kind == .sale }.reduce(0.0) { sum, flow in
                let factor = account.quota.first { $0.carrier == flow.carrier }?.amount ?? 0
                return sum - factor * solution.time.hours * flow.power.reduce(0, +)
            }
            // What a component gives is positive in its party's balance, what it takes is not.
            let generated = account.baselines.reduce(0.0) { sum, baseline in
                baseline.allowances.reduce(sum) { sum, allowance in
                    let given = party.flows(of: baseline.component).filter { $0.carrier == allowance.carrier }
                    return sum + allowance.amount * solution.time.hours
                        * given.reduce(0) { $0 + $1.power.reduce(0) { $0 + max(0, $1) } }
                }
            }
            findings.append(
                Finding(
                    what: "\(party.name) quota",
                    size: abs(carbon.quota - account.fixedQuota - delivered - generated) / max(1, abs(carbon.quota))))
            let due = account.cost(of: carbon.emission - carbon.quota, quota: carbon.quota)
            findings.append(
                Finding(what: "\(party.name) carbon cost", size: abs(carbon.cost - due) / max(1, abs(due))))
        }
        return findings
    }

    /// Emission by outputs against its law, from what components gave: below it by nothing, above it by no more than
    /// the linear pieces of a curve account for.
    private static func outputEmissions(_ solution: SystemSolution, of system: EnergySystem) -> [Finding] {
        system.parties.flatMap { party -> [Finding] in
            guard let solved = solution.party(party.name) else { return [] }
            let sources = Set(party.outputEmissions.map(\.source)).sorted()
            return sources.map { source in
                let due = party.outputEmissions.filter { $0.source == source }
                    .reduce(0) { $0 + $1.mass(in: solved, time: solution.time) }
                let counted = solved.emissions.filter { $0.source == source }
                let more = counted.reduce(0) { $0 + $1.mass } - due
                let gap = max(0, -more, more - counted.reduce(0) { $0 + $1.error })
                return Finding(what: "\(party.name) emission from \(source)", size: gap / max(1, abs(due)))
            }
        }
    }

    private static func trades(_ solution: SystemSolution) -> Finding {
        var findings: [Finding] = []
        for party in solution.parties {
            for flow in party.flows where flow.kind == .sale {
                guard let other = flow.counterparty.flatMap(solution.party) else { continue }
                let bought = other.flows.first {
                    $0.kind == .purchase && $0.counterparty == party.name && $0.carrier == flow.carrier
                }
                let gap = zip(flow.power, bought?.power ?? flow.power.map { _ in 0 }).map { abs($0 + $1) }.max() ?? 0
                findings.append(Finding(what: "\(party.name) to \(other.name), \(flow.carrier)", size: gap))
            }
            for cost in party.costs {
                if case .charge = cost.kind, let other = cost.counterparty.flatMap(solution.party) {
                    let there = other.costs.first {
                        $0.kind == cost.kind && $0.item == cost.item && $0.counterparty == party.name
                    }
                    findings.append(
                        Finding(
                            what: "\(other.name) and \(party.name), \(cost.item)",
                            size: abs(cost.amount + (there?.amount ?? 0)) / max(1, abs(cost.amount))))
                }
                guard case .sale(let carrier) = cost.kind, let other = cost.counterparty.flatMap(solution.party) else {
                    continue
                }
                let bill = other.costs.first {
                    $0.kind == .purchase(carrier: carrier) && $0.counterparty == party.name
                }
                let paid = bill?.amount ?? 0
                findings.append(
                    Finding(
                        what: "\(other.name) pays \(party.name), \(cost.item)",
                        size: abs(cost.amount + paid) / max(1, abs(paid))))
            }
        }
        return worst("trades", findings)
    }
}

extension Component {
    public var isSource: Bool { false }
    public func conservationGap(in party: SystemSolution.PartySolution, time: TimeGrid) -> Double { 0 }
}
