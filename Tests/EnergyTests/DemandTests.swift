import Energy
import LinearModels
import Testing

@Suite struct DemandTests {
    private func park(_ prices: [Double], _ load: [Double], _ flexibility: any Component, time: TimeGrid) throws
        -> TinyPark
    {
        var park = TinyPark()
        park.time = time
        park.carriers = [Carrier(name: "electricity")]
        park.demand = [("electricity", load)]
        park.components = [try market(prices, time: time), flexibility]
        return park
    }

    @Test func shiftableKeepsItsEnergyAndItsWindow() throws {
        let time = TimeGrid(steps: 4, hours: 1)
        let washing = try make(
            ShiftableDemand.self, "washing",
            ["carrier": .text("electricity"), "share": .number(0.5), "window": .list([1, 4])], time: time)
        let answer = try park([0.1, 1, 0.5, 0.9], [10, 20, 10, 10], washing, time: time).solve()
        // 20 kWh of the last three hours may move; at most 2 * 10 kW: all of it goes to the hour at 0.5.
        let served = answer.flow("washing", "served").map { -$0 }
        #expect(near(served[0], 0) && near(served[1], 0) && near(served[2], 20) && near(served[3], 0))
        let expected1: Double = 0.1 * 10 + 1 * 10 + 0.5 * 25 + 0.9 * 5
        #expect(near(answer.cost, expected1))
        #expect(answer.audit.holds)
    }

    @Test func aKilowattHourMovedCostsItsDiscomfortOnce() throws {
        let time = TimeGrid(steps: 2, hours: 1)
        let washing = try make(
            ShiftableDemand.self, "washing",
            ["carrier": .text("electricity"), "share": .number(1), "discomfort": .number(0.3)], time: time)
        let answer = try park([1, 0.5], [10, 10], washing, time: time).solve()
        let expected2: Double = 20 * 0.5 + 10 * 0.3
        #expect(near(answer.cost, expected2))
        let dear = try make(
            ShiftableDemand.self, "washing",
            ["carrier": .text("electricity"), "share": .number(1), "discomfort": .number(0.6)], time: time)
        #expect(near(try park([1, 0.5], [10, 10], dear, time: time).solve().cost, 15))
    }

    /// Two days: energy stays in its day.
    @Test func eachDayKeepsItsOwnEnergy() throws {
        let time = TimeGrid(steps: 4, hours: 12)
        let load = try make(
            ShiftableDemand.self, "load", ["carrier": .text("electricity"), "share": .number(1)], time: time)
        let answer = try park([1, 0.9, 0.2, 0.1], [5, 5, 5, 5], load, time: time).solve()
        let served = answer.flow("load", "served").map { -$0 }
        #expect(near(served[0] + served[1], 10) && near(served[2] + served[3], 10))
        let expected3: Double = 12 * (10 * 0.9 + 10 * 0.1)
        #expect(near(answer.cost, expected3))
    }

    /// Cuts in order of their marginal discomfort, against a grid of all cuts.
    @Test(arguments: [0.2, 0.5, 0.75, 0.9, 1.2]) func curtailableEqualsBruteForce(price: Double) throws {
        let time = TimeGrid(steps: 1, hours: 0.5)
        let comfort = try make(
            CurtailableDemand.self, "comfort",
            [
                "carrier": .text("electricity"), "share": .number(0.3), "discomfort": .number(0.4),
                "growth": .number(1),
                "pieces": .count(4),
            ], time: time)
        let answer = try park([price], [40], comfort, time: time).solve()
        // Marginal discomfort 0.45, 0.55, 0.65, 0.75 over 3 kW each.
        let best =
            (0...1200).map { k -> Double in
                let cut = Double(k) / 100
                let discomfort = [0.45, 0.55, 0.65, 0.75].enumerated().reduce(0.0) { sum, piece in
                    sum + piece.element * min(3, max(0, cut - 3 * Double(piece.offset)))
                }
                return 0.5 * (price * (40 - cut) + discomfort)
            }.min() ?? .nan
        #expect(near(answer.cost, best))
    }

    /// A greatest power instead of a share: hour by hour the same cut where they agree, and its own where not.
    @Test func curtailableByPowerCutsUpToIt() throws {
        let time = TimeGrid(steps: 2, hours: 1)
        func cost(_ most: [String: AttributeValue]) throws -> Double {
            let comfort = try make(
                CurtailableDemand.self, "comfort",
                most.merging(["carrier": .text("electricity"), "discomfort": .number(0.4)]) { $1 }, time: time)
            return try park([1, 0.5], [40, 20], comfort, time: time).solve().cost
        }
        #expect(near(try cost(["share": .number(0.25)]), try cost(["max_power": .series([10, 5])])))
        // 7 kWh at 0.4 instead of 1, and the whole demand of the second hour at 0.4 instead of 0.5.
        #expect(near(try cost(["max_power": .series([7, 20])]), 50 - 7 * 0.6 - 20 * 0.1))
    }

    @Test func cutsBeyondTheDemandAreRefused() throws {
        let time = TimeGrid(steps: 2, hours: 1)
        let comfort = try make(
            CurtailableDemand.self, "comfort",
            ["carrier": .text("electricity"), "discomfort": .number(1), "max_power": .series([5, 12.5])], time: time)
        let refused = #expect(throws: InputProblem.self) { try park([1, 1], [10, 12], comfort, time: time).solve() }
        #expect(
            refused?.description
                == "max_power: 'comfort' may cut 12.5 kW at hour 1, but the electricity demand of park is 12 kW then. Lower it."
        )
    }

    @Test func claimsBeyondTheDemandAreRefused() throws {
        let time = TimeGrid(steps: 1, hours: 1)
        var park = TinyPark()
        park.carriers = [Carrier(name: "electricity", price: [1])]
        park.demand = [("electricity", [10])]
        park.components = [
            try make(ShiftableDemand.self, "a", ["carrier": .text("electricity"), "share": .number(0.7)], time: time),
            try make(
                CurtailableDemand.self, "b",
                ["carrier": .text("electricity"), "share": .number(0.4), "discomfort": .number(1)], time: time),
        ]
        #expect(throws: InputProblem.self) { try park.solve() }
    }

    @Test func whatCannotBeIsRefusedInWords() {
        let base: [String: AttributeValue] = ["carrier": .text("electricity"), "share": .number(0.5)]
        #expect(
            refusal(ShiftableDemand.self, base.merging(["window": .list([9, 9])]) { $1 }).contains(
                "begin before it ends"))
        #expect(
            refusal(ShiftableDemand.self, base.merging(["window": .list([9, 10])]) { $1 }).contains("no whole step"))
        #expect(
            refusal(CurtailableDemand.self, base.merging(["discomfort": .number(1), "growth": .number(1)]) { $1 })
                .contains("2 or more"))
        let cut: [String: AttributeValue] = ["carrier": .text("heat"), "discomfort": .number(1)]
        #expect(refusal(CurtailableDemand.self, cut) == "share: is missing, and so is max_power. Give one of them.")
        #expect(
            refusal(CurtailableDemand.self, cut.merging(["share": .number(0.1), "max_power": .series([1])]) { $1 })
                == "max_power: and share are both given. Keep one of them.")
    }
}
