import LinearModels

/// Combined heat and power, of back-pressure or extraction type.
///
/// Back-pressure (paper 001, eq. 11-13): heat follows power, `H = P * efficiency.heat / efficiency.electricity`, and
/// `fuel = P / efficiency.electricity`, `min_load * capacity <= P <= capacity`.
///
/// Extraction (figure 2): `(H, P)` lies in a convex region given by its corners, and
/// `fuel = (P + power_loss_index * H) / efficiency.electricity`: taking heat out of the turbine costs
/// `power_loss_index` kWh of power a kWh of heat, at constant fuel.
///
/// With `commitment: true` a binary `on(t)` says whether the unit runs, and its region is scaled by it; see
/// ``Commitment`` for starts and least times. Ramps: `|P(t) - P(t - 1)| <= ramp * dt`; a start or stop may reach the
/// least load. The capacity of a back-pressure unit may be decided, and its efficiency may depend on the load
/// (`part_load`).
public struct CombinedHeatAndPower: Component {
    public static let type = "chp"
    public static let meaning = "Combined heat and power from a fuel."
    public static let attributes: [Attribute] =
        [
            Attribute(
                "region", .choice(["backpressure", "extraction"]), .standard(.text("backpressure")),
                "Shape of the operating region."),
            Attribute("capacity", .size(.power, 0...1e9), .required, "Greatest electric output."),
            Attribute("fuel", .carrier, .standard(.text("gas")), "Carrier that is burnt."),
            Attribute(
                "efficiency", .perCarrier(.ratio, 1e-6...1), .required,
                "Output per fuel, as {electricity: 0.36, heat: 0.46}."),
            Attribute(
                "corners", .points(.power, .power, minimum: 3), .optional,
                "Corners of the extraction region, as [heat, power] pairs."),
            Attribute(
                "power_loss_index", .quantity(.ratio, 0...1), .standard(.number(0.15)), "Power lost per heat extracted."
            ),
        ] + Commitment.attributes(output: "electric output") + PartLoad.attributes + [Converter.omCost]
        + Ramp.attributes + Investment.ofPower

    public let name: String
    let capacity: Size
    let fuel: String
    let electricEfficiency: Double
    let heatEfficiency: Double
    /// Corners in counter-clockwise order; nil for back-pressure.
    let region: [Point]?
    let powerLossIndex: Double
    let commitment: Commitment
    let partLoad: PartLoad?
    let ramp: Ramp?
    let omCost: Double
    let investment: Investment?

    public init(name: String, values: AttributeValues, time: TimeGrid) throws(InputProblem) {
        self.name = name
        capacity = try values.size("capacity")
        fuel = try values.text("fuel")
        let efficiency = try values.perCarrier("efficiency")
        guard let electric = efficiency.first(where: { $0.carrier == "electricity" })?.amount else {
            throw InputProblem(
                at: "efficiency", "has no entry for electricity. Add one, as {electricity: 0.36, heat: 0.46}.")
        }
        let heat = efficiency.first { $0.carrier == "heat" }?.amount
        electricEfficiency = electric
        heatEfficiency = heat ?? 0
        powerLossIndex = try values.number("power_loss_index")
        partLoad = try PartLoad.read(values)
        ramp = try Ramp.read(values)
        investment = try Investment.read(values)
        omCost = try values.number("om_cost")
        if try values.text("region") == "extraction" {
            guard let corners = values.points("corners") else {
                throw InputProblem(
                    at: "corners", "is missing. An extraction region needs its corners as [heat, power] pairs.")
            }
            region = try Self.hull(of: corners)
            guard partLoad == nil else {
                throw InputProblem(
                    at: "part_load",
                    "is for back-pressure, where heat follows power: in an extraction region one output does not say the load. "
                        + "Take it out, or make the region backpressure.")
            }
            guard let capacity = capacity.number else {
                throw InputProblem(
                    at: "capacity",
                    "is to be decided, but the corners of an extraction region are those of one unit. Give a number, or make the "
                        + "region backpressure.")
            }
            if let high = corners.first(where: { $0.y > capacity + 1e-9 }) {
                throw InputProblem(
                    at: "corners",
                    "a corner has \(high.y) kW of power, but the capacity is \(capacity) kW. Let them agree.")
            }
            // What the fuel holds, at the corners: between them no more is given of a kWh of it than at one of them.
            for corner in corners {
                let fuel = (corner.y + powerLossIndex * corner.x) / electric
                guard corner.x + corner.y <= fuel * (1 + 1e-9) else {
                    throw InputProblem(
                        at: "corners",
                        "at the corner [\(InputProblem.text(corner.x)), \(InputProblem.text(corner.y))] heat and power together, "
                            + "\(InputProblem.text(corner.x + corner.y)) kW, are more than the fuel holds, "
                            + "\(InputProblem.text(fuel)) kW. Lower the heat, efficiency.electricity, or raise power_loss_index."
                    )
                }
            }
        } else {
            guard heat != nil else {
                throw InputProblem(at: "efficiency", "has no entry for heat, which back-pressure needs. Add one.")
            }
            guard electric + heatEfficiency <= 1 else {
                throw InputProblem(
                    at: "efficiency",
                    "electricity \(electric) and heat \(heatEfficiency) together give more than the fuel holds. Lower one."
                )
            }
            region = nil
            let best = partLoad?.best ?? 1
            guard best * (electric + heatEfficiency) <= 1 + 1e-9 else {
                throw InputProblem(
                    at: "part_load",
                    "with a multiple of \(InputProblem.text(best)) electricity and heat together are more than the fuel holds. Lower "
                        + "the multiple or the efficiency.")
            }
        }
        commitment = try Commitment.read(values)
    }

    /// Corners in counter-clockwise order, refusing any that lies inside the region of the others.
    private static func hull(of corners: [Point]) throws(InputProblem) -> [Point] {
        func turn(_ a: Point, _ b: Point, _ c: Point) -> Double {
            (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)
        }
        let sorted = corners.sorted { ($0.x, $0.y) < ($1.x, $1.y) }
        // Andrew's monotone chain: lower side from left to right, upper side back.
        func chain(_ points: [Point]) -> [Point] {
            var chain: [Point] = []
            for point in points {
                while chain.count >= 2, turn(chain[chain.count - 2], chain[chain.count - 1], point) <= 0 {
                    chain.removeLast()
                }
                chain.append(point)
            }
            return Array(chain.dropLast())
        }
        let hull = chain(sorted) + chain(sorted.reversed())
        guard hull.count >= 3 else {
            throw InputProblem(at: "corners", "lie on one line, so they enclose no region.")
        }
        guard hull.count == corners.count else {
            throw InputProblem(
                at: "corners",
                "are not all corners of a convex region: \(corners.count - hull.count) of them lie inside it or on "
                    + "an edge, or twice at one place. Remove them.")
        }
        return hull
    }

    /// Corners of what the unit can give while it runs, as heat and power in kW: of a back-pressure unit the ends of a
    /// line.
    ///
    /// - Parameter decided: the capacity in kW where it was to be decided.
    public func operatingRegion(decided: Double? = nil) -> [Point] {
        if let region { return region }
        let most = capacity.number ?? decided ?? capacity.largest
        return [commitment.minimumLoad * most, most].map { Point(x: $0 * heatEfficiency / electricEfficiency, y: $0) }
    }

    public func build(in party: PartyBuilder) throws {
        let time = party.time
        let largest = capacity.largest
        let capacity = try party.size(capacity, name)
        party.buy(capacity, name, for: investment)
        let power = try party.variables(name, "power", upTo: capacity)
        let output = power.map(\.linearExpression)
        let on = try commitment.switches(of: name, in: party)
        let running = on ?? Array(repeating: LinearExpression(1), count: time.steps)
        // With the region's lowest corner, a unit gives that at least.
        let leastShare = largest > 0 ? max(commitment.minimumLoad, (region?.map(\.y).min() ?? 0) / largest) : 0
        var heat: [LinearExpression]
        var burnt: [LinearExpression]
        if let region {
            let most = region.map(\.x).max() ?? 0
            heat = try party.variables(name, "heat", in: 0...max(0, most)).map(\.linearExpression)
            burnt = time.indices.map { (power[$0] + powerLossIndex * heat[$0]) / electricEfficiency }
            for (k, corner) in region.enumerated() {
                let next = region[(k + 1) % region.count]
                // Left of the edge from corner to next: the half-plane that holds the region.
                for t in time.indices {
                    let across: LinearExpression = (next.x - corner.x) * (power[t] - corner.y * running[t])
                    let along: LinearExpression = (next.y - corner.y) * (heat[t] - corner.x * running[t])
                    try party.add(across - along >= 0, name, "edge\(k)", t, meaning: .law("operating region"))
                }
            }
        } else {
            heat = power.map { (heatEfficiency / electricEfficiency) * $0 }
            let taken = try partLoad?.input(
                for: output, capacity: capacity, largest: largest, on: on, least: commitment.minimumLoad, of: name,
                in: party)
            burnt = (taken ?? output).map { $0 / electricEfficiency }
        }
        for t in time.indices {
            try commitment.limit(
                output[t], at: t, capacity: capacity, largest: largest, on: on, of: name, in: party)
            try ramp?.limit(
                output, at: t, capacity: capacity, of: name, switching: on.map { .init(on: $0, least: leastShare) },
                in: party)
        }
        try commitment.addStarts(on, of: name, in: party)
        party.inject(output, into: "electricity", name, as: "output")
        party.inject(heat, into: "heat", name, as: "output")
        party.withdraw(burnt, from: fuel, name, as: "fuel")
        if omCost > 0 { party.cost((omCost * time.hours) * sum(power), item: "operation and maintenance") }
    }
}

extension CombinedHeatAndPower {
    /// - Parameters:
    ///   - capacity: greatest electric output, kW.
    ///   - efficiency: output per fuel, as `["electricity": 0.36, "heat": 0.46]`.
    ///   - fuel: carrier that is burnt; `gas` without one.
    ///   - extractionCorners: corners of the operating region of an extraction unit, x heat and y power in kW; a
    ///     back-pressure unit without them.
    ///   - powerLossIndex: power lost per heat extracted.
    ///   - minimumLoad: least electric output as a share of the capacity.
    ///   - mayStop: whether the unit may be switched off.
    ///   - startupCost: CNY per start.
    ///   - minimumUp, minimumDown: hours that it runs after a start, and stands still after a stop, at least.
    ///   - partLoad: x share of the capacity, y multiple of the efficiency there, up to the load 1; of a back-pressure
    ///     unit.
    ///   - omCost: operation and maintenance, CNY/kWh of electricity.
    ///   - ramp: greatest change of the main output in an hour, kW/h; or rampShare, as a share of the capacity.
    public init(
        _ name: String, capacity: Size, efficiency: KeyValuePairs<String, Double>, fuel: String? = nil,
        extractionCorners: [Point]? = nil, powerLossIndex: Double? = nil, minimumLoad: Double? = nil,
        mayStop: Bool? = nil, startupCost: Double? = nil, minimumUp: Double? = nil, minimumDown: Double? = nil,
        partLoad: [Point]? = nil, omCost: Double? = nil, ramp: Double? = nil, rampShare: Double? = nil,
        investment: Investment? = nil
    ) throws(InputProblem) {
        try self.init(
            name,
            [
                "capacity": capacity.value, "efficiency": efficiency.value, "fuel": fuel.value,
                "region": extractionCorners.map { _ in .text("extraction") }, "corners": extractionCorners.value,
                "power_loss_index": powerLossIndex.value, "min_load": minimumLoad.value, "commitment": mayStop.value,
                "startup_cost": startupCost.value, "min_up": minimumUp.value, "min_down": minimumDown.value,
                "part_load": partLoad.value, "om_cost": omCost.value, "ramp": ramp.value,
                "ramp_share": rampShare.value,
            ], investment.arguments)
    }
}
