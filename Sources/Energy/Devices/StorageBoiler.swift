import LinearModels

/// An electric boiler with a heat tank of its own (paper 003, eq. 7-9).
///
/// The boiler makes `H(t) = efficiency * P(t)` of electricity. Of that, `in(t)` goes into the tank, which takes no
/// other heat, and the rest straight to the party; the tank gives `out(t)`:
///
///     0 <= in(t) <= H(t),   heat to the party = H(t) - in(t) + out(t)
///     E(t) = k E(t - 1) + g (charge_efficiency * in(t) - out(t) / discharge_efficiency)   (see ``Storage``)
///
/// - full storage: `through_tank: 1`, all heat passes through the tank;
/// - half storage: a share of it, `in(t) = through_tank * H(t)`; without the key, whatever is best in each step;
/// - a window: `may_run` is 1 in the steps in which the boiler may run, such as those in which wind would be curtailed,
///   and 0 in the others, in which the tank alone gives heat.
///
/// The tank is charged and emptied at once where that is wanted, in two circuits, each up to `tank_power`.
public struct StorageBoiler: Component {
    public static let type = "storage_boiler"
    public static let meaning = "Heats with electricity, straight or through a heat tank of its own."
    private static let ofTank = [
        "charge_efficiency", "discharge_efficiency", "standing_loss", "initial_soc", "min_soc", "max_soc", "cyclic",
    ]
    public static let attributes: [Attribute] =
        [
            Attribute("capacity", .size(.power, 0...1e9), .required, "Greatest heat output of the boiler."),
            Attribute(
                "efficiency", .perCarrier(.ratio, 1e-6...10), .required, "Heat per electricity, as {heat: 0.95}."),
            Attribute("tank", .quantity(.energy, 0...1e9), .required, "Heat between an empty and a full tank."),
            Attribute(
                "tank_power", .quantity(.power, 0...1e9), .optional, "Greatest power into the tank, and out of it."),
            Attribute(
                "through_tank", .quantity(.ratio, 0...1), .optional,
                "Share of the boiler's heat that passes through the tank; whatever is best without it."),
            Attribute(
                "may_run", .series(.ratio, 0...1), .optional, "Whether the boiler may run, 1 or 0 for each step."),
        ] + Storage.attributes.filter { ofTank.contains($0.name) } + [Converter.omCost] + Commitment.attributes
        + Investment.ofPower

    public let name: String
    private let converter: Converter
    private let tank: Storage
    private let throughTank: Double?
    private let mayRun: [Double]?

    public init(name: String, values: AttributeValues, time: TimeGrid) throws(InputProblem) {
        self.name = name
        converter = try Converter.single(from: "electricity", name: name, values: values)
        throughTank = values.optionalNumber("through_tank")
        mayRun = values.optionalSeries("may_run")
        if let step = mayRun?.firstIndex(where: { $0 != 0 && $0 != 1 }) {
            throw InputProblem(
                at: "may_run",
                "is \(InputProblem.text(mayRun?[step] ?? 0)) at hour \(InputProblem.text(time.start(of: step))), but must be 1 or 0."
            )
        }
        if let step = mayRun?.firstIndex(of: 0), converter.commitment.minimumLoad > 0, !converter.commitment.mayStop {
            throw InputProblem(
                at: "may_run",
                "is 0 at hour \(InputProblem.text(time.start(of: step))), but the boiler never gives less than its min_load. Add "
                    + "commitment: true.")
        }
        let capacity = try values.number("tank")
        // No more goes in than the boiler makes, nor comes out in a step than was there and goes in: a limit that binds
        // nothing.
        let unlimited = capacity / time.hours + converter.capacity.largest
        var given: [String: AttributeValue] = [
            "carrier": .text(converter.outputs[0].carrier), "capacity": .number(capacity), "simultaneous": .flag(true),
            "power": .number(values.optionalNumber("tank_power") ?? unlimited),
        ]
        for key in Self.ofTank { given[key] = values[key] }
        tank = try Storage(
            name: name, values: AttributeValues(given, defaultsFrom: Storage.attributes), sharesPower: false)
    }

    public func build(in party: PartyBuilder) throws {
        let heat = try converter.operate(in: party, available: mayRun, isGiving: false).activity
        let (charge, discharge) = try tank.operate(in: party)
        for t in party.time.indices {
            if let throughTank {
                try party.add(
                    charge[t] - throughTank * heat[t] == 0, name, "through_tank", t,
                    meaning: .law("share of heat through the tank"))
            } else {
                try party.add(
                    charge[t] - heat[t] <= 0, name, "of_boiler", t, meaning: .law("heat of the boiler in the tank"))
            }
        }
        party.inject(zip(heat, charge).map { $0 - $1 }, into: tank.carrier, name, as: "output")
        for other in converter.outputs.dropFirst() {
            let share = other.amount / converter.outputs[0].amount
            party.inject(heat.map { share * $0 }, into: other.carrier, name, as: "output")
        }
        party.inject(discharge, into: tank.carrier, name, as: "discharge", kind: .discharge)
    }

    /// Of the tank: what goes into it is what the boiler makes of its electricity and does not give straight away.
    public func conservationGap(in party: SystemSolution.PartySolution, time: TimeGrid) -> Double {
        let flows = party.flows(of: name)
        guard let reported = party.state("energy", of: name),
            let electricity = flows.first(where: { $0.name == "input" })?.power,
            let straight = flows.first(where: { $0.name == "output" && $0.carrier == tank.carrier })?.power,
            let discharge = flows.first(where: { $0.kind == .discharge })?.power
        else { return .infinity }
        let charge = zip(electricity, straight).map { -$0 * converter.outputs[0].amount - $1 }
        return tank.gap(
            of: reported, charge: charge, discharge: discharge, capacity: tank.capacity.largest, time: time)
    }
}

extension StorageBoiler {
    /// - Parameters:
    ///   - capacity: greatest heat output of the boiler, kW.
    ///   - efficiency: heat per electricity, as `["heat": 0.95]`.
    ///   - tank: heat between an empty and a full tank, kWh.
    ///   - tankPower: greatest power into the tank, and out of it, kW.
    ///   - throughTank: share of the boiler's heat that passes through the tank; whatever is best without it.
    ///   - mayRun: 1 in the steps in which the boiler may run, else 0.
    ///   - chargeEfficiency, dischargeEfficiency: of the tank, shares, `0 ... 1`.
    ///   - standingLoss: share of the stored heat lost in an hour.
    ///   - initialStateOfCharge, minimumStateOfCharge, maximumStateOfCharge: shares of the tank.
    ///   - isCyclic: whether the end must hold what the start held.
    ///   - omCost: operation and maintenance, CNY/kWh of the boiler's heat.
    public init(
        _ name: String, capacity: Size, efficiency: KeyValuePairs<String, Double>, tank: Double,
        tankPower: Double? = nil, throughTank: Double? = nil, mayRun: Series? = nil, chargeEfficiency: Double? = nil,
        dischargeEfficiency: Double? = nil, standingLoss: Double? = nil, initialStateOfCharge: Double? = nil,
        minimumStateOfCharge: Double? = nil, maximumStateOfCharge: Double? = nil, isCyclic: Bool? = nil,
        omCost: Double? = nil, commitment: Commitment? = nil, investment: Investment? = nil, time: TimeGrid
    ) throws(InputProblem) {
        try self.init(
            name,
            [
                "capacity": capacity.value, "efficiency": efficiency.value, "tank": .number(tank),
                "tank_power": tankPower.value, "through_tank": throughTank.value, "may_run": mayRun.value(time),
                "charge_efficiency": chargeEfficiency.value, "discharge_efficiency": dischargeEfficiency.value,
                "standing_loss": standingLoss.value, "initial_soc": initialStateOfCharge.value,
                "min_soc": minimumStateOfCharge.value, "max_soc": maximumStateOfCharge.value, "cyclic": isCyclic.value,
                "om_cost": omCost.value,
            ], commitment.arguments.with(investment.arguments), time: time)
    }
}
