import Energy
import LinearModels
import TestSupport
import Testing

@Suite struct ElasticDemandTests {
    private static let three = TimeGrid(steps: 3, hours: 1)

    private func park(_ demand: ElasticDemand, _ load: [Double], time: TimeGrid = three) throws -> TinyPark {
        var park = TinyPark()
        park.time = time
        park.carriers = [Carrier(name: "electricity")]
        park.demand = [("electricity", load)]
        park.components = [try market(Array(repeating: 0.5, count: time.steps), time: time), demand]
        return park
    }

    /// By hand: prices 0.3, 0.5 and 0.9 against 0.5 change by -0.4, 0 and 0.8. The rows of the matrix make of that
    /// 0.08 + 0.04, 0.02 * 2 and -0.04 - 0.24.
    @Test func threeStepsByHand() throws {
        let demand = try ElasticDemand(
            "answer", carrier: "electricity", tariff: [0.3, 0.5, 0.9], reference: 0.5,
            elasticity: .matrix([[-0.2, 0.1, 0.05], [0.1, -0.2, 0.1], [0.1, 0.3, -0.3]]), comfort: 0.7...1.3,
            time: Self.three)
        let expected = [1.12, 1.04, 0.72]
        #expect(zip(demand.factors, expected).allSatisfy { near($0, $1) })
        let answer = try park(demand, [100, 50, 200]).solve()
        let served = answer.flow("answer", "served").map { -$0 }
        #expect(zip(served, [112, 52, 144]).allSatisfy { near($0, $1) })
        #expect(zip(answer.party.state("shifted", of: "answer") ?? [], [12, 2, -56]).allSatisfy { near($0, $1) })
        #expect(near(answer.cost, 0.5 * (112 + 52 + 144)))
        #expect(answer.audit.holds)
        #expect(demand.response(to: [10, 10, 10]).map { ($0 * 100).rounded() } == [1120, 1040, 720])
    }

    /// Valley, flat and peak of an elasticity each to their own, and a tenth to each other.
    @Test func periodsByHand() throws {
        let time = TimeGrid(steps: 6, hours: 4)
        let demand = try ElasticDemand(
            "answer", carrier: "electricity", tariff: [0.3, 0.3, 0.6, 0.9, 0.6, 1.2], reference: 0.6,
            period: [1, 1, 2, 3, 2, 3], elasticity: .uniform(own: -0.3, cross: 0.1), comfort: 0...10, time: time)
        // Changes: -0.5, 0 and the mean of 0.5 and 1.
        let (valley, flat, peak) = (1 + 0.15 + 0.075, 1 - 0.05 + 0.075, 1 - 0.225 - 0.05)
        #expect(zip(demand.factors, [valley, valley, flat, peak, flat, peak]).allSatisfy { near($0, $1) })
    }

    @Test func zeroElasticityGivesTheBaseLoadBack() throws {
        let load = [100.0, 50, 200]
        let demand = try ElasticDemand(
            "answer", carrier: "electricity", share: 0.6, tariff: [0.1, 0.5, 2], reference: [0.5, 0.4, 0.3],
            elasticity: .uniform(own: 0), comfort: 0.9...1.1, time: Self.three)
        let answer = try park(demand, load).solve()
        let served = answer.party.flows.filter { $0.kind == .demand }
        for t in 0...2 { #expect(-served.reduce(0) { $0 + $1.power[t] } == load[t]) }
        #expect(answer.party.state("shifted", of: "answer") == [0, 0, 0])
        // So does a tariff that is the reference.
        let same = try ElasticDemand(
            "answer", carrier: "electricity", tariff: [0.1, 0.5, 2], reference: [0.1, 0.5, 2],
            elasticity: .uniform(own: -3), comfort: 0.9...1.1, time: Self.three)
        #expect(same.response(to: load) == load)
    }

    /// Random tariffs and matrices, however wild: comfort is kept, and where it does not bind the formula stands.
    @Test(arguments: 1...40) func comfortIsNeverViolated(seed: UInt64) throws {
        var numbers = SeededNumbers(seed: seed)
        func random(_ range: ClosedRange<Double>) -> Double { Double.random(in: range, using: &numbers) }
        let tariff = (0..<6).map { _ in random(0...3) }
        let reference = (0..<6).map { _ in random(0.1...1) }
        let period = (0..<6).map { _ in Double(Int.random(in: 1...3, using: &numbers)) }
        let matrix = (0..<3).map { _ in (0..<3).map { _ in random(-2...2) } }
        let comfort = random(0...1)...random(1...2)
        let time = TimeGrid(steps: 6, hours: 1)
        let clipped = try ElasticDemand(
            "answer", carrier: "electricity", tariff: Series(tariff), reference: Series(reference),
            period: Series(period), elasticity: .matrix(matrix), comfort: comfort, time: time
        ).factors
        #expect(clipped.allSatisfy { comfort.contains($0) })
        for t in 0..<6 {
            var expected = 1.0
            for q in 1...3 {
                let steps = (0..<6).filter { Int(period[$0]) == q }
                if steps.isEmpty { continue }
                let rise: Double = steps.reduce(0.0) { (sum: Double, t: Int) in sum + tariff[t] / reference[t] - 1 }
                let change = rise / Double(steps.count)
                expected += matrix[Int(period[t]) - 1][q - 1] * change
            }
            #expect(near(clipped[t], min(max(expected, comfort.lowerBound), comfort.upperBound)))
        }
    }

    /// Steps of 60, 30 and 15 minutes: the same powers, the same energy shifted in an hour.
    @Test func shorterStepsAnswerTheSame() throws {
        let (tariff, load, period) = ([0.3, 0.6, 0.9, 0.6], [50.0, 80, 120, 60], [1.0, 2, 3, 2])
        let hourly = try [1, 2, 4].map { each -> [Double] in
            func fine(_ values: [Double]) -> [Double] { values.flatMap { Array(repeating: $0, count: each) } }
            let time = TimeGrid(steps: 4 * each, hours: 1 / Double(each))
            let demand = try ElasticDemand(
                "answer", carrier: "electricity", tariff: Series(fine(tariff)), reference: 0.6,
                period: Series(fine(period)), elasticity: .uniform(own: -0.2, cross: 0.05), comfort: 0.9...1.2,
                time: time)
            let answer = try park(demand, fine(load), time: time).solve()
            let shifted = answer.party.state("shifted", of: "answer") ?? []
            return [answer.cost]
                + (0..<4).map { hour in shifted[(hour * each)..<((hour + 1) * each)].reduce(0, +) }
        }
        for other in hourly.dropFirst() { #expect(zip(hourly[0], other).allSatisfy { near($0, $1) }) }
        #expect(hourly[0][1] > 1 && hourly[0][3] < -1)
    }

    /// It shares the demand with other flexible demands, and takes no more of it than there is.
    @Test func sharesSumToTheWhole() throws {
        let demand = try ElasticDemand(
            "answer", carrier: "electricity", share: 0.6, tariff: [0.3, 0.5, 0.9], reference: 0.5,
            elasticity: .uniform(own: -0.1), comfort: 0.5...1.5, time: Self.three)
        var park = try park(demand, [100, 50, 200])
        park.components.append(
            try ShiftableDemand("washing", carrier: "electricity", share: 0.4, time: Self.three))
        #expect(try park.solve().audit.holds)
        park.components[2] = try ShiftableDemand("washing", carrier: "electricity", share: 0.5, time: Self.three)
        #expect(throws: InputProblem.self) { try park.solve() }
    }

    /// A matrix may know periods that a day has not got.
    @Test func aPeriodMayBeMissing() throws {
        let demand = try ElasticDemand(
            "answer", carrier: "electricity", tariff: 0.6, reference: 0.5, period: [1, 3, 1],
            elasticity: .matrix([[-0.5, 9, 0], [9, 9, 9], [0, 9, -1]]), comfort: 0...2, time: Self.three)
        #expect(zip(demand.factors, [0.9, 0.8, 0.9]).allSatisfy { near($0, $1) })
    }
}
