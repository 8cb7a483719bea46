import LinearModels

/// The vehicles of a station as a flexible load and store, by the ``FleetEnvelope`` of all or of groups of them.
///
/// With `groups: 1` all vehicles are one Minkowski sum, as in the paper. More groups, each of vehicles that come and go
/// at similar times, make the sum's outer approximation tighter: energy cannot wander between vehicles that never meet.
///
/// How it may charge and discharge within its envelopes is ``FleetOperation``'s.
public struct EVFleet: VehicleFleet {
    public static let type = "ev_fleet"
    public static let meaning = "The vehicles of a station, as their Minkowski sum."
    public static let attributes: [Attribute] =
        FleetOperation.attributes + [
            Attribute("chargers", .count(1...1_000_000), .optional, "How many vehicles can be plugged in at once."),
            groupsAttribute,
        ]

    public let name: String
    public let vehicles: [Vehicle]
    /// Of all vehicles together.
    public let envelope: FleetEnvelope
    /// Vehicles that are scheduled as one.
    public let groups: [FleetOperation.Group]
    public var scheduledVehicles: [Vehicle] { vehicles }
    public var isCyclic: Bool { false }
    public var chargeEfficiency: Double { operation.chargeEfficiency }
    public var dischargeEfficiency: Double { operation.dischargeEfficiency }
    public var v2g: Bool { operation.v2g }
    private let operation: FleetOperation

    public init(name: String, values: AttributeValues, time: TimeGrid) throws(InputProblem) {
        try self.init(name: name, vehicles: [], values: values, time: time)
    }

    /// - Parameter vehicles: stays inside the horizon, each without ``Vehicle/problems(horizon:chargeEfficiency:)``.
    public init(
        name: String, vehicles: [Vehicle], values: AttributeValues, time: TimeGrid
    ) throws(InputProblem) {
        self.name = name
        self.vehicles = vehicles
        let operation = try FleetOperation(values)
        self.operation = operation
        let horizon = Double(time.steps) * time.hours
        for vehicle in vehicles {
            if let problem = vehicle.problems(horizon: horizon, chargeEfficiency: operation.chargeEfficiency).first {
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
        func envelope(_ vehicles: [Vehicle]) -> FleetEnvelope {
            FleetEnvelope(
                vehicles, time: time, chargeEfficiency: operation.chargeEfficiency,
                dischargeEfficiency: operation.dischargeEfficiency, v2g: operation.v2g)
        }
        self.envelope = envelope(vehicles)
        groups = FleetOperation.groups(
            of: vehicles, into: try values.count("groups"), named: name, envelope: envelope)
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
        try operation.build(groups, of: envelope, named: name, in: party)
    }

    public func conservationGap(in party: SystemSolution.PartySolution, time: TimeGrid) -> Double {
        operation.conservationGap(groups, in: party, time: time)
    }
}

extension EVFleet {
    /// - Parameters:
    ///   - vehicles: stays inside the horizon.
    ///   - chargers: how many vehicles can be plugged in at once.
    ///   - groups: of vehicles that are scheduled as one.
    ///   - siteLimit: greatest charging or discharging power of the station, kW.
    ///   - chargeEfficiency, dischargeEfficiency: shares, `0 ... 1`.
    ///   - mayDischarge: whether vehicles may discharge (V2G).
    ///   - degradationCost: battery wear, CNY per kWh discharged.
    public init(
        _ name: String = "fleet", vehicles: [Vehicle], chargers: Int? = nil, groups: Int? = nil,
        siteLimit: Double? = nil,
        chargeEfficiency: Double? = nil, dischargeEfficiency: Double? = nil, mayDischarge: Bool? = nil,
        degradationCost: Double? = nil, time: TimeGrid
    ) throws(InputProblem) {
        let values = try AttributeValues(
            [
                "chargers": chargers.value, "groups": groups.value,
            ].with(
                FleetOperation.arguments(
                    siteLimit, chargeEfficiency, dischargeEfficiency, mayDischarge: mayDischarge, degradationCost)),
            of: Self.attributes, time: time)
        try self.init(name: name, vehicles: vehicles, values: values, time: time)
    }
}
