import Energy
import EnergyGames
import LinearModels
import TestSupport
import Testing

/// What is decided before the scenario is known.
@Suite struct StochasticDispatchTests {
    private static func system(_ wind: [Double]) throws -> EnergySystem {
        try readCase(
            """
            case: {schema: 1, name: yard}
            time: {steps: 4, step: 2 h}
            carriers: {electricity: {}, heat: {vent: true}, gas: {price: 0.3}}
            grid: {buy: {price: [0.4, 0.7, 1.1, 0.6], max: 400 kW}}
            operator:
              demand: {electricity: [200, 230, 320, 260], heat: [150, 60, 120, 160]}
              devices:
                chp: {type: chp, capacity: 200 kW, min_load: 0.6, commitment: true, startup_cost: 25, \
            efficiency: {electricity: 0.34, heat: 0.46}}
                boiler: {type: boiler, capacity: 500 kW, efficiency: {heat: 0.9}}
                wind: {type: wind, capacity: 300 kW, profile: \(wind)}
            """
        ).system
    }

    private static let winds = [[0.1, 0.2, 0.0, 0.3], [0.9, 0.6, 0.8, 0.7], [0.4, 0.9, 0.5, 0.1]]
    private static let weights = [2.0, 5, 3]

    private static func scenarios() throws -> [TypicalDay] {
        try zip(winds, weights).enumerated().map {
            TypicalDay(name: "s\($0)", weight: $1.1, system: try system($1.0))
        }
    }

    /// Cost of a system whose unit is on as given; infinite where that cannot be.
    private static func cost(_ system: EnergySystem, states: Int) throws -> Double {
        var model = try Dispatch(system).built.model
        for t in 0..<4 {
            let on = try #require(model.variable(named: "operator.chp.on@\(t)"))
            try model.add(on == Double(states >> t & 1), named: "state\(t)")
        }
        let session = try SolverSession(model)
        return try session.solve() == .optimal ? session.objectiveValue : .infinity
    }

    /// Every state of the unit is tried in every scenario.
    @Test func thePlanIsTheBestOfAllPlans() throws {
        let scenarios = try Self.scenarios()
        let mean = (0..<4).map { t in zip(Self.winds, Self.weights).reduce(0) { $0 + $1.0[t] * $1.1 } / 10 }
        let forecast = try Self.system(mean)
        let costs = try scenarios.map { day in try (0..<16).map { try Self.cost(day.system, states: $0) } }
        let expected = (0..<16).map { plan in zip(costs, Self.weights).reduce(0) { $0 + $1.0[plan] * $1.1 / 10 } }
        let forForecast = try (0..<16).map { try Self.cost(forecast, states: $0) }
        let planOfForecast = try #require(forForecast.indices.min { forForecast[$0] < forForecast[$1] })
        let waitAndSee = zip(costs, Self.weights).reduce(0) { $0 + ($1.0.min() ?? 0) * $1.1 / 10 }

        let answer = try StochasticDispatch(scenarios, hereAndNow: ["operator.chp.on"]).solve(forecast: forecast)
        #expect(abs(answer.cost - (expected.min() ?? 0)) < 1e-6)
        #expect(abs(answer.waitAndSee - waitAndSee) < 1e-6)
        #expect(abs((answer.planForForecast ?? 0) - expected[planOfForecast]) < 1e-3)
        #expect(answer.valueOfPerfectInformation > 1e-3)
        #expect((answer.valueOfStochasticSolution ?? -1) > -1e-6)
        // The plan is one: the unit is on or off in the same steps.
        let plans = answer.operations.map { operation in
            operation.solution.parties[0].flows(of: "chp").first { $0.carrier == "electricity" }?.power.map { $0 > 1 }
        }
        #expect(Set(plans).count == 1 && answer.operations.allSatisfy { $0.violation < 1e-6 })
        for (scenario, operation) in zip(scenarios, answer.operations) {
            #expect(PhysicalAudit(operation.solution, of: scenario.system).holds)
        }
    }

    /// What may be decided later costs nothing to know, and what is all decided before is one operation for all.
    @Test func moreDecidedBeforeCostsMore() throws {
        let scenarios = try Self.scenarios()
        let some = try StochasticDispatch(scenarios, hereAndNow: ["operator.chp.on"]).solve()
        let more = try StochasticDispatch(scenarios, hereAndNow: ["operator.chp"]).solve()
        let none = try StochasticDispatch(scenarios, hereAndNow: []).solve()
        #expect(abs(none.valueOfPerfectInformation) < 1e-6 && none.planForForecast == nil)
        #expect(none.cost <= some.cost + 1e-6 && some.cost <= more.cost + 1e-6 && none.cost < more.cost)
        let powers = more.operations.map {
            $0.solution.parties[0].flows(of: "chp").first { $0.carrier == "electricity" }?.power ?? []
        }
        for power in powers.dropFirst() {
            #expect(zip(power, powers[0]).allSatisfy { abs($0 - $1) < 1e-6 })
        }
    }

    @Test func pathsThatDecideNothingAreRefused() throws {
        let error = #expect(throws: StochasticError.self) {
            try StochasticDispatch(Self.scenarios(), hereAndNow: ["operator.chp.onn"])
        }
        let text = error.map { "\($0)" } ?? ""
        #expect(text.hasPrefix("'operator.chp.onn' decides nothing. Name a component, or one of these: "))
        #expect(text.contains("operator.chp.on, "))
    }
}
