import Energy
import Games
import Writing

/// An operator and those it charges, put together in Swift: what a case file says, without a file.
///
///     var park = Park(time: TimeGrid(steps: 24, hours: 1), carriers: [Carrier(name: "electricity")])
///     park.operate([grid])
///     park.add(user: "homes", demand: ["electricity": load], [shifting])
///     try park.sell("electricity", between: 0.3...1.1, meanAtMost: 0.7)
///     let game = try park.game(named: "small-park")
///
/// Names of trades and decisions are those that the same park has as a case, and so is every result.
public struct Park: Sendable {
    public let time: TimeGrid
    public let carriers: [Carrier]
    private var leader = Party(name: Park.leaderName, resells: true)
    private var users: [Party] = []
    private var stations: [(party: Party, prices: StationPrices)] = []
    private var offers: [OperatorPrice] = []
    private var posted: [PostedPrice] = []
    private var charges: [TariffCharge] = []
    private var menu: [Tariff] = []
    /// By user who may leave.
    private var outside: [String: Tariff] = [:]
    /// Bounds of each price per step, by its key.
    private var bounds: [String: (lower: [Double], upper: [Double])] = [:]

    /// The operator's name in decisions, trades and results.
    public static let leaderName = "operator"
    /// The key of the price at which EV stations buy.
    public static let stationKey = "ev_sell"

    public init(time: TimeGrid, carriers: [Carrier]) {
        self.time = time
        self.carriers = carriers
    }

    // MARK: Parties

    /// The operator's devices, its market exchange among them, with its own demand in kW by carrier, one value per
    /// step, its carbon account, and what its components emit by what they give.
    public mutating func operate(
        _ components: [any Component], demand: KeyValuePairs<String, [Double]> = [:], carbon: CarbonAccount? = nil,
        outputEmissions: [OutputEmission] = []
    ) {
        leader.components += components
        leader.demand += demand.map { ($0.key, $0.value) }
        leader.carbon = carbon ?? leader.carbon
        leader.outputEmissions += outputEmissions
    }

    /// A user with its demand in kW by carrier, one value per step, its devices and its flexible demands.
    public mutating func add(
        user name: String, demand: KeyValuePairs<String, [Double]> = [:], _ components: [any Component] = []
    ) {
        users.append(Party(name: name, demand: demand.map { ($0.key, $0.value) }, components: components))
    }

    /// A station whose vehicles charge at `ev_sell`, or where that is not posted at `electricity_sell`.
    ///
    /// - Parameter resaleShare: users may buy from the station at this share of `electricity_sell`; nil where it sells
    ///   nothing to them.
    public mutating func add(station name: String, fleet: any Component, resaleShare: Double? = nil) throws {
        guard let purchase = price(Self.stationKey) ?? price("electricity_sell") else {
            throw InputProblem(
                "\(name) has no price to buy at. Post ev_sell or electricity_sell before the station is added.")
        }
        var prices = StationPrices(station: name, purchase: purchase)
        if let resaleShare {
            guard let sale = price("electricity_sell") else {
                throw InputProblem(
                    "\(name): users pay a share of electricity_sell. Post it before the station is added.")
            }
            prices.resale = sale.times(resaleShare)
        }
        stations.append((Party(name: name, components: [fleet]), prices))
    }

    private func price(_ key: String) -> Price? { offers.first { $0.key == key }?.price }

    // MARK: Prices

    /// The operator decides at which price it sells a carrier, within a band that is the same at every step.
    ///
    /// - Parameters:
    ///   - band: CNY/kWh.
    ///   - meanAtMost: cap on the mean over the horizon, CNY/kWh.
    ///   - interval: steps for which a price holds.
    ///   - periods: the period of each step, from 0 on, in place of intervals: each period has one price.
    ///   - rules: further caps, and how few different prices there may be.
    ///   - key: name of the price; `<carrier>_sell` without one.
    /// - Throws: `InputProblem` where no price satisfies the band and the cap.
    public mutating func sell(
        _ carrier: String, between band: ClosedRange<Double>, meanAtMost: Double? = nil, interval: Int = 1,
        periods: [Int]? = nil, rules: TariffRules = TariffRules(), as key: String? = nil
    ) throws {
        try decide(
            key ?? "\(carrier)_sell", carrier, isSale: true, from: constant(band.lowerBound),
            to: constant(band.upperBound), meanAtMost, interval, periods, rules)
    }

    /// The operator decides at which price it buys a carrier from users.
    ///
    /// - Parameters:
    ///   - lowest: CNY/kWh.
    ///   - atMost: key of the price that bounds this one from above, such as `electricity_sell`; it must be posted
    ///     already.
    public mutating func buy(
        _ carrier: String, from lowest: Double, atMost: String, meanAtMost: Double? = nil, interval: Int = 1
    ) throws {
        guard let above = bounds[atMost] else {
            throw InputProblem("there is no price '\(atMost)' that could bound \(carrier)_buy. Post it first.")
        }
        let isPosted = posted.contains { $0.name == name(atMost) }
        try decide(
            "\(carrier)_buy", carrier, isSale: false, from: constant(lowest), to: above.upper, meanAtMost, interval,
            atMost: isPosted ? name(atMost) : nil)
    }

    /// A price of the operator that is given, in CNY/kWh, one value per step: a tariff.
    ///
    /// - Parameter isSale: whether the operator sells at it; else it buys.
    public mutating func fix(_ carrier: String, at prices: [Double], isSale: Bool = true, as key: String? = nil) throws
    {
        let key = key ?? (isSale ? "\(carrier)_sell" : "\(carrier)_buy")
        guard prices.count == time.steps else {
            throw InputProblem("\(key) has \(prices.count) values, but the park has \(time.steps) steps.")
        }
        try enter(OperatorPrice(key, carrier: carrier, isSale: isSale, price: .fixed(prices)), prices, prices)
    }

    // MARK: Tariffs

    /// A part of the tariff beside its prices per kWh, for every user who can buy the carrier.
    ///
    /// - Parameter posted: what its price holds, if it is to be decided.
    public mutating func charge(_ charge: TariffCharge, deciding posted: PostedPrice? = nil) {
        charges.append(charge)
        if let posted { self.posted.append(posted) }
    }

    /// Tariffs of which each user takes one, beside what is posted to all; of carriers that are not sold there.
    ///
    /// - Parameter posted: what their prices hold, as far as they are to be decided.
    public mutating func offer(_ tariffs: [Tariff], deciding posted: [PostedPrice] = []) {
        menu += tariffs
        self.posted += posted
    }

    /// A user who may leave the park for what is given elsewhere; see ``SupplyMenu``.
    public mutating func allow(_ user: String, toLeaveFor tariff: Tariff) {
        outside[user] = Tariff(EnergySystem.outsider, prices: tariff.prices, charges: tariff.charges)
    }

    private mutating func decide(
        _ key: String, _ carrier: String, isSale: Bool, from lower: [Double], to upper: [Double], _ mean: Double?,
        _ interval: Int, _ periods: [Int]? = nil, _ rules: TariffRules = TariffRules(), atMost: String? = nil
    ) throws {
        guard interval >= 1 else {
            throw InputProblem("\(key): an interval has one step at least, and not \(interval).")
        }
        try rules.check(steps: time.steps, of: key)
        if let periods {
            guard periods.count == time.steps, Set(periods) == Set(0..<Set(periods).count) else {
                throw InputProblem(
                    "\(key): periods must be \(time.steps) numbers, one for each step, and count from 0 without a gap.")
            }
        }
        let band =
            periods.map { PriceBand(from: lower, to: upper, index: $0) }
            ?? PriceBand(from: lower, to: upper, interval: interval)
        let interval = band.intervals.map(\.count).max() ?? interval
        if let first = band.crossed.first {
            let (least, most) = NumberText.compared(band.lower[first], band.upper[first])
            throw InputProblem("\(key): min \(least) is above max \(most).")
        }
        if let mean, rules.meanWeights == nil, mean < band.mean(band.lower) - 1e-12 {
            let (cap, least) = NumberText.compared(mean, band.mean(band.lower))
            throw InputProblem(
                "\(key): a mean of at most \(cap) is below the mean of min, \(least), so no price vector satisfies it. Raise it or "
                    + "lower min.")
        }
        let price = PostedPrice(
            name: name(key), carrier: carrier, in: band, meanMaximum: mean, atMost: atMost, interval: interval,
            time: time, rules: rules)
        try enter(OperatorPrice(key, carrier: carrier, isSale: isSale, price: price.price), lower, upper)
        posted.append(price)
    }

    private mutating func enter(_ offer: OperatorPrice, _ lower: [Double], _ upper: [Double]) throws {
        guard carriers.contains(where: { $0.name == offer.carrier }) else {
            throw InputProblem("\(offer.key): the park has no carrier '\(offer.carrier)'. Give it to the park.")
        }
        guard bounds[offer.key] == nil else { throw InputProblem("\(offer.key) is posted twice. Keep one of them.") }
        offers.append(offer)
        bounds[offer.key] = (lower, upper)
    }

    /// A user who can sell above the price at which it buys would earn without end.
    private func checkNobodyEarnsByBuyingAndSelling() throws {
        for buying in offers where !buying.isSale && buying.key != Self.stationKey {
            let sale = "\(buying.carrier)_sell"
            guard let paid = bounds[buying.key]?.upper, let asked = bounds[sale]?.lower,
                !posted.contains(where: { $0.name == name(buying.key) && $0.atMost == name(sale) }),
                let step = paid.indices.first(where: { paid[$0] > asked[$0] + 1e-12 })
            else { continue }
            let (most, least) = NumberText.compared(paid[step], asked[step])
            throw InputProblem(
                "\(buying.key) can reach \(most) at step \(step), while \(sale) can be as low as \(least): users would "
                    + "earn by buying and selling at once. Bound it by \(sale).")
        }
    }

    private func name(_ key: String) -> String { "prices.\(key)" }
    private func constant(_ value: Double) -> [Double] { Array(repeating: value, count: time.steps) }

    // MARK: The game

    /// Parties, carriers and trades.
    ///
    /// - Throws: `InputProblem` where parties share a name, or a decided price is paid by nobody; what building a party
    ///   throws.
    public func system() throws -> EnergySystem {
        try checkNobodyEarnsByBuyingAndSelling()
        let parties = [leader] + users + stations.map(\.party)
        var names: Set<String> = []
        for party in parties {
            guard names.insert(party.name).inserted else {
                throw InputProblem("two parties are called '\(party.name)'. Rename one.")
            }
            for (carrier, power) in party.demand where power.count != time.steps {
                throw InputProblem(
                    "the \(carrier) demand of \(party.name) has \(power.count) values, but the park has \(time.steps) steps."
                )
            }
        }
        let common = Tariff(prices: offers.filter { $0.key != Self.stationKey }, charges: charges)
        let supplies = SupplyMenu(
            of: Self.leaderName, common: common, menu: menu, outside: outside, users: users.map(\.name))
        if supplies.isChoice, let reseller = stations.first(where: { $0.prices.resale != nil })?.party.name {
            throw InputProblem(
                "\(reseller) sells to users, who answer together with it and cannot choose a supply each for itself. Take its "
                    + "resaleShare out.")
        }
        let all =
            StandingTrades.trades(
                of: Self.leaderName, common.paid, users: users.map(\.name), stations: stations.map(\.prices),
                steps: time.steps) + supplies.trades(steps: time.steps)
        let tradesOf = all.byParty
        var reaches: [String: PartyReach] = [:]
        for party in parties {
            reaches[party.name] = try PartyReach(
                of: party, trades: tradesOf[party.name] ?? [], carriers: carriers, time: time)
        }
        let trades = TradeLimits.limited(all, reaches: reaches, leaders: [Self.leaderName])
        let due = supplies.charges(among: trades)
        for price in posted {
            guard trades.pay(price.name) || due.contains(where: { $0.posted.contains(price.name) }) else {
                throw InputProblem(
                    "nobody trades \(price.carrier) at \(price.name). Add a demand or a device that does, or take the price out."
                )
            }
        }
        return EnergySystem(
            time: time, carriers: carriers, parties: parties, trades: trades, charges: due,
            choices: supplies.isChoice ? supplies.choices(among: trades, due) : [])
    }

    /// The park as a game: the operator decides the prices in bands, everybody else answers.
    ///
    /// - Parameter billRise: by what share of its bill a follower may pay more than at the `TariffRules.reference` that
    ///   each price then needs.
    public func game(
        named name: String, ties: TieRule = .optimistic, billRise: Double? = nil
    ) throws -> EnergyGame {
        if billRise != nil, let price = posted.first(where: { $0.rules.reference == nil }) {
            throw InputProblem("\(price.name) has no reference, which a limit on bills needs. Give it in its rules.")
        }
        return try EnergyGame(
            name: name, system: system(), operatorName: Self.leaderName, prices: posted, ties: ties, billRise: billRise)
    }
}
