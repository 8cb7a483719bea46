/// A photovoltaic array, by a profile or by irradiance and temperature; see ``PhotovoltaicModel`` for the two models.
public struct Photovoltaic: Component {
    public static let type = "pv"
    public static let meaning = "A photovoltaic array."
    public static let attributes: [Attribute] =
        RenewableSource.attributes + [
            Attribute("irradiance", .series(.irradiance, 0...1600), .optional, "Irradiance on the array."),
            Attribute(
                "temperature", .series(.temperature, -60...60), .optional, "Air temperature; 25 degC cells without it."),
            Attribute(
                "model", .choice(["linear", "maximum_power"]), .standard(.text("linear")), "How weather becomes power."),
            Attribute(
                "temperature_coefficient", .quantity(.ratio, -0.05...0.05), .standard(.number(-0.004)),
                "Change of power per kelvin; linear model."),
            Attribute("efficiency", .quantity(.ratio, 0.01...1), .standard(.number(1)), "Of inverter and wiring."),
            Attribute(
                "noct", .quantity(.temperature, 20...80), .standard(.number(45)), "Nominal operating cell temperature."),
            Attribute(
                "voltage", .quantity(.voltage, 0.1...2000), .optional,
                "Module voltage at maximum power, standard conditions."),
            Attribute(
                "current", .quantity(.current, 0.01...100), .optional,
                "Module current at maximum power, standard conditions."),
            Attribute(
                "voltage_coefficient", .quantity(.voltagePerKelvin, -10...10), .optional,
                "Change of the voltage per kelvin."),
            Attribute(
                "current_coefficient", .quantity(.currentPerKelvin, -1...1), .optional,
                "Change of the current per kelvin."),
            Attribute("cells", .count(1...1000), .standard(.count(60)), "Cells in series in a module."),
        ]

    public let name: String
    private let source: RenewableSource

    public init(name: String, values: AttributeValues, time: TimeGrid) throws(InputProblem) {
        self.name = name
        source = try RenewableSource(name: name, values: values, perUnit: Self.perUnit(values))
    }

    private static func perUnit(_ values: AttributeValues) throws(InputProblem) -> [Double] {
        try RenewableSource.perUnit(values, from: "irradiance") { irradiance throws(InputProblem) in
            let model = try model(values)
            let nominal = try values.number("noct")
            let air = values.optionalSeries("temperature")
            return irradiance.indices.map { t in
                let cell = air.map {
                    PhotovoltaicModel.cellTemperature(air: $0[t], irradiance: irradiance[t], nominal: nominal)
                }
                return model.output(irradiance: irradiance[t], cellTemperature: cell ?? 25)
            }
        }
    }

    private static func model(_ values: AttributeValues) throws(InputProblem) -> PhotovoltaicModel {
        let efficiency = try values.number("efficiency")
        guard try values.text("model") == "maximum_power" else {
            return .linear(temperatureCoefficient: try values.number("temperature_coefficient"), efficiency: efficiency)
        }
        return .maximumPower(
            PhotovoltaicModule(
                voltage: try values.number("voltage"), current: try values.number("current"),
                voltageCoefficient: try values.number("voltage_coefficient"),
                currentCoefficient: try values.number("current_coefficient"), cells: try values.count("cells")),
            efficiency: efficiency)
    }

    public func build(in party: PartyBuilder) throws { try source.build(in: party) }
}
