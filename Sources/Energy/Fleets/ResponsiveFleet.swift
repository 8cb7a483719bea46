import LinearModels

/// Private vehicles that charge at a plant, some of which answer when the plant asks (paper 004, section 2.1 and eq.
/// 19, 29-33).
///
/// The horizon repeats itself, and a stay that lasts beyond its end goes on at its beginning. Of each vehicle a share
/// is scheduled by the plant, a share follows the time-of-use tariff, and the rest charges on arrival: not one
/// vehicle's mood, but the mean over many of its kind, so that results move smoothly with the shares.
///
/// - The scheduled charge and discharge within their Minkowski sum (``FleetEnvelope``, ``FleetOperation``) and leave
///   with what the driver wants; who comes with more may keep it. The plant pays `charge_subsidy` for each kWh charged
///   and `discharge_subsidy` for each kWh discharged.
/// - Those who follow the tariff charge in the cheapest hours of their stay, and do not discharge. They pay the tariff
///   in place of the flat price, and what they save is what their response costs the plant.
/// - The rest charges at full power from arrival on, at the flat price.
///
/// All pay the flat price for what their trips took: income of the plant, and the same however they respond. What is
/// discharged and charged again is neither paid for nor compensated: the compensation of eq. 3-4 is the price of that
/// energy, and cancels with it.
public struct ResponsiveFleet: VehicleFleet {
    public static let type = "responsive_fleet"
    public static let meaning = "Private vehicles, some of which a plant schedules."
    /// Who answers.
    public enum Response: String, Sendable, CaseIterable {
        /// Nobody: all charge on arrival.
        case none
        /// Some follow the tariff.
        case price
        /// Some follow the subsidies, and of the others some the tariff.
        case joint
    }
    public static let attributes: [Attribute] =
        FleetOperation.attributes + [
            Attribute(
                "response", .choice(Response.allCases.map(\.rawValue)), .standard(.text("none")),
                "What drivers answer to: nothing, the tariff, or subsidies and tariff."),
            Attribute(
                "charge_subsidy", .quantity(.energyPrice, 0...1e6), .standard(.number(0)),
                "Paid for a kWh that a scheduled vehicle charges."),
            Attribute(
                "discharge_subsidy", .quantity(.energyPrice, 0...1e6), .standard(.number(0)),
                "Paid for a kWh that a scheduled vehicle discharges."),
            Attribute(
                "flat_price", .quantity(.energyPrice, 0...1e6), .required,
                "What drivers pay for a kWh, whenever they charge."),
            Attribute(
                "tariff", .series(.energyPrice, 0...1e6), .required,
                "What drivers pay who follow the price of each hour."),
            groupsAttribute,
        ]
    /// Of the ledger's costs.
    public static let (responseItem, incomeItem) = ("demand response", "charging income")

    public let name: String
    /// Shares of the vehicles, 0 ... 1.
    public let scheduled: Double
    public let following: Double
    /// CNY/kWh that a vehicle following the tariff saves in the mean.
    public let saving: Double
    private let operation: FleetOperation
    /// Of what the plant schedules.
    public let envelope: FleetEnvelope
    public let groups: [FleetOperation.Group]
    /// The scheduled share of each vehicle.
    public let scheduledVehicles: [Vehicle]
    public var isCyclic: Bool { true }
    public var chargeEfficiency: Double { operation.chargeEfficiency }
    public var dischargeEfficiency: Double { operation.dischargeEfficiency }
    public var v2g: Bool { operation.v2g }
    private let onArrival: [Double]
    private let byTariff: [Double]
    /// CNY over the horizon, if all vehicles followed the tariff.
    private let discount: Double
    /// CNY over the horizon.
    private let income: Double
    /// kWh that all vehicles charge for their trips over the horizon.
    private let energy: Double
    private let chargeSubsidy: Double
    private let dischargeSubsidy: Double

    public init(name: String, values: AttributeValues, time: TimeGrid) throws(InputProblem) {
        try self.init(name: name, vehicles: [], values: values, time: time) { _, _ in 0 }
    }

    /// - Parameters:
    ///   - vehicles: stays that arrive within the horizon and last no longer than it.
    ///   - share: of the drivers, 0 ... 1, who answer to what a kWh charged and a kWh discharged brings them, in
    ///     CNY/kWh.
    public init(
        name: String, vehicles: [Vehicle], values: AttributeValues, time: TimeGrid,
        share: (_ charging: Double, _ discharging: Double) -> Double
    ) throws(InputProblem) {
        self.name = name
        let operation = try FleetOperation(values)
        self.operation = operation
        chargeSubsidy = try values.number("charge_subsidy")
        dischargeSubsidy = try values.number("discharge_subsidy")
        for vehicle in vehicles {
            let problems = vehicle.problems(
                horizon: 2 * Double(time.steps) * time.hours, chargeEfficiency: operation.chargeEfficiency)
            if let problem = problems.first { throw problem }
        }
        let (flat, tariff) = (try values.number("flat_price"), try values.series("tariff"))
        func charging(at prices: [Double]) -> [Double] {
            vehicles.reduce([Double](repeating: 0, count: time.steps)) { sum, vehicle in
                let own = vehicle.charging(
                    at: prices + prices, time: time.twice, efficiency: operation.chargeEfficiency)
                return zip(sum, time.folded(own)).map { $0 + $1 }
            }
        }
        onArrival = charging(at: tariff.map { _ in flat })
        byTariff = charging(at: tariff)
        energy = byTariff.reduce(0, +) * time.hours
        income = flat * energy
        discount = zip(tariff, byTariff).reduce(0) { $0 + (flat - $1.0) * $1.1 * time.hours }
        saving = energy > 0 ? discount / energy : 0
        let response = Response(rawValue: try values.text("response")) ?? .none
        scheduled = response == .joint ? share(chargeSubsidy, dischargeSubsidy) : 0
        // Whoever answers to subsidies and to the tariff is scheduled: drivers answer in the order of their
        // willingness.
        following = response == .none ? 0 : max(0, share(saving, 0) - scheduled)
        let scheduled = scheduled
        scheduledVehicles = scheduled > 0 ? vehicles.map { $0.part(scheduled) } : []
        func envelope(_ vehicles: [Vehicle]) -> FleetEnvelope {
            FleetEnvelope(
                repeating: vehicles, time: time, chargeEfficiency: operation.chargeEfficiency,
                dischargeEfficiency: operation.dischargeEfficiency, v2g: operation.v2g)
        }
        self.envelope = envelope(scheduledVehicles)
        groups = FleetOperation.groups(
            of: scheduledVehicles, into: try values.count("groups"), named: name, envelope: envelope)
    }

    public func build(in party: PartyBuilder) throws {
        let time = party.time
        let others = time.indices.map { following * byTariff[$0] + (1 - scheduled - following) * onArrival[$0] }
        party.withdraw(others.map { LinearExpression($0) }, from: "electricity", name, as: "unscheduled")
        var response = LinearExpression(following * discount + scheduled * chargeSubsidy * energy)
        if scheduled > 0 {
            try operation.build(groups, of: envelope, named: name, isCyclic: true, in: party)
            let names = Set(groups.map(\.name))
            for flow in party.ledger.flows where names.contains(flow.component) && flow.kind == .discharge {
                response += (dischargeSubsidy * time.hours) * sum(flow.power)
            }
        }
        party.cost(response, item: Self.responseItem)
        party.cost(LinearExpression(-income), item: Self.incomeItem)
    }

    public func conservationGap(in party: SystemSolution.PartySolution, time: TimeGrid) -> Double {
        scheduled > 0 ? operation.conservationGap(groups, isCyclic: true, in: party, time: time) : 0
    }
}

extension ResponsiveFleet {
    /// - Parameters:
    ///   - vehicles: stays that arrive within the horizon and last no longer than it.
    ///   - flatPrice: what drivers pay whenever they charge, CNY/kWh.
    ///   - tariff: what drivers pay who follow the price of each step, CNY/kWh.
    ///   - response: what drivers answer to; nothing without it.
    ///   - chargeSubsidy, dischargeSubsidy: CNY per kWh that a scheduled vehicle charges or discharges.
    ///   - groups: of vehicles that are scheduled as one.
    ///   - siteLimit: greatest charging or discharging power of the station, kW.
    ///   - chargeEfficiency, dischargeEfficiency: shares, `0 ... 1`.
    ///   - mayDischarge: whether vehicles may discharge (V2G).
    ///   - degradationCost: battery wear, CNY per kWh discharged.
    ///   - share: of the drivers, 0 ... 1, who answer to what a kWh charged and a kWh discharged brings them, in
    ///     CNY/kWh.
    public init(
        _ name: String, vehicles: [Vehicle], flatPrice: Double, tariff: Series, response: Response? = nil,
        chargeSubsidy: Double? = nil, dischargeSubsidy: Double? = nil, groups: Int? = nil,
        siteLimit: Double? = nil,
        chargeEfficiency: Double? = nil, dischargeEfficiency: Double? = nil, mayDischarge: Bool? = nil,
        degradationCost: Double? = nil, time: TimeGrid,
        share: (_ charging: Double, _ discharging: Double) -> Double
    ) throws(InputProblem) {
        let values = try AttributeValues(
            [
                "flat_price": .number(flatPrice), "tariff": tariff.value(time),
                "response": response.map { .text($0.rawValue) }, "charge_subsidy": chargeSubsidy.value,
                "discharge_subsidy": dischargeSubsidy.value, "groups": groups.value,
            ].with(
                FleetOperation.arguments(
                    siteLimit, chargeEfficiency, dischargeEfficiency, mayDischarge: mayDischarge, degradationCost)),
            of: Self.attributes, time: time)
        try self.init(name: name, vehicles: vehicles, values: values, time: time, share: share)
    }
}
