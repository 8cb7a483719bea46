import Foundation

/// Power of a photovoltaic array by irradiance and cell temperature, per unit of its capacity at standard test
/// conditions (1000 W/m2, 25 degC).
public enum PhotovoltaicModel: Sendable, Equatable {
    /// `efficiency * G / 1000 * (1 + coefficient * (T - 25))` (paper 002).
    case linear(temperatureCoefficient: Double, efficiency: Double)
    /// Voltage and current at the maximum power point, each by irradiance and temperature (paper 001, eq. 10).
    case maximumPower(PhotovoltaicModule, efficiency: Double)

    /// - Parameters:
    ///   - irradiance: W/m2 on the array.
    ///   - cellTemperature: degC.
    public func output(irradiance: Double, cellTemperature: Double) -> Double {
        guard irradiance > 0 else { return 0 }
        switch self {
        case .linear(let coefficient, let efficiency):
            return max(0, efficiency * irradiance / 1000 * (1 + coefficient * (cellTemperature - 25)))
        case .maximumPower(let module, let efficiency):
            let point = module.maximumPower(irradiance: irradiance, cellTemperature: cellTemperature)
            return max(0, efficiency * point / module.ratedPower)
        }
    }

    /// Cell temperature from air temperature by the nominal operating cell temperature: `Ta + (NOCT - 20) / 800 * G`.
    public static func cellTemperature(air: Double, irradiance: Double, nominal: Double) -> Double {
        air + (nominal - 20) / 800 * max(0, irradiance)
    }
}

/// A module's data at standard test conditions.
public struct PhotovoltaicModule: Sendable, Equatable {
    /// V and A at the maximum power point.
    public var voltage: Double
    public var current: Double
    /// V/K and A/K.
    public var voltageCoefficient: Double
    public var currentCoefficient: Double
    /// Cells in series: the thermal voltage is that of one cell times their number.
    public var cells: Int

    public init(
        voltage: Double, current: Double, voltageCoefficient: Double, currentCoefficient: Double, cells: Int
    ) {
        self.voltage = voltage
        self.current = current
        self.voltageCoefficient = voltageCoefficient
        self.currentCoefficient = currentCoefficient
        self.cells = cells
    }

    /// W at standard test conditions.
    public var ratedPower: Double { voltage * current }

    /// k / q in V/K: the Boltzmann constant over the elementary charge (exact SI values, 2019).
    static let boltzmannOverCharge = 1.380649e-23 / 1.602176634e-19

    /// W at the maximum power point (paper 001, eq. 10).
    func maximumPower(irradiance: Double, cellTemperature: Double) -> Double {
        let warmer = cellTemperature - 25
        let thermal = Double(cells) * Self.boltzmannOverCharge * (cellTemperature + 273.15)
        let volts = voltage + voltageCoefficient * warmer + thermal * log(irradiance / 1000)
        let amperes = (current + currentCoefficient * warmer) * irradiance / 1000
        return max(0, volts) * max(0, amperes)
    }
}
