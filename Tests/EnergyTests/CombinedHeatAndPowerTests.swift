import Energy
import LinearModels
import Testing

@Suite struct CombinedHeatAndPowerTests {
    static let square: [String: AttributeValue] = [
        "region": .text("extraction"), "capacity": .number(100),
        "efficiency": .perCarrier([CarrierAmount("electricity", 0.4)]), "power_loss_index": .number(0.2),
        // Figure 2 of paper 001: A (0, 100), B (80, 85), C (80, 55), D (0, 40).
        "corners": .points([Point(x: 80, y: 55), Point(x: 0, y: 100), Point(x: 0, y: 40), Point(x: 80, y: 85)]),
    ]

    @Test func backPressureFollowsHeat() throws {
        var park = TinyPark()
        park.carriers = [Carrier(name: "electricity"), Carrier(name: "heat"), Carrier(name: "gas", price: [0.3])]
        park.demand = [("heat", [46])]
        park.components = [
            try make(
                CombinedHeatAndPower.self, "chp",
                [
                    "capacity": .number(100),
                    "efficiency": .perCarrier([CarrierAmount("electricity", 0.36), CarrierAmount("heat", 0.46)]),
                ]),
            try market([1], time: park.time, sell: [0.2]),
        ]
        let answer = try park.solve()
        // 46 kW of heat take 100 kW of gas and give 36 kW of power, which is sold.
        let expected1: Double = 100 * 0.3 - 36 * 0.2
        #expect(near(answer.cost, expected1))
        #expect(near(answer.flow("chp", "fuel")[0], -100))
        #expect(answer.audit.holds)
    }

    @Test func theOperatingRegionIsWhatItCanGive() throws {
        let line = try make(
            CombinedHeatAndPower.self, "chp",
            [
                "capacity": .number(72), "min_load": .number(0.5),
                "efficiency": .perCarrier([CarrierAmount("electricity", 0.36), CarrierAmount("heat", 0.46)]),
            ])
        let ends = line.operatingRegion()
        #expect(ends.count == 2 && near(ends[0].x, 46) && near(ends[0].y, 36))
        #expect(near(ends[1].x, 92) && near(ends[1].y, 72))
        // Corners come back as they were given, in their order around the region.
        let square = try make(CombinedHeatAndPower.self, "chp", Self.square).operatingRegion()
        #expect(square.map(\.x) == [0, 80, 80, 0] && square.map(\.y) == [40, 55, 85, 100])
    }

    /// Least and greatest power at a heat demand, with and without a store that gives or takes up to 20 kW.
    private func powerRange(heat: Double, store: Bool) throws -> ClosedRange<Double>? {
        var ends: [Double] = []
        for price in [-1.0, 1.0] {
            var park = TinyPark()
            park.carriers = [Carrier(name: "electricity"), Carrier(name: "heat"), Carrier(name: "gas", price: [1e-6])]
            park.demand = [("heat", [heat])]
            // The park only ever gives its power away, for money or at a cost.
            park.components = [
                try make(CombinedHeatAndPower.self, "chp", Self.square),
                try make(
                    MarketExchange.self, "grid",
                    [
                        "buy_price": .series([10]), "buy_max": .number(0), "sell_price": .series([price]),
                        "sell_max": .number(1e4),
                    ]),
            ]
            if store {
                park.components.append(
                    try make(
                        Storage.self, "store",
                        [
                            "carrier": .text("heat"), "capacity": .number(100), "power": .number(20),
                            "cyclic": .flag(false),
                            "charge_efficiency": .number(1), "discharge_efficiency": .number(1),
                        ]))
            }
            let answer = try park.solve()
            guard answer.status == .optimal else { return nil }
            ends.append(answer.flow("chp", "output", "electricity")[0])
        }
        return ends[0]...ends[1]
    }

    /// Without a store the region is the polygon; with one it is the polygon widened by what the store gives or takes:
    /// the region A G H I J C K L of figure 2 comes out of the model by itself.
    @Test(arguments: [0.0, 20, 40, 80, 90, 100, 101]) func storeWidensTheRegion(heat: Double) throws {
        func upper(_ h: Double) -> Double { 100 - 15 * h / 80 }
        func lower(_ h: Double) -> Double { 40 + 15 * h / 80 }
        let alone = try powerRange(heat: heat, store: false)
        if heat <= 80 {
            let range = try #require(alone)
            #expect(near(range.lowerBound, lower(heat)))
            #expect(near(range.upperBound, upper(heat)))
        } else {
            #expect(alone == nil)
        }
        let wide = try powerRange(heat: heat, store: true)
        if heat <= 100 {
            let least = max(0, heat - 20)
            let range = try #require(wide)
            #expect(near(range.lowerBound, lower(least)))
            #expect(near(range.upperBound, upper(least)))
        } else {
            #expect(wide == nil)
        }
    }

    @Test func extractionBurnsForPowerAndHeat() throws {
        var park = TinyPark()
        park.carriers = [Carrier(name: "electricity"), Carrier(name: "heat"), Carrier(name: "gas", price: [0.5])]
        park.demand = [("heat", [40]), ("electricity", [60])]
        park.components = [try make(CombinedHeatAndPower.self, "chp", Self.square)]
        let expected2: Double = (60 + 0.2 * 40) / 0.4 * 0.5
        #expect(near(try park.solve().cost, expected2))
    }

    @Test func commitmentPaysForStartsAndStopsWhenIdle() throws {
        // Power is worth 1 in step 1 only; the unit gives 50 ... 100 kW at 0.8 a kWh: one start, nothing else.
        let time = TimeGrid(steps: 3, hours: 1)
        var park = TinyPark()
        park.time = time
        park.carriers = [
            Carrier(name: "electricity"), Carrier(name: "heat", mayBeVented: true),
            Carrier(name: "gas", price: [0.32, 0.32, 0.32]),
        ]
        park.components = [
            try make(
                CombinedHeatAndPower.self, "chp",
                [
                    "capacity": .number(100), "min_load": .number(0.5), "commitment": .flag(true),
                    "startup_cost": .number(7),
                    "efficiency": .perCarrier([CarrierAmount("electricity", 0.4), CarrierAmount("heat", 0.4)]),
                ], time: time),
            try market([2, 2, 2], time: time, sell: [0.1, 1, 0.1]),
        ]
        let answer = try park.solve()
        let expected3: Double = 100 * (0.8 - 1) + 7
        #expect(near(answer.cost, expected3))
        #expect(near(answer.flow("chp", "output", "electricity")[0], 0))
    }

    @Test func rampsLimitTheChangeOfPower() throws {
        let time = TimeGrid(steps: 3, hours: 0.5)
        var park = TinyPark()
        park.time = time
        park.carriers = [
            Carrier(name: "electricity"), Carrier(name: "heat", mayBeVented: true),
            Carrier(name: "gas", price: [0.1, 0.1, 0.1]),
        ]
        park.components = [
            try make(
                CombinedHeatAndPower.self, "chp",
                [
                    "capacity": .number(100), "ramp": .number(60),
                    "efficiency": .perCarrier([CarrierAmount("electricity", 0.4), CarrierAmount("heat", 0.4)]),
                ], time: time),
            try market([2, 2, 2], time: time, sell: [-9, 1, 1]),
        ]
        let power = try park.solve().flow("chp", "output", "electricity")
        #expect(near(power[0], 0) && near(power[1], 30) && near(power[2], 60))
    }

    @Test func whatCannotBeIsRefusedInWords() {
        var corners = Self.square
        corners["corners"] = .points([Point(x: 0, y: 0), Point(x: 1, y: 1), Point(x: 2, y: 2)])
        #expect(refusal(CombinedHeatAndPower.self, corners).contains("lie on one line"))
        corners["corners"] = .points([Point(x: 0, y: 0), Point(x: 4, y: 0), Point(x: 0, y: 4), Point(x: 1, y: 1)])
        #expect(refusal(CombinedHeatAndPower.self, corners).contains("not all corners of a convex region"))
        corners["corners"] = .points([Point(x: 0, y: 0), Point(x: 4, y: 0), Point(x: 0, y: 400)])
        #expect(refusal(CombinedHeatAndPower.self, corners).contains("the capacity is 100"))
        corners["corners"] = nil
        #expect(refusal(CombinedHeatAndPower.self, corners).contains("corners: is missing"))
        let both: [String: AttributeValue] = [
            "capacity": .number(1),
            "efficiency": .perCarrier([CarrierAmount("electricity", 0.6), CarrierAmount("heat", 0.6)]),
        ]
        #expect(refusal(CombinedHeatAndPower.self, both).contains("give more than the fuel holds"))
        let noHeat: [String: AttributeValue] = [
            "capacity": .number(1), "efficiency": .perCarrier([CarrierAmount("electricity", 0.6)]),
        ]
        #expect(refusal(CombinedHeatAndPower.self, noHeat).contains("no entry for heat"))
        let noPower: [String: AttributeValue] = [
            "capacity": .number(1), "efficiency": .perCarrier([CarrierAmount("heat", 0.6)]),
        ]
        #expect(refusal(CombinedHeatAndPower.self, noPower).contains("no entry for electricity"))
        var starts = both
        starts["efficiency"] = .perCarrier([CarrierAmount("electricity", 0.3), CarrierAmount("heat", 0.3)])
        starts["startup_cost"] = .number(3)
        #expect(refusal(CombinedHeatAndPower.self, starts).contains("commitment: true"))
    }
}
