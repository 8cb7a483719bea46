import LinearModels

/// The vehicles of a station as a flexible load and store, by the ``FleetEnvelope`` of all or of groups of them.
///
/// With `groups: 1` all vehicles are one Minkowski sum, as in the paper. More groups, each of vehicles that come and go
/// at similar times, make the sum's outer approximation tighter: energy cannot wander between vehicles that never meet.
///
/// With `individual: true` each vehicle is scheduled by itself (paper 002, eq. 28-29): its own arrival, departure,
/// energy, limits and exclusion of charging and discharging at once. Nothing is summed then, so that every schedule can
/// be followed as it stands, and each battery can wear by the depth of its own steps (`depth_wear`).
///
/// `v2g_payment` is what a driver gets for each kWh that the vehicle gives, eq. 28.
///
/// How it may charge and discharge within its envelopes is ``FleetOperation``'s.
public struct EVFleet: VehicleFleet {
    public static let type = "ev_fleet"
    public static let meaning = "The vehicles of a station, as their Minkowski sum."
    public static let attributes: [Attribute] =
        FleetOperation.attributes + [
            Attribute("chargers", .count(1...1_000_000), .optional, "How many vehicles can be plugged in at once."),
            groupsAttribute,
            Attribute(
                "individual", .flag, .optional, "Whether each vehicle is scheduled by itself, not the sum of all."),
            Attribute(
                "v2g_payment", .quantity(.energyPrice, 0...1e6), .optional,
                "Paid to the driver for each kWh that a vehicle gives."),
            Attribute(
                "depth_wear", .quantity(.energyPrice, 0...1e6), .optional,
                "Cost of a kWh that an individual vehicle gives, besides, where a step gives the whole battery."),
            Attribute(
                "wear_exponent", .quantity(.ratio, 0...10), .optional,
                "How that cost falls with the share of the battery that a step gives: its power; 1.5 by default."),
            Attribute(
                "wear_pieces", .count(1...1000), .optional,
                "Straight pieces that stand for that curve; 8 by default."),
        ]

    /// Names of attributes that mean nothing where no vehicles are told apart.
    public static let keysOfVehicles = attributes.map(\.name).filter { name in
        !FleetOperation.attributes.contains { $0.name == name }
    }

    public let name: String
    public let vehicles: [Vehicle]
    /// Of all vehicles together.
    public let envelope: FleetEnvelope
    /// Vehicles that are scheduled as one.
    public let groups: [FleetOperation.Group]
    /// Whether each vehicle is scheduled by itself.
    public let isIndividual: Bool
    public var scheduledVehicles: [Vehicle] { isIndividual ? groups.compactMap(\.vehicle) : vehicles }
    public var isCyclic: Bool { false }
    public var chargeEfficiency: Double { operation.chargeEfficiency }
    public var dischargeEfficiency: Double { operation.dischargeEfficiency }
    public var v2g: Bool { operation.v2g }
    private let operation: FleetOperation
    private let depthWear: DepthWear?
    private let payment: Double

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
        isIndividual = values["individual"] == .flag(true)
        payment = values.optionalNumber("v2g_payment") ?? 0
        depthWear = try DepthWear(values)
        try Self.check(values, isIndividual: isIndividual, v2g: operation.v2g)
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
            of: vehicles, into: isIndividual ? vehicles.count : try values.count("groups"), named: name,
            envelope: envelope)
    }

    /// Keys that would do nothing.
    private static func check(_ values: AttributeValues, isIndividual: Bool, v2g: Bool) throws(InputProblem) {
        if isIndividual, values.written.contains("groups") {
            throw InputProblem(at: "groups", "has no effect, because each vehicle is scheduled by itself. Take it out.")
        }
        if !isIndividual, values["depth_wear"] != nil {
            throw InputProblem(
                at: "depth_wear",
                "is of single vehicles: a sum of them has no depth of its own. Set individual to true.")
        }
        if !v2g, let key = ["v2g_payment", "depth_wear"].first(where: { values[$0] != nil }) {
            throw InputProblem(
                at: key, "has no effect, because vehicles may not discharge. Set v2g to true, or take it out.")
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
        try operation.build(
            groups, of: envelope, named: name, depthWear: depthWear, payment: payment, in: party)
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
    ///   - isIndividual: whether each vehicle is scheduled by itself.
    ///   - v2gPayment: what drivers get, CNY per kWh discharged.
    ///   - depthWear: of individual vehicles, CNY per kWh discharged, besides, where a step gives the whole battery; it
    ///     falls with the `wearExponent`-th power of the share that a step gives, in `wearPieces` straight pieces.
    public init(
        _ name: String = "fleet", vehicles: [Vehicle], chargers: Int? = nil, groups: Int? = nil,
        siteLimit: Double? = nil,
        chargeEfficiency: Double? = nil, dischargeEfficiency: Double? = nil, mayDischarge: Bool? = nil,
        degradationCost: Double? = nil, isIndividual: Bool? = nil, v2gPayment: Double? = nil,
        depthWear: Double? = nil, wearExponent: Double? = nil, wearPieces: Int? = nil, time: TimeGrid
    ) throws(InputProblem) {
        let values = try AttributeValues(
            [
                "chargers": chargers.value, "groups": groups.value, "individual": isIndividual.value,
                "v2g_payment": v2gPayment.value, "depth_wear": depthWear.value, "wear_exponent": wearExponent.value,
                "wear_pieces": wearPieces.value,
            ].with(
                FleetOperation.arguments(
                    siteLimit, chargeEfficiency, dischargeEfficiency, mayDischarge: mayDischarge, degradationCost)),
            of: Self.attributes, time: time)
        try self.init(name: name, vehicles: vehicles, values: values, time: time)
    }
}
