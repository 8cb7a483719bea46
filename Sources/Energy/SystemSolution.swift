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

    public struct Size: Sendable {
        public let component: String
        public let attribute: String
        /// As decided, in the unit of the dimension.
        public let value: Double
        public let dimension: Dimension
    }

    public struct Purchase: Sendable {
        public let component: String
        public let investment: Investment
        /// kW or kWh.
        public let size: Double
        /// Of the size: power or energy.
        public let dimension: Dimension
        /// CNY, once.
        public let outlay: Double

        /// CNY a year over the life of what was bought.
        public func annual(discountRate: Double) -> Double {
            investment.recoveryFactor(discountRate: discountRate) * outlay
        }
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
        /// Those that were to be decided.
        public let sizes: [Size]
        public let purchases: [Purchase]
        public let carbon: Carbon?

        /// CNY over the horizon; negative when the party earns.
        public var totalCost: Double { costs.reduce(0) { $0 + $1.amount } }
        /// kg over the horizon.
        public var totalEmission: Double { emissions.reduce(0) { $0 + $1.mass } }

        /// Carriers in the order in which they first appear.
        public var carriers: [String] {
            flows.reduce(into: []) { if !$0.contains($1.carrier) { $0.append($1.carrier) } }
        }

        /// What is sold of a carrier in each step, and how much of that is beyond what own components give, in kW.
        func passage(of carrier: String) -> [(sold: Double, beyond: Double)] {
            let flows = flows.filter { $0.carrier == carrier }
            return (flows.first?.power.indices ?? 0..<0).map { t in
                let sold = flows.reduce(0) { $0 + ($1.counterparty == nil ? 0 : max(0, -$1.power[t])) }
                let own = flows.reduce(0) {
                    $0 + ($1.counterparty == nil && $1.component != "supply" ? max(0, $1.power[t]) : 0)
                }
                return (sold, max(0, sold - own))
            }
        }

        public func flows(of component: String) -> [Flow] { flows.filter { $0.component == component } }
        /// A size that was decided; nil where it was not to be.
        public func size(_ attribute: String, of component: String) -> Double? {
            sizes.first { $0.component == component && $0.attribute == attribute }?.value
        }
        /// Demand in kWh that a ``Shortage`` left unserved.
        public func unserved(_ carrier: String, time: TimeGrid) -> Double {
            flows.filter { $0.carrier == carrier && $0.name == Shortage.flow }
                .reduce(0) { $0 + $1.power.reduce(0, +) * time.hours }
        }
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
        let names = built.model.parameters.map(built.model.name(of:))
        let decided = Dictionary(zip(names, parameters)) { first, _ in first }
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
                sizes: ledger.sizes.map {
                    Size(
                        component: $0.component, attribute: $0.attribute, value: decided[$0.name] ?? .nan,
                        dimension: $0.dimension)
                },
                purchases: ledger.purchases.map {
                    Purchase(
                        component: $0.component, investment: $0.investment, size: number($0.size),
                        dimension: $0.dimension, outlay: number($0.outlay))
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
