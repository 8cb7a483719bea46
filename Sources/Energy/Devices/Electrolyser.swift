import LinearModels

/// Makes hydrogen, and heat where it is used, from electricity: `electricity(t) = hydrogen(t) / efficiency`; see
/// ``Converter`` for least loads, commitment, part load and ramps.
public struct Electrolyser: Component, ConverterDevice {
    public static let type = "electrolyser"
    public static let meaning = "Makes hydrogen from electricity."
    public static let attributes: [Attribute] =
        [
            Attribute("capacity", .size(.power, 0...1e9), .required, "Greatest output of the first carrier given."),
            Attribute(
                "efficiency", .perCarrier(.ratio, 1e-6...1), .required,
                "Output per electricity, as {hydrogen: 0.68, heat: 0.15}."),
            Converter.omCost,
        ] + Converter.operation + Ramp.attributes + Investment.ofPower

    public let name: String
    let converter: Converter

    public init(name: String, values: AttributeValues, time: TimeGrid) throws(InputProblem) {
        self.name = name
        converter = try Converter.single(from: "electricity", name: name, values: values)
        try converter.refuseGain()
    }
}

extension Electrolyser {
    /// - Parameters:
    ///   - capacity: greatest output of the first carrier given, kW.
    ///   - efficiency: output per electricity, as `["hydrogen": 0.68, "heat": 0.15]`.
    ///   - omCost: operation and maintenance, CNY/kWh of the first carrier given.
    ///   - partLoad: x share of the capacity, y multiple of the efficiency there, up to the load 1.
    ///   - ramp: greatest change of the main output in an hour, kW/h; or rampShare, as a share of the capacity.
    public init(
        _ name: String, capacity: Size, efficiency: KeyValuePairs<String, Double>, omCost: Double? = nil,
        commitment: Commitment? = nil, partLoad: [Point]? = nil, ramp: Double? = nil, rampShare: Double? = nil,
        investment: Investment? = nil
    ) throws(InputProblem) {
        try self.init(
            name, Converter.arguments(capacity, efficiency, omCost, commitment, partLoad, investment, ramp, rampShare))
    }
}
