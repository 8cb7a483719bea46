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

extension Photovoltaic {
    /// A module at maximum power under standard conditions, for the model by voltage and current.
    public struct Module: Sendable, Equatable {
        /// V and A.
        public var voltage: Double
        public var current: Double
        /// V/K and A/K.
        public var voltageCoefficient: Double
        public var currentCoefficient: Double
        /// In series in a module.
        public var cells: Int

        public init(
            voltage: Double, current: Double, voltageCoefficient: Double, currentCoefficient: Double, cells: Int = 60
        ) {
            self.voltage = voltage
            self.current = current
            self.voltageCoefficient = voltageCoefficient
            self.currentCoefficient = currentCoefficient
            self.cells = cells
        }
    }

    /// An array whose output is known.
    ///
    /// - Parameters:
    ///   - capacity: output at standard conditions, kW.
    ///   - profile: available output per capacity.
    ///   - isCurtailable: whether less than the available power may be taken.
    ///   - curtailmentPenalty: CNY per kWh not taken.
    ///   - omCost: operation and maintenance, CNY/kWh.
    public init(
        _ name: String, capacity: Size, profile: Series, isCurtailable: Bool? = nil,
        curtailmentPenalty: Double? = nil, omCost: Double? = nil, investment: Investment? = nil, time: TimeGrid
    ) throws(InputProblem) {
        try self.init(
            name,
            ["profile": profile.value(time)],
            RenewableSource.arguments(capacity, isCurtailable, curtailmentPenalty, omCost, investment), time: time)
    }

    /// An array whose output follows from the weather.
    ///
    /// - Parameters:
    ///   - capacity: output at standard conditions, kW.
    ///   - irradiance: on the array, W/m2.
    ///   - temperature: of the air, degC; cells of 25 degC without it.
    ///   - temperatureCoefficient: change of power per kelvin, in the linear model.
    ///   - efficiency: of inverter and wiring.
    ///   - nominalTemperature: of the cells in operation, degC.
    ///   - module: for the model by voltage and current; the linear model without it.
    ///   - isCurtailable: whether less than the available power may be taken.
    ///   - curtailmentPenalty: CNY per kWh not taken.
    ///   - omCost: operation and maintenance, CNY/kWh.
    public init(
        _ name: String, capacity: Size, irradiance: Series, temperature: Series? = nil,
        temperatureCoefficient: Double? = nil, efficiency: Double? = nil, nominalTemperature: Double? = nil,
        module: Module? = nil, isCurtailable: Bool? = nil, curtailmentPenalty: Double? = nil, omCost: Double? = nil,
        investment: Investment? = nil, time: TimeGrid
    ) throws(InputProblem) {
        try self.init(
            name,
            [
                "irradiance": irradiance.value(time), "temperature": temperature.value(time),
                "model": module.map { _ in .text("maximum_power") },
                "temperature_coefficient": temperatureCoefficient.value, "efficiency": efficiency.value,
                "noct": nominalTemperature.value, "voltage": module.map { .number($0.voltage) },
                "current": module.map { .number($0.current) },
                "voltage_coefficient": module.map { .number($0.voltageCoefficient) },
                "current_coefficient": module.map { .number($0.currentCoefficient) },
                "cells": module.map { .count($0.cells) },
            ], RenewableSource.arguments(capacity, isCurtailable, curtailmentPenalty, omCost, investment), time: time)
    }
}
