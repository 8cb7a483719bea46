import LinearModels

/// Demand that goes unserved at a price, so that what cannot be supplied is expensive instead of impossible.
///
/// `0 <= unserved(t) <= demand(t)`, and a kWh of it costs `price`: the value of lost load. What flexible components
/// make of the demand does not count, only the demand itself.
public struct Shortage: Component {
    public static let type = "shortage"
    public static let meaning = "Demand that goes unserved at a price."
    public static let attributes: [Attribute] = [
        Attribute("carrier", .carrier, .required, "Whose demand may go unserved."),
        Attribute("price", .quantity(.energyPrice, 0...1e6), .required, "Cost of a kWh not served."),
    ]

    public let name: String
    let carrier: String
    let price: Double

    public init(name: String, values: AttributeValues, time: TimeGrid) throws(InputProblem) {
        self.name = name
        carrier = try values.text("carrier")
        price = try values.number("price")
    }

    public func build(in party: PartyBuilder) throws {
        guard party.party.demand.contains(where: { $0.carrier == carrier }) else {
            throw InputProblem(
                at: "carrier",
                "'\(name)' leaves \(carrier) unserved, but \(party.party.name) has no demand of it. Add one, or take it out."
            )
        }
        let unserved = try party.variables(name, "unserved", upTo: party.demand(of: carrier))
        party.inject(unserved.map(\.linearExpression), into: carrier, name, as: "unserved", kind: .unserved)
        party.cost((price * party.time.hours) * sum(unserved), item: "shortage")
    }
}

extension Shortage {
    /// - Parameter price: CNY per kWh that is not served.
    public init(_ name: String, carrier: String, price: Double) throws(InputProblem) {
        try self.init(name, ["carrier": .text(carrier), "price": .number(price)])
    }
}
