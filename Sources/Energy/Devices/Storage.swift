import Foundation
import LinearModels

/// Stores a carrier between steps: a battery, a heat store, a cold store, a gas tank.
///
/// With charging power `c`, discharging power `d` and stored energy `E(t)` at the end of step t:
///
///     E(t) = k * E(t - 1) + g * (charge_efficiency * c(t) - d(t) / discharge_efficiency)
///     k = (1 - standing_loss)^dt,   g = (1 - k) / -ln(1 - standing_loss)   (g = dt without loss)
///     min_soc * capacity <= E(t) <= max_soc * capacity
///     c(t) <= power * u(t),   d(t) <= power * (1 - u(t)),   u(t) binary
///
/// Before the binary a power stands that is no greater than what fits into the store, or comes out of it, within a
/// step.
///
/// A store of two circuits, such as a tank of water, can be charged and discharged at once (`simultaneous`), and needs
/// no binary:
///
///     c(t) + d(t) <= power
///
/// The power is given, or follows the capacity: `power = capacity / duration`, so that a full store empties in
/// `duration` at full power and without losses. The capacity may be decided; the greatest power then stands before the
/// binary, and `c(t), d(t) <= power` is a bound.
///
/// A battery may wear more by deep discharges than by shallow ones: a kWh costs `depth_wear` times the depth of the
/// step, the energy given in it over the capacity, to the power `wear_exponent`, in `wear_pieces` straight pieces (see
/// `DepthWear`). The depth is that of a step, so that shorter steps wear less.
///
/// `k` and `g` integrate the standing loss exactly for constant powers, so that shorter steps give the same store.
public struct Storage: Component {
    public static let type = "storage"
    public static let meaning = "Stores a carrier between steps."
    private static let efficiency = 1e-3...1.0
    public static let attributes: [Attribute] =
        [
            Attribute("carrier", .carrier, .standard(.text("electricity")), "What is stored."),
            Attribute("capacity", .size(.energy, 0...1e9), .required, "Energy between empty and full."),
            Attribute("power", .quantity(.power, 0...1e9), .optional, "Greatest charging and discharging power."),
            Attribute(
                "duration", .quantity(.duration, 1e-3...1e6), .optional,
                "Hours in which full power empties the whole capacity, in place of power."),
            Attribute(
                "charge_efficiency", .quantity(.ratio, efficiency), .standard(.number(0.95)),
                "Stored per energy charged."),
            Attribute(
                "discharge_efficiency", .quantity(.ratio, efficiency), .standard(.number(0.95)),
                "Delivered per energy taken out."),
            Attribute(
                "standing_loss", .quantity(.rate, 0...0.999), .standard(.number(0)),
                "Share of the stored energy lost in an hour."),
            Attribute(
                "initial_soc", .quantity(.ratio, 0...1), .standard(.number(0.5)),
                "Share of the capacity stored at the start."),
            Attribute("min_soc", .quantity(.ratio, 0...1), .standard(.number(0)), "Least share of the capacity."),
            Attribute("max_soc", .quantity(.ratio, 0...1), .standard(.number(1)), "Greatest share of the capacity."),
            Attribute("cyclic", .flag, .standard(.flag(true)), "Whether the end must hold what the start held."),
            Attribute(
                "simultaneous", .flag, .standard(.flag(false)),
                "Whether it charges and discharges at once, as a tank of water can."),
            Attribute(
                "wear_cost", .quantity(.energyPrice, 0...1e6), .standard(.number(0)), "Cost of a kWh discharged."),
            Attribute(
                "depth_wear", .quantity(.energyPrice, 0...1e6), .standard(.number(0)),
                "Cost of a kWh discharged, besides, where a step gives the whole capacity."),
            Attribute(
                "wear_exponent", .quantity(.ratio, 0...10), .standard(.number(DepthWear.standardExponent)),
                "How that cost falls with the share of the capacity that a step gives: its power."),
            Attribute(
                "wear_pieces", .count(1...1000), .standard(.count(DepthWear.standardPieces)),
                "Straight pieces that stand for that curve."),
        ] + Investment.ofEnergy

    /// Greatest charging and discharging power.
    enum Power: Sendable, Equatable {
        /// kW.
        case fixed(Double)
        /// The capacity over so many hours.
        case duration(Double)
    }

    public let name: String
    let carrier: String
    let capacity: Size
    let power: Power
    let chargeEfficiency: Double
    let dischargeEfficiency: Double
    let standingLoss: Double
    let initialShare: Double
    let minimumShare: Double
    let maximumShare: Double
    let isCyclic: Bool
    let isSimultaneous: Bool
    let wearCost: Double
    let depthWear: DepthWear?
    /// Whether charging and discharging at once share the power; else each has it.
    let sharesPower: Bool
    let investment: Investment?

    public init(name: String, values: AttributeValues, time: TimeGrid) throws(InputProblem) {
        try self.init(name: name, values: values, sharesPower: true)
    }

    init(name: String, values: AttributeValues, sharesPower: Bool) throws(InputProblem) {
        self.name = name
        self.sharesPower = sharesPower
        carrier = try values.text("carrier")
        capacity = try values.size("capacity")
        switch (values.optionalNumber("power"), values.optionalNumber("duration")) {
        case (let number?, nil): power = .fixed(number)
        case (nil, let hours?): power = .duration(hours)
        case (nil, nil): throw InputProblem(at: "power", "is missing, and so is duration. Give one of them.")
        case (_?, _?): throw InputProblem(at: "duration", "and power are both given. Keep one of them.")
        }
        chargeEfficiency = try values.number("charge_efficiency")
        dischargeEfficiency = try values.number("discharge_efficiency")
        standingLoss = try values.number("standing_loss")
        initialShare = try values.number("initial_soc")
        minimumShare = try values.number("min_soc")
        maximumShare = try values.number("max_soc")
        isCyclic = try values.flag("cyclic")
        isSimultaneous = try values.flag("simultaneous")
        wearCost = try values.number("wear_cost")
        depthWear = try DepthWear(values)
        investment = try Investment.read(values)
        if depthWear != nil, isSimultaneous {
            throw InputProblem(
                at: "depth_wear",
                "is of a battery, and simultaneous of a tank, which gives more than it holds. Take one of them out.")
        }
        guard minimumShare <= maximumShare else {
            throw InputProblem(
                at: "min_soc", "\(minimumShare) is above max_soc \(maximumShare). Lower the one or raise the other.")
        }
        guard initialShare >= minimumShare, initialShare <= maximumShare else {
            throw InputProblem(
                at: "initial_soc",
                "\(initialShare) is outside min_soc ... max_soc, \(minimumShare) ... \(maximumShare).")
        }
    }

    private func coefficients(_ time: TimeGrid) -> (kept: Double, gained: Double) {
        guard standingLoss > 0 else { return (1, time.hours) }
        let kept = pow(1 - standingLoss, time.hours)
        return (kept, (1 - kept) / -log(1 - standingLoss))
    }

    public func build(in party: PartyBuilder) throws {
        let (charge, discharge) = try operate(in: party)
        party.withdraw(charge, from: carrier, name, as: "charge", kind: .charge)
        party.inject(discharge, into: carrier, name, as: "discharge", kind: .discharge)
        let wear = try depthWear.flatMap { try self.wear($0, of: discharge, in: party) }
        if wearCost > 0 || wear != nil {
            party.cost((wearCost * party.time.hours) * sum(discharge) + (wear ?? .init()), item: "wear")
        }
    }

    /// What deep discharges cost over the horizon, in CNY.
    private func wear(
        _ depthWear: DepthWear, of discharge: [LinearExpression], in party: PartyBuilder
    ) throws -> LinearExpression? {
        let hours = party.time.hours
        let (kept, gained) = coefficients(party.time)
        // What can be given in a step, of the capacity: by the store, and by the power.
        let content = max(0, kept * maximumShare - minimumShare) * dischargeEfficiency * hours / gained
        let most =
            switch power {
            case .duration(let duration): min(content, hours / duration)
            case .fixed(let power): min(content, capacity.number.map { power * hours / max($0, 1e-9) } ?? content)
            }
        guard most > 0, capacity.largest > 0 else { return nil }
        let size = (1 / hours) * (try party.size(capacity, name, "capacity", .energy))
        let curve = try depthWear.curve(upTo: most)
        let parts = try ScaledPieces(widths: zip(curve.x, curve.x.dropFirst()).map { $1 - $0 }).add(
            of: discharge, size: size, largest: capacity.largest / hours, isOrdered: false, name, "wear", in: party)
        return sum(parts.map { sum(zip(curve.slopes, $0).map { (hours * $0) * $1 }) })
    }

    /// Adds what is charged, discharged and stored to the model, but to no balance.
    ///
    /// - Returns: kW charged and discharged, one value per step.
    func operate(in party: PartyBuilder) throws -> (charge: [LinearExpression], discharge: [LinearExpression]) {
        let time = party.time
        let (kept, gained) = coefficients(time)
        let largest =
            switch power {
            case .fixed(let number): number
            case .duration(let hours): capacity.largest / hours
            }
        let capacity = try party.size(capacity, name, "capacity", .energy)
        party.buy(capacity, name, .energy, for: investment)
        let power =
            switch power {
            case .fixed(let number): ParameterExpression(number)
            case .duration(let hours): (1 / hours) * capacity
            }
        // What fits into the store within a step, or comes out of it: a greater power before the binary only costs
        // digits.
        let most = self.capacity.largest / gained
        let largestCharge = min(largest, most * (maximumShare - kept * minimumShare) / chargeEfficiency)
        let largestDischarge = min(
            largest, most * max(0, kept * maximumShare - minimumShare) * dischargeEfficiency)
        let initial = LinearExpression(initialShare * capacity)
        if !isSimultaneous { party.bound(name, takes: largestCharge, gives: largestDischarge) }
        let charge = try party.variables(name, "charge", upTo: power)
        let discharge = try party.variables(name, "discharge", upTo: power)
        let energy = try party.variables(
            name, "energy", from: time.indices.map { _ in minimumShare * capacity },
            upTo: time.indices.map { _ in maximumShare * capacity }, meaning: .energyLimit)
        let charges = isSimultaneous ? [] : try party.variables(name, "charges", kind: .binary)
        for t in time.indices {
            let before = t == 0 ? initial : energy[t - 1].linearExpression
            let change = chargeEfficiency * charge[t] - discharge[t] / dischargeEfficiency
            try party.add(
                energy[t] - kept * before - gained * change == 0, name, "balance", t,
                meaning: .storedEnergy)
            if isSimultaneous, !sharesPower { continue }
            if isSimultaneous {
                try party.add(
                    charge[t] + discharge[t] <= LinearExpression(power), name, "power", t,
                    meaning: .limit("power limit"))
                continue
            }
            try party.add(
                charge[t] <= largestCharge * charges[t], name, "charge_only", t, meaning: .exclusion("charge"))
            try party.add(
                discharge[t] + largestDischarge * charges[t] <= largestDischarge, name, "discharge_only", t,
                meaning: .exclusion("discharge"))
        }
        if isCyclic, let last = energy.last {
            try party.add(last == initial, name, "cyclic", meaning: .limit("energy at the end", in: .energy))
        }
        party.state(energy.map(\.linearExpression), name, as: "energy", unit: "kWh")
        return (charge.map(\.linearExpression), discharge.map(\.linearExpression))
    }

    public func conservationGap(in party: SystemSolution.PartySolution, time: TimeGrid) -> Double {
        let flows = party.flows(of: name)
        guard let reported = party.state("energy", of: name),
            let charge = flows.first(where: { $0.kind == .charge })?.power,
            let discharge = flows.first(where: { $0.kind == .discharge })?.power,
            let capacity = capacity.number ?? party.size("capacity", of: name)
        else { return .infinity }
        // Flows are signed as the party's balance sees them: charging takes, discharging gives.
        return gap(of: reported, charge: charge.map { -$0 }, discharge: discharge, capacity: capacity, time: time)
    }

    /// How far stored energies are from what follows from powers, both one value per step, at the most, in kWh.
    func gap(
        of reported: [Double], charge: [Double], discharge: [Double], capacity: Double, time: TimeGrid
    ) -> Double {
        let (kept, gained) = coefficients(time)
        var energy = initialShare * capacity
        var gap = 0.0
        for t in time.indices {
            energy = kept * energy + gained * (charge[t] * chargeEfficiency - discharge[t] / dischargeEfficiency)
            gap = max(gap, abs(energy - reported[t]))
        }
        return gap
    }
}

extension Storage {
    /// - Parameters:
    ///   - capacity: energy between empty and full, kWh.
    ///   - carrier: what is stored; `electricity` without one.
    ///   - power: greatest charging and discharging power, kW; or `duration`.
    ///   - duration: hours in which full power empties the whole capacity.
    ///   - chargeEfficiency, dischargeEfficiency: shares, `0 ... 1`.
    ///   - standingLoss: share of the stored energy lost in an hour.
    ///   - initialStateOfCharge, minimumStateOfCharge, maximumStateOfCharge: shares of the capacity.
    ///   - isCyclic: whether the end must hold what the start held.
    ///   - isSimultaneous: whether it charges and discharges at once, as a tank of water can.
    ///   - wearCost: CNY per kWh discharged.
    ///   - depthWear: CNY per kWh discharged, besides, where a step gives the whole capacity; it falls with the
    ///     `wearExponent`-th power of the share that a step gives, in `wearPieces` straight pieces.
    public init(
        _ name: String, capacity: Size, carrier: String? = nil, power: Double? = nil, duration: Double? = nil,
        chargeEfficiency: Double? = nil, dischargeEfficiency: Double? = nil, standingLoss: Double? = nil,
        initialStateOfCharge: Double? = nil, minimumStateOfCharge: Double? = nil,
        maximumStateOfCharge: Double? = nil, isCyclic: Bool? = nil, isSimultaneous: Bool? = nil,
        wearCost: Double? = nil, depthWear: Double? = nil, wearExponent: Double? = nil, wearPieces: Int? = nil,
        investment: Investment? = nil
    ) throws(InputProblem) {
        try self.init(
            name,
            [
                "capacity": capacity.value, "carrier": carrier.value, "power": power.value, "duration": duration.value,
                "charge_efficiency": chargeEfficiency.value, "discharge_efficiency": dischargeEfficiency.value,
                "standing_loss": standingLoss.value, "initial_soc": initialStateOfCharge.value,
                "min_soc": minimumStateOfCharge.value, "max_soc": maximumStateOfCharge.value, "cyclic": isCyclic.value,
                "simultaneous": isSimultaneous.value, "wear_cost": wearCost.value,
                "depth_wear": depthWear.value, "wear_exponent": wearExponent.value, "wear_pieces": wearPieces.value,
            ], investment.arguments)
    }
}
