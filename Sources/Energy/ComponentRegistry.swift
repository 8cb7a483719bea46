/// Every component type that a case file may name. A new type is one file, and one line here.
public enum ComponentRegistry {
    /// Devices, written under `devices:`.
    public static let devices: [any Component.Type] = [
        CombinedHeatAndPower.self, Boiler.self, ElectricBoiler.self, ElectricChiller.self, AbsorptionChiller.self,
        Converter.self, Photovoltaic.self, WindTurbine.self, Storage.self, MarketExchange.self, Shortage.self,
    ]

    /// Flexible parts of a demand, written under `flexibility:`.
    public static let flexibilities: [any Component.Type] = [ShiftableDemand.self, CurtailableDemand.self]

    public static func device(_ type: String) -> (any Component.Type)? { devices.first { $0.type == type } }
    public static func flexibility(_ type: String) -> (any Component.Type)? { flexibilities.first { $0.type == type } }
}
