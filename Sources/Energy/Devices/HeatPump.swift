import LinearModels

/// Heats with electricity and with heat of the surroundings: `electricity(t) = heat(t) / cop(t)`,
/// `0 <= heat(t) <= capacity`. The coefficient of performance is a number, or follows the weather step by step; see
/// ``Converter`` for least loads, commitment and part load.
public struct HeatPump: Component, ConverterDevice {
    public static let type = "heat_pump"
    public static let meaning = "Heats with electricity and with heat of the surroundings."
    public static let attributes: [Attribute] =
        [
            Attribute("capacity", .size(.power, 0...1e9), .required, "Greatest heat output."),
            Attribute("cop", .series(.ratio, 0.1...50), .required, "Heat per electricity for each step."),
            Converter.omCost,
        ] + Converter.operation + Ramp.attributes + Investment.ofPower

    public let name: String
    let converter: Converter

    public init(name: String, values: AttributeValues, time: TimeGrid) throws(InputProblem) {
        self.name = name
        converter = try Converter(
            name: name, values: values, inputs: [CarrierAmount("electricity", 1)], outputs: [CarrierAmount("heat", 1)],
            factor: values.series("cop"))
    }
}

extension HeatPump {
    /// - Parameters:
    ///   - capacity: greatest heat output, kW.
    ///   - performance: heat per electricity.
    ///   - omCost: operation and maintenance, CNY/kWh of heat.
    ///   - partLoad: x share of the capacity, y multiple of the performance there, up to the load 1.
    ///   - ramp: greatest change of the heat output in an hour, kW/h; or rampShare, as a share of the capacity.
    public init(
        _ name: String, capacity: Size, performance: Series, omCost: Double? = nil, commitment: Commitment? = nil,
        partLoad: [Point]? = nil, ramp: Double? = nil, rampShare: Double? = nil, investment: Investment? = nil,
        time: TimeGrid
    ) throws(InputProblem) {
        try self.init(
            name, ["cop": performance.value(time)],
            Converter.arguments(capacity, nil, omCost, commitment, partLoad, investment, ramp, rampShare), time: time)
    }
}
