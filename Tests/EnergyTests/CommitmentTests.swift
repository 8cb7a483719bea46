import Energy
import LinearModels
import Testing

/// Least loads, starts and least times of converters, against every sequence of on and off.
@Suite struct CommitmentTests {
    @Test(arguments: 1...14) func theCheapestOfAllSequences(seed: Int) throws {
        let oracle = UnitOracle.random(UInt64(seed), steps: 6 + seed % 3)
        let answer = try oracle.park(oracle.boiler()).solve()
        #expect(answer.status == .optimal && answer.audit.holds)
        #expect(near(answer.cost, oracle.least()))
    }

    /// The unit of the oracle as a CHP unit whose power goes for nothing: heat is all that counts, and a kW of power
    /// stands for a kW of heat.
    @Test(arguments: 21...26) func combinedHeatAndPowerKeepsTheSameTimes(seed: Int) throws {
        var oracle = UnitOracle.random(UInt64(seed), steps: 7)
        oracle.efficiency = 0.45
        let efficiency: [String: AttributeValue] = [
            "efficiency": .perCarrier([CarrierAmount("electricity", 0.45), CarrierAmount("heat", 0.45)])
        ]
        let unit = try make(
            CombinedHeatAndPower.self, "unit", oracle.values().merging(efficiency) { $1 }, time: oracle.time)
        var park = oracle.park(unit)
        park.carriers.append(Carrier(name: "electricity", mayBeVented: true))
        // Half of the fuel's price, so that it is worth running at times.
        park.carriers[1] = Carrier(name: "gas", price: oracle.fuelPrice.map { $0 / 2 })
        oracle = UnitOracle(
            capacity: oracle.capacity, efficiency: 0.45, minimumLoad: oracle.minimumLoad,
            startupCost: oracle.startupCost, up: oracle.up, down: oracle.down,
            fuelPrice: oracle.fuelPrice.map { $0 / 2 }, heatPrice: oracle.heatPrice, demand: oracle.demand)
        #expect(near(try park.solve().cost, oracle.least()))
    }

    /// Least times bind: without them the same hours cost less, in some of the seeds above. So they are no rows that
    /// never matter.
    @Test func leastTimesCostSomething() throws {
        let dearer = (1...14).count { seed in
            var oracle = UnitOracle.random(UInt64(seed), steps: 8)
            let bound = oracle.least()
            (oracle.up, oracle.down) = (1, 1)
            return oracle.least() < bound - 1e-6
        }
        #expect(dearer >= 4)
    }

    /// A capacity that is decided, at several sizes, costs what the same number does.
    @Test(arguments: 31...34) func decidedCapacitiesAreTheFixedOnes(seed: Int) throws {
        var oracle = UnitOracle.random(UInt64(seed), steps: 6)
        let built = try oracle.park(oracle.boiler(capacity: .range(0...130))).built()
        let session = try SolverSession(built.model)
        let parameter = try #require(built.model.parameters.first)
        for size in [130.0, 0, 45, 100, 1] {
            try session.set(parameter, to: size)
            #expect(try session.solve() == .optimal)
            oracle.capacity = size
            #expect(near(session.objectiveValue, oracle.least()), "\(size)")
        }
    }

    /// The same hours in steps of 60, 30 and 15 minutes: a unit with least times in whole hours gains nothing by
    /// switching within one, since what it saves is linear in when it does.
    @Test(arguments: [41, 42, 43]) func shorterStepsCostTheSame(seed: Int) throws {
        let hourly = UnitOracle.random(UInt64(seed), steps: 6)
        let costs = try [1, 2, 4].map { each in
            func spread(_ values: [Double]) -> [Double] { values.flatMap { Array(repeating: $0, count: each) } }
            let finer = UnitOracle(
                hours: 1 / Double(each), efficiency: hourly.efficiency, minimumLoad: hourly.minimumLoad,
                startupCost: hourly.startupCost, up: 2 * each, down: 2 * each, fuelPrice: spread(hourly.fuelPrice),
                heatPrice: spread(hourly.heatPrice), demand: spread(hourly.demand))
            return try finer.park(finer.boiler()).solve().cost
        }
        #expect(near(costs[0], costs[1]) && near(costs[0], costs[2]))
    }

    /// An hour and a half is two steps of an hour, three of half an hour, and six of a quarter; a unit that is worth a
    /// lot in one quarter of an hour and nothing else runs just as long.
    @Test(arguments: [(1.0, 2), (0.5, 3), (0.25, 6), (1.5, 1)]) func leastTimesAreRoundedUpToSteps(
        hours: Double, running: Int
    ) throws {
        let steps = 14
        var heatPrice = [Double](repeating: 0, count: steps)
        heatPrice[6] = 9
        let oracle = UnitOracle(
            hours: hours, minimumLoad: 1, fuelPrice: Array(repeating: 0.3, count: steps), heatPrice: heatPrice,
            demand: Array(repeating: 100, count: steps))
        var values = oracle.values()
        values["min_up"] = .number(1.5)
        values["efficiency"] = .perCarrier([CarrierAmount("heat", oracle.efficiency)])
        let output = try oracle.park(make(Boiler.self, "unit", values, time: oracle.time)).solve().flow(
            "unit", "output")
        #expect(output.count { $0 > 1 } == running)
        #expect(output[6] > 1)
    }

    /// At the ends of the horizon: a unit that is on in the first step may stop at once, and one that starts in the
    /// last has all the time that comes after it.
    @Test func theEndsOfTheHorizonAskForNothing() throws {
        let oracle = UnitOracle(
            minimumLoad: 1, startupCost: 5, up: 3, down: 2, fuelPrice: [0.4, 0.4, 0.4, 0.4, 0.4],
            heatPrice: [2, 0.1, 0.1, 0.1, 2], demand: [100, 100, 100, 100, 100])
        let answer = try oracle.park(oracle.boiler()).solve()
        #expect(answer.flow("unit", "output").map { $0 > 1 } == [true, false, false, false, true])
        // 50 for the fuel of each hour that it runs, 10 for each hour of other heat, and a start.
        let expected: Double = 2 * 50 + 3 * 10 + 5
        #expect(near(answer.cost, expected))
    }

    /// Every converter has the same keys: each, with a least load of half its capacity, gives nothing or half of it.
    @Test func everyConverterMayStop() throws {
        let common: [String: AttributeValue] = [
            "capacity": .number(100), "min_load": .number(0.5), "commitment": .flag(true), "startup_cost": .number(3),
        ]
        func efficiency(_ carrier: String, _ value: Double) -> [String: AttributeValue] {
            common.merging(["efficiency": .perCarrier([CarrierAmount(carrier, value)])]) { $1 }
        }
        let time = TimeGrid(steps: 3, hours: 1)
        let converter: [String: AttributeValue] = [
            "inputs": .perCarrier([CarrierAmount("gas", 1)]), "outputs": .perCarrier([CarrierAmount("heat", 0.8)]),
        ]
        let units: [(any Component, String)] = [
            (try make(ElectricBoiler.self, "unit", efficiency("heat", 0.8), time: time), "heat"),
            (try make(ElectricChiller.self, "unit", efficiency("cooling", 0.8), time: time), "cooling"),
            (try make(AbsorptionChiller.self, "unit", efficiency("cooling", 0.8), time: time), "cooling"),
            (try make(Converter.self, "unit", common.merging(converter) { $1 }, time: time), "heat"),
        ]
        for (unit, carrier) in units {
            var park = TinyPark()
            park.time = time
            park.carriers = ["electricity", "gas", "heat", "cooling"].filter { $0 != carrier }.map {
                Carrier(name: $0, price: [0.2, 0.2, 0.2])
            }
            park.carriers.append(Carrier(name: carrier, price: [0.1, 1, 0.1]))
            park.demand = [(carrier, [80, 80, 80])]
            park.components = [unit]
            let answer = try park.solve()
            // 80 kW for 100 kW at 0.2 and a start, where else 80 at 1 were paid; 8 for each of the other hours.
            #expect(near(answer.cost, 20 + 3 + 2 * 8), "\(type(of: unit))")
            #expect(near(answer.flow("unit", "output")[1], 80), "\(type(of: unit))")
        }
    }

    /// A start may reach the least load whatever the ramp.
    @Test func rampsLetItStart() throws {
        let time = TimeGrid(steps: 3, hours: 1)
        var park = TinyPark()
        park.time = time
        park.carriers = [Carrier(name: "heat", price: [-1, 1, 1]), Carrier(name: "gas", price: [0.4, 0.4, 0.4])]
        park.demand = [("heat", [100, 100, 100])]
        park.components = [
            try make(
                Boiler.self, "unit",
                [
                    "capacity": .number(100), "min_load": .number(0.5), "commitment": .flag(true), "ramp": .number(20),
                    "efficiency": .perCarrier([CarrierAmount("heat", 1)]),
                ], time: time)
        ]
        #expect(try park.solve().flow("unit", "output").map { $0.rounded() } == [0, 50, 70])
    }

    @Test(arguments: ["startup_cost", "min_up", "min_down"]) func whatHasNoEffectIsRefused(key: String) {
        #expect(
            refusal(
                Boiler.self,
                ["capacity": .number(1), "efficiency": .perCarrier([CarrierAmount("heat", 0.9)]), key: .number(3)])
                == "\(key): has no effect on a unit that never stops. Add commitment: true.")
    }
}
