import LinearModels

@testable import Energy

/// Fleets, a station that trades with a market outside, and comparisons: what the fleet tests share.
enum FleetFixtures {
    static func values(_ written: [String: AttributeValue] = [:]) -> AttributeValues {
        AttributeValues(written, defaultsFrom: EVFleet.attributes)
    }

    /// A fleet with the same efficiency in both directions unless told otherwise.
    static func fleet(
        _ vehicles: [Vehicle], _ time: TimeGrid, charge: Double = 0.9, discharge: Double = 0.9, v2g: Bool = true,
        _ others: [String: AttributeValue] = [:]
    ) throws(InputProblem) -> EVFleet {
        let own: [String: AttributeValue] = [
            "charge_efficiency": .number(charge), "discharge_efficiency": .number(discharge), "v2g": .flag(v2g),
        ]
        return try EVFleet(
            name: "fleet", vehicles: vehicles, values: values(own.merging(others) { $1 }), time: time)
    }

    /// Four hours at a 40 kWh battery, half full on arrival and wanted half full: free to trade, 10 kW both ways.
    static let trader = Vehicle(
        name: "trader", arrival: 0, departure: 4, battery: 40, maximumCharge: 10, maximumDischarge: 10,
        arrivalShare: 0.5, departureShare: 0.5)

    /// What a station does that buys and sells at a market's prices.
    struct Plan {
        let party: SystemSolution.PartySolution
        let cost: Double
        let branchedSolves: Int
        let groups: [String]

        /// kW of all groups together, not negative.
        var charge: [Double] { total("charge").map { max(0, -$0) } }
        var discharge: [Double] { total("discharge").map { max(0, $0) } }
        var energy: [Double] {
            let parts = groups.compactMap { party.state("energy", of: $0) }
            return parts.dropFirst().reduce(parts.first ?? []) { zip($0, $1).map { $0 + $1 } }
        }

        private func total(_ name: String) -> [Double] {
            let parts = groups.flatMap { party.flows(of: $0) }.filter { $0.name == name }.map(\.power)
            return parts.dropFirst().reduce(parts.first ?? []) { zip($0, $1).map { $0 + $1 } }
        }
    }

    /// The station's least-cost plan where it buys and sells at the same price.
    ///
    /// - Parameter price: CNY/kWh, one value per step.
    static func plan(_ fleet: EVFleet, _ time: TimeGrid, price: [Double]) throws -> Plan {
        let (built, system) = try build(fleet, time, price: price)
        let session = try SolverSession(built.model)
        let status = try session.solve()
        guard status == .optimal else { throw SolverSessionError.noSolution(status: "\(status)") }
        let solution = SystemSolution(
            built, time: time, values: session.values, parameters: session.parameters)
        let audit = PhysicalAudit(solution, of: system)
        guard audit.holds, let party = solution.party("station") else {
            throw InputProblem("the plan breaks physics: \(audit.findings)")
        }
        return Plan(
            party: party, cost: session.objectiveValue, branchedSolves: session.branchedSolves,
            groups: fleet.groups.map(\.name))
    }

    static func build(
        _ fleet: EVFleet, _ time: TimeGrid, price: [Double]
    ) throws -> (BuiltSystem, EnergySystem) {
        let limit = [Double](repeating: 1e4, count: time.steps)
        let system = EnergySystem(
            time: time, carriers: [Carrier(name: "electricity")],
            parties: [Party(name: "station", components: [fleet])],
            trades: [
                Trade(
                    name: "in", seller: "market", buyer: "station", carrier: "electricity", price: .fixed(price),
                    limit: limit),
                Trade(
                    name: "out", seller: "station", buyer: "market", carrier: "electricity", price: .fixed(price),
                    limit: limit),
            ])
        return (try system.build(["station"], minimising: ["station"]), system)
    }

    static func close(_ a: [Double], _ b: [Double], within tolerance: Double = 1e-9) -> Bool {
        a.count == b.count && zip(a, b).allSatisfy { abs($0 - $1) <= tolerance }
    }
}
