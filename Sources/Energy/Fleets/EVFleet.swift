import LinearModels

/// The vehicles of a station as a flexible load and store, by the ``FleetEnvelope`` of all or of groups of them.
///
/// With `groups: 1` all vehicles are one Minkowski sum, as in the paper. More groups, each of vehicles that come and go at similar
/// times, make the sum's outer approximation tighter: energy cannot wander between vehicles that never meet.
///
/// Charging takes electricity from the station's balance, discharging gives it back and costs `degradation_cost` a kWh. A
/// binary a step forbids both at once (paper 001, eq. 1, whose discharge term divides the *discharged* power).
public struct EVFleet: Component {
    public static let type = "ev_fleet"
    public static let meaning = "The vehicles of a station, as their Minkowski sum."
    public static let attributes: [Attribute] = [
        Attribute("chargers", .count(1...1_000_000), .optional, "How many vehicles can be plugged in at once."),
        Attribute(
            "site_limit", .quantity(.power, 0...1e9), .optional,
            "Greatest charging or discharging power of the station."),
        Attribute(
            "charge_efficiency", .quantity(.ratio, 1e-3...1), .standard(.number(0.95)), "Stored per energy charged."),
        Attribute(
            "discharge_efficiency", .quantity(.ratio, 1e-3...1), .standard(.number(0.95)),
            "Delivered per energy taken out."),
        Attribute("v2g", .flag, .standard(.flag(true)), "Whether vehicles may discharge."),
        Attribute(
            "groups", .count(1...1000), .standard(.count(1)),
            "Groups of vehicles with similar stays, each summed by itself."),
        Attribute(
            "degradation_cost", .quantity(.energyPrice, 0...1e6), .standard(.number(0)),
            "Battery wear per kWh discharged."),
    ]

    public let name: String
    public let vehicles: [Vehicle]
    /// Of all vehicles together.
    public let envelope: FleetEnvelope
    /// Vehicles that are scheduled as one.
    public let groups: [Group]
    public let chargeEfficiency: Double
    public let dischargeEfficiency: Double
    public let v2g: Bool
    let siteLimit: Double
    let degradationCost: Double

    public init(name: String, values: AttributeValues, time: TimeGrid) throws(InputProblem) {
        try self.init(name: name, vehicles: [], values: values, time: time)
    }

    /// - Parameter vehicles: stays inside the horizon, each without ``Vehicle/problems(horizon:chargeEfficiency:)``.
    public init(
        name: String, vehicles: [Vehicle], values: AttributeValues, time: TimeGrid
    ) throws(InputProblem) {
        self.name = name
        self.vehicles = vehicles
        chargeEfficiency = try values.number("charge_efficiency")
        dischargeEfficiency = try values.number("discharge_efficiency")
        v2g = try values.flag("v2g")
        siteLimit = values.optionalNumber("site_limit") ?? .infinity
        degradationCost = try values.number("degradation_cost")
        let horizon = Double(time.steps) * time.hours
        for vehicle in vehicles {
            if let problem = vehicle.problems(horizon: horizon, chargeEfficiency: chargeEfficiency).first {
                throw problem
            }
        }
        if case .count(let chargers)? = values["chargers"] {
            let (most, hour) = Self.mostPlugged(vehicles)
            guard most <= chargers else {
                throw InputProblem(
                    at: "chargers",
                    "\(chargers) are too few: \(most) vehicles are plugged in at hour \(hour). Add chargers or move stays."
                )
            }
        }
        let (gain, loss, v2g) = (chargeEfficiency, dischargeEfficiency, v2g)
        func envelope(_ vehicles: [Vehicle]) -> FleetEnvelope {
            FleetEnvelope(vehicles, time: time, chargeEfficiency: gain, dischargeEfficiency: loss, v2g: v2g)
        }
        self.envelope = envelope(vehicles)
        let parts = Self.similarStays(vehicles, into: try values.count("groups"))
        groups = parts.enumerated().map { k, part in
            Group(name: parts.count == 1 ? name : "\(name)\(k + 1)", envelope: envelope(part))
        }
    }

    /// Some of the vehicles, summed.
    public struct Group: Sendable, Equatable {
        /// Component under which its flows and stored energy are reported.
        public let name: String
        public let envelope: FleetEnvelope
    }

    /// Vehicles in groups of nearly equal size, neighbours by departure and then by arrival. The order of the list does not matter.
    private static func similarStays(_ vehicles: [Vehicle], into count: Int) -> [[Vehicle]] {
        let sorted = vehicles.sorted { ($0.departure, $0.arrival, $0.name) < ($1.departure, $1.arrival, $1.name) }
        let parts = max(1, min(count, vehicles.count))
        return (0..<parts).map { k in
            Array(sorted[k * sorted.count / parts..<(k + 1) * sorted.count / parts])
        }
    }

    /// The greatest number of vehicles present at once, and when. One that leaves makes room for one that comes.
    private static func mostPlugged(_ vehicles: [Vehicle]) -> (count: Int, hour: Double) {
        let events = (vehicles.map { ($0.arrival, 1) } + vehicles.map { ($0.departure, -1) }).sorted { $0 < $1 }
        var (present, most, hour) = (0, 0, 0.0)
        for (time, change) in events {
            present += change
            if present > most { (most, hour) = (present, time) }
        }
        return (most, hour)
    }

    public func build(in party: PartyBuilder) throws {
        let time = party.time
        var wear = LinearExpression()
        var total = [LinearExpression](repeating: LinearExpression(), count: time.steps)
        var given = total
        for group in groups {
            let (charge, discharge) = try build(group, in: party)
            for t in time.indices {
                total[t] += charge[t]
                given[t] += discharge[t]
            }
            wear += (degradationCost * time.hours) * sum(discharge)
        }
        if siteLimit.isFinite {
            for t in time.indices
            where envelope.maximumCharge[t] > siteLimit || envelope.maximumDischarge[t] > siteLimit {
                try party.add(total[t] <= siteLimit, name, "site_charge", t)
                try party.add(given[t] <= siteLimit, name, "site_discharge", t)
            }
        }
        if degradationCost > 0 { party.cost(wear, item: "wear") }
    }

    /// One group's powers, stored energy, balance and exclusion.
    private func build(
        _ group: Group, in party: PartyBuilder
    ) throws -> (charge: [Variable], discharge: [Variable]) {
        let time = party.time
        let envelope = group.envelope
        let charge = try party.variables(group.name, "charge", upTo: envelope.maximumCharge)
        let discharge = try party.variables(group.name, "discharge", upTo: envelope.maximumDischarge)
        let energy = try time.indices.map {
            try party.variable(group.name, "energy", $0, in: envelope.minimumEnergy[$0]...envelope.maximumEnergy[$0])
        }
        for t in time.indices {
            let before = t == 0 ? LinearExpression(0) : energy[t - 1].linearExpression
            let change = (chargeEfficiency * time.hours) * charge[t] - (time.hours / dischargeEfficiency) * discharge[t]
            let moved = envelope.arriving[t] - envelope.leaving[t]
            try party.add(energy[t] - before - change == moved, group.name, "balance", t)
            let (most, least) = (envelope.maximumCharge[t], envelope.maximumDischarge[t])
            guard most > 0, least > 0 else { continue }
            let charges = try party.variable(group.name, "charges", t, kind: .binary)
            try party.add(charge[t] <= most * charges, group.name, "charge_only", t)
            try party.add(discharge[t] + least * charges <= least, group.name, "discharge_only", t)
        }
        party.withdraw(charge.map(\.linearExpression), from: "electricity", group.name, as: "charge")
        party.inject(discharge.map(\.linearExpression), into: "electricity", group.name, as: "discharge")
        party.state(energy.map(\.linearExpression), group.name, as: "energy", unit: "kWh")
        return (charge, discharge)
    }

    public func conservationGap(in party: SystemSolution.PartySolution, time: TimeGrid) -> Double {
        groups.map { group in
            let flows = party.flows(of: group.name)
            guard let reported = party.state("energy", of: group.name),
                let charge = flows.first(where: { $0.name == "charge" })?.power,
                let discharge = flows.first(where: { $0.name == "discharge" })?.power
            else { return .infinity }
            var energy = 0.0
            var gap = 0.0
            for t in time.indices {
                // Flows are signed as the station's balance sees them: charging takes, discharging gives.
                energy += (-charge[t] * chargeEfficiency - discharge[t] / dischargeEfficiency) * time.hours
                energy += group.envelope.arriving[t] - group.envelope.leaving[t]
                gap = max(gap, abs(energy - reported[t]))
            }
            return gap
        }.max() ?? 0
    }
}
