import Energy
import LinearModels
import Testing

/// Heat pumps, chillers whose performance changes, electrolysers, fuel cells and gas from power, by hand.
@Suite struct ConversionTests {
    /// What the first half of the hour asks for, and the second, in steps of some length.
    private func halves(_ first: Double, _ second: Double, _ each: Int) -> [Double] {
        [first, second].flatMap { Array(repeating: $0, count: each) }
    }

    private func grid(_ hours: Double) -> TimeGrid { TimeGrid(steps: Int(1 / hours), hours: hours) }

    /// 30 kW of heat take 10 kW at a performance of 3 and 15 kW at 2: heat at 0.12 is dearer than 0.3 / 3 and cheaper
    /// than 0.3 / 2.
    @Test(arguments: [1, 2, 4]) func aHeatPumpFollowsItsPerformance(each: Int) throws {
        let time = grid(0.5 / Double(each))
        var park = TinyPark()
        park.time = time
        park.carriers = [
            Carrier(name: "heat", price: halves(0.12, 0.12, each)),
            Carrier(name: "electricity", price: halves(0.3, 0.3, each)),
        ]
        park.demand = [("heat", halves(30, 30, each))]
        park.components = [
            try make(
                HeatPump.self, "pump",
                ["capacity": .number(40), "cop": .series(halves(3, 2, each)), "om_cost": .number(0.01)], time: time)
        ]
        let answer = try park.solve()
        let expected: Double = 0.5 * (10 * 0.3 + 30 * 0.01 + 30 * 0.12)
        #expect(near(answer.cost, expected))
        #expect(answer.flow("pump", "output") == halves(30, 0, each))
        #expect(answer.audit.holds)
    }

    /// A pump that is on takes at least what half its capacity does, by the performance of the hour, and at half load a
    /// quarter more than its performance says.
    @Test func aHeatPumpAtPartLoad() throws {
        let time = TimeGrid(steps: 2, hours: 1)
        var park = TinyPark()
        park.time = time
        park.carriers = [
            Carrier(name: "heat", price: [1, 1], mayBeVented: true), Carrier(name: "electricity", price: [0.6, 0.6]),
        ]
        park.demand = [("heat", [10, 20])]
        park.components = [
            try make(
                HeatPump.self, "pump",
                [
                    "capacity": .number(40), "cop": .series([2, 4]), "commitment": .flag(true),
                    "min_load": .number(0.5),
                    "part_load": .points([Point(x: 0.5, y: 0.8), Point(x: 1, y: 1)]),
                ], time: time)
        ]
        let answer = try park.solve()
        // First 20 kW would take 20 / 2 / 0.8 = 12.5 kW at 0.6, 7.5, and 10 kW of other heat cost 10. Then 20 kW take
        // 20 / 4 / 0.8 = 6.25 kW.
        #expect(answer.flow("pump", "input").map { -$0 } == [12.5, 6.25])
        #expect(near(answer.cost, 18.75 * 0.6))
    }

    /// 40 kW of cooling take 40 / 4 = 10 kW and 40 / 2 = 20; of heat 40 / 0.8 = 50 and 40 / 0.5 = 80.
    @Test func chillersFollowTheirPerformance() throws {
        let time = TimeGrid(steps: 2, hours: 1)
        func run(_ chiller: any Component) throws -> [Double] {
            var park = TinyPark()
            park.time = time
            park.carriers = [
                Carrier(name: "cooling"), Carrier(name: "electricity", price: [1, 1]),
                Carrier(name: "heat", price: [1, 1]),
            ]
            park.demand = [("cooling", [40, 40])]
            park.components = [chiller]
            return try park.solve().flow("chiller", "input").map { -$0 }
        }
        let electric = try make(
            ElectricChiller.self, "chiller", ["capacity": .number(50), "cop": .series([4, 2])], time: time)
        #expect(try run(electric) == [10, 20])
        let absorption = try make(
            AbsorptionChiller.self, "chiller", ["capacity": .number(50), "cop": .series([0.8, 0.5])], time: time)
        #expect(try run(absorption) == [50, 80])
        #expect(
            refusal(ElectricChiller.self, ["capacity": .number(5)])
                == "efficiency: is missing, and so is cop. Give one of them.")
        #expect(
            refusal(
                AbsorptionChiller.self,
                [
                    "capacity": .number(5), "cop": .series([0.7]),
                    "efficiency": .perCarrier([CarrierAmount("cooling", 0.7)]),
                ]) == "cop: and efficiency are both given. Keep one of them.")
    }

    /// A performance that never changes is an efficiency.
    @Test func aPerformanceIsAnEfficiency() throws {
        let time = TimeGrid(steps: 3, hours: 0.5)
        func cost(_ chiller: any Component) throws -> Double {
            var park = TinyPark()
            park.time = time
            park.carriers = [
                Carrier(name: "cooling", price: [0.1, 0.2, 0.3]), Carrier(name: "electricity", price: [0.5, 0.7, 0.6]),
            ]
            park.demand = [("cooling", [30, 60, 45])]
            park.components = [chiller]
            return try park.solve().cost
        }
        let efficiency = try make(
            ElectricChiller.self, "chiller",
            ["capacity": .number(50), "efficiency": .perCarrier([CarrierAmount("cooling", 3)])], time: time)
        let performance = try make(
            ElectricChiller.self, "chiller", ["capacity": .number(50), "cop": .series([3, 3, 3])], time: time)
        #expect(near(try cost(efficiency), try cost(performance)))
    }

    /// 10 kW of electricity take 20 kW of gas, and 25 where the factor is 0.8; the 6 kW of heat come with either.
    @Test func aConverterFollowsItsFactor() throws {
        let time = TimeGrid(steps: 2, hours: 1)
        var park = TinyPark()
        park.time = time
        park.carriers = [
            Carrier(name: "electricity"), Carrier(name: "heat", mayBeVented: true),
            Carrier(name: "gas", price: [1, 1]),
        ]
        park.demand = [("electricity", [10, 10])]
        park.components = [
            try make(
                Converter.self, "unit",
                [
                    "capacity": .number(50), "inputs": .perCarrier([CarrierAmount("gas", 1)]),
                    "outputs": .perCarrier([CarrierAmount("electricity", 0.5), CarrierAmount("heat", 0.3)]),
                    "efficiency_factor": .series([1, 0.8]),
                ], time: time)
        ]
        let answer = try park.solve()
        #expect(near(answer.cost, 45))
        #expect(answer.flow("unit", "output", "heat").map { $0.rounded() } == [6, 6])
    }

    /// A night's electricity through an electrolyser, a hydrogen store and a fuel cell: 100 kW become 70 of hydrogen
    /// and 20 of heat, and 70 become 35 of electricity and 28 of heat.
    @Test func hydrogenBringsElectricityFromNightToDay() throws {
        let time = TimeGrid(steps: 2, hours: 1)
        var park = TinyPark()
        park.time = time
        park.carriers = [
            Carrier(name: "electricity", price: [0.1, 1]), Carrier(name: "hydrogen"),
            Carrier(name: "heat", price: [0.2, 0.2]),
        ]
        park.demand = [("electricity", [0, 50]), ("heat", [20, 28])]
        park.components = [
            try make(
                Electrolyser.self, "electrolyser",
                [
                    "capacity": .number(70),
                    "efficiency": .perCarrier([CarrierAmount("hydrogen", 0.7), CarrierAmount("heat", 0.2)]),
                ], time: time),
            try make(
                Storage.self, "tank",
                [
                    "carrier": .text("hydrogen"), "capacity": .number(100), "power": .number(100),
                    "charge_efficiency": .number(1), "discharge_efficiency": .number(1), "initial_soc": .number(0),
                ], time: time),
            // Written the other way round: power is the main output wherever it stands.
            try make(
                FuelCell.self, "cell",
                [
                    "capacity": .number(40),
                    "efficiency": .perCarrier([CarrierAmount("heat", 0.4), CarrierAmount("electricity", 0.5)]),
                ], time: time),
        ]
        let answer = try park.solve()
        let expected: Double = 100 * 0.1 + 15 * 1
        #expect(near(answer.cost, expected))
        #expect(near(answer.flow("cell", "output", "electricity")[1], 35))
        #expect(near(answer.flow("electrolyser", "input")[0], -100))
        #expect(answer.audit.holds)
    }

    /// 60 kW of gas from 100 kW of electricity take up 20 kg an hour, which earn 0.1 each: 2 less 2 is nothing, where
    /// 60 kW of gas cost 1.2 and emit 12 kg at 0.1 more. In quarters of an hour as well.
    @Test(arguments: [1.0, 0.25]) func gasFromPowerTakesUpCarbon(hours: Double) throws {
        let time = grid(hours)
        func series(_ value: Double) -> [Double] { Array(repeating: value, count: time.steps) }
        func answer(uptake: Double) throws -> TinyPark.Answer {
            var park = TinyPark()
            park.time = time
            park.carriers = [
                Carrier(name: "electricity", price: series(0.02)),
                Carrier(name: "gas", price: series(0.02), emissionFactor: 0.2),
            ]
            park.demand = [("gas", series(60))]
            park.components = [
                try make(
                    PowerToGas.self, "methaniser",
                    [
                        "capacity": .number(60), "efficiency": .perCarrier([CarrierAmount("gas", 0.6)]),
                        "co2_uptake": .number(uptake),
                    ], time: time),
                // What bounds the emission: gas from outside is unlimited.
                try market(series(0.5), time: time, maximum: 1),
            ]
            park.carriers[1] = Carrier(name: "gas")
            park.components.append(
                try make(
                    MarketExchange.self, "pipe",
                    [
                        "carrier": .text("gas"), "buy_price": .series(series(0.02)), "buy_max": .number(100),
                        "co2": .number(0.2),
                    ], time: time))
            park.carbon = CarbonAccount(
                basePrice: 0.1, interval: 1000, growth: 0, steps: 1, reward: .flat(price: 0.1))
            return try park.solve()
        }
        let taking = try answer(uptake: 0.2)
        #expect(near(taking.cost, 0) && near(taking.party.totalEmission, -20))
        #expect(taking.audit.holds)
        // Without the uptake gas of power costs 2, and gas from outside 1.2 with 1.2 for its emission.
        #expect(near(try answer(uptake: 0).cost, 2))
    }

    /// Gas at a price of its carrier beside gas of power: how much is emitted at the most is known, since no more is
    /// bought than is taken. As much as from a pipe with a limit.
    @Test func aPriceOfGasBesideGasFromPower() throws {
        func answer(_ price: Double) throws -> TinyPark.Answer {
            var park = TinyPark()
            park.carriers = [
                Carrier(name: "electricity", price: [0.02]), Carrier(name: "gas", price: [price], emissionFactor: 0.2),
            ]
            park.demand = [("gas", [90])]
            park.components = [
                try make(
                    PowerToGas.self, "methaniser",
                    [
                        "capacity": .number(60), "efficiency": .perCarrier([CarrierAmount("gas", 0.6)]),
                        "co2_uptake": .number(0.2),
                    ])
            ]
            park.carbon = CarbonAccount(
                basePrice: 0.1, interval: 1000, growth: 0, steps: 1, reward: .flat(price: 0.1))
            return try park.solve()
        }
        // 60 kW of power's gas for 2 less 2; 30 from outside at 0.02 and 0.02.
        let beside = try answer(0.02)
        #expect(near(beside.cost, 1.2) && near(beside.party.totalEmission, -14) && beside.audit.holds)
        // Gas that is paid for is bought for all that is taken, and no more: 90 kW with 1.8 for its emission.
        let paid = try answer(-0.1)
        #expect(near(paid.cost, 90 * (0.02 - 0.1)) && paid.audit.holds)
    }

    /// From nothing 25 kW more an hour: 25, 50 and 60 kW of gas, which is all that it can give.
    @Test func gasFromPowerHasRamps() throws {
        let time = TimeGrid(steps: 4, hours: 1)
        var park = TinyPark()
        park.time = time
        park.carriers = [
            Carrier(name: "electricity", price: [9, 0.1, 0.1, 0.1]), Carrier(name: "gas", price: [1, 1, 1, 1]),
        ]
        park.demand = [("gas", [90, 90, 90, 90])]
        park.components = [
            try make(
                PowerToGas.self, "methaniser",
                [
                    "capacity": .number(60), "efficiency": .perCarrier([CarrierAmount("gas", 0.5)]),
                    "ramp": .number(25),
                ], time: time)
        ]
        #expect(try park.solve().flow("methaniser", "output").map { $0.rounded() } == [0, 25, 50, 60])
    }

    @Test func nobodyMakesEnergyOutOfNothing() {
        let most: [(AttributeValue, String)] = [
            (
                .perCarrier([CarrierAmount("hydrogen", 0.8), CarrierAmount("heat", 0.3)]),
                "comes to 1.1 kWh for each 1 kWh"
            ),
            (.perCarrier([CarrierAmount("hydrogen", 0.8)]), "with a multiple of 1.3 the device gives 1.04 kWh"),
        ]
        for (efficiency, expected) in most {
            let values: [String: AttributeValue] = [
                "capacity": .number(1), "efficiency": efficiency,
                "part_load": .points([Point(x: 0.5, y: 1.3), Point(x: 1, y: 1)]),
            ]
            #expect(refusal(Electrolyser.self, values).contains(expected))
            #expect(refusal(PowerToGas.self, values).contains(expected))
        }
        let cell: [String: AttributeValue] = [
            "capacity": .number(1),
            "efficiency": .perCarrier([CarrierAmount("electricity", 0.6), CarrierAmount("heat", 0.5)]),
        ]
        #expect(refusal(FuelCell.self, cell).contains("comes to 1.1 kWh"))
        #expect(
            refusal(FuelCell.self, ["capacity": .number(1), "efficiency": .perCarrier([CarrierAmount("heat", 0.5)])])
                .contains("has no entry for electricity"))
        // A boiler by the lower heating value gives up to 1.2.
        let ofBoiler: [String: AttributeValue] = [
            "capacity": .number(1), "efficiency": .perCarrier([CarrierAmount("heat", 0.9)]),
        ]
        func boiler(_ multiple: Double) -> String {
            refusal(
                Boiler.self,
                ofBoiler.merging(["part_load": .points([Point(x: 0.5, y: multiple), Point(x: 1, y: 1)])]) { $1 })
        }
        #expect(boiler(1.3) == "accepted" && boiler(1.4).contains("gives 1.26 kWh for each 1 kWh"))
    }
}
