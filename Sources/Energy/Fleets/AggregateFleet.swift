import LinearModels

/// The vehicles of a station known only as a whole: by how fast they can charge and discharge together, and by the
/// energy that must and may have been charged by the end of each step.
///
/// Where measurements or another program give a fleet's flexibility, they often give no more than this. Energies are
/// net of discharging and count from the start of the horizon, so they may be negative:
///
///     E(t) = E(t - 1) + (eta_c * c(t) - d(t) / eta_d) * dt,   E before the first step = 0
///     0 <= c(t) <= max_charge(t),   0 <= d(t) <= max_discharge(t),   min_energy(t) <= E(t) <= max_energy(t)
///
/// No vehicle is known, so whether single vehicles can follow cannot be told. See ``FleetOperation`` for the rest.
public struct AggregateFleet: Component {
    public static let type = "aggregate_fleet"
    public static let meaning = "The vehicles of a station, known only as a whole."
    public static let attributes: [Attribute] = FleetOperation.attributes + envelopeAttributes
    /// What says how flexible the fleet is.
    public static let envelopeAttributes: [Attribute] = [
        Attribute("max_charge", .series(.power, 0...1e9), .required, "Greatest charging power of all together."),
        Attribute("max_discharge", .series(.power, 0...1e9), .required, "Greatest discharging power of all together."),
        Attribute(
            "min_energy", .series(.energy, -1e9...1e9), .required,
            "Least energy charged from the start to the end of each step, net of discharging."),
        Attribute(
            "max_energy", .series(.energy, -1e9...1e9), .required,
            "Greatest energy charged from the start to the end of each step, net of discharging."),
    ]

    public let name: String
    public let envelope: FleetEnvelope
    private let operation: FleetOperation

    public init(name: String, values: AttributeValues, time: TimeGrid) throws(InputProblem) {
        self.name = name
        operation = try FleetOperation(values)
        let discharge = try values.series("max_discharge")
        envelope = FleetEnvelope(
            maximumCharge: try values.series("max_charge"),
            maximumDischarge: operation.v2g ? discharge : discharge.map { _ in 0 },
            minimumEnergy: try values.series("min_energy"), maximumEnergy: try values.series("max_energy"))
        try checkPath(time)
    }

    /// Some path must lead through the corridor of energies at the powers given.
    private func checkPath(_ time: TimeGrid) throws(InputProblem) {
        var (low, high) = (0.0, 0.0)
        for t in time.indices {
            let (least, most) = (envelope.minimumEnergy[t], envelope.maximumEnergy[t])
            func refuse(_ attribute: String, _ fact: String) -> InputProblem {
                InputProblem(at: attribute, "by hour \(InputProblem.text(time.start(of: t + 1))), \(fact)")
            }
            guard least <= most else {
                let (must, may) = InputProblem.texts(least, most)
                throw refuse(
                    "min_energy",
                    "at least \(must) kWh must and at most \(may) kWh may have been charged. "
                        + "Keep it below max_energy.")
            }
            let charge = min(envelope.maximumCharge[t], operation.siteLimit)
            let discharge = min(envelope.maximumDischarge[t], operation.siteLimit)
            low -= discharge / operation.dischargeEfficiency * time.hours
            high += operation.chargeEfficiency * charge * time.hours
            guard least <= high + Self.tolerance else {
                let (must, can) = InputProblem.texts(least, high)
                throw refuse(
                    "min_energy",
                    "\(must) kWh must have been charged, but at most \(can) kWh can have been. "
                        + "Lower it, or raise max_charge.")
            }
            guard most >= low - Self.tolerance else {
                let (may, will) = InputProblem.texts(most, low)
                throw refuse(
                    "max_energy",
                    "at most \(may) kWh may have been charged, but at least \(will) kWh will have been. "
                        + "Raise it, or raise max_discharge.")
            }
            (low, high) = (max(low, least), min(high, most))
        }
    }

    /// kWh by which a path may miss the corridor, for sums of rounded numbers.
    private static let tolerance = 1e-9

    private var groups: [FleetOperation.Group] { [FleetOperation.Group(name: name, envelope: envelope, vehicle: nil)] }

    public func build(in party: PartyBuilder) throws {
        try operation.build(groups, of: envelope, named: name, in: party)
    }

    public func conservationGap(in party: SystemSolution.PartySolution, time: TimeGrid) -> Double {
        operation.conservationGap(groups, in: party, time: time)
    }
}

extension AggregateFleet {
    /// - Parameters:
    ///   - maximumCharge, maximumDischarge: of all vehicles together, kW.
    ///   - minimumEnergy, maximumEnergy: charged from the start to the end of each step, net of discharging, kWh.
    ///   - siteLimit: greatest charging or discharging power of the station, kW.
    ///   - chargeEfficiency, dischargeEfficiency: shares, `0 ... 1`.
    ///   - mayDischarge: whether vehicles may discharge (V2G).
    ///   - degradationCost: battery wear, CNY per kWh discharged.
    public init(
        _ name: String = "fleet", maximumCharge: Series, maximumDischarge: Series, minimumEnergy: [Double],
        maximumEnergy: [Double], siteLimit: Double? = nil,
        chargeEfficiency: Double? = nil, dischargeEfficiency: Double? = nil, mayDischarge: Bool? = nil,
        degradationCost: Double? = nil, time: TimeGrid
    ) throws(InputProblem) {
        try self.init(
            name,
            [
                "max_charge": maximumCharge.value(time), "max_discharge": maximumDischarge.value(time),
                "min_energy": .series(minimumEnergy), "max_energy": .series(maximumEnergy),
            ],
            FleetOperation.arguments(
                siteLimit, chargeEfficiency, dischargeEfficiency, mayDischarge: mayDischarge, degradationCost),
            time: time)
    }
}
