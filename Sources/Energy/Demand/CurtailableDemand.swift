import LinearModels

/// Demand that may be cut at a cost to comfort.
///
/// Of the base demand `D(t)` a part `M(t)` may go unserved: `share * D(t)`, or `max_power(t)`. Marginal discomfort
/// rises from `discomfort` to `discomfort * (1 + growth)` in equal pieces, so the cost of a cut is convex and piecewise
/// linear:
///
///     served(t) = M(t) - sum over i of cut_i(t),   0 <= cut_i(t) <= M(t) / pieces
///     cost      = sum over t, i of slope_i * cut_i(t) * dt
public struct CurtailableDemand: Component {
    public static let type = "curtailable"
    public static let meaning = "Demand that may be cut at a cost to comfort."
    public static let attributes: [Attribute] = [
        Attribute("carrier", .carrier, .required, "Whose demand may be cut."),
        Attribute("share", .quantity(.ratio, 0...1), .optional, "Share of the base demand that may be cut."),
        Attribute(
            "max_power", .series(.power, 0...1e9), .optional, "Greatest power that may be cut, in place of a share."),
        Attribute("discomfort", .quantity(.energyPrice, 0...1e6), .required, "What the first kWh cut is worth."),
        Attribute(
            "growth", .quantity(.ratio, 0...1e3), .standard(.number(0)),
            "By how much the last kWh is worth more, relative."),
        Attribute("pieces", .count(1...100), .standard(.count(1)), "Linear pieces of the discomfort."),
    ]

    /// How much may be cut.
    enum Most: Sendable, Equatable {
        /// Of the base demand.
        case share(Double)
        /// kW, one value per step.
        case power([Double])
    }

    public let name: String
    let carrier: String
    let most: Most
    /// CNY/kWh, one per piece.
    let slopes: [Double]

    public init(name: String, values: AttributeValues, time: TimeGrid) throws(InputProblem) {
        self.name = name
        carrier = try values.text("carrier")
        switch (values.optionalNumber("share"), values.optionalSeries("max_power")) {
        case (let share?, nil): most = .share(share)
        case (nil, let power?): most = .power(power)
        case (nil, nil): throw InputProblem(at: "share", "is missing, and so is max_power. Give one of them.")
        case (_?, _?): throw InputProblem(at: "max_power", "and share are both given. Keep one of them.")
        }
        let first = try values.number("discomfort")
        let growth = try values.number("growth")
        let pieces = try values.count("pieces")
        // The slope of a piece is the marginal discomfort at its middle.
        slopes = (0..<pieces).map { first * (1 + growth * (Double($0) + 0.5) / Double(pieces)) }
        if growth > 0, pieces == 1 {
            throw InputProblem(at: "pieces", "is 1, so a growing discomfort cannot show. Use 2 or more, or no growth.")
        }
    }

    public func build(in party: PartyBuilder) throws {
        let time = party.time
        let most = try most(of: party)
        var served = most.map { LinearExpression($0) }
        var cost = LinearExpression()
        for (i, slope) in slopes.enumerated() {
            let cut = try party.variables(
                name, "cut\(i)", upTo: most.map { $0 / Double(slopes.count) }, meaning: .limit("cut"))
            for t in time.indices {
                served[t] -= cut[t]
                cost += (slope * time.hours) * cut[t]
            }
        }
        party.withdraw(served, from: carrier, name, as: "served", kind: .demand)
        party.cost(cost, item: "discomfort")
    }

    /// What may be cut of the party's demand in kW, one value per step; the demand then is this component's to serve.
    private func most(of party: PartyBuilder) throws -> [Double] {
        let base = party.demand(of: carrier)
        switch most {
        case .share(let share):
            let most = base.map { share * $0 }
            try party.claim(most, of: carrier, by: name)
            return most
        case .power(let most):
            if let t = most.indices.first(where: { most[$0] > base[$0] * (1 + 1e-9) }) {
                let (cut, demanded) = InputProblem.texts(most[t], base[t])
                throw InputProblem(
                    at: "max_power",
                    "'\(name)' may cut \(cut) kW at hour \(InputProblem.text(party.time.start(of: t))), but "
                        + "the \(carrier) demand of \(party.party.name) is \(demanded) kW then. Lower it."
                )
            }
            try party.claim(most, of: carrier, by: name, limitedBy: "max_power")
            return most
        }
    }
}

extension CurtailableDemand {
    /// - Parameters:
    ///   - carrier: whose demand may be cut.
    ///   - share: of the base demand that may be cut; or maximumPower.
    ///   - maximumPower: that may be cut, kW.
    ///   - discomfort: what the first kWh cut is worth, CNY.
    ///   - growth: by how much the last kWh is worth more, relative.
    ///   - pieces: linear pieces of the discomfort.
    public init(
        _ name: String, carrier: String, share: Double? = nil, maximumPower: Series? = nil, discomfort: Double,
        growth: Double? = nil, pieces: Int? = nil, time: TimeGrid
    ) throws(InputProblem) {
        try self.init(
            name,
            [
                "carrier": .text(carrier), "share": share.value, "max_power": maximumPower.value(time),
                "discomfort": .number(discomfort), "growth": growth.value, "pieces": pieces.value,
            ], time: time)
    }
}
