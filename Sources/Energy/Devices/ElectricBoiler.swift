import LinearModels

/// Heats with electricity: `electricity(t) = heat(t) / efficiency`, `0 <= heat(t) <= capacity`. The users' electric
/// heater.
public struct ElectricBoiler: Component, ConverterDevice {
    public static let type = "electric_boiler"
    public static let meaning = "Heats with electricity."
    public static let attributes: [Attribute] =
        [
            Attribute("capacity", .size(.power, 0...1e9), .required, "Greatest heat output."),
            Attribute(
                "efficiency", .perCarrier(.ratio, 1e-6...10), .required, "Heat per electricity, as {heat: 0.95}."),
            Converter.omCost,
        ] + Converter.operation + Investment.ofPower

    public let name: String
    let converter: Converter

    public init(name: String, values: AttributeValues, time: TimeGrid) throws(InputProblem) {
        self.name = name
        converter = try Converter.single(from: "electricity", name: name, values: values)
    }
}

extension ElectricBoiler {
    /// - Parameters:
    ///   - capacity: greatest heat output, kW.
    ///   - efficiency: heat per electricity, as `["heat": 0.95]`.
    ///   - omCost: operation and maintenance, CNY/kWh of the output.
    ///   - partLoad: x share of the capacity, y multiple of the efficiency there, up to the load 1.
    public init(
        _ name: String, capacity: Size, efficiency: KeyValuePairs<String, Double>, omCost: Double? = nil,
        commitment: Commitment? = nil, partLoad: [Point]? = nil, investment: Investment? = nil
    ) throws(InputProblem) {
        try self.init(name, Converter.arguments(capacity, efficiency, omCost, commitment, partLoad, investment))
    }
}
