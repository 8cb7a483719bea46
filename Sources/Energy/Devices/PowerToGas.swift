import LinearModels

/// Makes gas from electricity and CO2: `electricity(t) = gas(t) / efficiency`, with ramps (paper 003, eq. 21-22).
///
/// The CO2 that goes into the gas is taken off the emission of its party (paper 003, eq. 25):
///
///     emission = -co2_uptake * sum over t of electricity(t) * dt
///
/// Where the gas is burnt at an emission factor of its own, that CO2 is given back there. See ``Converter`` for least
/// loads, commitment and part load.
public struct PowerToGas: Component {
    public static let type = "power_to_gas"
    public static let meaning = "Makes gas from electricity and CO2."
    public static let attributes: [Attribute] =
        [
            Attribute("capacity", .size(.power, 0...1e9), .required, "Greatest output of the first carrier given."),
            Attribute(
                "efficiency", .perCarrier(.ratio, 1e-6...1), .required, "Output per electricity, as {gas: 0.6}."),
            Attribute(
                "co2_uptake", .quantity(.emissionFactor, 0...10), .standard(.number(0)),
                "CO2 that goes into the gas, per electricity taken."),
            Converter.omCost,
        ] + Converter.operation + Ramp.attributes + Investment.ofPower

    public let name: String
    private let uptake: Double
    private let converter: Converter

    public init(name: String, values: AttributeValues, time: TimeGrid) throws(InputProblem) {
        self.name = name
        uptake = try values.number("co2_uptake")
        converter = try Converter.single(from: "electricity", name: name, values: values)
        try converter.refuseGain()
    }

    public func build(in party: PartyBuilder) throws {
        let electricity = try converter.operate(in: party).inputs.flatMap(\.self)
        if uptake > 0 { party.emit((-uptake * party.time.hours) * sum(electricity), source: name) }
    }
}

extension PowerToGas {
    /// - Parameters:
    ///   - capacity: greatest output of the first carrier given, kW.
    ///   - efficiency: output per electricity, as `["gas": 0.6]`.
    ///   - carbonUptake: CO2 that goes into the gas, kg per kWh of electricity taken.
    ///   - omCost: operation and maintenance, CNY/kWh of the first carrier given.
    ///   - partLoad: x share of the capacity, y multiple of the efficiency there, up to the load 1.
    ///   - ramp: greatest change of the main output in an hour, kW/h; or rampShare, as a share of the capacity.
    public init(
        _ name: String, capacity: Size, efficiency: KeyValuePairs<String, Double>, carbonUptake: Double? = nil,
        omCost: Double? = nil, commitment: Commitment? = nil, partLoad: [Point]? = nil, ramp: Double? = nil,
        rampShare: Double? = nil, investment: Investment? = nil
    ) throws(InputProblem) {
        try self.init(
            name, ["co2_uptake": carbonUptake.value],
            Converter.arguments(capacity, efficiency, omCost, commitment, partLoad, investment, ramp, rampShare))
    }
}
