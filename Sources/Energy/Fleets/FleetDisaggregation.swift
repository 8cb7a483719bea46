import LinearModels

/// A fleet's schedule split over its vehicles, as far as their own limits allow.
///
/// A linear program minimises the energy by which the vehicles' sum misses the schedule; every vehicle keeps its own
/// power, energy and departure. Where that has a vehicle charge and discharge at once, one direction is closed for that
/// vehicle and step, and the program is solved again: the direction against which its battery moves. The other alone
/// can move the battery as both did, so the program stays feasible. What is missed is an upper estimate: a better split
/// may exist, a feasible one is always given.
///
/// The time that such a program takes grows with the square of the vehicles. A large fleet is therefore split in parts
/// (``largestPart``) that are like the whole. Each takes its share of what those before it left, then what all others
/// leave, in turn while that gains.
public struct FleetDisaggregation: Sendable {
    public struct Schedule: Sendable {
        public let vehicle: String
        /// kW, one value per step of the horizon, and of the one after it where the horizon repeats itself.
        public let charge: [Double]
        public let discharge: [Double]
        /// kWh at the end of each step; 0 while the vehicle is away.
        public let energy: [Double]

        /// The schedule by the steps of one horizon: what happens after its end happens at its beginning too.
        public func within(_ time: TimeGrid) -> Schedule {
            guard charge.count > time.steps else { return self }
            return Schedule(
                vehicle: vehicle, charge: time.folded(charge), discharge: time.folded(discharge),
                energy: time.folded(energy))
        }
    }

    public let schedules: [Schedule]
    /// kWh of the schedule's charging and discharging that the vehicles' sum misses, over the horizon.
    public let missedEnergy: Double
    /// kWh charged and discharged by the schedule.
    public let throughput: Double
    /// kW, the largest miss in a step.
    public let largestMiss: Double

    public var missedShare: Double { throughput > 0 ? missedEnergy / throughput : 0 }

    /// The schedules of vehicles that were scheduled one by one: nothing is to be split, and nothing missed. nil where
    /// the fleet is scheduled as a sum.
    public init?(ofIndividual fleet: EVFleet, in party: SystemSolution.PartySolution, time: TimeGrid) {
        guard fleet.isIndividual else { return nil }
        schedules = fleet.groups.map { group in
            let flows = party.flows(of: group.name)
            func power(_ kind: FlowKind) -> [Double] {
                flows.first { $0.kind == kind }?.power.map(abs) ?? time.indices.map { _ in 0 }
            }
            return Schedule(
                vehicle: group.vehicle?.name ?? group.name, charge: power(.charge), discharge: power(.discharge),
                energy: party.state("energy", of: group.name) ?? time.indices.map { _ in 0 })
        }
        (missedEnergy, largestMiss) = (0, 0)
        throughput = schedules.reduce(0) { sum, schedule in
            sum + (schedule.charge.reduce(0, +) + schedule.discharge.reduce(0, +)) * time.hours
        }
    }

    /// Vehicles that are split by one program.
    static let largestPart = 250
    /// How often parts take what others leave, as long as that gains some of what the schedule moves.
    private static let rounds = 10
    private static let leastGain = 1e-3

    /// - Parameters:
    ///   - charge: kW of the whole fleet, one value per step.
    ///   - discharge: kW of the whole fleet, one value per step.
    /// - Throws: `SolverSessionError` where a vehicle cannot be served at all.
    public init(of fleet: any VehicleFleet, charge: [Double], discharge: [Double], time: TimeGrid) throws {
        try self.init(of: fleet, charge: charge, discharge: discharge, time: time, largestPart: Self.largestPart)
    }

    init(
        of fleet: any VehicleFleet, charge: [Double], discharge: [Double], time: TimeGrid, largestPart: Int
    ) throws {
        let parts = try VehicleSplit.parts(of: fleet, time, largest: largestPart)
        var left = VehicleSplit.Powers(charge: charge, discharge: discharge)
        for (k, part) in parts.enumerated() {
            let others = parts[(k + 1)...].map(\.limits)
            try part.follow(left.share(of: part.limits, beside: others))
            left = left.less(part.given)
        }
        var missing = left.size
        for _ in 0..<(parts.count > 1 ? Self.rounds : 0) {
            for part in parts {
                let wanted = left.less(part.given.negative)
                try part.follow(wanted)
                left = wanted.less(part.given)
            }
            defer { missing = left.size }
            if left.size > missing - Self.leastGain * (charge.reduce(0, +) + discharge.reduce(0, +)) { break }
        }
        var ofVehicle = [Schedule?](repeating: nil, count: fleet.scheduledVehicles.count)
        for part in parts {
            for (n, schedule) in zip(part.members, part.schedules) { ofVehicle[n] = schedule }
        }
        schedules = ofVehicle.compactMap { $0 }
        let followed = schedules.map { $0.within(time) }
        var missed = 0.0
        var largest = 0.0
        for t in time.indices {
            for (wanted, given) in [
                (charge[t], followed.reduce(0) { $0 + $1.charge[t] }),
                (discharge[t], followed.reduce(0) { $0 + $1.discharge[t] }),
            ] {
                missed += abs(wanted - given) * time.hours
                largest = max(largest, abs(wanted - given))
            }
        }
        missedEnergy = missed
        largestMiss = largest
        throughput = zip(charge, discharge).reduce(0) { $0 + ($1.0 + $1.1) * time.hours }
    }

    /// Largest violation of a vehicle's physics in kW or kWh, from the schedules alone: power while away, power above
    /// the charger, both directions at once, energy that does not follow from the powers or leaves the battery's
    /// limits, less energy at departure than wanted, and more than that and than it came with.
    public func largestViolation(of fleet: any VehicleFleet, time: TimeGrid) -> Double {
        let time = fleet.span(time)
        var worst = 0.0
        for (vehicle, schedule) in zip(fleet.scheduledVehicles, schedules) {
            let steps = vehicle.steps(time)
            var energy = vehicle.arrivalEnergy
            for t in time.indices {
                let presence = vehicle.presence(in: t, time)
                let (charge, discharge) = (schedule.charge[t], schedule.discharge[t])
                let dischargeLimit = fleet.v2g ? presence * vehicle.maximumDischarge : 0
                worst = max(worst, -charge, -discharge, min(charge, discharge))
                worst = max(worst, charge - presence * vehicle.maximumCharge, discharge - dischargeLimit)
                guard steps.contains(t) else { continue }
                energy += (fleet.chargeEfficiency * charge - discharge / fleet.dischargeEfficiency) * time.hours
                worst = max(worst, energy - vehicle.maximumEnergy, vehicle.minimumEnergy - energy)
                if t < steps.upperBound { worst = max(worst, abs(energy - schedule.energy[t])) }
            }
            worst = max(worst, vehicle.departureEnergy - energy)
            worst = max(worst, energy - max(vehicle.departureEnergy, vehicle.arrivalEnergy))
        }
        return worst
    }
}
