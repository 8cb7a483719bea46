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
    }
}
