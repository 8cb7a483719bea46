import Figures
import ResultFiles

/// Who has a colour on the pages of runs: carriers, those of the case; devices, markets and parties by name.
extension ResultRecord {
    func owner(carrier: String) -> SeriesOwner? {
        // A party or a device may be called like a carrier.
        carrier.isEmpty ? nil : SeriesOwner("carrier \(carrier)", colour: manifest.carrierColors?[carrier])
    }
}

extension SeriesOwner {
    /// Of a device, and of groups of it that differ in a number alone.
    static func device(_ component: String) -> SeriesOwner { SeriesOwner(BalanceFigures.stem(component)) }

    /// Of a flow of a party's balance: whom it goes to or comes from, or the device.
    static func flow(_ component: String, _ quantity: String, _ counterparty: String) -> SeriesOwner {
        switch quantity {
        case "sale", "purchase": SeriesOwner(counterparty)
        case "vent": SeriesOwner("vented")
        case "fixed": SeriesOwner("fixed demand")
        default: device(component)
        }
    }

    /// What demand was before somebody answered.
    static let before = SeriesOwner("demand before", colour: "#777777")
}
