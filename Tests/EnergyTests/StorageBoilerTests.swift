import Energy
import LinearModels
import TestSupport
import Testing

/// Electric boilers with a tank: by hand, against the same put together of other devices, and between the modes.
@Suite struct StorageBoilerTests {
    private static func values(_ more: [String: AttributeValue] = [:]) -> [String: AttributeValue] {
        let common: [String: AttributeValue] = [
            "capacity": .number(100), "efficiency": .perCarrier([CarrierAmount("heat", 0.95)]), "tank": .number(200),
            "charge_efficiency": .number(0.9), "discharge_efficiency": .number(0.9), "initial_soc": .number(0),
        ]
        return common.merging(more) { $1 }
    }

    /// 20 and 30 kW of heat for an hour each, with electricity at 0.1 and 1, and other heat at 0.5.
    private func answer(_ more: [String: AttributeValue], each: Int = 1) throws -> TinyPark.Answer {
        func spread(_ values: [Double]) -> [Double] { values.flatMap { Array(repeating: $0, count: each) } }
        var park = TinyPark()
        park.time = TimeGrid(steps: 2 * each, hours: 1 / Double(each))
        park.carriers = [
            Carrier(name: "electricity", price: spread([0.1, 1])), Carrier(name: "heat", price: spread([0.5, 0.5])),
        ]
        park.demand = [("heat", spread([20, 30]))]
        var values = Self.values(more)
        if case .series(let window)? = values["may_run"] { values["may_run"] = .series(spread(window)) }
        park.components = [try make(StorageBoiler.self, "boiler", values, time: park.time)]
        let answer = try park.solve()
        #expect(answer.status == .optimal && answer.audit.holds)
        return answer
    }

    /// All 50 kWh through the tank, of which it gives 0.81 back.
    @Test(arguments: [1, 2, 4]) func fullStorage(each: Int) throws {
        let answer = try answer(["through_tank": .number(1)], each: each)
        let expected: Double = 50 / 0.81 / 0.95 * 0.1
        #expect(near(answer.cost, expected))
        #expect(answer.flow("boiler", "output").allSatisfy { abs($0) < 1e-9 })
    }

    /// Half of 40 kWh straight, which is all that is asked for in the first hour, and 16.2 of the other half later.
    @Test(arguments: [1, 2, 4]) func halfStorage(each: Int) throws {
        let answer = try answer(["through_tank": .number(0.5)], each: each)
        let expected: Double = 40 / 0.95 * 0.1 + 13.8 * 0.5
        #expect(near(answer.cost, expected))
    }

    /// What is asked for straight, and the rest through the tank.
    @Test(arguments: [1, 2, 4]) func freeStorage(each: Int) throws {
        let answer = try answer([:], each: each)
        let expected: Double = (20 + 30 / 0.81) / 0.95 * 0.1
        #expect(near(answer.cost, expected))
    }

    /// Closed in the first hour, the boiler is too dear in the second; closed in the second, nothing changes.
    @Test func theWindowIsKept() throws {
        let late = try answer(["may_run": .series([0, 1])])
        #expect(near(late.cost, 25) && late.flow("boiler", "input").allSatisfy { abs($0) < 1e-9 })
        let early = try answer(["may_run": .series([1, 0])])
        #expect(near(early.cost, try answer([:]).cost) && abs(early.flow("boiler", "input")[1]) < 1e-9)
    }

    /// Heat from outside for nothing is not stored: the tank is the boiler's own. A store beside it would take it.
    @Test func theTankTakesTheBoilersHeatOnly() throws {
        var park = TinyPark()
        park.time = TimeGrid(steps: 2, hours: 1)
        park.carriers = [Carrier(name: "electricity", price: [9, 9]), Carrier(name: "heat", price: [0, 0.5])]
        park.demand = [("heat", [20, 30])]
        park.components = [try make(StorageBoiler.self, "boiler", Self.values(), time: park.time)]
        #expect(near(try park.solve().cost, 15))
        park.components = [
            try make(
                Storage.self, "store",
                ["carrier": .text("heat"), "capacity": .number(200), "power": .number(99), "initial_soc": .number(0)],
                time: park.time)
        ]
        #expect(near(try park.solve().cost, 0))
    }

    private func random(_ seed: Int) -> TinyPark {
        var numbers = SeededNumbers(seed: UInt64(seed))
        let steps = 8
        func draw(_ range: ClosedRange<Double>) -> [Double] { (0..<steps).map { _ in numbers.uniform(in: range) } }
        var park = TinyPark()
        park.time = TimeGrid(steps: steps, hours: 0.5)
        park.carriers = [
            Carrier(name: "electricity", price: draw(0.05...0.8)), Carrier(name: "heat", price: draw(0.3...0.7)),
            Carrier(name: "hot"),
        ]
        park.demand = [("heat", draw(10...60))]
        return park
    }

    /// The same put together of a boiler into a carrier of its own, a store of that, and a way out of it.
    @Test(arguments: 1...6) func freeStorageIsABoilerAndAStore(seed: Int) throws {
        var park = random(seed)
        let time = park.time
        let tank: [String: AttributeValue] = ["standing_loss": .number(0.05), "initial_soc": .number(0.2)]
        park.components = [
            try make(
                StorageBoiler.self, "boiler", Self.values(tank.merging(["tank": .number(40)]) { $1 }), time: time)
        ]
        let whole = try park.solve()
        #expect(whole.audit.holds)
        park.components = [
            try make(
                ElectricBoiler.self, "boiler",
                ["capacity": .number(100), "efficiency": .perCarrier([CarrierAmount("hot", 0.95)])], time: time),
            try make(
                Storage.self, "tank",
                tank.merging([
                    "carrier": .text("hot"), "capacity": .number(40), "power": .number(1000),
                    "charge_efficiency": .number(0.9), "discharge_efficiency": .number(0.9),
                    "simultaneous": .flag(true),
                ]) { $1 }, time: time),
            try make(
                Converter.self, "way",
                [
                    "capacity": .number(1000), "inputs": .perCarrier([CarrierAmount("hot", 1)]),
                    "outputs": .perCarrier([CarrierAmount("heat", 1)]),
                ], time: time),
        ]
        #expect(near(whole.cost, try park.solve().cost))
    }

    /// A freely chosen share can do whatever a fixed share or a window does.
    @Test(arguments: 1...6) func freeStorageIsTheCheapest(seed: Int) throws {
        var park = random(seed)
        func cost(_ more: [String: AttributeValue]) throws -> Double {
            let values = Self.values(more.merging(["tank": .number(40), "initial_soc": .number(0.5)]) { $1 })
            park.components = [try make(StorageBoiler.self, "boiler", values, time: park.time)]
            let answer = try park.solve()
            #expect(answer.audit.holds)
            return answer.cost
        }
        let free = try cost([:])
        let bound = try [0, 0.5, 1].map { try cost(["through_tank": .number($0)]) }
        let window = try cost(["may_run": .series([1, 1, 0, 0, 1, 0, 1, 1])])
        #expect((bound + [window]).allSatisfy { $0 >= free - 1e-9 })
        #expect((bound + [window]).contains { $0 > free + 1e-3 })
    }

    /// A capacity that is decided costs what the number does, and the tank's power is a limit either way.
    @Test func decidedCapacitiesAreTheFixedOnes() throws {
        var park = random(9)
        func unit(_ capacity: AttributeValue) throws -> StorageBoiler {
            try make(
                StorageBoiler.self, "boiler",
                Self.values([
                    "capacity": capacity, "tank_power": .number(15), "commitment": .flag(true),
                    "min_load": .number(0.3), "may_run": .series([1, 1, 0, 1, 1, 0, 1, 1]),
                ]), time: park.time)
        }
        park.components = [try unit(.range(0...120))]
        let built = try park.built()
        let session = try SolverSession(built.model)
        for size in [120.0, 0, 35] {
            try session.set(try #require(built.model.parameters.first), to: size)
            #expect(try session.solve() == .optimal)
            park.components = [try unit(.number(size))]
            let fixed = try park.solve()
            #expect(near(session.objectiveValue, fixed.cost))
            #expect(fixed.audit.holds && fixed.flow("boiler", "discharge").allSatisfy { $0 <= 15 + 1e-7 })
        }
    }

    /// The audit follows the tank from the powers alone: a state that is not theirs is found.
    @Test func theTankIsAudited() throws {
        let answer = try answer([:])
        let fuller = try make(StorageBoiler.self, "boiler", Self.values(["initial_soc": .number(0.1)]))
        #expect(fuller.conservationGap(in: answer.party, time: TimeGrid(steps: 2, hours: 1)) > 1)
    }

    @Test func whatCannotBeIsRefusedInWords() {
        let time = TimeGrid(steps: 2, hours: 1)
        func refused(_ more: [String: AttributeValue]) -> String {
            refusal(StorageBoiler.self, Self.values(more), time: time)
        }
        #expect(refused(["may_run": .series([1, 0.5])]) == "may_run: is 0.5 at hour 1, but must be 1 or 0.")
        #expect(
            refused(["may_run": .series([1, 0]), "min_load": .number(0.3)]).hasPrefix(
                "may_run: is 0 at hour 1, but the boiler never gives less than its min_load."))
        #expect(refused(["min_soc": .number(0.5)]).hasPrefix("initial_soc: 0.0 is outside min_soc"))
    }
}
