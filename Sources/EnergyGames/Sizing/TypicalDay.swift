import Energy

/// A day that stands for many of a year, or another horizon that does.
public struct TypicalDay: Sendable {
    public let name: String
    /// How many such horizons a year has.
    public let weight: Double
    public let system: EnergySystem

    public init(name: String, weight: Double, system: EnergySystem) {
        self.name = name
        self.weight = weight
        self.system = system
    }

    /// A horizon that stands for the whole year of 8760 h.
    public init(wholeYear system: EnergySystem) {
        let time = system.time
        self.init(name: "year", weight: 8760 / (Double(time.steps) * time.hours), system: system)
    }
}
