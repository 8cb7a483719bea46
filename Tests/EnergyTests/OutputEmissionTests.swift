import Energy
import LinearModels
import Testing

@Suite struct OutputEmissionTests {
    /// A gas engine with 0.4 of electricity and 0.5 of heat, a power-to-gas unit of 0.6, and a grid.
    private func park(steps: Int = 2, hours: Double = 1, load: Double = 40) throws -> TinyPark {
        var park = TinyPark()
        park.time = TimeGrid(steps: steps, hours: hours)
        let gas = Carrier(name: "gas", price: Array(repeating: 0.2, count: steps))
        park.carriers = [Carrier(name: "electricity"), Carrier(name: "heat", mayBeVented: true), gas]
        park.demand = [("electricity", Array(repeating: load, count: steps))]
        park.components = [
            try Converter("engine", capacity: 100, inputs: ["gas": 1], outputs: ["electricity": 0.4, "heat": 0.5]),
            try MarketExchange(buyPrice: 2, buyMaximum: 100, time: park.time),
        ]
        return park
    }

    /// 2 h of 40 kW electricity and 50 kW heat: 2 * (40 * 0.5 + 50 * 0.1) kg, whatever the gas carries.
    @Test func factorsByHand() throws {
        var park = try park()
        park.outputEmissions = [
            OutputEmission("engine", .factors([CarrierAmount("electricity", 0.5), CarrierAmount("heat", 0.1)]))
        ]
        let answer = try park.solve()
        #expect(near(answer.party.totalEmission, 50))
        #expect(answer.party.emissions.map(\.source) == ["engine output"])
        #expect(answer.audit.holds)
    }

    /// What a power-to-gas unit takes up is credited, and pays for running it: 1 kWh of gas takes 2 kWh of power at
    /// 0.1 CNY and saves 0.05 CNY of gas and 0.4 kg at 0.5 CNY. The need for gas is 30 kW, of which it makes 20.
    @Test func anUptakeIsACredit() throws {
        var park = TinyPark()
        park.carriers = [Carrier(name: "electricity"), Carrier(name: "gas", price: [0.05])]
        park.demand = [("gas", [30])]
        park.components = [
            try Converter("p2g", capacity: 20, inputs: ["electricity": 1], outputs: ["gas": 0.5]),
            try MarketExchange(buyPrice: 0.1, buyMaximum: 100, time: park.time),
        ]
        park.outputEmissions = [OutputEmission("p2g", .factors([CarrierAmount("gas", -0.4)]))]
        let unpaid = try park.solve()
        #expect(near(unpaid.party.totalEmission, 0))
        park.carbon = CarbonAccount(
            fixedQuota: 10, basePrice: 0.5, interval: 1, growth: 0, steps: 1, reward: .flat(price: 0.5))
        let answer = try park.solve()
        #expect(near(answer.party.totalEmission, -8))
        let expected: Double = 40 * 0.1 + 10 * 0.05 + 0.5 * (-8 - 10)
        #expect(near(answer.cost, expected))
        #expect(answer.audit.holds)
    }

    /// The audit counts again from flows: a ledger that forgot the emission is found out.
    @Test func theAuditFindsAForgottenEmission() throws {
        var park = try park()
        park.outputEmissions = [OutputEmission("engine", .factors([CarrierAmount("electricity", 0.5)]))]
        let answer = try park.solve()
        var other = park
        other.outputEmissions = [OutputEmission("engine", .factors([CarrierAmount("electricity", 0.6)]))]
        let audit = PhysicalAudit(answer.solution, of: other.system)
        #expect(!audit.holds && audit.carbon.what == "park emission from engine output")
        other.outputEmissions = []
        #expect(PhysicalAudit(answer.solution, of: other.system).holds)
    }

    @Test func whatIsNotGivenIsRefused() throws {
        var park = try park()
        park.outputEmissions = [OutputEmission("engine", .factors([CarrierAmount("gas", 0.5)]))]
        #expect {
            try park.solve()
        } throws: {
            "\($0)".contains("by the gas that 'engine' gives, but it gives none")
        }
    }

    // MARK: Curves

    private func curve(_ pieces: Int, constant: Double = 3) throws -> OutputEmission {
        OutputEmission(
            "engine",
            .curve(
                try .init(
                    outputs: [CarrierAmount("electricity", 1), CarrierAmount("heat", 1)], quadratic: 0.002,
                    linear: 0.1, constant: constant, pieces: pieces)))
    }

    /// `P` is 40 + 50 kW: 0.002 * 8100 + 0.1 * 90 + 3 kg/h. With pieces between 0 and 225 kW the model says more, by no
    /// more than it states, and ever less so.
    @Test func aCurveIsMetEverCloser() throws {
        let truth: Double = 2 * (0.002 * 8100 + 0.1 * 90 + 3)
        var worst = Double.infinity
        for pieces in [1, 2, 4, 8, 16, 32] {
            var park = try park()
            park.outputEmissions = [try curve(pieces)]
            let answer = try park.solve()
            let counted = try #require(answer.party.emissions.first)
            let width = 225 / Double(pieces)
            #expect(near(counted.error, 2 * 0.002 * width * width / 4))
            #expect(counted.error < worst)
            worst = counted.error
            #expect(counted.mass >= truth - 1e-6 && counted.mass <= truth + counted.error + 1e-6)
            // By hand: on the chord of the piece that 90 kW lie in.
            let low = (90 / width).rounded(.down) * width
            func rate(_ p: Double) -> Double { 0.002 * p * p + 0.1 * p + 3 }
            let chord: Double = rate(low) + (rate(low + width) - rate(low)) * (90 - low) / width
            #expect(near(counted.mass, 2 * chord))
            #expect(near(park.outputEmissions[0].mass(in: answer.party, time: park.time), truth))
            #expect(answer.audit.holds)
        }
    }

    /// Half steps of the same powers emit the same.
    @Test func shorterStepsEmitTheSame() throws {
        var hourly = try park()
        var halves = try park(steps: 4, hours: 0.5)
        hourly.outputEmissions = [try curve(5)]
        halves.outputEmissions = [try curve(5)]
        #expect(near(try hourly.solve().party.totalEmission, try halves.solve().party.totalEmission))
    }

    /// Where nobody pays for emission, or not for all of it, nothing pulls it down: it is the curve's all the same.
    @Test func unpaidEmissionStaysOnItsCurve() throws {
        var park = try park()
        park.outputEmissions = [try curve(6)]
        let unpaid = try park.solve()
        park.carbon = CarbonAccount(
            fixedQuota: 1000, basePrice: 0.1, interval: 1, growth: 0, steps: 1, reward: .none)
        let below = try park.solve()
        park.carbon?.reward = .flat(price: 0.1)
        let paid = try park.solve()
        #expect(near(unpaid.party.totalEmission, below.party.totalEmission))
        #expect(near(unpaid.party.totalEmission, paid.party.totalEmission))
        #expect(unpaid.audit.holds && below.audit.holds && paid.audit.holds)
        #expect(try !park.built().model.hasIntegers)
    }

    /// Two engines share a load where a straight line would not care how: with the curve they run alike.
    @Test func aCurveSpreadsTheLoad() throws {
        var park = TinyPark()
        park.carriers = [Carrier(name: "electricity"), Carrier(name: "gas", price: [0.2])]
        park.demand = [("electricity", [40])]
        park.components = try ["a", "b"].map {
            try Converter($0, capacity: 40, inputs: ["gas": 2.5], outputs: ["electricity": 1])
        }
        park.outputEmissions = try ["a", "b"].map {
            OutputEmission(
                $0, .curve(try .init(outputs: [CarrierAmount("electricity", 1)], quadratic: 0.01, pieces: 4)))
        }
        park.carbon = CarbonAccount(basePrice: 1, interval: 1, growth: 0, steps: 1, reward: .flat(price: 1))
        let answer = try park.solve()
        #expect(near(answer.flow("a", "output")[0], 20) && near(answer.flow("b", "output")[0], 20))
        #expect(near(answer.party.totalEmission, 8))
    }

    /// What is straight needs no pieces, and states no error.
    @Test func aStraightCurveIsExact() throws {
        var park = try park()
        park.outputEmissions = [
            OutputEmission(
                "engine",
                .curve(try .init(outputs: [CarrierAmount("electricity", 1)], quadratic: 0, linear: 0.5, constant: 2)))
        ]
        let answer = try park.solve()
        #expect(near(answer.party.totalEmission, 2 * (20 + 2)))
        #expect(answer.party.emissions[0].error == 0)
        #expect(answer.audit.holds)
    }

    @Test func aConcaveCurveIsRefused() {
        #expect {
            _ = try OutputEmission.Curve(outputs: [CarrierAmount("electricity", 1)], quadratic: -0.001)
        } throws: {
            "\($0)".contains("concave") && ($0 as? InputProblem)?.attribute == "quadratic"
        }
        #expect(throws: InputProblem.self) { _ = try OutputEmission.Curve(outputs: [], quadratic: 1) }
        #expect(throws: InputProblem.self) {
            _ = try OutputEmission.Curve(outputs: [CarrierAmount("heat", 1)], quadratic: 1, pieces: 0)
        }
    }
}
