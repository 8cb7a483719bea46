import LinearModels

/// The ledgers of a system evaluated at a solution: every flow, cost, emission and state as numbers.
public struct SystemSolution: Sendable {
    public struct Flow: Sendable {
        public let component: String
        public let carrier: String
        public let name: String
        public let counterparty: String?
        /// kW, one a step; positive into the party's balance.
        public let power: [Double]
    }

    public struct Cost: Sendable {
        public let item: String
        public let counterparty: String?
        /// CNY over the horizon; income is negative.
        public let amount: Double
    }

    public struct Emission: Sendable {
        public let source: String
        /// kg over the horizon.
        public let mass: Double
    }

    public struct State: Sendable {
        public let component: String
        public let name: String
        public let unit: String
        public let values: [Double]
    }

    public struct Carbon: Sendable {
        public let account: CarbonAccount
        /// kg over the horizon.
        public let emission: Double
        public let quota: Double
        /// CNY over the horizon.
        public let cost: Double
    }

    public struct PartySolution: Sendable {
        public let name: String
        public let flows: [Flow]
        public let costs: [Cost]
        public let emissions: [Emission]
        public let states: [State]
        public let carbon: Carbon?

        /// CNY over the horizon; negative when the party earns.
        public var totalCost: Double { costs.reduce(0) { $0 + $1.amount } }
        /// kg over the horizon.
        public var totalEmission: Double { emissions.reduce(0) { $0 + $1.mass } }

        /// Carriers in the order in which they first appear.
        public var carriers: [String] {
            flows.reduce(into: []) { if !$0.contains($1.carrier) { $0.append($1.carrier) } }
        }

        public func flows(of component: String) -> [Flow] { flows.filter { $0.component == component } }
        public func state(_ name: String, of component: String) -> [Double]? {
            states.first { $0.component == component && $0.name == name }?.values
        }
    }

    public let time: TimeGrid
    public let parties: [PartySolution]

    /// - Parameters:
    ///   - values: one number a variable of the built model.
    ///   - parameters: one number a parameter of the built model.
    public init(_ built: BuiltSystem, time: TimeGrid, values: [Double], parameters: [Double]) {
        func number(_ expression: LinearExpression) -> Double {
            expression.value(variables: values, parameters: parameters)
        }
        self.time = time
        parties = built.ledgers.map { ledger in
            PartySolution(
                name: ledger.party,
                flows: ledger.flows.map {
                    Flow(
                        component: $0.component, carrier: $0.carrier, name: $0.name, counterparty: $0.counterparty,
                        power: $0.power.map(number))
                },
                costs: ledger.costs.map {
                    Cost(item: $0.item, counterparty: $0.counterparty, amount: number($0.amount))
                },
                emissions: ledger.emissions.map { Emission(source: $0.source, mass: number($0.mass)) },
                states: ledger.states.map {
                    State(component: $0.component, name: $0.name, unit: $0.unit, values: $0.values.map(number))
                },
                carbon: ledger.carbon.map {
                    Carbon(
                        account: $0.account, emission: number($0.emission), quota: number($0.quota),
                        cost: number($0.cost))
                })
        }
    }

    public func party(_ name: String) -> PartySolution? { parties.first { $0.name == name } }
}
