import LinearModels

/// A solved horizon of a system: a case's own, or a typical day of a year.
public struct OperatedSystem: Sendable {
    /// How often a year has the day; 1 for a case's own horizon.
    public let weight: Double
    public let system: EnergySystem
    public let solution: SystemSolution

    public init(weight: Double = 1, _ system: EnergySystem, _ solution: SystemSolution) {
        self.weight = weight
        self.system = system
        self.solution = solution
    }
}

/// A number by which operations of a system are compared, over one horizon or over the days of a year.
///
/// Amounts of money are in CNY and masses in kg, over the horizon or per year; energies in kWh likewise; powers in kW;
/// shares in percent.
///
/// ```swift
/// let horizons = [OperatedSystem(system, answer.solution)]
/// print(SystemQuantity.renewableUse.value(over: horizons) ?? .nan)
/// ```
public enum SystemQuantity: Sendable, Hashable {
    /// What all parties pay: what they pay each other cancels. Investment is no part of it.
    case cost
    case emission
    /// Of all carbon accounts; they are a part of the cost.
    case carbonCost
    /// Share of the power that weather offered, in percent.
    case renewableUse
    /// The greatest less the least power that a market gives, sales subtracted, on any of the days.
    case peakToValley(party: String, market: String)
    /// Share of what demand and devices take of a carrier that is not bought of a market, in percent.
    case selfSufficiency(carrier: String)
    case partyCost(String)
    /// What a party earns: its cost with the other sign.
    case partyPayoff(String)
    case partyEmission(String)
    case partyCarbonCost(String)
    /// Positive for what runs into the party's balance, as in a table of flows.
    case energy(FlowPath)
    /// The greatest power in either direction, on any of the days.
    case peak(FlowPath)
    /// What a component tells beside flows and money, such as what an aggregator earns.
    case figure(FigurePath)

    /// Flows between a component and the balance of a carrier of its party.
    public struct FlowPath: Sendable, Hashable {
        public let party: String
        public let component: String
        public let carrier: String
        /// One of them, as tables call it; nil for all.
        public let flow: String?

        public init(party: String, component: String, carrier: String, flow: String? = nil) {
            self.party = party
            self.component = component
            self.carrier = carrier
            self.flow = flow
        }

        var name: String { [party, component, carrier, flow].compactMap(\.self).joined(separator: ".") }

        /// kW in each step, into the balance.
        fileprivate func power(in horizon: OperatedSystem) -> [Double] {
            let flows = (horizon.solution.party(party)?.flows(of: component) ?? []).filter {
                $0.carrier == carrier && (flow == nil || $0.name == flow)
            }
            return horizon.solution.time.indices.map { t in flows.reduce(0) { $0 + $1.power[t] } }
        }
    }

    /// A ``Ledger/Figure`` of a component of a party.
    public struct FigurePath: Sendable, Hashable {
        public let party: String
        public let component: String
        public let figure: String
        public let unit: FigureUnit

        public init(party: String, component: String, figure: String, unit: FigureUnit) {
            self.party = party
            self.component = component
            self.figure = figure
            self.unit = unit
        }
    }

    /// As tables call it, and cases refer to it.
    public var name: String {
        switch self {
        case .cost: "cost"
        case .emission: "emission"
        case .carbonCost: "carbon cost"
        case .renewableUse: "renewable use"
        case .peakToValley(let party, let market): "peak to valley of \(party).\(market)"
        case .selfSufficiency(let carrier): "self-sufficiency in \(carrier)"
        case .partyCost(let party): "cost of \(party)"
        case .partyPayoff(let party): "payoff of \(party)"
        case .partyEmission(let party): "emission of \(party)"
        case .partyCarbonCost(let party): "carbon cost of \(party)"
        case .energy(let path): "energy of \(path.name)"
        case .peak(let path): "peak of \(path.name)"
        case .figure(let path): "\(path.figure) of \(path.party).\(path.component)"
        }
    }

    // MARK: Values

    /// Its value; nil where there is nothing that it could be a share of.
    public func value(over horizons: [OperatedSystem]) -> Double? {
        switch self {
        case .cost: Self.sum(horizons, \.totalCost)
        case .emission: Self.sum(horizons, \.totalEmission)
        case .carbonCost: Self.carbonCost(horizons) { _ in true }
        case .renewableUse:
            horizons.map { $0.weight * $0.solution.renewableUse }.reduce(RenewableUse(available: 0, used: 0), +).share
                .map { 100 * $0 }
        case .peakToValley(let party, let market):
            Self.range(of: horizons.flatMap { Self.net(of: market, of: party, in: $0) })
        case .selfSufficiency(let carrier): Self.selfSufficiency(in: carrier, horizons)
        case .partyCost(let party): Self.sum(horizons, of: party, \.totalCost)
        case .partyPayoff(let party): -Self.sum(horizons, of: party, \.totalCost)
        case .partyEmission(let party): Self.sum(horizons, of: party, \.totalEmission)
        case .partyCarbonCost(let party): Self.carbonCost(horizons) { $0 == party }
        case .energy(let path):
            horizons.reduce(0) {
                $0 + $1.weight * $1.solution.time.hours * path.power(in: $1).reduce(0, +)
            }
        case .peak(let path): horizons.flatMap { path.power(in: $0) }.map(abs).max()
        case .figure(let path):
            Self.sum(horizons, of: path.party) { party in
                party.figures.filter { $0.component == path.component && $0.name == path.figure }
                    .reduce(0) { $0 + $1.amount }
            }
        }
    }

    private static func sum(
        _ horizons: [OperatedSystem], of party: String? = nil, _ number: (SystemSolution.PartySolution) -> Double
    ) -> Double {
        horizons.reduce(0) { sum, horizon in
            let parties = horizon.solution.parties.filter { party == nil || $0.name == party }
            return sum + horizon.weight * parties.reduce(0) { $0 + number($1) }
        }
    }

    private static func carbonCost(_ horizons: [OperatedSystem], counts: (String) -> Bool) -> Double {
        horizons.reduce(0) { sum, horizon in
            let accounts = horizon.solution.parties.filter { counts($0.name) }.compactMap(\.carbon)
            return sum + horizon.weight * accounts.reduce(0) { $0 + $1.cost }
        }
    }

    /// kW that a market gives in each step, sales subtracted.
    private static func net(of market: String, of party: String, in horizon: OperatedSystem) -> [Double] {
        let flows = horizon.solution.party(party)?.flows(of: market) ?? []
        return horizon.solution.time.indices.map { t in flows.reduce(0) { $0 + $1.power[t] } }
    }

    private static func range(of power: [Double]) -> Double { (power.max() ?? 0) - (power.min() ?? 0) }

    private static func selfSufficiency(in carrier: String, _ horizons: [OperatedSystem]) -> Double? {
        var (bought, taken) = (0.0, 0.0)
        for horizon in horizons {
            let hours = horizon.weight * horizon.solution.time.hours
            for (party, ledger) in zip(horizon.system.parties, horizon.solution.parties) {
                let markets = Set(party.markets.map(\.name))
                for flow in ledger.flows where flow.carrier == carrier {
                    let energy = hours * flow.power.reduce(0, +)
                    if markets.contains(flow.component) {
                        if flow.isGiven { bought += energy }
                    } else if flow.isUse {
                        taken -= energy
                    }
                }
            }
        }
        return taken > 0 ? 100 * (1 - bought / taken) : nil
    }
}

extension Party {
    /// What it trades with outside.
    var markets: [MarketExchange] { components.compactMap { $0 as? MarketExchange } }
}

extension Ledger.Flow {
    /// Whether demand or a device takes it: stores, trades, vents and what goes unserved aside.
    fileprivate var isUse: Bool {
        switch kind {
        case .component, .demand: !isGiven
        case .charge, .discharge, .vent, .sale, .purchase, .supply, .unserved: false
        }
    }
}

// MARK: Which there are

extension SystemQuantity {
    /// What every operation of a system is told by.
    ///
    /// - Parameter ledgers: of all its parties.
    public static func usual<Amount>(of system: EnergySystem, _ ledgers: [Ledger<Amount>]) -> [SystemQuantity] {
        let hasAccount = ledgers.contains { $0.carbon != nil }
        let figures = ledgers.flatMap { ledger in
            ledger.figures.map {
                SystemQuantity.figure(
                    .init(party: ledger.name, component: $0.component, figure: $0.name, unit: $0.unit))
            }
        }
        var carriers: [String] = []
        var markets: [SystemQuantity] = []
        for party in system.parties {
            for market in party.markets {
                markets.append(.peakToValley(party: party.name, market: market.name))
                if !carriers.contains(market.carrier) { carriers.append(market.carrier) }
            }
        }
        return [.cost, .emission] + (hasAccount ? [.carbonCost] : []) + [.renewableUse] + figures + markets
            + carriers.map { .selfSufficiency(carrier: $0) }
    }

    /// All that a system has a value for, the usual ones first.
    ///
    /// - Parameter ledgers: of all its parties.
    public static func all(of system: EnergySystem, _ ledgers: [Ledger<LinearExpression>]) -> [SystemQuantity] {
        let offersAny = ledgers.contains { !$0.offers.isEmpty }
        var all = usual(of: system, ledgers)
            .filter { $0 != .renewableUse || offersAny }
        for ledger in ledgers {
            all += [.partyCost(ledger.name), .partyPayoff(ledger.name), .partyEmission(ledger.name)]
            if ledger.carbon != nil { all.append(.partyCarbonCost(ledger.name)) }
        }
        var seen: Set<FlowPath> = []
        let paths = ledgers.flatMap { ledger in
            ledger.flows.flatMap { flow in
                [nil, flow.name].map {
                    FlowPath(party: ledger.name, component: flow.component, carrier: flow.carrier, flow: $0)
                }
            }
        }.filter { seen.insert($0).inserted }
        return all + paths.map { .energy($0) } + paths.map { .peak($0) }
    }
}
