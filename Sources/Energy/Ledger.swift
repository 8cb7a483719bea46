import LinearModels

/// What a ledger counts in: expressions over a model's variables, or the numbers that they are at a solution.
public protocol LedgerAmount: Sendable {
    static var zero: Self { get }
    static func += (sum: inout Self, part: Self)
    static func * (factor: Double, amount: Self) -> Self
}

extension Double: LedgerAmount {}

extension LinearExpression: LedgerAmount {
    public static var zero: LinearExpression { LinearExpression() }
}

/// What a flow is to its party, whatever a table calls it.
public enum FlowKind: Sendable, Equatable {
    /// What a component gives or takes.
    case component
    /// What a storage or fleet takes in.
    case charge
    /// What a storage or fleet gives back.
    case discharge
    /// The party's own demand as it is met: what nothing may change of it, and what flexible components make of
    /// the rest.
    case demand
    /// Demand that a ``Shortage`` leaves unserved.
    case unserved
    /// Bought outside the system at the carrier's own price.
    case supply
    /// Let go unused.
    case vent
    /// Bought from another party.
    case purchase
    /// Sold to another party.
    case sale
}

/// What a cost is paid for.
public enum CostKind: Sendable, Equatable {
    /// Anything but a trade.
    case own
    /// A carrier bought from another party.
    case purchase(carrier: String)
    /// A carrier sold to another party.
    case sale(carrier: String)
    /// A part of a tariff beside its price per kWh, paid or earned.
    case charge(carrier: String)
}

/// What a figure counts.
public enum FigureUnit: Sendable, Equatable {
    /// kWh over the horizon.
    case energy
    /// CNY over the horizon.
    case money
}

/// A size that is to be decided.
public struct SizeDecision: Sendable, Equatable {
    public let component: String
    /// Such as `capacity`.
    public let attribute: String
    /// The decision, and the parameter that it is in the model: `party.component.attribute`.
    public let name: String
    public let range: ClosedRange<Double>
    /// Of the range: kW or kWh.
    public let dimension: Dimension
}

/// What a party's part of a model means: flows, costs, emissions and states, over the model's variables or as numbers.
///
/// The ledger of expressions is written while a model is built. Evaluated at a solution it gives every table of a
/// result, so that tables and objective cannot disagree:
///
/// ```swift
/// let numbers = ledger.map { $0.value(variables: session.values, parameters: session.parameters) }
/// print(numbers.totalCost)       // CNY over the horizon
/// ```
public struct Ledger<Amount: LedgerAmount>: Sendable {
    /// Power between a component and the party's balance of a carrier; positive into the balance.
    public struct Flow: Sendable {
        public let component: String
        public let carrier: String
        /// As tables call it.
        public let name: String
        public let kind: FlowKind
        /// Whether it runs into the balance: what a component gives, not what it takes.
        public let isGiven: Bool
        /// The other party of a trade; nil for flows within the party and with outside markets.
        public let counterparty: String?
        /// kW, one value per step, signed.
        public let power: [Amount]
    }

    public struct Cost: Sendable {
        /// As tables call it.
        public let item: String
        public let kind: CostKind
        /// The other party of a payment; nil for money that leaves the system.
        public let counterparty: String?
        /// CNY over the horizon; income is negative.
        public let amount: Amount
    }

    public struct Emission: Sendable {
        public let source: String
        /// kg over the horizon.
        public let mass: Amount
        /// Most by which linear pieces may have put it above the law that it follows, kg; 0 for a linear law.
        public let error: Double
    }

    public struct State: Sendable {
        public let component: String
        public let name: String
        public let unit: String
        /// One value per step, at its end.
        public let values: [Amount]
    }

    /// Power that weather offers to a component, whether it is taken or not.
    public struct Offer: Sendable {
        public let component: String
        public let carrier: String
        /// kW, one value per step.
        public let power: [Amount]
    }

    public struct DecidedSize: Sendable {
        public let decision: SizeDecision
        /// As decided, in the unit of the decision's dimension.
        public let value: Amount
    }

    public struct Purchase: Sendable {
        public let component: String
        public let investment: Investment
        /// kW or kWh, as it stands in the model.
        public let size: Amount
        /// Of the size: power or energy.
        public let dimension: Dimension
        /// CNY, once.
        public let outlay: Amount

        /// CNY per year over the life of what was bought.
        ///
        /// - Parameter discountRate: a year, as a fraction.
        public func annual(discountRate: Double) -> Amount {
            investment.recoveryFactor(discountRate: discountRate) * outlay
        }
    }

    /// One of the supplies of which the party takes exactly one.
    public struct Supply: Sendable {
        public let name: String
        /// 1 where it is taken, else 0.
        public let taken: Amount
    }

    /// A charge that the party pays.
    public struct Due: Sendable {
        public let charge: Charge
        /// What it is paid for, see ``Charge``.
        public let quantities: [Amount]
        /// CNY, one for each quantity.
        public let amounts: [Amount]
    }

    /// A number worth reporting that is neither a flow nor the party's own money, such as what somebody else earns.
    public struct Figure: Sendable {
        public let component: String
        public let name: String
        public let unit: FigureUnit
        public let amount: Amount
    }

    /// What a carbon account made of the emissions.
    public struct Carbon: Sendable {
        public let account: CarbonAccount
        /// kg over the horizon.
        public let emission: Amount
        public let quota: Amount
        /// CNY over the horizon.
        public let cost: Amount
    }

    /// The party's.
    public let name: String
    public internal(set) var flows: [Flow] = []
    public internal(set) var costs: [Cost] = []
    public internal(set) var emissions: [Emission] = []
    public internal(set) var states: [State] = []
    /// What ``RenewableUse`` is counted from.
    public internal(set) var offers: [Offer] = []
    public internal(set) var sizes: [DecidedSize] = []
    /// What is bought before the horizon begins: no part of ``costs``, which are the horizon's.
    public internal(set) var purchases: [Purchase] = []
    public internal(set) var figures: [Figure] = []
    /// None where the party has no choice.
    public internal(set) var supplies: [Supply] = []
    public internal(set) var dues: [Due] = []
    /// nil where the party has no carbon account.
    public internal(set) var carbon: Carbon?
    private let steps: Int

    init(party: String, steps: Int) {
        name = party
        self.steps = steps
    }

    /// The same ledger with each amount as another one.
    public func map<Other: LedgerAmount>(_ transform: (Amount) -> Other) -> Ledger<Other> {
        var result = Ledger<Other>(party: name, steps: steps)
        result.flows = flows.map {
            .init(
                component: $0.component, carrier: $0.carrier, name: $0.name, kind: $0.kind, isGiven: $0.isGiven,
                counterparty: $0.counterparty, power: $0.power.map(transform))
        }
        result.costs = costs.map {
            .init(item: $0.item, kind: $0.kind, counterparty: $0.counterparty, amount: transform($0.amount))
        }
        result.emissions = emissions.map { .init(source: $0.source, mass: transform($0.mass), error: $0.error) }
        result.states = states.map {
            .init(component: $0.component, name: $0.name, unit: $0.unit, values: $0.values.map(transform))
        }
        result.offers = offers.map {
            .init(component: $0.component, carrier: $0.carrier, power: $0.power.map(transform))
        }
        result.sizes = sizes.map { .init(decision: $0.decision, value: transform($0.value)) }
        result.purchases = purchases.map {
            .init(
                component: $0.component, investment: $0.investment, size: transform($0.size),
                dimension: $0.dimension, outlay: transform($0.outlay))
        }
        result.figures = figures.map {
            .init(
                component: $0.component, name: $0.name, unit: $0.unit, amount: transform($0.amount))
        }
        result.supplies = supplies.map { .init(name: $0.name, taken: transform($0.taken)) }
        result.dues = dues.map {
            .init(charge: $0.charge, quantities: $0.quantities.map(transform), amounts: $0.amounts.map(transform))
        }
        result.carbon = carbon.map {
            .init(
                account: $0.account, emission: transform($0.emission), quota: transform($0.quota),
                cost: transform($0.cost))
        }
        return result
    }

    // MARK: Sums

    /// Carriers in the order in which they first appear.
    public var carriers: [String] {
        flows.reduce(into: []) { if !$0.contains($1.carrier) { $0.append($1.carrier) } }
    }

    public func flows(of component: String) -> [Flow] { flows.filter { $0.component == component } }

    /// Sum of all flows into a carrier's balance: zero in every result.
    public func balance(of carrier: String) -> [Amount] {
        flows.filter { $0.carrier == carrier }.reduce(into: [Amount](repeating: .zero, count: steps)) {
            for t in 0..<steps { $0[t] += $1.power[t] }
        }
    }

    /// CNY over the horizon; negative when the party earns.
    public var totalCost: Amount { Self.sum(costs.map(\.amount)) }
    /// kg over the horizon.
    public var totalEmission: Amount { Self.sum(emissions.map(\.mass)) }

    /// CNY per year for all that is bought, each over its own life.
    ///
    /// - Parameter discountRate: a year, as a fraction.
    public func annualInvestment(discountRate: Double) -> Amount {
        Self.sum(purchases.map { $0.annual(discountRate: discountRate) })
    }

    private static func sum(_ parts: [Amount]) -> Amount { parts.reduce(into: .zero) { $0 += $1 } }
}

extension Ledger<LinearExpression> {
    mutating func add(
        _ power: [LinearExpression], carrier: String, component: String, flow: String, kind: FlowKind, sign: Double,
        counterparty: String? = nil
    ) {
        flows.append(
            Flow(
                component: component, carrier: carrier, name: flow, kind: kind, isGiven: sign == 1,
                counterparty: counterparty, power: sign == 1 ? power : power.map { -$0 }))
    }
}

extension Ledger<Double> {
    /// What is sold of a carrier in each step, and how much of that is beyond what own components give, in kW.
    func passage(of carrier: String) -> [(sold: Double, beyond: Double)] {
        let flows = flows.filter { $0.carrier == carrier }
        return (flows.first?.power.indices ?? 0..<0).map { t in
            let sold = flows.reduce(0) { $0 + ($1.counterparty == nil ? 0 : max(0, -$1.power[t])) }
            let own = flows.reduce(0) {
                $0 + ($1.counterparty == nil && $1.kind != .supply ? max(0, $1.power[t]) : 0)
            }
            return (sold, max(0, sold - own))
        }
    }

    /// Adds another horizon's money, masses and figures, item by item.
    mutating func add(_ other: Ledger<Double>, times weight: Double) {
        for cost in other.costs {
            let k = costs.firstIndex {
                $0.item == cost.item && $0.kind == cost.kind && $0.counterparty == cost.counterparty
            }
            let amount = (k.map { costs[$0].amount } ?? 0) + weight * cost.amount
            let sum = Cost(item: cost.item, kind: cost.kind, counterparty: cost.counterparty, amount: amount)
            if let k { costs[k] = sum } else { costs.append(sum) }
        }
        for emission in other.emissions {
            let k = emissions.firstIndex { $0.source == emission.source }
            let sum = Emission(
                source: emission.source, mass: (k.map { emissions[$0].mass } ?? 0) + weight * emission.mass,
                error: (k.map { emissions[$0].error } ?? 0) + weight * emission.error)
            if let k { emissions[k] = sum } else { emissions.append(sum) }
        }
        for figure in other.figures {
            let k = figures.firstIndex { $0.component == figure.component && $0.name == figure.name }
            let sum = Figure(
                component: figure.component, name: figure.name, unit: figure.unit,
                amount: (k.map { figures[$0].amount } ?? 0) + weight * figure.amount)
            if let k { figures[k] = sum } else { figures.append(sum) }
        }
        if let own = other.carbon {
            carbon = Carbon(
                account: own.account, emission: (carbon?.emission ?? 0) + weight * own.emission,
                quota: (carbon?.quota ?? 0) + weight * own.quota, cost: (carbon?.cost ?? 0) + weight * own.cost)
        }
    }

    /// A size that was decided; nil where it was not to be.
    public func size(_ attribute: String, of component: String) -> Double? {
        sizes.first { $0.decision.component == component && $0.decision.attribute == attribute }?.value
    }

    /// Demand in kWh that a ``Shortage`` left unserved.
    public func unserved(_ carrier: String, time: TimeGrid) -> Double {
        flows.filter { $0.carrier == carrier && $0.kind == .unserved }
            .reduce(0) { $0 + $1.power.reduce(0, +) * time.hours }
    }

    public func state(_ name: String, of component: String) -> [Double]? {
        states.first { $0.component == component && $0.name == name }?.values
    }
}

extension Ledger<Double> {
    /// The supply that the party takes; nil where it has no choice.
    package var supply: String? { supplies.max { $0.taken < $1.taken }?.name }
}
