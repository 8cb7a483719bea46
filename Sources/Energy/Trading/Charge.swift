import LinearModels

/// A part of a tariff beside a price per kWh: a price times a quantity that follows from all that is traded.
///
/// With purchases `q[t]` and sales `s[t]` in kW over steps of `h` hours, the quantity is
///
///     contract         1
///     peak             the greatest q[t]                                      kW
///     above(L)         max(0, sum of h q[t] - L)                              kWh
///     below(L)         max(0, L - sum of h q[t])                              kWh
///     bill(m, p)       max(0, m - sum of h p[t] q[t])                         money
///     surplus          max(0, sum over a period of h (s[t] - q[t]))           kWh, one for each period
///
/// All are convex in what is traded. So where the price is not negative each is a variable above linear functions, and
/// the program of who pays stays linear. Prices stand in objectives alone.
public struct Charge: Sendable, Equatable {
    public enum Basis: Sendable, Equatable {
        /// Once over the horizon, whatever is traded: a fixed fee.
        case contract
        /// What is bought in the step in which most is: a demand charge.
        case peak
        /// What is bought beyond a quantity, kWh over the horizon: a block of an increasing block tariff, as what it
        /// costs more than the block below it.
        case above(Double)
        /// What is bought less than a quantity, kWh over the horizon: take or pay.
        case below(Double)
        /// By how much the bill at given prices, CNY/kWh by step, stays below a least one, CNY.
        case bill(atLeast: Double, at: [Double])
        /// What is sold beyond what is bought in each period: net metering, where sales earn the selling price. The
        /// surplus is paid at a price of its own, so that the charge on it is what the two differ by.
        case surplus([Range<Int>], paidAt: Price)
    }

    /// Unique in the system, among trades too.
    public var name: String
    /// Who is paid; a party, or ``EnergySystem/outsider``.
    public var seller: String
    public var buyer: String
    public var carrier: String
    public var basis: Basis
    /// CNY, CNY/kW or CNY/kWh, never negative. Of a surplus the price at which sales are paid, one value per step; else
    /// one value.
    public var price: Price
    /// Names of the trades whose volumes count as purchases, and as sales of the buyer.
    public var purchases: [String]
    public var sales: [String]

    public init(
        name: String, seller: String, buyer: String, carrier: String, basis: Basis, price: Price,
        purchases: [String], sales: [String] = []
    ) {
        self.name = name
        self.seller = seller
        self.buyer = buyer
        self.carrier = carrier
        self.basis = basis
        self.price = price
        self.purchases = purchases
        self.sales = sales
    }

    /// As tables call what is paid.
    public var item: String {
        switch basis {
        case .contract: "\(carrier) fixed fee"
        case .peak: "\(carrier) demand charge"
        case .above: "\(carrier) block surcharge"
        case .below: "\(carrier) take or pay"
        case .bill: "\(carrier) minimum bill"
        case .surplus: "\(carrier) net surplus"
        }
    }

    /// The quantities by their definition.
    ///
    /// - Parameters:
    ///   - purchases: kW, one value per step.
    ///   - sales: kW, one value per step.
    ///   - hours: of a step.
    package func quantities(purchases: [Double], sales: [Double], hours: Double) -> [Double] {
        let energy = hours * purchases.reduce(0, +)
        switch basis {
        case .contract: return [1]
        case .peak: return [max(0, purchases.max() ?? 0)]
        case .above(let limit): return [max(0, energy - limit)]
        case .below(let limit): return [max(0, limit - energy)]
        case .bill(let least, let prices):
            return [max(0, least - zip(prices, purchases).reduce(0) { $0 + hours * $1.0 * $1.1 })]
        case .surplus(let periods, _):
            return periods.map { steps in max(0, steps.reduce(0) { $0 + hours * (sales[$1] - purchases[$1]) }) }
        }
    }

    /// The names of the posted prices in it.
    package var posted: [String] {
        var prices = [price]
        if case .surplus(_, let paid) = basis { prices.append(paid) }
        return prices.compactMap { if case .posted(let name, _, _) = $0 { name } else { nil } }
    }
}

/// Supplies of which a party takes exactly one: the tariffs of a menu, or one that somebody outside offers.
///
/// What belongs to several supplies stands under each of them, what belongs to none is open always. The party takes
/// the supply under which it costs least; that is exact, with a binary for each.
public struct SupplyChoice: Sendable, Equatable {
    public struct Option: Sendable, Equatable {
        /// Such as `operator`, `night` or `outside`.
        public var name: String
        /// Names of the trades and charges that stand under it.
        public var contracts: Set<String>

        public init(_ name: String, contracts: Set<String>) {
            self.name = name
            self.contracts = contracts
        }
    }

    public var party: String
    /// Two at least.
    public var options: [Option]

    public init(party: String, options: [Option]) {
        self.party = party
        self.options = options
    }

    /// Whether a trade or charge stands under a supply.
    func isOpen(_ contract: String, under supply: String) -> Bool {
        let holders = options.filter { $0.contracts.contains(contract) }
        return holders.isEmpty || holders.contains { $0.name == supply }
    }
}

extension EnergySystem {
    /// Who sells to parties and buys from them and is none itself.
    public static let outsider = "outside"

    /// The same system where a party has no choice but a supply.
    ///
    /// - Parameter option: one of those that the party may take.
    package func keeping(_ option: String, of party: String) -> EnergySystem {
        guard let place = choices.firstIndex(where: { $0.party == party }) else { return self }
        var system = self
        let choice = system.choices.remove(at: place)
        system.trades.removeAll { !choice.isOpen($0.name, under: option) }
        system.charges.removeAll { !choice.isOpen($0.name, under: option) }
        return system
    }
}
