import Energy
import LinearModels
import Testing

@Suite struct ConverterTests {
    /// 90 kW of heat from a boiler with 0.9 takes 100 kW of gas at 0.4 and 0.02 a kWh of heat: 41.8 in half an hour
    /// twice.
    @Test(arguments: [1.0, 0.5, 0.25]) func boilerCostsWhatItBurns(hours: Double) throws {
        let steps = Int(1 / hours)
        var park = TinyPark()
        park.time = TimeGrid(steps: steps, hours: hours)
        park.carriers = [
            Carrier(name: "heat"),
            Carrier(name: "gas", price: Array(repeating: 0.4, count: steps), emissionFactor: 0.2),
        ]
        park.demand = [("heat", Array(repeating: 90, count: steps))]
        park.components = [
            try make(
                Boiler.self, "boiler",
                [
                    "capacity": .number(100), "efficiency": .perCarrier([CarrierAmount("heat", 0.9)]),
                    "om_cost": .number(0.02),
                ])
        ]
        let answer = try park.solve()
        #expect(answer.status == .optimal)
        let expected1: Double = 100 * 0.4 + 90 * 0.02
        #expect(near(answer.cost, expected1))
        #expect(near(answer.party.totalEmission, 100 * 0.2))
        #expect(answer.audit.holds)
    }

    @Test func electricBoilerIsUsedWhereHeatIsDearer() throws {
        // Heat at 0.5 against electricity at 0.4 / 0.8 = 0.5 is a tie; at 0.3 / 0.8 = 0.375 the heater wins up to its
        // capacity.
        var park = TinyPark()
        park.time = TimeGrid(steps: 2, hours: 1)
        park.carriers = [
            Carrier(name: "heat", price: [0.5, 0.5]), Carrier(name: "electricity", price: [0.3, 0.45]),
        ]
        park.demand = [("heat", [50, 50])]
        park.components = [
            try make(
                ElectricBoiler.self, "heater",
                ["capacity": .number(30), "efficiency": .perCarrier([CarrierAmount("heat", 0.8)])], time: park.time)
        ]
        let answer = try park.solve()
        #expect(near(answer.flow("heater", "output")[0], 30))
        #expect(near(answer.flow("heater", "output")[1], 0))
        let expected2: Double = 30 / 0.8 * 0.3 + 20 * 0.5 + 50 * 0.5
        #expect(near(answer.cost, expected2))
    }

    @Test func converterWithTwoInputsAndTwoOutputs() throws {
        var park = TinyPark()
        park.carriers = [
            Carrier(name: "cooling"), Carrier(name: "heat", mayBeVented: true),
            Carrier(name: "electricity", price: [0.5]),
            Carrier(name: "gas", price: [0.3]),
        ]
        park.demand = [("cooling", [40])]
        park.components = [
            try make(
                Converter.self, "unit",
                [
                    "capacity": .number(100),
                    "inputs": .perCarrier([CarrierAmount("electricity", 1), CarrierAmount("gas", 0.5)]),
                    "outputs": .perCarrier([CarrierAmount("cooling", 2), CarrierAmount("heat", 1)]),
                ])
        ]
        let answer = try park.solve()
        let expected3: Double = 20 * 0.5 + 10 * 0.3
        #expect(near(answer.cost, expected3))
        #expect(near(answer.flow("unit", "output", "heat")[0], 20))
        #expect(near(answer.flow("vent", "vent")[0], -20))
    }

    @Test func demandWithoutSupplyIsRefused() {
        var park = TinyPark()
        park.carriers = [Carrier(name: "heat")]
        park.demand = [("heat", [5])]
        #expect(throws: InputProblem.self) { try park.solve() }
        #expect(
            refusal(Converter.self, ["capacity": .number(1), "inputs": .perCarrier([]), "outputs": .perCarrier([])])
                .contains("first output must be above 0"))
    }
}
