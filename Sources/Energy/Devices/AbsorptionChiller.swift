import LinearModels

/// Cools with heat: `heat(t) = cooling(t) / efficiency`, `0 <= cooling(t) <= capacity`.
public struct AbsorptionChiller: Component {
    public static let type = "absorption_chiller"
    public static let meaning = "Cools with heat."
    public static let attributes: [Attribute] =
        [
            Attribute("capacity", .size(.power, 0...1e9), .required, "Greatest cooling output."),
            Attribute(
                "efficiency", .perCarrier(.ratio, 1e-6...10), .optional,
                "Cooling per heat, as {cooling: 0.7}."),
            Attribute(
                "cop", .series(.ratio, 1e-3...100), .optional,
                "Cooling per heat for each step, in place of efficiency."),
            Converter.omCost,
        ] + Converter.operation + Investment.ofPower

    public let name: String
    private let converter: Converter

    public init(name: String, values: AttributeValues, time: TimeGrid) throws(InputProblem) {
        self.name = name
        converter = try Converter.performing(from: "heat", to: "cooling", name: name, values: values)
    }

    public func build(in party: PartyBuilder) throws { try converter.build(in: party) }
}

extension AbsorptionChiller {
    /// - Parameters:
    ///   - capacity: greatest cooling output, kW.
    ///   - efficiency: cooling per heat, as `["cooling": 0.7]`.
    ///   - omCost: operation and maintenance, CNY/kWh of the output.
    ///   - partLoad: x share of the capacity, y multiple of the efficiency there, up to the load 1.
    public init(
        _ name: String, capacity: Size, efficiency: KeyValuePairs<String, Double>, omCost: Double? = nil,
        commitment: Commitment? = nil, partLoad: [Point]? = nil, investment: Investment? = nil
    ) throws(InputProblem) {
        try self.init(name, Converter.arguments(capacity, efficiency, omCost, commitment, partLoad, investment))
    }

    /// A chiller whose performance changes from step to step.
    ///
    /// - Parameters:
    ///   - capacity: greatest cooling output, kW.
    ///   - performance: cooling per heat.
    ///   - omCost: operation and maintenance, CNY/kWh of the output.
    ///   - partLoad: x share of the capacity, y multiple of the performance there, up to the load 1.
    public init(
        _ name: String, capacity: Size, performance: Series, omCost: Double? = nil, commitment: Commitment? = nil,
        partLoad: [Point]? = nil, investment: Investment? = nil, time: TimeGrid
    ) throws(InputProblem) {
        try self.init(
            name, ["cop": performance.value(time)],
            Converter.arguments(capacity, nil, omCost, commitment, partLoad, investment), time: time)
    }
}
