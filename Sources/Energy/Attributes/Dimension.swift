/// What a number measures, with the unit in which the engine holds it.
///
/// Money is in the case's currency, written `CNY` here.
public enum Dimension: String, Sendable, CaseIterable {
    case ratio, power, energy, energyPrice, powerPrice, massPrice, money, mass, emissionFactor
    /// Of an emission that grows with the power: its rate, and the rise of its factor.
    case emissionRate, emissionFactorPerPower
    case duration, rate, ramp, temperature, speed, irradiance, length, voltage, current, voltagePerKelvin
    case currentPerKelvin, heatingValue

    /// The engine's unit.
    public var unit: String {
        switch self {
        case .ratio: "1"
        case .power: "kW"
        case .energy: "kWh"
        case .energyPrice: "CNY/kWh"
        case .powerPrice: "CNY/kW"
        case .massPrice: "CNY/kg"
        case .money: "CNY"
        case .mass: "kg"
        case .emissionFactor: "kg/kWh"
        case .emissionRate: "kg/h"
        case .emissionFactorPerPower: "kg/kWh/kW"
        case .duration: "h"
        case .rate: "1/h"
        case .ramp: "kW/h"
        case .temperature: "degC"
        case .speed: "m/s"
        case .irradiance: "W/m2"
        case .length: "m"
        case .voltage: "V"
        case .current: "A"
        case .voltagePerKelvin: "V/K"
        case .currentPerKelvin: "A/K"
        case .heatingValue: "kWh/m3"
        }
    }
}
