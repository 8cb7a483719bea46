import Energy
import LinearModels
import Testing

@Suite struct RenewableUseTests {
    /// 30 kW of load under 50, 10 and 80 kW of sun and 20 kW of wind that must be taken: by hand, half-hour steps.
    @Test func usedAndCurtailedByHand() throws {
        var park = TinyPark()
        park.time = TimeGrid(steps: 3, hours: 0.5)
        park.carriers = [Carrier(name: "electricity")]
        park.demand = [("electricity", [30, 30, 60])]
        park.components = [
            try Photovoltaic(
                "pv", capacity: 100, profile: [0.5, 0.1, 0.8], curtailmentPenalty: 0.2, time: park.time),
            try WindTurbine(
                "wind", capacity: 40, profile: 0.5, isCurtailable: false, time: park.time),
            try MarketExchange(buyPrice: 1, buyMaximum: 100, time: park.time),
        ]
        let answer = try park.solve()
        let sun = answer.party.renewableUse(of: "pv", time: park.time)
        #expect(near(sun.available, 70) && near(sun.used, 0.5 * (10 + 10 + 40)) && near(sun.curtailed, 40))
        let wind = answer.party.renewableUse(of: "wind", time: park.time)
        #expect(near(wind.available, 30) && wind.available == wind.used && wind.share == 1)
        let all = answer.solution.renewableUse
        #expect(all == sun + wind && near(all.share ?? .nan, 60.0 / 100))
        // What is curtailed is what the penalty is paid for.
        let penalty = answer.party.costs.first { $0.item == "curtailment" }?.amount ?? .nan
        #expect(near(penalty, 0.2 * sun.curtailed))
        #expect(2 * sun == sun + sun)
    }

    /// Of a capacity that is decided, and where there is nothing.
    @Test func followsADecidedCapacity() throws {
        var park = TinyPark()
        park.carriers = [Carrier(name: "electricity")]
        park.demand = [("electricity", [30])]
        park.components = [
            try Photovoltaic("pv", capacity: .decided(0...200), profile: 0.5, time: park.time),
            try MarketExchange(buyPrice: 1, buyMaximum: 100, time: park.time),
        ]
        let built = try park.built()
        for (capacity, available, used) in [(0.0, 0.0, 0.0), (40, 20, 20), (120, 60, 30)] {
            let session = try SolverSession(built.model)
            try session.set(try #require(built.model.parameters.first), to: capacity)
            #expect(try session.solve() == .optimal)
            let solution = SystemSolution(
                built, time: park.time, values: session.values, parameters: session.parameters)
            let use = solution.renewableUse
            #expect(near(use.available, available) && near(use.used, used))
            #expect((use.share == nil) == (capacity == 0))
        }
    }
}
