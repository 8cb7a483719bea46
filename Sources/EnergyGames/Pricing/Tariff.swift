import Energy

/// Prices and charges that a user is under together: what an operator posts to all, one of a menu, or what somebody
/// outside offers.
public struct Tariff: Sendable, Equatable {
    /// nil for what stands under every supply of the operator. The names of its trades and charges begin with it.
    public let name: String?
    public var prices: [OperatorPrice]
    public var charges: [TariffCharge]

    public init(_ name: String? = nil, prices: [OperatorPrice] = [], charges: [TariffCharge] = []) {
        self.name = name
        self.prices = prices
        self.charges = charges
    }

    /// The prices as trades are paid. What is netted is paid at what it is netted with, and the charge on a surplus
    /// takes back what that is too much.
    package var paid: [OperatorPrice] {
        prices.map { price in
            let net = charges.first { charge in
                if case .surplus = charge.basis { charge.carrier == price.carrier && !price.isSale } else { false }
            }
            return OperatorPrice(
                called(price.key), carrier: price.carrier, isSale: price.isSale, price: net?.price ?? price.price)
        }
    }

    /// What a key is called among those of all tariffs.
    func called(_ key: String) -> String { name.map { "\($0).\(key)" } ?? key }
}

/// What a tariff asks beside a price per kWh.
public struct TariffCharge: Sendable, Equatable {
    /// Such as `electricity_fee`; the name of what each user pays begins with it.
    public let key: String
    public let carrier: String
    public let basis: Charge.Basis
    public let price: Price

    public init(_ key: String, carrier: String, basis: Charge.Basis, price: Price) {
        self.key = key
        self.carrier = carrier
        self.basis = basis
        self.price = price
    }
}

/// Under which tariffs users may be: the operator's, one of several of its, or one outside.
///
/// A user takes one supply altogether. Outside it buys nothing from the operator and sells it nothing: what nobody
/// outside offers it must make itself, and where it cannot it stays.
public struct SupplyMenu: Sendable {
    /// What the only supply of an operator without a menu is called.
    public static let operatorSupply = Park.leaderName

    public let leader: String
    /// Stands under every supply of the operator.
    public let common: Tariff
    /// Each user takes one of them; none where there is but the common one.
    public let menu: [Tariff]
    /// By user who may leave.
    public let outside: [String: Tariff]
    public let users: [String]

    /// - Parameter leader: name of the operator.
    public init(
        of leader: String, common: Tariff, menu: [Tariff] = [], outside: [String: Tariff] = [:], users: [String]
    ) {
        self.leader = leader
        self.common = common
        self.menu = menu
        self.outside = outside
        self.users = users
    }

    /// Whether somebody has a choice.
    public var isChoice: Bool { !menu.isEmpty || !outside.isEmpty }

    /// What users may trade under the tariffs of the menu and outside, without limits.
    package func trades(steps: Int) -> [Trade] {
        StandingTrades.trades(of: leader, menu.flatMap(\.paid), users: users, stations: [], steps: steps)
            + users.flatMap { user in
                StandingTrades.trades(
                    of: EnergySystem.outsider, outside[user]?.paid ?? [], users: [user], stations: [], steps: steps)
            }
    }

    /// What users pay beside.
    ///
    /// - Parameter trades: those that somebody can use. A charge stands for a user who can use what it is about.
    package func charges(among trades: [Trade]) -> [Charge] {
        let known = Set(trades.map(\.name))
        return users.flatMap { user in
            supplies(of: user).flatMap { seller, tariff in
                tariff.charges.compactMap { charge in
                    func names(isSale: Bool) -> [String] {
                        tariff.prices.filter { $0.carrier == charge.carrier && $0.isSale == isSale }
                            .map { "\(tariff.called($0.key)).\(user)" }.filter(known.contains)
                    }
                    let (purchases, sales) = (names(isSale: true), names(isSale: false))
                    if case .surplus = charge.basis, sales.isEmpty { return nil }
                    guard !purchases.isEmpty || !sales.isEmpty else { return nil }
                    return Charge(
                        name: "\(tariff.called(charge.key)).\(user)", seller: seller, buyer: user,
                        carrier: charge.carrier,
                        basis: charge.basis, price: charge.price, purchases: purchases, sales: sales)
                }
            }
        }
    }

    /// All tariffs under which a user may be, with who is paid.
    private func supplies(of user: String) -> [(seller: String, tariff: Tariff)] {
        ([common] + menu).map { (leader, $0) } + (outside[user].map { [(EnergySystem.outsider, $0)] } ?? [])
    }

    /// Of which supplies each user takes one.
    ///
    /// - Parameters:
    ///   - trades: those that somebody can use.
    ///   - charges: as ``charges(among:)`` gives them.
    package func choices(among trades: [Trade], _ charges: [Charge]) -> [SupplyChoice] {
        let known = Set(trades.map(\.name) + charges.map(\.name))
        return users.compactMap { user in
            func contracts(_ tariff: Tariff) -> Set<String> {
                let keys = tariff.prices.map(\.key) + tariff.charges.map(\.key)
                return Set(keys.map { "\(tariff.called($0)).\(user)" }.filter(known.contains))
            }
            let shared = contracts(common)
            var options = menu.map {
                SupplyChoice.Option($0.name ?? Self.operatorSupply, contracts: shared.union(contracts($0)))
            }
            // Whoever uses nothing of what the menu is about need not choose from it.
            if options.allSatisfy({ $0.contracts == shared }) {
                options = [SupplyChoice.Option(Self.operatorSupply, contracts: shared)]
            }
            if let tariff = outside[user] {
                options.append(.init(EnergySystem.outsider, contracts: contracts(tariff)))
            }
            return options.count > 1 ? SupplyChoice(party: user, options: options) : nil
        }
    }
}
