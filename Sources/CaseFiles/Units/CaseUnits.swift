/// The units in which a case is written. Results are in kW, kWh and kg; what a terminal tells of decisions is in these.
public struct CaseUnits: Sendable, Equatable {
    /// Such as `MW`, `MWh` and `t`.
    public let power: String
    public let energy: String
    public let mass: String

    init(_ units: UnitSystem) { (power, energy, mass) = (units.power, units.energy, units.mass) }

    /// What to say where the case is written in others than the results have; nil where they are the same.
    public var sentence: String? {
        let own = [power, energy, mass]
        guard own != ["kW", "kWh", "kg"] else { return nil }
        return
            "The case is written in \(own[0]), \(own[1]) and \(own[2]); powers, energies and masses in tables and on the page "
            + "are in kW, kWh and kg."
    }

    /// A number of the engine in the case's unit.
    ///
    /// - Parameters:
    ///   - unit: of the engine: kW, kWh, or something for a kWh.
    /// - Returns: the same where the case has no other.
    public func shown(_ value: Double, unit: String) -> (value: Double, unit: String) {
        func factor(_ own: String) -> Double { Unit.named[own]?.factor ?? 1 }
        switch unit {
        case "kW": return (value / factor(power), power)
        case "kWh": return (value / factor(energy), energy)
        case let price where price.hasSuffix("/kWh"):
            return (value * factor(energy), "\(price.dropLast(3))\(energy)")
        default: return (value, unit)
        }
    }

    /// Decimals with which a number shows as much as it did in the engine's unit with so many.
    public func decimals(_ usual: Int, unit: String) -> Int {
        let ratio = shown(1, unit: unit).value
        var decimals = usual
        var power = 1.0
        while power * 10 <= ratio, decimals > 0 { (power, decimals) = (power * 10, decimals - 1) }
        while power / 10 >= ratio, decimals < 12 { (power, decimals) = (power / 10, decimals + 1) }
        return decimals
    }
}
