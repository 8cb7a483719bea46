import Energy
import LinearModels
import Testing

/// Limits, emission factors and availability of a market that change from step to step.
@Suite struct MarketByStepTests {
    private let time = TimeGrid(steps: 3, hours: 0.5)

    private func answer(_ values: [String: AttributeValue], sale: Bool = false) throws -> TinyPark.Answer {
        var park = TinyPark()
        park.time = time
        park.carriers = [Carrier(name: "electricity")]
        park.demand = [("electricity", [50, 50, 50])]
        var all: [String: AttributeValue] = ["buy_price": .series([0.4, 0.4, 0.4])]
        all.merge(values) { $1 }
        park.components = [
            try make(MarketExchange.self, "grid", all, time: time),
            try make(Shortage.self, "dark", ["carrier": .text("electricity"), "price": .number(9)], time: time),
        ]
        if sale {
            park.components.append(
                try make(
                    Photovoltaic.self, "pv", ["capacity": .number(200), "profile": .series([1, 1, 1])], time: time))
        }
        return try park.solve()
    }

    /// 50, 30 and 0 kW of 50 can be bought; 20 and 50 go unserved. A cut connection is a share of one limit.
    @Test func limitsOfPurchases() throws {
        let expected: Double = 0.5 * (80 * 0.4 + 70 * 9)
        #expect(near(try answer(["buy_max": .series([100, 30, 0])]).cost, expected))
        #expect(near(try answer(["buy_max": .number(100), "available": .series([1, 0.3, 0])]).cost, expected))
        #expect(
            near(try answer(["buy_max": .series([200, 30, 80]), "available": .series([0.5, 1, 0])]).cost, expected))
    }

    /// 150 kW are left over: 100, 40 and nothing can be sold at 0.2.
    @Test func limitsOfSales() throws {
        let sale: [String: AttributeValue] = ["buy_max": .number(10), "sell_price": .series([0.2, 0.2, 0.2])]
        let byLimit = try answer(sale.merging(["sell_max": .series([100, 40, 0])]) { $1 }, sale: true)
        #expect(near(byLimit.cost, -0.5 * 140 * 0.2))
        let byShare = try answer(
            sale.merging(["sell_max": .number(100), "available": .series([1, 0.4, 0])]) { $1 }, sale: true)
        #expect(near(byShare.cost, byLimit.cost))
        #expect(byLimit.flow("grid", "sell").map { $0.rounded() } == [-100, -40, 0])
    }

    /// Where selling pays more than buying, the binaries keep within the limit of the step.
    @Test func limitsWhereBuyingAndSellingExcludeEachOther() throws {
        let answer = try answer(
            [
                "buy_max": .series([30, 80, 80]), "sell_price": .series([0.5, 0.5, 0.5]),
                "sell_max": .series([60, 0, 500]),
            ], sale: true)
        #expect(answer.flow("grid", "sell").map { $0.rounded() } == [-60, 0, -150])
        #expect(near(answer.cost, -0.5 * 210 * 0.5))
    }

    /// 25 kWh a step at 0.8, 0.5 and 0 kg.
    @Test func emissionByTheHour() throws {
        let hourly = try answer(["buy_max": .number(100), "co2": .series([0.8, 0.5, 0])])
        #expect(near(hourly.party.totalEmission, 32.5))
        let flat = try answer(["buy_max": .number(100), "co2": .number(0.8)])
        #expect(near(flat.party.totalEmission, 60))
        let same = try answer(["buy_max": .series([100, 100, 100]), "co2": .series([0.8, 0.8, 0.8])])
        #expect(same.party.totalEmission == flat.party.totalEmission && same.cost == flat.cost)
    }

    /// The stepped ladder sees the hours: purchases move to the clean one.
    @Test func aStoreBuysWhereItIsClean() throws {
        var park = TinyPark()
        park.time = TimeGrid(steps: 2, hours: 1)
        park.carriers = [Carrier(name: "electricity")]
        park.demand = [("electricity", [0, 50])]
        park.components = [
            try make(
                MarketExchange.self, "grid",
                ["buy_price": .series([0.4, 0.4]), "buy_max": .number(100), "co2": .series([0, 1])], time: park.time),
            try make(
                Storage.self, "battery",
                [
                    "capacity": .number(100), "power": .number(100), "initial_soc": .number(0),
                    "charge_efficiency": .number(1), "discharge_efficiency": .number(1),
                ], time: park.time),
        ]
        park.carbon = CarbonAccount(basePrice: 0.1, interval: 1000, growth: 0, steps: 1, reward: .none)
        let answer = try park.solve()
        #expect(near(answer.cost, 20) && near(answer.party.totalEmission, 0))
    }

    @Test func aLimitWithoutAPriceIsRefused() {
        #expect(
            refusal(
                MarketExchange.self,
                ["buy_price": .series([1, 1, 1]), "buy_max": .number(5), "sell_max": .series([0, 0, 4])], time: time)
                == "sell_max: is given without a price. Add sell_price, or leave sell_max out.")
    }
}
