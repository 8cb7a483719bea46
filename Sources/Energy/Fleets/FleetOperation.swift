import LinearModels

/// How the vehicles of a station may charge and discharge, within the envelopes of one or more groups of them.
///
/// Charging takes electricity from the station's balance, discharging gives it back and costs `degradation_cost` a kWh.
/// A binary a step forbids both at once (paper 001, eq. 1, whose discharge term divides the *discharged* power).
public struct FleetOperation: Sendable {
    public static let attributes: [Attribute] = [
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
            "degradation_cost", .quantity(.energyPrice, 0...1e6), .standard(.number(0)),
            "Battery wear per kWh discharged."),
    ]

    /// Vehicles that are scheduled as one.
    public struct Group: Sendable, Equatable {
        /// Component under which its flows and stored energy are reported.
        public let name: String
        public let envelope: FleetEnvelope
        /// The vehicle that is alone in it; nil for a sum of vehicles.
        public let vehicle: Vehicle?
    }

    let chargeEfficiency: Double
    let dischargeEfficiency: Double
    let v2g: Bool
    let siteLimit: Double
    private let degradationCost: Double

    /// Of the ledger's costs.
    public static let paymentItem = "V2G payment"

    /// What typed initialisers of fleets give for these attributes.
    static func arguments(
        _ siteLimit: Double?, _ chargeEfficiency: Double?, _ dischargeEfficiency: Double?, mayDischarge: Bool?,
        _ degradationCost: Double?
    ) -> Arguments {
        [
            "site_limit": siteLimit.value, "charge_efficiency": chargeEfficiency.value,
            "discharge_efficiency": dischargeEfficiency.value, "v2g": mayDischarge.value,
            "degradation_cost": degradationCost.value,
        ]
    }

    init(_ values: AttributeValues) throws(InputProblem) {
        chargeEfficiency = try values.number("charge_efficiency")
        dischargeEfficiency = try values.number("discharge_efficiency")
        v2g = try values.flag("v2g")
        siteLimit = values.optionalNumber("site_limit") ?? .infinity
        degradationCost = try values.number("degradation_cost")
    }

    /// - Parameters:
    ///   - total: envelope of all groups together.
    ///   - name: component under which the station's own rows stand.
    ///   - isCyclic: whether the horizon begins with the energy that it ends with, else with none.
    ///   - depthWear: wear of vehicles that are alone in their groups, beside that by the kWh.
    ///   - payment: CNY that drivers get for a kWh given.
    func build(
        _ groups: [Group], of total: FleetEnvelope, named name: String, isCyclic: Bool = false,
        depthWear: DepthWear? = nil, payment: Double = 0, in party: PartyBuilder
    ) throws {
        let time = party.time
        var wear = LinearExpression()
        var taken = [LinearExpression](repeating: LinearExpression(), count: time.steps)
        var given = taken
        for group in groups {
            let (charge, discharge) = try build(group, isCyclic: isCyclic, in: party)
            for t in time.indices {
                taken[t] += charge[t]
                given[t] += discharge[t]
            }
            wear += (degradationCost * time.hours) * sum(discharge)
            if let depthWear { wear += try self.wear(depthWear, of: discharge, group, in: party) }
        }
        if siteLimit.isFinite {
            for t in time.indices where total.maximumCharge[t] > siteLimit || total.maximumDischarge[t] > siteLimit {
                try party.add(taken[t] <= siteLimit, name, "site_charge", t, meaning: .limit("site limit"))
                try party.add(given[t] <= siteLimit, name, "site_discharge", t, meaning: .limit("site limit"))
            }
        }
        if degradationCost > 0 || depthWear != nil { party.cost(wear, item: "wear") }
        if payment > 0 { party.cost((payment * time.hours) * sum(given), item: Self.paymentItem) }
    }

    /// What deep discharges of a vehicle cost over the horizon, in CNY.
    private func wear(
        _ depthWear: DepthWear, of discharge: [Variable], _ group: Group, in party: PartyBuilder
    ) throws -> LinearExpression {
        guard let vehicle = group.vehicle else { return LinearExpression() }
        let hours = party.time.hours
        let content = (vehicle.maximumEnergy - vehicle.minimumEnergy) * dischargeEfficiency
        var wear = LinearExpression()
        for (t, power) in discharge.enumerated() where group.envelope.maximumDischarge[t] > 0 {
            let most = min(content, group.envelope.maximumDischarge[t] * hours)
            guard most > 0 else { continue }
            let curve = try depthWear.curve(upTo: most / vehicle.battery)
            wear += try party.piecewiseLinear(
                PiecewiseLinear(x: curve.x.map { $0 * vehicle.battery }, y: curve.y.map { $0 * vehicle.battery }),
                of: hours * power, use: .minimised, group.name, "wear\(t)", meaning: .law("wear", in: .energy))
        }
        return wear
    }

    /// One group's powers, stored energy, balance and exclusion.
    private func build(
        _ group: Group, isCyclic: Bool, in party: PartyBuilder
    ) throws -> (charge: [Variable], discharge: [Variable]) {
        let time = party.time
        let envelope = group.envelope
        let charge = try party.variables(group.name, "charge", upTo: envelope.maximumCharge)
        let discharge = try party.variables(group.name, "discharge", upTo: envelope.maximumDischarge)
        let energy = try time.indices.map {
            try party.variable(
                group.name, "energy", $0, in: envelope.minimumEnergy[$0]...envelope.maximumEnergy[$0],
                meaning: .energyLimit)
        }
        for t in time.indices {
            let last = (t == 0 ? energy.last : energy[t - 1]).map(\.linearExpression)
            let before = t == 0 && !isCyclic ? LinearExpression(0) : last ?? LinearExpression(0)
            let change = (chargeEfficiency * time.hours) * charge[t] - (time.hours / dischargeEfficiency) * discharge[t]
            let (arriving, leaving) = (envelope.arriving[t], envelope.leavingRange(at: t))
            let moved: LinearExpression = energy[t] - before - change
            try party.add(
                leaving.lowerBound == leaving.upperBound
                    ? moved == arriving - leaving.lowerBound
                    : range(arriving - leaving.upperBound, moved, arriving - leaving.lowerBound), group.name, "balance",
                t, meaning: .storedEnergy)
            // What the site lets through is enough before the binary.
            let mostCharged = min(envelope.maximumCharge[t], siteLimit)
            let mostDischarged = min(envelope.maximumDischarge[t], siteLimit)
            guard mostCharged > 0, mostDischarged > 0 else { continue }
            let charges = try party.variable(group.name, "charges", t, kind: .binary)
            try party.add(
                charge[t] <= mostCharged * charges, group.name, "charge_only", t, meaning: .exclusion("charge"))
            try party.add(
                discharge[t] + mostDischarged * charges <= mostDischarged, group.name, "discharge_only", t,
                meaning: .exclusion("discharge"))
        }
        party.withdraw(
            charge.map(\.linearExpression), from: "electricity", group.name, as: "charge", kind: .charge)
        party.inject(
            discharge.map(\.linearExpression), into: "electricity", group.name, as: "discharge", kind: .discharge)
        party.state(energy.map(\.linearExpression), group.name, as: "energy", unit: "kWh")
        return (charge, discharge)
    }

    /// See ``Component/conservationGap(in:time:)``.
    func conservationGap(
        _ groups: [Group], isCyclic: Bool = false, in party: SystemSolution.PartySolution, time: TimeGrid
    ) -> Double {
        groups.map { group in
            let flows = party.flows(of: group.name)
            guard let reported = party.state("energy", of: group.name),
                let charge = flows.first(where: { $0.kind == .charge })?.power,
                let discharge = flows.first(where: { $0.kind == .discharge })?.power
            else { return .infinity }
            var before = isCyclic ? reported.last ?? 0 : 0
            var gap = 0.0
            for t in time.indices {
                // Flows are signed as the station's balance sees them: charging takes, discharging gives.
                let moved = (-charge[t] * chargeEfficiency - discharge[t] / dischargeEfficiency) * time.hours
                let left = before + moved + group.envelope.arriving[t] - reported[t]
                let leaving = group.envelope.leavingRange(at: t)
                gap = max(gap, leaving.lowerBound - left, left - leaving.upperBound)
                before = reported[t]
            }
            return gap
        }.max() ?? 0
    }
}
