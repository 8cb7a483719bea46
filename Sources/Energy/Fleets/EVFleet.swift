import LinearModels

/// The vehicles of a station as one flexible load and store, by their ``FleetEnvelope``.
///
/// Charging takes electricity from the station's balance, discharging gives it back and costs `degradation_cost` a kWh. A
/// binary a step forbids both at once (paper 001, eq. 1, whose discharge term divides the *discharged* power).
public struct EVFleet: Component {
    public static let type = "ev_fleet"
    public static let meaning = "The vehicles of a station, as their Minkowski sum."
    public static let attributes: [Attribute] = [
        Attribute("chargers", .count(1...1_000_000), .optional, "How many vehicles can be plugged in at once."),
        Attribute("site_limit", .quantity(.power, 0...1e9), .optional, "Greatest charging or discharging power of the station."),
        Attribute("charge_efficiency", .quantity(.ratio, 1e-3...1), .standard(.number(0.95)), "Stored per energy charged."),
        Attribute("discharge_efficiency", .quantity(.ratio, 1e-3...1), .standard(.number(0.95)), "Delivered per energy taken out."),
        Attribute("v2g", .flag, .standard(.flag(true)), "Whether vehicles may discharge."),
        Attribute("degradation_cost", .quantity(.energyPrice, 0...1e6), .standard(.number(0)), "Battery wear per kWh discharged."),
    ]

    public let name: String
    public let vehicles: [Vehicle]
    public let envelope: FleetEnvelope
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
            if let problem = vehicle.problems(horizon: horizon, chargeEfficiency: chargeEfficiency).first { throw problem }
        }
        if case .count(let chargers)? = values["chargers"] {
            let (most, hour) = Self.mostPlugged(vehicles)
            guard most <= chargers else {
                throw InputProblem(
                    at: "chargers",
                    "\(chargers) are too few: \(most) vehicles are plugged in at hour \(hour). Add chargers or move stays.")
            }
        }
        envelope = FleetEnvelope(
            vehicles, time: time, chargeEfficiency: chargeEfficiency, dischargeEfficiency: dischargeEfficiency,
            v2g: v2g)
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
        let chargeLimit = envelope.maximumCharge.map { min($0, siteLimit) }
        let dischargeLimit = envelope.maximumDischarge.map { min($0, siteLimit) }
        let charge = try party.variables(name, "charge", upTo: chargeLimit)
        let discharge = try party.variables(name, "discharge", upTo: dischargeLimit)
        let energy = try time.indices.map {
            try party.variable(name, "energy", $0, in: envelope.minimumEnergy[$0]...envelope.maximumEnergy[$0])
        }
        for t in time.indices {
            let before = t == 0 ? LinearExpression(0) : energy[t - 1].linearExpression
            let change = (chargeEfficiency * time.hours) * charge[t] - (time.hours / dischargeEfficiency) * discharge[t]
            let moved = envelope.arriving[t] - envelope.leaving[t]
            try party.add(energy[t] - before - change == moved, name, "balance", t)
            guard chargeLimit[t] > 0, dischargeLimit[t] > 0 else { continue }
            let charges = try party.variable(name, "charges", t, kind: .binary)
            try party.add(charge[t] <= chargeLimit[t] * charges, name, "charge_only", t)
            try party.add(discharge[t] + dischargeLimit[t] * charges <= dischargeLimit[t], name, "discharge_only", t)
        }
        party.withdraw(charge.map(\.linearExpression), from: "electricity", name, as: "charge")
        party.inject(discharge.map(\.linearExpression), into: "electricity", name, as: "discharge")
        if degradationCost > 0 { party.cost((degradationCost * time.hours) * sum(discharge), item: "wear") }
        party.state(energy.map(\.linearExpression), name, as: "energy", unit: "kWh")
    }

    public func conservationGap(in party: SystemSolution.PartySolution, time: TimeGrid) -> Double {
        let flows = party.flows(of: name)
        guard let reported = party.state("energy", of: name),
            let charge = flows.first(where: { $0.name == "charge" })?.power,
            let discharge = flows.first(where: { $0.name == "discharge" })?.power
        else { return .infinity }
        var energy = 0.0
        var gap = 0.0
        for t in time.indices {
            // Flows are signed as the station's balance sees them: charging takes, discharging gives.
            energy += (-charge[t] * chargeEfficiency - discharge[t] / dischargeEfficiency) * time.hours
            energy += envelope.arriving[t] - envelope.leaving[t]
            gap = max(gap, abs(energy - reported[t]))
        }
        return gap
    }
}
