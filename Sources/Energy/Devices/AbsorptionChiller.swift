import LinearModels

/// Cools with heat: `heat(t) = cooling(t) / efficiency`, `0 <= cooling(t) <= capacity`.
public struct AbsorptionChiller: Component {
    public static let type = "absorption_chiller"
    public static let meaning = "Cools with heat."
    public static let attributes: [Attribute] =
        [
            Attribute("capacity", .size(.power, 0...1e9), .required, "Greatest cooling output."),
            Attribute("efficiency", .perCarrier(.ratio, 1e-6...10), .required, "Cooling per heat, as {cooling: 0.7}."),
            Converter.omCost,
        ] + Investment.ofPower

    public let name: String
    private let converter: Converter

    public init(name: String, values: AttributeValues, time: TimeGrid) throws(InputProblem) {
        self.name = name
        converter = try Converter.single(from: "heat", name: name, values: values)
    }

    public func build(in party: PartyBuilder) throws { try converter.build(in: party) }
}

extension AbsorptionChiller {
    /// - Parameters:
    ///   - capacity: greatest cooling output, kW.
    ///   - efficiency: cooling per heat, as `["cooling": 0.7]`.
    ///   - omCost: operation and maintenance, CNY/kWh of the output.
    public init(
        _ name: String, capacity: Size, efficiency: KeyValuePairs<String, Double>, omCost: Double? = nil,
        investment: Investment? = nil
    ) throws(InputProblem) {
        try self.init(name, Converter.arguments(capacity, efficiency, omCost, investment))
    }
}
