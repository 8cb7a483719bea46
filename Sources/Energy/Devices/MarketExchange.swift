import LinearModels

/// Buys from and sells to an outer market, such as the public grid.
///
///     cost     = sum over t of (buy_price(t) * buy(t) - sell_price(t) * sell(t)) * dt
///     emission = sum over t of co2(t) * buy(t) * dt
///
/// `0 <= buy(t) <= available(t) * buy_max(t)`, `0 <= sell(t) <= available(t) * sell_max(t)`: limits, emission factor
/// and what is available of the connection may change from step to step (paper 001, eq. 18, mended: sales at the
/// feed-in price when there is a surplus, purchases at the time-of-use price when there is a lack). Buying and selling
/// at once would only pay where the selling price is above the buying price; a binary `b(t)` forbids it in those steps:
///
///     buy(t) <= M_buy(t) * b(t),   sell(t) <= M_sell(t) * (1 - b(t))
///
/// `M` is what the rest of the party can take or give in the step, and never more than the limit of the case: with a
/// larger one the relaxation would earn from buying and selling what nobody has, and branching would have to find that
/// out step by step.
public struct MarketExchange: Component {
    public static let type = "market"
    public static let meaning = "Buys from and sells to an outer market."
    public static let attributes: [Attribute] = [
        Attribute("carrier", .carrier, .standard(.text("electricity")), "What is traded."),
        Attribute("buy_price", .series(.energyPrice, -1e6...1e6), .required, "Price paid for what is bought."),
        Attribute("buy_max", .series(.power, 0...1e9), .required, "Greatest power bought."),
        Attribute(
            "sell_price", .series(.energyPrice, -1e6...1e6), .optional,
            "Price earned for what is sold; without it nothing is."),
        Attribute("sell_max", .series(.power, 0...1e9), .standard(.number(0)), "Greatest power sold."),
        Attribute("co2", .series(.emissionFactor, 0...10), .standard(.number(0)), "Emission of what is bought."),
        Attribute(
            "available", .series(.ratio, 0...1), .standard(.number(1)),
            "Share of both limits that can be used, 0 where the connection is cut."),
    ]

    public let name: String
    public let carrier: String
    /// CNY/kWh, one value per step.
    public let buyPrice: [Double]
    /// kW, one value per step.
    let buyMaximum: [Double]
    /// CNY/kWh, one value per step; nil where nothing is sold.
    public let sellPrice: [Double]?
    /// kW, one value per step.
    let sellMaximum: [Double]
    /// kg/kWh, one value per step.
    package let emissionFactor: [Double]
    public var isSource: Bool { true }

    public init(name: String, values: AttributeValues, time: TimeGrid) throws(InputProblem) {
        self.name = name
        carrier = try values.text("carrier")
        buyPrice = try values.series("buy_price")
        let available = try values.series("available", over: time)
        buyMaximum = zip(available, try values.series("buy_max", over: time)).map(*)
        sellPrice = values.optionalSeries("sell_price")
        let sellMaximum = try values.series("sell_max", over: time)
        self.sellMaximum = zip(available, sellMaximum).map(*)
        emissionFactor = try values.series("co2", over: time)
        if sellPrice == nil, sellMaximum.contains(where: { $0 > 0 }) {
            throw InputProblem(at: "sell_max", "is given without a price. Add sell_price, or leave sell_max out.")
        }
    }

    public func build(in party: PartyBuilder) throws {
        let time = party.time
        let buy = try party.variables(name, "buy", upTo: buyMaximum)
        party.inject(buy.map(\.linearExpression), into: carrier, name, as: "buy")
        var bill = LinearExpression()
        for t in time.indices { bill += (buyPrice[t] * time.hours) * buy[t] }
        party.cost(bill, item: "\(name) purchase")
        if emissionFactor.contains(where: { $0 > 0 }) {
            party.emit(sum(zip(emissionFactor, buy).map { ($0 * time.hours) * $1 }), source: name)
        }
        guard let sellPrice, sellMaximum.contains(where: { $0 > 0 }) else { return }
        let sell = try party.variables(name, "sell", upTo: sellMaximum)
        party.withdraw(sell.map(\.linearExpression), from: carrier, name, as: "sell")
        var income = LinearExpression()
        for t in time.indices {
            income += (sellPrice[t] * time.hours) * sell[t]
        }
        party.cost(-income, item: "\(name) sale")
        party.afterAll { [party] in
            for t in time.indices where sellPrice[t] > buyPrice[t] - 1e-9 {
                let rest = party.rest(of: carrier, besides: name, at: t)
                // A little more, since sums of rounded numbers may be a little less.
                let mostBought = min(buyMaximum[t], -rest.lowerBound * (1 + 1e-9))
                let mostSold = min(sellMaximum[t], rest.upperBound * (1 + 1e-9))
                let buys = try party.variable(name, "buys", t, kind: .binary)
                try party.add(buy[t] <= mostBought * buys, name, "buy_only", t, meaning: .exclusion("buy"))
                try party.add(sell[t] + mostSold * buys <= mostSold, name, "sell_only", t, meaning: .exclusion("sell"))
            }
        }
    }
}

extension MarketExchange {
    /// - Parameters:
    ///   - buyPrice: CNY/kWh.
    ///   - buyMaximum: greatest power bought, kW.
    ///   - sellPrice: CNY/kWh; nothing is sold without it.
    ///   - sellMaximum: greatest power sold, kW.
    ///   - carrier: `electricity` without one.
    ///   - emissionFactor: of what is bought, kg/kWh.
    ///   - available: share of both limits that can be used.
    public init(
        _ name: String = "grid", buyPrice: Series, buyMaximum: Series, sellPrice: Series? = nil,
        sellMaximum: Series? = nil, carrier: String? = nil, emissionFactor: Series? = nil, available: Series? = nil,
        time: TimeGrid
    ) throws(InputProblem) {
        try self.init(
            name,
            [
                "buy_price": buyPrice.value(time), "buy_max": buyMaximum.value(time),
                "sell_price": sellPrice.value(time), "sell_max": sellMaximum.value(time), "carrier": carrier.value,
                "co2": emissionFactor.value(time), "available": available.value(time),
            ], time: time)
    }
}
