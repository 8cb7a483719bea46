import Energy

/// A station's fleet in a result: its envelope, its path, and the schedule of each vehicle.
public struct FleetResult: Sendable {
    public struct Series: Sendable {
        /// Name of the vehicle, or `fleet` for all together.
        public let vehicle: String
        public let quantity: String
        public let unit: String
        public let values: [Double]
    }

    /// Name of the station, or `party.fleet` for a fleet of another party.
    public let station: String
    public let series: [Series]
    /// Share of the fleet's charged and discharged energy that its vehicles do not follow: an upper estimate.
    public let missedShare: Double
    /// Largest violation of a vehicle's own limits by its schedule, kW or kWh.
    public let vehicleViolation: Double

    /// One a fleet that is scheduled and whose vehicles are known, in file order.
    static func all(in system: EnergySystem, _ solution: SystemSolution) throws -> [FleetResult] {
        try system.parties.flatMap { party in
            try party.components.compactMap { $0 as? any VehicleFleet }.compactMap { fleet in
                if !(fleet is EVFleet), fleet.scheduledVehicles.isEmpty { return nil }
                return try solution.party(party.name).map { try FleetResult(fleet, in: $0, time: solution.time) }
            }
        }
    }

    private init(_ fleet: any VehicleFleet, in party: SystemSolution.PartySolution, time: TimeGrid) throws {
        func total(_ series: [[Double]]) -> [Double] { time.indices.map { t in series.reduce(0) { $0 + $1[t] } } }
        let flows = fleet.groups.flatMap { party.flows(of: $0.name) }
        let charge = total(flows.filter { $0.name == "charge" }.map { $0.power.map { max(0, -$0) } })
        let discharge = total(flows.filter { $0.name == "discharge" }.map { $0.power.map { max(0, $0) } })
        let energy = total(fleet.groups.compactMap { party.state("energy", of: $0.name) })
        let split = try FleetDisaggregation(of: fleet, charge: charge, discharge: discharge, time: time)
        station = fleet is EVFleet ? party.name : "\(party.name).\(fleet.name)"
        missedShare = split.missedShare
        vehicleViolation = split.largestViolation(of: fleet, time: time)
        let envelope = fleet.envelope
        var series = [
            Series(vehicle: "fleet", quantity: "charge", unit: "kW", values: charge),
            Series(vehicle: "fleet", quantity: "charge limit", unit: "kW", values: envelope.maximumCharge),
            Series(vehicle: "fleet", quantity: "discharge", unit: "kW", values: discharge),
            Series(vehicle: "fleet", quantity: "discharge limit", unit: "kW", values: envelope.maximumDischarge),
            Series(vehicle: "fleet", quantity: "energy", unit: "kWh", values: energy),
            Series(vehicle: "fleet", quantity: "least energy", unit: "kWh", values: envelope.minimumEnergy),
            Series(vehicle: "fleet", quantity: "most energy", unit: "kWh", values: envelope.maximumEnergy),
            Series(vehicle: "fleet", quantity: "energy arriving", unit: "kWh", values: envelope.arriving),
            Series(vehicle: "fleet", quantity: "energy leaving", unit: "kWh", values: envelope.leaving),
        ]
        for schedule in split.schedules.map({ $0.within(time) }) {
            series.append(Series(vehicle: schedule.vehicle, quantity: "charge", unit: "kW", values: schedule.charge))
            series.append(
                Series(vehicle: schedule.vehicle, quantity: "discharge", unit: "kW", values: schedule.discharge))
            series.append(Series(vehicle: schedule.vehicle, quantity: "energy", unit: "kWh", values: schedule.energy))
        }
        self.series = series
    }
}
