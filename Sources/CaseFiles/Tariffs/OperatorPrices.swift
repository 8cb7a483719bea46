import Energy
import EnergyGames

/// Prices of an operator, or of several: those that are decided, and those that the case fixes; with the other parts of
/// its tariff.
struct OperatorPrices {
    struct Entry {
        /// Key in the case, such as `electricity_sell`.
        let key: String
        /// Its place in the case.
        let path: String
        let carrier: String
        let isSale: Bool
        let location: SourceLocation
        let price: Price
        let posted: PostedPrice?
    }

    /// A part of a tariff beside its prices.
    struct Charge {
        let key: String
        let path: String
        let location: SourceLocation
        let carrier: String
        let basis: Energy.Charge.Basis
        let price: Price
        let posted: PostedPrice?
    }

    /// One of a menu.
    struct Tariff {
        let name: String
        let prices: OperatorPrices
    }

    var entries: [Entry] = []
    var charges: [Charge] = []
    var menu: [Tariff] = []
    /// False where a price could not be read, so that nothing can be said about what is missing.
    var isComplete = true
    /// By what share of its bill a user may pay more than at the reference tariff.
    var billRise: Double?

    /// Those at which an operator trades with users.
    ///
    /// - Parameter owner: of several operators.
    func ofUsers(_ owner: String? = nil) -> [OperatorPrice] {
        entries.filter { $0.key != "ev_sell" }.map {
            OperatorPrice(Self.name($0.key, of: owner), carrier: $0.carrier, isSale: $0.isSale, price: $0.price)
        }
    }

    /// All of it as users are under it.
    ///
    /// - Parameters:
    ///   - name: of the tariff in a menu, or of who offers it; nil for what stands beside each of a menu.
    func tariff(_ name: String? = nil) -> EnergyGames.Tariff {
        EnergyGames.Tariff(
            name, prices: ofUsers(),
            charges: charges.map {
                TariffCharge($0.key, carrier: $0.carrier, basis: $0.basis, price: $0.price)
            })
    }

    /// What a price is called among those of all operators.
    static func name(_ key: String, of owner: String?) -> String { owner.map { "\($0).\(key)" } ?? key }

    subscript(_ key: String) -> Entry? { entries.first { $0.key == key } }

    /// In the order of the decisions.
    var posted: [PostedPrice] { decided.map(\.price) }

    /// What is decided, with its place.
    var decided: [(price: PostedPrice, location: SourceLocation, path: String)] {
        entries.compactMap { entry in entry.posted.map { ($0, entry.location, entry.path) } }
            + charges.compactMap { charge in charge.posted.map { ($0, charge.location, charge.path) } }
            + menu.flatMap(\.prices.decided)
    }

    /// All prices per kWh, those of a menu among them.
    var everyEntry: [Entry] { entries + menu.flatMap(\.prices.entries) }
    /// All other parts of tariffs.
    var everyCharge: [Charge] { charges + menu.flatMap(\.prices.charges) }
}
