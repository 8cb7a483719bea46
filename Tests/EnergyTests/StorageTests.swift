import Energy
import Foundation
import LinearModels
import Testing

@Suite struct StorageTests {
    /// Two hours, prices 0.2 and 1.0: charge 10 kW for an hour, give 0.9 * 0.9 * 10 back.
    @Test func arbitrageByHand() throws {
        let time = TimeGrid(steps: 2, hours: 1)
        var park = TinyPark()
        park.time = time
        park.carriers = [Carrier(name: "electricity")]
        park.demand = [("electricity", [20, 20])]
        park.components = [
            try market([0.2, 1], time: time),
            try make(
                Storage.self, "battery",
                [
                    "capacity": .number(100), "power": .number(10), "charge_efficiency": .number(0.9),
                    "initial_soc": .number(0),
                    "discharge_efficiency": .number(0.9), "wear_cost": .number(0.01),
                ], time: time),
        ]
        let answer = try park.solve()
        let expected1: Double = 0.2 * 30 + (20 - 8.1) + 0.081
        #expect(near(answer.cost, expected1))
        #expect(answer.audit.holds)
    }

    /// The same day in steps of 60, 30 and 15 minutes costs the same. With standing loss shorter steps may charge later
    /// within an hour, and so cost a little less, never more.
    @Test(arguments: [0.0, 0.03]) func shorterStepsCostTheSame(loss: Double) throws {
        let hourly: [(price: Double, load: Double)] = [
            (0.3, 40), (0.2, 30), (1.1, 60), (0.9, 50), (0.5, 20), (1.3, 70),
        ]
        let costs = try [1.0, 0.5, 0.25].map { hours in
            let each = Int(1 / hours)
            let time = TimeGrid(steps: 6 * each, hours: hours)
            func spread(_ values: [Double]) -> [Double] { values.flatMap { Array(repeating: $0, count: each) } }
            var park = TinyPark()
            park.time = time
            park.carriers = [Carrier(name: "electricity")]
            park.demand = [("electricity", spread(hourly.map(\.load)))]
            park.components = [
                try market(spread(hourly.map(\.price)), time: time),
                try make(
                    Storage.self, "battery",
                    [
                        "capacity": .number(500), "power": .number(25), "standing_loss": .number(loss),
                        "initial_soc": .number(0.1),
                    ], time: time),
            ]
            let answer = try park.solve()
            #expect(answer.audit.holds)
            return answer.cost
        }
        if loss == 0 {
            #expect(near(costs[0], costs[1]) && near(costs[0], costs[2]))
        } else {
            #expect(costs[1] < costs[0] && costs[2] < costs[1] && costs[2] > 0.99 * costs[0])
        }
    }

    /// At a negative price a store would burn energy by charging and discharging at once; the binary forbids it.
    @Test func negativePricesDoNotMakeItBurnEnergy() throws {
        let time = TimeGrid(steps: 3, hours: 1)
        var park = TinyPark()
        park.time = time
        park.carriers = [Carrier(name: "electricity")]
        park.demand = [("electricity", [10, 10, 10])]
        park.components = [
            try market([-0.5, -0.2, -0.4], time: time),
            try make(
                Storage.self, "battery",
                [
                    "capacity": .number(20), "power": .number(50), "charge_efficiency": .number(0.8),
                    "discharge_efficiency": .number(0.8),
                ],
                time: time),
        ]
        let answer = try park.solve()
        #expect(answer.status == .optimal)
        #expect(answer.audit.simultaneous.size < 1e-9)
        #expect(answer.audit.holds)
    }

    /// What a store keeps by itself: (1 - loss)^hours of what it held.
    @Test func standingLossIsExponential() throws {
        let time = TimeGrid(steps: 8, hours: 0.25)
        var park = TinyPark()
        park.time = time
        park.carriers = [Carrier(name: "heat", mayBeVented: true)]
        park.demand = [("heat", Array(repeating: 0, count: 8))]
        park.components = [
            try make(
                Storage.self, "tank",
                [
                    "carrier": .text("heat"), "capacity": .number(100), "power": .number(0),
                    "standing_loss": .number(0.1),
                    "initial_soc": .number(1), "cyclic": .flag(false),
                ], time: time)
        ]
        let energy = try park.solve().party.state("energy", of: "tank") ?? []
        #expect(near(energy.last ?? 0, 100 * pow(0.9, 2)))
    }

    @Test func whatCannotBeIsRefusedInWords() {
        let base: [String: AttributeValue] = ["capacity": .number(10), "power": .number(1)]
        #expect(
            refusal(Storage.self, base.merging(["min_soc": .number(0.8), "max_soc": .number(0.2)]) { $1 })
                .contains("is above max_soc"))
        #expect(
            refusal(Storage.self, base.merging(["initial_soc": .number(0.05), "min_soc": .number(0.1)]) { $1 })
                .contains("outside min_soc"))
    }
}
