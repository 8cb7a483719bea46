import Energy

/// A fleet in a result: its envelope, its path, and where its vehicles are known the schedule of each.
public struct FleetResult: Sendable {
    public struct Series: Sendable {
        /// Name of the vehicle, or `fleet` for all together.
        public let vehicle: String
        public let quantity: String
        public let unit: String
        public let values: [Double]
    }

    /// How far single vehicles follow the fleet's path.
    public struct Split: Sendable {
        /// Share of the fleet's charged and discharged energy that its vehicles do not follow: an upper estimate.
        public let missedShare: Double
        /// What the vehicles' own schedules cost more than the fleet's path, CNY over the horizon; nil where no price
        /// is known at which the party buys.
        public let extraCost: Double?
        /// Largest violation of a vehicle's own limits by its schedule, kW or kWh.
        public let vehicleViolation: Double
    }

    /// The party whose fleet it is; where a party has fleets of its own, `party.fleet`.
    public let station: String
    public let series: [Series]
    /// By how much the path leaves the envelope, kW or kWh.
    public let envelopeViolation: Double
    /// nil where vehicles are known as a whole only.
    public let split: Split?

    /// All fleets, in file order. One that nobody schedules has no path.
    ///
    /// - Parameter posted: what posted prices are, by name, CNY/kWh; one number for each that is decided.
    static func all(
        in system: EnergySystem, _ solution: SystemSolution, posted: [String: [Double]] = [:]
    ) throws -> [FleetResult] {
        try system.parties.flatMap { party in
            try party.components.compactMap { component -> FleetResult? in
                guard let answer = solution.party(party.name) else { return nil }
                switch component {
                case let fleet as any VehicleFleet where fleet is EVFleet || !fleet.scheduledVehicles.isEmpty:
                    let path = Path(of: fleet.groups.map(\.name), in: answer, time: solution.time)
                    let own = (fleet as? EVFleet).flatMap {
                        FleetDisaggregation(ofIndividual: $0, in: answer, time: solution.time)
                    }
                    let split =
                        try own
                        ?? FleetDisaggregation(
                            of: fleet, charge: path.charge, discharge: path.discharge, time: solution.time)
                    let schedules = split.schedules.map { $0.within(solution.time) }
                    return FleetResult(
                        fleet is EVFleet ? party.name : "\(party.name).\(fleet.name)", fleet.envelope, path,
                        leaving: path.leaving(fleet, time: solution.time),
                        vehicles: schedules,
                        split: Split(
                            missedShare: split.missedShare,
                            extraCost: BuyingPrices(of: party, in: system, posted: posted)?
                                .cost(of: schedules, instead: path.charge, path.discharge, over: solution.time),
                            vehicleViolation: split.largestViolation(of: fleet, time: solution.time)))
                case let fleet as AggregateFleet:
                    return FleetResult(
                        party.name, fleet.envelope, Path(of: [fleet.name], in: answer, time: solution.time))
                default: return nil
                }
            }
        }
    }

    /// What a fleet does, one number per step: kW, and kWh at the step's end.
    private struct Path {
        let charge: [Double]
        let discharge: [Double]
        let energy: [Double]

        /// - Parameter components: under which the fleet's groups report.
        init(of components: [String], in party: SystemSolution.PartySolution, time: TimeGrid) {
            func total(_ series: [[Double]]) -> [Double] { time.indices.map { t in series.reduce(0) { $0 + $1[t] } } }
            let flows = components.flatMap { party.flows(of: $0) }
            charge = total(flows.filter { $0.kind == .charge }.map { $0.power.map { max(0, -$0) } })
            discharge = total(flows.filter { $0.kind == .discharge }.map { $0.power.map { max(0, $0) } })
            energy = total(components.compactMap { party.state("energy", of: $0) })
        }

        /// kWh that vehicles took with them in each step: what is missing of the energy before, charged and brought.
        func leaving(_ fleet: any VehicleFleet, time: TimeGrid) -> [Double] {
            time.indices.map { t in
                let before = t > 0 ? energy[t - 1] : fleet.isCyclic ? energy[time.steps - 1] : 0
                let moved = fleet.chargeEfficiency * charge[t] - discharge[t] / fleet.dischargeEfficiency
                let left = before + moved * time.hours + fleet.envelope.arriving[t] - energy[t]
                let (least, most) = (fleet.envelope.leaving[t], fleet.envelope.mostLeaving[t])
                return abs(left - least) <= PhysicalAudit.tolerance ? least : min(max(left, least), most)
            }
        }
    }

    private init(
        _ station: String, _ envelope: FleetEnvelope, _ path: Path, leaving: [Double]? = nil,
        vehicles: [FleetDisaggregation.Schedule] = [], split: Split? = nil
    ) {
        self.station = station
        self.split = split
        func series(_ vehicle: String, _ quantity: FleetTable.Quantity, _ unit: String, _ values: [Double]) -> Series {
            Series(vehicle: vehicle, quantity: quantity.rawValue, unit: unit, values: values)
        }
        func fleet(_ quantity: FleetTable.Quantity, _ unit: String, _ values: [Double]) -> Series {
            series(FleetTable.fleet, quantity, unit, values)
        }
        self.series =
            [
                fleet(.charge, "kW", path.charge), fleet(.chargeLimit, "kW", envelope.maximumCharge),
                fleet(.discharge, "kW", path.discharge), fleet(.dischargeLimit, "kW", envelope.maximumDischarge),
                fleet(.energy, "kWh", path.energy), fleet(.leastEnergy, "kWh", envelope.minimumEnergy),
                fleet(.mostEnergy, "kWh", envelope.maximumEnergy), fleet(.energyArriving, "kWh", envelope.arriving),
                fleet(.energyLeaving, "kWh", leaving ?? envelope.leaving),
            ]
            + vehicles.flatMap { schedule in
                [
                    series(schedule.vehicle, .charge, "kW", schedule.charge),
                    series(schedule.vehicle, .discharge, "kW", schedule.discharge),
                    series(schedule.vehicle, .energy, "kWh", schedule.energy),
                ]
            }
        envelopeViolation = path.energy.indices.reduce(0) { worst, t in
            max(
                worst, path.charge[t] - envelope.maximumCharge[t], path.discharge[t] - envelope.maximumDischarge[t],
                path.energy[t] - envelope.maximumEnergy[t], envelope.minimumEnergy[t] - path.energy[t])
        }
    }
}
