import LinearModels

/// Makes electricity, and heat where it is used, from hydrogen or gas without burning it:
/// `fuel(t) = electricity(t) / efficiency`, `heat(t)` in proportion; see ``Converter`` for least loads, commitment,
/// part load and ramps.
public struct FuelCell: Component, ConverterDevice {
    public static let type = "fuel_cell"
    public static let meaning = "Makes electricity and heat from hydrogen or gas."
    public static let attributes: [Attribute] =
        [
            Attribute("capacity", .size(.power, 0...1e9), .required, "Greatest electric output."),
            Attribute("fuel", .carrier, .standard(.text("hydrogen")), "Carrier that is used up."),
            Attribute(
                "efficiency", .perCarrier(.ratio, 1e-6...1), .required,
                "Output per fuel, as {electricity: 0.5, heat: 0.35}."),
            Converter.omCost,
        ] + Converter.operation + Ramp.attributes + Investment.ofPower

    public let name: String
    let converter: Converter

    public init(name: String, values: AttributeValues, time: TimeGrid) throws(InputProblem) {
        self.name = name
        let efficiency = try values.perCarrier("efficiency")
        guard let electric = efficiency.first(where: { $0.carrier == "electricity" }) else {
            throw InputProblem(
                at: "efficiency", "has no entry for electricity. Add one, as {electricity: 0.5, heat: 0.35}.")
        }
        converter = try Converter(
            name: name, values: values, inputs: [CarrierAmount(values.text("fuel"), 1)],
            outputs: [electric] + efficiency.filter { $0.carrier != "electricity" })
        try converter.refuseGain()
    }
}

extension FuelCell {
    /// - Parameters:
    ///   - capacity: greatest electric output, kW.
    ///   - efficiency: output per fuel, as `["electricity": 0.5, "heat": 0.35]`.
    ///   - fuel: carrier that is used up; `hydrogen` without one.
    ///   - omCost: operation and maintenance, CNY/kWh of electricity.
    ///   - partLoad: x share of the capacity, y multiple of the efficiency there, up to the load 1.
    ///   - ramp: greatest change of the electric output in an hour, kW/h; or rampShare, as a share of the capacity.
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
