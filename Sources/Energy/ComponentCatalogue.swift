/// The component types that a case file may name.
///
/// A device of one's own, from any package, is added to the standard ones and handed to the reader:
///
///     CaseReader.read(folder, components: .standard.adding(RiverHeatPump.self))
public struct ComponentCatalogue: Sendable {
    /// Devices, written under `devices:`.
    public private(set) var devices: [any Component.Type]
    /// Flexible parts of a demand, written under `flexibility:`.
    public private(set) var flexibilities: [any Component.Type]

    /// The types of this package. A new one is one file, and one line here.
    public static let standard = ComponentCatalogue(
        devices: [
            CombinedHeatAndPower.self, Boiler.self, ElectricBoiler.self, StorageBoiler.self, HeatPump.self,
            ElectricChiller.self,
            AbsorptionChiller.self, Electrolyser.self, FuelCell.self, PowerToGas.self, Converter.self,
            Photovoltaic.self, WindTurbine.self, Storage.self, MarketExchange.self, Shortage.self,
        ],
        flexibilities: [ShiftableDemand.self, CurtailableDemand.self, ElasticDemand.self])

    /// These types and one more device. It takes the place of a device with the same ``Component/type``.
    public func adding(_ device: any Component.Type) -> ComponentCatalogue {
        var catalogue = self
        catalogue.devices = devices.filter { $0.type != device.type } + [device]
        return catalogue
    }

    /// These types and one more flexible demand. It takes the place of one with the same ``Component/type``. A flexible
    /// demand has an attribute `carrier`, which names the demand that it changes.
    public func adding(flexibility: any Component.Type) -> ComponentCatalogue {
        var catalogue = self
        catalogue.flexibilities = flexibilities.filter { $0.type != flexibility.type } + [flexibility]
        return catalogue
    }
}
