import LinearModels

/// What a party's part of a model means: flows, costs, emissions and states as expressions over the model's variables.
///
/// Evaluated at a solution it gives every table of a result, so that tables and objective cannot disagree.
public struct Ledger: Sendable {
    /// Power between a component and the party's balance of a carrier; positive into the balance.
    public struct Flow: Sendable {
        public let component: String
        public let carrier: String
        public let name: String
        /// Whether it runs into the balance: what a component gives, not what it takes.
        public let isGiven: Bool
        /// kW, one a step, signed.
        public let power: [LinearExpression]
        /// The other party of a trade; nil for flows within the party and with outside markets.
        public let counterparty: String?
    }

    public struct Cost: Sendable {
        public let item: String
        /// The other party of a payment; nil for money that leaves the system.
        public let counterparty: String?
        /// CNY over the horizon; income is negative.
        public let amount: LinearExpression
    }

    public struct Emission: Sendable {
        public let source: String
        /// kg over the horizon.
        public let mass: LinearExpression
    }

    public struct State: Sendable {
        public let component: String
        public let name: String
        public let unit: String
        /// One a step, at its end.
        public let values: [LinearExpression]
    }

    /// A size that is to be decided.
    public struct DecidedSize: Sendable, Equatable {
        public let component: String
        /// Such as `capacity`.
        public let attribute: String
        /// The decision, and the parameter that it is in the model: `party.component.attribute`.
        public let name: String
        public let range: ClosedRange<Double>
        /// Of the range: kW or kWh.
        public let dimension: Dimension
    }

    public struct Purchase: Sendable {
        public let component: String
        public let investment: Investment
        /// kW or kWh, as it stands in the model.
        public let size: LinearExpression
        /// Of the size: power or energy.
        public let dimension: Dimension
        /// CNY, once.
        public var outlay: LinearExpression { investment.price * size }
    }

    public let party: String
    public internal(set) var flows: [Flow] = []
    public internal(set) var costs: [Cost] = []
    public internal(set) var emissions: [Emission] = []
    public internal(set) var states: [State] = []
    public internal(set) var sizes: [DecidedSize] = []
    /// What is bought before the horizon begins: no part of ``costs``, which are the horizon's.
    public internal(set) var purchases: [Purchase] = []
    /// What the carbon account made of the emissions; nil where the party has none.
    public internal(set) var carbon: CarbonLedger?
    private let steps: Int

    init(party: String, steps: Int) {
        self.party = party
        self.steps = steps
    }

    /// Carriers in the order in which they first appear.
    public var carriers: [String] {
        var seen: [String] = []
        for flow in flows where !seen.contains(flow.carrier) { seen.append(flow.carrier) }
        return seen
    }

    mutating func add(
        _ power: [LinearExpression], carrier: String, component: String, flow: String, sign: Double,
        counterparty: String? = nil
    ) {
        flows.append(
            Flow(
                component: component, carrier: carrier, name: flow, isGiven: sign == 1,
                power: sign == 1 ? power : power.map { -$0 }, counterparty: counterparty))
    }

    /// Sum of all flows into a carrier's balance: zero in every result.
    public func balance(of carrier: String) -> [LinearExpression] {
        var balance = [LinearExpression](repeating: LinearExpression(), count: steps)
        for flow in flows where flow.carrier == carrier {
            for t in 0..<steps { balance[t] += flow.power[t] }
        }
        return balance
    }

    public var totalCost: LinearExpression { sum(costs.map(\.amount)) }
    public var totalEmission: LinearExpression { sum(emissions.map(\.mass)) }

    /// CNY a year for all that is bought, each over its own life.
    ///
    /// - Parameter discountRate: a year, as a fraction.
    public func annualInvestment(discountRate: Double) -> LinearExpression {
        sum(purchases.map { $0.investment.recoveryFactor(discountRate: discountRate) * $0.outlay })
    }
}
