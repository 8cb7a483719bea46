import LinearModels

/// Cools with electricity: `electricity(t) = cooling(t) / efficiency`, `0 <= cooling(t) <= capacity`.
public struct ElectricChiller: Component {
    public static let type = "electric_chiller"
    public static let meaning = "Cools with electricity."
    public static let attributes: [Attribute] =
        [
            Attribute("capacity", .size(.power, 0...1e9), .required, "Greatest cooling output."),
            Attribute(
                "efficiency", .perCarrier(.ratio, 1e-6...10), .required, "Cooling per electricity, as {cooling: 3.5}."),
            Converter.omCost,
        ] + Investment.ofPower

    public let name: String
    private let converter: Converter

    public init(name: String, values: AttributeValues, time: TimeGrid) throws(InputProblem) {
        self.name = name
        converter = try Converter.single(from: "electricity", name: name, values: values)
    }

    public func build(in party: PartyBuilder) throws { try converter.build(in: party) }
}

extension ElectricChiller {
    /// - Parameters:
    ///   - capacity: greatest cooling output, kW.
    ///   - efficiency: cooling per electricity, as `["cooling": 3.5]`.
    ///   - omCost: operation and maintenance, CNY/kWh of the output.
    public init(
        _ name: String, capacity: Size, efficiency: KeyValuePairs<String, Double>, omCost: Double? = nil,
        investment: Investment? = nil
    ) throws(InputProblem) {
        try self.init(name, Converter.arguments(capacity, efficiency, omCost, investment))
    }
}
