import LinearModels

/// Burns a fuel for heat: `fuel(t) = heat(t) / efficiency`, `0 <= heat(t) <= capacity`; see ``Converter``.
public struct Boiler: Component, ConverterDevice {
    public static let type = "boiler"
    public static let meaning = "Burns a fuel for heat."
    public static let attributes: [Attribute] =
        [
            Attribute("capacity", .size(.power, 0...1e9), .required, "Greatest heat output."),
            Attribute("fuel", .carrier, .standard(.text("gas")), "Carrier that is burnt."),
            Attribute("efficiency", .perCarrier(.ratio, 1e-6...1.2), .required, "Heat per fuel, as {heat: 0.9}."),
            Converter.omCost,
        ] + Converter.operation + Ramp.attributes + Investment.ofPower

    public let name: String
    let converter: Converter

    public init(name: String, values: AttributeValues, time: TimeGrid) throws(InputProblem) {
        self.name = name
        converter = try Converter.single(from: values.text("fuel"), name: name, values: values)
        // Without a curve the range of the efficiency says it.
        if converter.partLoad != nil { try converter.refuseGain(above: 1.2) }
    }
}

extension Boiler {
    /// - Parameters:
    ///   - capacity: greatest heat output, kW.
    ///   - efficiency: heat per fuel, as `["heat": 0.9]`.
    ///   - fuel: carrier that is burnt; `gas` without one.
    ///   - omCost: operation and maintenance, CNY/kWh of heat.
    ///   - partLoad: x share of the capacity, y multiple of the efficiency there, up to the load 1.
    ///   - ramp: greatest change of the main output in an hour, kW/h; or rampShare, as a share of the capacity.
    public init(
        _ name: String, capacity: Size, efficiency: KeyValuePairs<String, Double>, fuel: String? = nil,
        omCost: Double? = nil, commitment: Commitment? = nil, partLoad: [Point]? = nil, ramp: Double? = nil,
        rampShare: Double? = nil, investment: Investment? = nil
    ) throws(InputProblem) {
        try self.init(
            name, ["fuel": fuel.value],
            Converter.arguments(capacity, efficiency, omCost, commitment, partLoad, investment, ramp, rampShare))
    }
}
