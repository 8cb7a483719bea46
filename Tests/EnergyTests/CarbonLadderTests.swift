import Energy
import Testing

@testable import LinearModels

/// The ladder of paper 003 (eq. 23-27): 1 + 2b below -c, 1 + b from -c to 0, then 1, 1 + b, … 1 + 4b by intervals of c.
@Suite struct CarbonLadderTests {
    private static let (price, interval, growth) = (0.25, 40.0, 0.3)

    private static func account(_ quota: Double = 100) -> CarbonAccount {
        CarbonAccount(
            fixedQuota: quota, basePrice: price, interval: interval, growth: growth, steps: 5,
            reward: .stepped(growth: growth, start: 1, steps: 2))
    }

    /// By hand, in units of price times interval, with b = 0.3: at -3c, -2c, -c, 0, c, 2c, 3c, 4c and 6c.
    private static let values: [(Double, Double)] = [
        (-3, -4.5), (-2, -2.9), (-1, -1.3), (0, 0), (1, 1), (2, 2.3), (3, 3.9), (4, 5.8), (6, 10.2),
    ]

    @Test(arguments: values)
    func valuesByHand(intervals: Double, units: Double) throws {
        let account = Self.account()
        let (excess, due) = (intervals * Self.interval, units * Self.price * Self.interval)
        #expect(near(account.cost(of: excess), due))
        #expect(near(try account.cost(from: -300, to: 300).value(at: excess), due))
        #expect(!account.isConvex)
        let rungs = account.rungs(from: -3 * Self.interval, to: 6 * Self.interval)
        let factors: [Double] = [1 + 2 * 0.3, 1 + 0.3, 1, 1 + 0.3, 1 + 2 * 0.3, 1 + 3 * 0.3, 1 + 4 * 0.3]
        #expect(rungs.count == 7 && zip(rungs, factors).allSatisfy { near($0.price, $1 * Self.price) })
    }

    /// A load of 300 kW from an engine that emits 1 kg/kWh, or cleanly at a price by step.
    private func park(clean: [Double], quota: Double) throws -> TinyPark {
        var park = TinyPark()
        park.time = TimeGrid(steps: clean.count, hours: 1)
        park.carriers = [
            Carrier(name: "electricity"),
            Carrier(name: "gas", price: clean.map { _ in 1 }, emissionFactor: 1),
        ]
        park.demand = [("electricity", clean.map { _ in 150 })]
        park.carbon = Self.account(quota)
        park.components = [
            try Converter("engine", capacity: 150, inputs: ["gas": 1], outputs: ["electricity": 1]),
            try market(clean, time: park.time),
        ]
        return park
    }

    /// Each piece of the ladder alone is a linear program, with the emission held within it; the best of them is the
    /// answer with binaries, which an enumeration of emissions confirms.
    @Test(arguments: [1.2, 1.26, 1.3, 1.33, 1.36, 1.4, 1.5], [40.0, 100, 180])
    func isTheBestOfItsPieces(clean: Double, quota: Double) throws {
        let park = try park(clean: [clean, clean + 0.05], quota: quota)
        let account = Self.account(quota)
        let answer = try park.solve()
        var best = Double.infinity
        for rung in account.rungs(from: -quota, to: 300 - quota) {
            var alone = park
            alone.carbon = nil
            let built = try alone.built()
            var model = built.model
            let emission = built.ledgers[0].totalEmission
            try model.add(emission >= quota + rung.from, named: "least")
            try model.add(emission <= quota + rung.to, named: "greatest")
            let start = account.cost(of: rung.from)
            try model.minimise(
                built.ledgers[0].totalCost + rung.price * (emission - quota - rung.from) + start)
            let session = try SolverSession(model)
            if try session.solve() == .optimal { best = min(best, session.objectiveValue) }
        }
        #expect(near(answer.cost, best))
        let counted = (0...3000).map { k -> Double in
            let emission = Double(k) / 10
            // The cheaper step is cleaned first.
            let cleaned = 300 - emission
            let bill = emission + min(cleaned, 150) * clean + max(0, cleaned - 150) * (clean + 0.05)
            return bill + account.cost(of: emission - quota)
        }
        #expect(near(answer.cost, counted.min() ?? .nan))
        #expect(answer.audit.holds)
    }

    /// At 20 kg below the quota the relaxation sells the dearest kilograms first and buys none back: it promises what
    /// no one pays.
    @Test func theRelaxationAnswersWrongly() throws {
        let park = try park(clean: [1.36, 1.36], quota: 100)
        let built = try park.built()
        let exact = try SolverSession(built.model)
        #expect(try exact.solve() == .optimal)
        let relaxed = try SolverSession(built.model)
        #expect(try relaxed.solveRelaxation() == .optimal)
        #expect(relaxed.objectiveValue < exact.objectiveValue - 1)
        #expect(near(exact.objectiveValue, try park.solve().cost))
    }

    /// A follower with such an account: a user who burns gas or buys from the operator at a posted price.
    @Test(arguments: [1.2, 1.3, 1.38, 1.5]) func aFollowerHasItToo(posted: Double) throws {
        let time = TimeGrid(steps: 2, hours: 1)
        let gas = Carrier(name: "gas", price: [1, 1], emissionFactor: 1)
        let user = Party(
            name: "user", demand: [("electricity", [150, 150])],
            components: [try Converter("engine", capacity: 150, inputs: ["gas": 1], outputs: ["electricity": 1])],
            carbon: Self.account())
        let leader = Party(
            name: "operator", components: [try market([0.5, 0.5], time: time)], resells: true)
        let system = EnergySystem(
            time: time, carriers: [Carrier(name: "electricity"), gas], parties: [leader, user],
            trades: [
                Trade(
                    name: "sale", seller: "operator", buyer: "user", carrier: "electricity",
                    price: .posted(name: "price", index: [0, 1], factor: 1), limit: [150, 150])
            ])
        let built = try system.build(["user"], minimising: ["user"])
        let session = try SolverSession(built.model)
        for k in 0...1 {
            try session.set(
                try #require(built.model.parameters.first { built.model.name(of: $0) == "price[\(k)]" }), to: posted)
        }
        #expect(try session.solve() == .optimal)
        let best = (0...3000).map { k -> Double in
            let emission = Double(k) / 10
            return emission + (300 - emission) * posted + Self.account().cost(of: emission - 100)
        }.min()
        #expect(near(session.objectiveValue, best ?? .nan))
    }

    // MARK: Bounds

    /// Gas that is bought and made: what is bought is no more than what can be used, and the account is bounded.
    @Test(arguments: [false, true]) func aCarrierBoughtAndMadeIsBounded(isVented: Bool) throws {
        var park = try park(clean: [1.3, 1.4], quota: 100)
        park.carriers[1].mayBeVented = isVented
        park.components.append(
            try Converter("digester", capacity: 30, inputs: ["electricity": 4], outputs: ["gas": 1]))
        let answer = try park.solve()
        #expect(answer.status == .optimal)
        #expect(answer.audit.holds)
        // The digester's gas costs four times its power: it stands still, and all is as without it.
        #expect(near(answer.cost, try self.park(clean: [1.3, 1.4], quota: 100).solve().cost))
        // Where gas is dear enough it runs, and lowers emission below what the engine burns.
        park.components[2] = try Converter("digester", capacity: 30, inputs: ["electricity": 0.5], outputs: ["gas": 1])
        let running = try park.solve()
        #expect(near(running.flow("digester", "output")[0], 30))
        #expect(running.cost < answer.cost - 1 && running.audit.holds)
    }

    /// The bound cuts nothing off: the engine may run at full power on bought gas.
    @Test func theBoundCutsNothingOff() throws {
        var park = try park(clean: [9, 9], quota: 0)
        park.carbon = Self.account(0)
        park.components.append(
            try Converter("digester", capacity: 30, inputs: ["electricity": 40], outputs: ["gas": 1]))
        let answer = try park.solve()
        #expect(near(answer.party.totalEmission, 300))
        #expect(near(answer.cost, 300 + Self.account(0).cost(of: 300)))
    }

    /// Bought to be vented at a negative price, there is no end to it: said with the name of what has none.
    @Test func whatHasNoEndIsNamed() throws {
        var park = try park(clean: [1.3, 1.4], quota: 100)
        park.carriers[1].mayBeVented = true
        park.carriers[1].price = [-0.1, 1]
        park.components.append(
            try Converter("digester", capacity: 30, inputs: ["electricity": 4], outputs: ["gas": 1]))
        #expect {
            try park.built()
        } throws: {
            "\($0)".contains("since park.supply.gas@0 has no limit") && "\($0)".contains("capacity")
        }
    }
}
