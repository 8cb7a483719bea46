import Energy
import LinearModels
import Testing

@Suite struct TradeTests {
    /// A buyer with a heater, a seller with a store, and an operator that sells to both.
    static func system(order: [Int] = [0, 1, 2]) throws -> EnergySystem {
        let time = TimeGrid(steps: 2, hours: 0.5)
        let parties = [
            Party(name: "operator", components: [try market([0.5, 0.9], time: time)]),
            Party(name: "home", demand: [("electricity", [10, 20])]),
            Party(
                name: "depot",
                components: [
                    try make(
                        Storage.self, "battery",
                        ["capacity": .number(40), "power": .number(8), "initial_soc": .number(0.5)], time: time)
                ]),
        ]
        let open = Array(repeating: 1000.0, count: 2)
        func posted(_ factor: Double) -> Price { .posted(name: "p", index: [0, 1], factor: factor) }
        return EnergySystem(
            time: time, carriers: [Carrier(name: "electricity")], parties: order.map { parties[$0] },
            trades: [
                Trade(
                    name: "a", seller: "operator", buyer: "home", carrier: "electricity", price: posted(1), limit: open),
                Trade(
                    name: "b", seller: "operator", buyer: "depot", carrier: "electricity", price: posted(1), limit: open
                ),
                Trade(
                    name: "c", seller: "depot", buyer: "home", carrier: "electricity", price: posted(0.9),
                    limit: [20, 20]),
            ])
    }

    /// Home and depot, and the operator behind them.
    private static func joint(_ system: EnergySystem, minimising objective: [String]) throws -> BuiltSystem {
        let followers = try system.build(["home", "depot"], minimising: objective)
        return try system.build(["operator"], minimising: objective, behind: followers)
    }

    @Test func internalPaymentsCancelAndAreSettledAfterwards() throws {
        let system = try Self.system()
        let built = try Self.joint(system, minimising: ["home", "depot"])
        let session = try SolverSession(built.model)
        for (parameter, price) in zip(built.model.parameters, [0.6, 1.0]) { try session.set(parameter, to: price) }
        #expect(try session.solve() == .optimal)
        let solution = SystemSolution(built, time: system.time, values: session.values, parameters: session.parameters)
        // 8 kW in at 0.6 and 7.22 out at 1.0, half an hour each: cost of the two together.
        let together = (solution.party("home")?.totalCost ?? 0) + (solution.party("depot")?.totalCost ?? 0)
        #expect(near(together, session.objectiveValue))
        let expected1: Double = 0.5 * (0.6 * 18 + 1.0 * (20 - 8 * 0.95 * 0.95))
        #expect(near(together, expected1))
        let sale = solution.party("depot")?.costs.first { $0.item == "electricity sale" }?.amount ?? 0
        let expected2: Double = -0.9 * 1.0 * 0.5 * 8 * 0.95 * 0.95
        #expect(near(sale, expected2))
        #expect(PhysicalAudit(solution, of: system).holds)
    }

    /// A block of the joint model is the follower's own model, column by column and row by row.
    @Test func blocksAreTheFollowersOwnModels() throws {
        let system = try Self.system()
        let joint = try Self.joint(system, minimising: ["operator"]).model
        let alone = try system.build(["home", "depot"], minimising: ["home", "depot"]).model
        #expect(joint.variableNames.starts(with: alone.variableNames))
        #expect(joint.constraints.map(joint.name(of:)).starts(with: alone.constraints.map(alone.name(of:))))
    }

    @Test func theOrderOfPartiesDoesNotMatter() throws {
        let costs = try [[0, 1, 2], [2, 1, 0], [1, 0, 2]].map { order in
            let built = try Self.joint(Self.system(order: order), minimising: ["home", "depot"])
            let session = try SolverSession(built.model)
            for parameter in built.model.parameters {
                try session.set(parameter, to: built.model.name(of: parameter) == "p[0]" ? 0.6 : 1)
            }
            try session.solve()
            return session.objectiveValue
        }
        #expect(near(costs[0], costs[1]) && near(costs[0], costs[2]))
    }
}
