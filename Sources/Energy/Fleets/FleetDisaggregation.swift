import LinearModels

/// A fleet's schedule split over its vehicles, as far as their own limits allow.
///
/// A linear program minimises the energy by which the vehicles' sum misses the schedule; every vehicle keeps its own
/// power, energy and departure. Where that has a vehicle charge and discharge at once, one direction is closed for that
/// vehicle and step, and the program is solved again: the direction against which its battery moves. The other alone
/// can move the battery as both did, so the program stays feasible. What is missed is an upper estimate: a better split
/// may exist, a feasible one is always given.
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

    /// - Parameters:
    ///   - charge: kW of the whole fleet, one value per step.
    ///   - discharge: kW of the whole fleet, one value per step.
    /// - Throws: `SolverSessionError` where a vehicle cannot be served at all.
    public init(of fleet: any VehicleFleet, charge: [Double], discharge: [Double], time: TimeGrid) throws {
        var closed: Set<ClosedDirection> = []
        var split = try Split(fleet, charge, discharge, time, closed: closed)
        while true {
            let both = split.overlaps(
                chargeEfficiency: fleet.chargeEfficiency, dischargeEfficiency: fleet.dischargeEfficiency)
            if closed.isSuperset(of: both) { break }
            closed.formUnion(both)
            split = try Split(fleet, charge, discharge, time, closed: closed)
        }
        schedules = split.schedules
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

/// A direction in which a vehicle may not move energy in a step.
private struct ClosedDirection: Hashable {
    var vehicle: Int
    var step: Int
    var isCharge: Bool
}

/// One solve of the splitting program.
private struct Split {
    let schedules: [FleetDisaggregation.Schedule]

    init(
        _ fleet: any VehicleFleet, _ charge: [Double], _ discharge: [Double], _ time: TimeGrid,
        closed: Set<ClosedDirection>
    ) throws {
        let vehicles = fleet.scheduledVehicles
        let span = fleet.span(time)
        var model = LinearModel()
        var charges: [[Int: Variable]] = []
        var discharges: [[Int: Variable]] = []
        var energies: [[Int: Variable]] = []
        var chargeSum = [LinearExpression](repeating: LinearExpression(), count: time.steps)
        var dischargeSum = chargeSum
        for (n, vehicle) in vehicles.enumerated() {
            let tube = VehicleTube(
                vehicle, chargeEfficiency: fleet.chargeEfficiency, dischargeEfficiency: fleet.dischargeEfficiency,
                v2g: fleet.v2g)
            var (c, d, e): ([Int: Variable], [Int: Variable], [Int: Variable]) = ([:], [:], [:])
            var before = LinearExpression(vehicle.arrivalEnergy)
            let steps = vehicle.steps(span)
            for t in steps {
                let presence = vehicle.presence(in: t, span)
                let chargeLimit = presence * vehicle.maximumCharge
                let dischargeLimit = fleet.v2g ? presence * vehicle.maximumDischarge : 0
                func open(_ limit: Double, isCharge: Bool) -> ClosedRange<Double> {
                    0...(closed.contains(ClosedDirection(vehicle: n, step: t, isCharge: isCharge)) ? 0 : limit)
                }
                let up = try model.variable("v\(n).charge@\(t)", in: open(chargeLimit, isCharge: true))
                let down = try model.variable("v\(n).discharge@\(t)", in: open(dischargeLimit, isCharge: false))
                let isLast = t == steps.upperBound
                let bounds = tube.bounds(at: span.start(of: t + 1))
                let energy = try model.variable(
                    "v\(n).energy@\(t)", in: isLast ? tube.leaving : bounds.low...bounds.high)
                let gain = (fleet.chargeEfficiency * time.hours) * up - (time.hours / fleet.dischargeEfficiency) * down
                try model.add(energy - before - gain == 0, named: "v\(n).balance@\(t)")
                before = energy.linearExpression
                chargeSum[t % time.steps] += up
                dischargeSum[t % time.steps] += down
                (c[t], d[t], e[t]) = (up, down, energy)
            }
            charges.append(c)
            discharges.append(d)
            energies.append(e)
        }
        var missed = LinearExpression()
        for t in time.indices {
            for (what, total, wanted) in [
                ("charge", chargeSum[t], charge[t]), ("discharge", dischargeSum[t], discharge[t]),
            ]
            where !total.isConstant {
                let more = try model.variable("\(what).more@\(t)")
                let less = try model.variable("\(what).less@\(t)")
                try model.add(total - more + less == wanted, named: "\(what).sum@\(t)")
                missed += more + less
            }
        }
        // Moving energy for nothing is discouraged by far less than what missing it costs.
        try model.minimise(missed + Self.idleCost * (sum(chargeSum) + sum(dischargeSum)))
        let session = try SolverSession(model)
        let status = try session.solve()
        guard status == .optimal else { throw SolverSessionError.noSolution(status: "\(status)") }
        func series(_ variables: [Int: Variable]) -> [Double] {
            span.indices.map { t in variables[t].map { max(0, session.value(of: $0)) } ?? 0 }
        }
        schedules = vehicles.indices.map { n in
            var energy = series(energies[n])
            energy[vehicles[n].steps(span).upperBound] = 0
            return FleetDisaggregation.Schedule(
                vehicle: vehicles[n].name, charge: series(charges[n]), discharge: series(discharges[n]),
                energy: energy)
        }
    }

    private static let idleCost = 1e-4

    /// For every vehicle and step that has both directions at once, the one against which the battery moves.
    ///
    /// By losses that need not be the smaller one: 3 kW in and 2.6 kW out at 0.9 each way empty the battery.
    func overlaps(chargeEfficiency: Double, dischargeEfficiency: Double) -> Set<ClosedDirection> {
        var found: Set<ClosedDirection> = []
        for (n, schedule) in schedules.enumerated() {
            for t in schedule.charge.indices where min(schedule.charge[t], schedule.discharge[t]) > 1e-7 {
                let stored = chargeEfficiency * schedule.charge[t]
                let taken = schedule.discharge[t] / dischargeEfficiency
                found.insert(ClosedDirection(vehicle: n, step: t, isCharge: stored < taken))
            }
        }
        return found
    }
}
