import Energy
import LinearModels

/// A tiny park: one party that can buy electricity, heat or gas at given prices.
struct TinyPark {
    var time = TimeGrid(steps: 1, hours: 1)
    var carriers: [Carrier] = []
    var demand: [(carrier: String, power: [Double])] = []
    var components: [any Component] = []
    var carbon: CarbonAccount?
    var outputEmissions: [OutputEmission] = []

    struct Answer {
        let status: SolveStatus
        let cost: Double
        let solution: SystemSolution
        let audit: PhysicalAudit
        var party: SystemSolution.PartySolution { solution.parties[0] }

        /// Power of a component's flow, as the party's balance sees it.
        func flow(_ component: String, _ name: String, _ carrier: String? = nil) -> [Double] {
            party.flows.first {
                $0.component == component && $0.name == name && (carrier == nil || $0.carrier == carrier)
            }?.power ?? []
        }
    }

    var system: EnergySystem {
        EnergySystem(
            time: time, carriers: carriers,
            parties: [
                Party(
                    name: "park", demand: demand, components: components, carbon: carbon,
                    outputEmissions: outputEmissions)
            ], trades: [])
    }

    func built() throws -> BuiltSystem { try system.build(["park"], minimising: ["park"]) }

    func solve() throws -> Answer {
        let built = try built()
        let session = try SolverSession(built.model)
        let status = try session.solve()
        let solution = SystemSolution(built, time: time, values: session.values, parameters: session.parameters)
        return Answer(
            status: status, cost: session.objectiveValue, solution: solution, audit: PhysicalAudit(solution, of: system)
        )
    }
}

/// A component made from the values that differ from its defaults.
func make<Device: Component>(
    _ type: Device.Type, _ name: String = "device", _ values: [String: AttributeValue],
    time: TimeGrid = TimeGrid(steps: 1, hours: 1)
) throws -> Device {
    try Device(name: name, values: AttributeValues(values, defaultsFrom: Device.attributes), time: time)
}

/// What a component says when it refuses its values.
func refusal<Device: Component>(
    _ type: Device.Type, _ values: [String: AttributeValue], time: TimeGrid = TimeGrid(steps: 1, hours: 1)
) -> String {
    do {
        _ = try make(type, "device", values, time: time)
        return "accepted"
    } catch {
        return "\(error)"
    }
}

func market(_ prices: [Double], time: TimeGrid, sell: [Double]? = nil, maximum: Double = 1e4) throws -> MarketExchange {
    var values: [String: AttributeValue] = ["buy_price": .series(prices), "buy_max": .number(maximum)]
    if let sell {
        values["sell_price"] = .series(sell)
        values["sell_max"] = .number(maximum)
    }
    return try make(MarketExchange.self, "grid", values, time: time)
}

func near(_ a: Double, _ b: Double, _ tolerance: Double = 1e-7) -> Bool {
    abs(a - b) <= tolerance * max(1, abs(a), abs(b))
}
