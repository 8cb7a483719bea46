import LinearModels

/// Demand that may be cut at a cost to comfort.
///
/// Of the base demand `D(t)` a part `share * D(t)` may go unserved. Marginal discomfort rises from `discomfort` to
/// `discomfort * (1 + growth)` in equal pieces, so the cost of a cut is convex and piecewise linear:
///
///     served(t) = share * D(t) - sum over i of cut_i(t),   0 <= cut_i(t) <= share * D(t) / pieces
///     cost      = sum over t, i of slope_i * cut_i(t) * dt
public struct CurtailableDemand: Component {
    public static let type = "curtailable"
    public static let meaning = "Demand that may be cut at a cost to comfort."
    public static let attributes: [Attribute] = [
        Attribute("carrier", .carrier, .required, "Whose demand may be cut."),
        Attribute("share", .quantity(.ratio, 0...1), .required, "Share of the base demand that may be cut."),
        Attribute("discomfort", .quantity(.energyPrice, 0...1e6), .required, "What the first kWh cut is worth."),
        Attribute(
            "growth", .quantity(.ratio, 0...1e3), .standard(.number(0)),
            "By how much the last kWh is worth more, relative."),
        Attribute("pieces", .count(1...100), .standard(.count(1)), "Linear pieces of the discomfort."),
    ]

    public let name: String
    let carrier: String
    let share: Double
    /// CNY/kWh, one a piece.
    let slopes: [Double]

    public init(name: String, values: AttributeValues, time: TimeGrid) throws(InputProblem) {
        self.name = name
        carrier = try values.text("carrier")
        share = try values.number("share")
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
        let most = party.demand(of: carrier).map { share * $0 }
        try party.claim(most, of: carrier, by: name)
        var served = most.map { LinearExpression($0) }
        var cost = LinearExpression()
        for (i, slope) in slopes.enumerated() {
            let cut = try party.variables(name, "cut\(i)", upTo: most.map { $0 / Double(slopes.count) })
            for t in time.indices {
                served[t] -= cut[t]
                cost += (slope * time.hours) * cut[t]
            }
        }
        party.withdraw(served, from: carrier, name, as: "served")
        party.cost(cost, item: "discomfort")
    }
}
