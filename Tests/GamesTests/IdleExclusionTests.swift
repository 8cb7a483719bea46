import LinearModels
import Testing

@testable import Games

/// Whole numbers that forbid two things at once count as none only where both at once never pay.
@Suite struct IdleExclusionTests {
    /// A client with a battery that must buy two units over two steps; what it charges costs it a tenth of losses. At a
    /// price below zero wasting pays: charging and discharging at once would buy more.
    private static func game(lowestPrice: Double, wear: Double = 0.01, isExclusive: Bool = true) throws
        -> StackelbergGame
    {
        let steps = 2
        var model = LinearModel()
        let prices = try (0..<steps).map { try model.parameter("price\($0)", value: 1) }
        let bought = try (0..<steps).map { try model.variable("bought\($0)", in: 0...10) }
        let charge = try (0..<steps).map { try model.variable("charge\($0)", in: 0...1) }
        let discharge = try (0..<steps).map { try model.variable("discharge\($0)", in: 0...1) }
        let energy = try (0..<steps).map { try model.variable("energy\($0)", in: 0...1) }
        for t in 0..<steps {
            try model.add(bought[t] + discharge[t] - charge[t] == 1, named: "need\(t)")
            let last = energy[(t + steps - 1) % steps]
            try model.add(energy[t] - last - 0.9 * charge[t] + discharge[t] / 0.9 == 0, named: "store\(t)")
            guard isExclusive else { continue }
            let charges = try model.variable("charges\(t)", in: 0...1, kind: .binary)
            try model.add(charge[t] <= 1.0 * charges, named: "only_charge\(t)")
            try model.add(discharge[t] + 1.0 * charges <= 1, named: "only_discharge\(t)")
        }
        try model.minimise(sum(zip(prices, bought).map { $0 * $1 }) + wear * sum(discharge))
        let decisions = (0..<steps).map {
            Decision(name: "price\($0)", lower: lowestPrice, upper: 2, unit: "CNY")
        }
        return try StackelbergGame(
            name: "battery", space: DecisionSpace(decisions), followers: [Follower(name: "client", model: model)]
        ) { system, blocks in
            let revenue = sum(zip(blocks[0].parameters, blocks[0].variables).map { $0 * $1 })
            try system.maximise(revenue)
        }
    }

    private static func conditions(_ game: StackelbergGame) throws -> FollowerConditions {
        try SingleLevelProgram(game, depth: .complements).conditions[0]
    }

    /// By hand: with both, a unit through the battery costs `price * (1 - 0.81) + 0.01 * 0.81` more, which is below
    /// zero for prices below -0.043 only.
    @Test(arguments: [(0.0, true), (-0.04, true), (-0.05, false), (-1.0, false)])
    func bothAtOncePayBelowZeroOnly(lowestPrice: Double, isIdle: Bool) throws {
        let conditions = try Self.conditions(Self.game(lowestPrice: lowestPrice))
        #expect(conditions == (isIdle ? .dualityWithoutWholeNumbers : .responses))
    }

    /// Who is paid half a CNY for what it discharges gains from both at once at all prices below 2.1, by hand.
    @Test func whatIsPaidForIsNotIdle() throws {
        #expect(try Self.conditions(Self.game(lowestPrice: 0, wear: -0.5)) == .responses)
    }

    /// Whatever is concluded, no payoff is above the bound, and where the whole numbers are idle the game without them
    /// has the same payoffs.
    @Test(arguments: [0.0, -1.0])
    func boundsHold(lowestPrice: Double) throws {
        let game = try Self.game(lowestPrice: lowestPrice)
        let certificate = try Certifier(game).certify(.init(nodes: 60), cheap: CheapBounds(game))
        let (whole, plain) = (
            try Evaluator(game), try Evaluator(Self.game(lowestPrice: lowestPrice, isExclusive: false))
        )
        var differences = 0
        for i in 0...12 {
            for j in 0...12 {
                let prices = [i, j].map { lowestPrice + (2 - lowestPrice) * Double($0) / 12 }
                let payoff = try #require(whole.evaluate(prices).payoff)
                #expect(payoff <= certificate.bound + 1e-7)
                if abs(try #require(plain.evaluate(prices).payoff) - payoff) > 1e-7 { differences += 1 }
            }
        }
        #expect((differences == 0) == (lowestPrice == 0))
    }

    /// A least power that must be kept once a unit runs is no exclusion.
    @Test func whatDoesMoreThanForbidIsNoExclusion() throws {
        var model = LinearModel()
        let power = try model.variable("power", in: 0...5)
        let runs = try model.variable("runs", in: 0...1, kind: .binary)
        try model.add(power <= 5.0 * runs, named: "most")
        #expect(Exclusions(model)?.pairs.isEmpty == true)
        try model.add(power >= 2.0 * runs, named: "least")
        #expect(Exclusions(model) == nil)
        // Of two rows that allow more and less, the lesser counts, whichever comes last.
        for limits in [[3.0, 5.0], [5.0, 3.0]] {
            var twice = LinearModel()
            let output = try twice.variable("power", in: 0...9)
            let on = try twice.variable("runs", in: 0...1, kind: .binary)
            for (i, limit) in limits.enumerated() { try twice.add(output <= limit * on, named: "most\(i)") }
            try twice.add(output >= -4, named: "idle")
            let relaxed = try #require(Exclusions(twice)?.relaxed)
            #expect(relaxed.bounds(of: relaxed.variables[output.index])?.upperBound == 3)
        }
        var costly = LinearModel()
        let other = try costly.variable("power", in: 0...5)
        let starts = try costly.variable("runs", in: 0...1, kind: .binary)
        try costly.add(other <= 5.0 * starts, named: "most")
        try costly.minimise(3.0 * starts)
        #expect(Exclusions(costly) == nil)
    }
}
