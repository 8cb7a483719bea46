import LinearModels
import TestSupport
import Testing

@testable import Games

/// What is known of games of prices, against games that are counted out.
@Suite struct PriceGameTests {
    private static func tiny(_ seed: Int, integer: Bool) -> TinyGame {
        var random = SeededNumbers(seed: UInt64(seed) + 100)
        return TinyGame.random(&random, integer: integer, linear: seed % 2 == 0)
    }

    /// More than any of these tests spends.
    private static func plenty(_ prices: PriceGame) throws -> ClimbBudget {
        ClimbBudget(try ClimbBudget.Rates(Evaluator(prices.game)), evaluations: 1_000_000)
    }

    @Test func formsAreTheObjectives() throws {
        let prices = try PriceGame(Self.tiny(3, integer: false).game())
        let evaluator = try Evaluator(prices.game)
        var random = SeededNumbers(seed: 1)
        for _ in 0..<20 {
            let point = prices.game.space.decisions.map { random.uniform(in: $0.lower...$0.upper) }
            let answer = try evaluator.evaluate(point)
            let payoff = try #require(answer.payoff)
            #expect(abs(prices.payoff.value(variables: answer.values, parameters: point) - payoff) <= 1e-9)
            let cost = answer.followerCosts.reduce(0, +)
            #expect(abs(prices.cost.value(variables: answer.values, parameters: point) - cost) <= 1e-9)
        }
    }

    @Test func othersAreRefusedWithTheReason() throws {
        func reason(_ decision: Decision, _ build: (inout LinearModel, Parameter) throws -> Void) throws -> String {
            var model = LinearModel()
            let parameter = try model.parameter("size")
            try build(&model, parameter)
            let game = try StackelbergGame(
                name: "sizes", space: DecisionSpace([decision]), followers: [Follower(name: "user", model: model)],
                system: model)
            do {
                _ = try PriceGame(game)
                return ""
            } catch {
                return error.description
            }
        }
        let real = Decision(name: "size", lower: 0, upper: 1, unit: "kW")
        var whole = real
        whole.isInteger = true
        let sized = try reason(real) { model, size in
            try model.minimise(model.variable("x", from: .init(), to: .init(size)))
        }
        #expect(
            sized
                == "a decision stands in a bound of 'x' of user, so that it changes what can be done and not only what it costs"
        )
        func pay(_ model: inout LinearModel, _ price: Parameter) throws {
            try model.minimise(price * model.variable("x", in: 0...1))
        }
        let (counted, priced) = (try reason(whole, pay), try reason(real, pay))
        #expect(counted == "size is a whole number" && priced == "")
    }

    /// The exact penalty against strong duality written out, one linear program with the follower's dual.
    @Test(arguments: 0..<40) func inversePricingIsStrongDuality(seed: Int) throws {
        let prices = try PriceGame(Self.tiny(seed, integer: false).game())
        let space = prices.game.space
        var random = SeededNumbers(seed: UInt64(seed))
        let answer = try Evaluator(prices.game).evaluate(
            space.decisions.map { random.uniform(in: $0.lower...$0.upper) })
        let gain = prices.payoff.gradient(at: answer.values)
        let budget = try Self.plenty(prices)
        let pricing = try InversePricing(prices, FollowerBases(prices, at: prices.game.space.middle), budget)
        let target = zip(prices.cost.gradient(at: answer.values), gain).map { $0 - $1 / 1e4 }
        let (found, value) = try #require(try pricing.prices(against: target, budget))

        var model = LinearModel()
        let variables = try space.decisions.map { try model.variable($0.name, in: $0.lower...$0.upper) }
        let named = Dictionary(uniqueKeysWithValues: zip(space.decisions.map(\.name), variables))
        for (k, follower) in prices.game.followers.enumerated() {
            let parameters = try follower.model.parameters.map { try #require(named[follower.model.name(of: $0)]) }
            let dual = try model.addDual(of: follower.model, parameters: parameters, named: "d\(k)")
            let response = answer.response(of: k, in: prices.game)
            let cost = sum(zip(prices.costs[k].gradient(at: response), variables).map { $0 * $1 })
            try model.add(
                cost + prices.costs[k].fixed(at: response) - dual.objective <= 1e-9, named: "strong\(k)")
        }
        try model.maximise(sum(zip(gain, variables).map { $0 * $1 }))
        let session = try SolverSession(model)
        #expect(try session.solve() == .optimal)
        let earned = zip(gain, found).reduce(0) { $0 + $1.0 * $1.1 }
        #expect(abs(earned - session.objectiveValue) <= 1e-5 * max(1, abs(session.objectiveValue)))
        // The response stays a best one: its cost is the followers' least there.
        let least = try Evaluator(prices.game).evaluate(found).followerCosts.reduce(0, +)
        #expect(abs(prices.cost.value(variables: answer.values, parameters: found) - least) <= 1e-6)
        #expect(abs(value + zip(target, found).reduce(0) { $0 + $1.0 * $1.1 } - least) <= 1e-6)
    }

    /// Prices of climbs in games whose best prices are counted out, with followers of both kinds.
    @Test(arguments: [false, true]) func climbsEndWhereCountingDoes(integer: Bool) throws {
        var reached = 0
        for seed in 0..<30 {
            let tiny = Self.tiny(seed, integer: integer)
            let optimum = try PriceOracle(tiny).optimum()
            let prices = try PriceGame(tiny.game())
            let climb = try PriceClimb(prices, Evaluator(prices.game))
            var best = -Double.infinity
            for height in [1.0, 0.6, 0.2] {
                let start = PriceClimb.Start(
                    point: prices.game.space.decisions.map { _ in 5 * height }, penalties: [1.01, 1.1, 1.5, 3, 10, 30],
                    directions: (0..<tiny.decisions).map { .init(rising: [$0]) }
                        + [.init(rising: Array(0..<tiny.decisions))], limit: 150)
                let (found, effort) = try climb.climb(from: start)
                #expect(effort >= 1 && effort <= 150)
                best = max(best, found.payoff ?? -.infinity)
            }
            #expect(best <= optimum + 1e-6)
            if best >= optimum - 1e-6 { reached += 1 }
        }
        #expect(reached >= 27)
    }

    @Test func aClimbDoesNotDependOnThoseBefore() throws {
        let prices = try PriceGame(Self.tiny(8, integer: false).game())
        let climb = try PriceClimb(prices, Evaluator(prices.game))
        let starts = (0..<6).map { k in
            PriceClimb.Start(
                point: prices.game.space.decisions.map { _ in 0.9 * Double(k) }, penalties: [1.1, 2, 9], limit: 60)
        }
        let forward = try starts.map { try climb.climb(from: $0) }
        let backward = try starts.reversed().map { try climb.climb(from: $0) }.reversed()
        for (a, b) in zip(forward, backward) {
            #expect(a.evaluation.decision == b.evaluation.decision && a.evaluation.payoff == b.evaluation.payoff)
            #expect(a.effort == b.effort)
        }
    }

    // MARK: Integers

    /// Three units are needed. They come in packs of two at the price, only whole ones, or by the unit at 2 elsewhere.
    ///
    /// By hand: two packs cost `2 p`, one pack and one unit `p + 2`, none `6`. Up to `p = 2` two packs are taken, up to
    /// 4 one, above none. A pack costs the leader 0.5, so that the best is one at 4: 3.5 (two at 2 pay 3).
    private func packs() throws -> PriceGame {
        func buyer(_ model: inout LinearModel) throws -> (pack: Variable, unit: Variable, price: Parameter) {
            let price = try model.parameter("price", value: 1)
            let pack = try model.variable("pack", in: 0...5, kind: .integer)
            let unit = try model.variable("unit", in: 0...5)
            try model.add(2 * pack + unit >= 3, named: "need")
            return (pack, unit, price)
        }
        var alone = LinearModel()
        let one = try buyer(&alone)
        try alone.minimise(one.price * one.pack + 2 * one.unit)
        var system = LinearModel()
        let all = try buyer(&system)
        try system.maximise(all.price * all.pack - 0.5 * all.pack)
        return try PriceGame(
            StackelbergGame(
                name: "packs", space: DecisionSpace([Decision(name: "price", lower: 0, upper: 6, unit: "1")]),
                followers: [Follower(name: "buyer", model: alone)], system: system))
    }

    /// In the relaxation one and a half packs are bought up to a price of 4: neither two packs nor one is ever best
    /// there but at 4 itself, and the least cost is said to be `1.5 p`. True is 2 p, p + 2, 6.
    @Test func whatTheRelaxationSaysOfIntegersIsWrong() throws {
        let prices = try packs()
        #expect(prices.integerFollowers == ["buyer"])
        let evaluator = try Evaluator(prices.game)
        let answer = try evaluator.evaluate([3])
        #expect(abs(answer.followerCosts[0] - 5) < 1e-6 && abs((answer.payoff ?? 0) - 2.5) < 1e-6)
        let budget = try Self.plenty(prices)
        // Prices that keep one pack the best by linear programming: the relaxation promises less than the truth.
        let pricing = try InversePricing(prices, FollowerBases(prices, at: prices.game.space.middle), budget)
        let target = zip(prices.cost.gradient(at: answer.values), prices.payoff.gradient(at: answer.values))
            .map { $0 - $1 / 1e4 }
        let (relaxed, value) = try #require(try pricing.prices(against: target, budget))
        let promised = value + target[0] * relaxed[0]
        for price in [1.0, 2, 3] {
            let truth = try evaluator.evaluate([price]).followerCosts[0]
            #expect(truth >= min(2 * price, price + 2, 6) - 1e-9 && truth > 1.5 * price + 0.4)
        }
        #expect(promised <= 1.5 * relaxed[0] + 1e-6)
        // The list: two packs are not yet known to be open, so that the first prices are too low or too high, and then
        // they are right.
        let held = try evaluator.evaluate([1])
        var library = ResponseLibrary(prices)
        library.add(held)
        let listed = ListedPricing(prices: prices)
        var point = try #require(try listed.prices(keeping: held.values, against: library, budget))
        #expect(point == [6])
        while library.add(try evaluator.evaluate(point)) {
            point = try #require(try listed.prices(keeping: held.values, against: library, budget))
        }
        // Two packs are kept up to 2, which no dual of the relaxation allows.
        #expect(abs(point[0] - 2) < 1e-9)
        // And a climb finds the best of all from where two packs are bought.
        let climb = try PriceClimb(prices, evaluator)
        let start = PriceClimb.Start(point: [1], directions: [.init(rising: [0])], limit: 40)
        let best = try climb.climb(from: start).evaluation
        #expect(abs(best.decision[0] - 4) < 1e-6 && abs((best.payoff ?? 0) - 3.5) < 1e-6)
    }

    // MARK: Library

    @Test(arguments: [false, true]) func theLibraryIsAnUpperEstimateAndExactWhereItHasSeen(integer: Bool) throws {
        for seed in 0..<10 {
            let tiny = Self.tiny(seed, integer: integer)
            let oracle = PriceOracle(tiny)
            let prices = try PriceGame(tiny.game())
            let evaluator = try Evaluator(prices.game)
            var library = ResponseLibrary(prices)
            #expect(library.payoff(at: prices.game.space.lower) == nil)
            var random = SeededNumbers(seed: UInt64(seed))
            func point() -> [Double] { prices.game.space.decisions.map { random.uniform(in: $0.lower...$0.upper) } }
            let seen = (0..<8).map { _ in point() }
            for point in seen { library.add(try evaluator.evaluate(point)) }
            for point in seen {
                let answer = try evaluator.evaluate(point)
                let isNew = library.add(answer)
                #expect(!isNew)
                #expect(abs(library.leastCosts(at: point).reduce(0, +) - oracle.leastCost(at: point)) <= 1e-7)
                #expect(abs((library.payoff(at: point) ?? .nan) - (answer.payoff ?? 0)) <= 1e-6)
            }
            for _ in 0..<30 {
                let point = point()
                #expect(library.leastCosts(at: point).reduce(0, +) >= oracle.leastCost(at: point) - 1e-7)
            }
        }
    }

    // MARK: Ties

    /// Prices found pay what is promised, and no less for certain than where the search for them began, nor more than
    /// any decision can with ties in favour.
    @Test func bankablePricesAreSafeByCounting() throws {
        for seed in 0..<12 {
            let tiny = Self.tiny(seed, integer: seed % 3 == 0)
            let prices = try PriceGame(tiny.game())
            let optimum = try PriceOracle(tiny).optimum()
            let start = prices.game.space.upper
            let search = try BankablePricing(prices.game).search(from: .init(point: start, limit: 1_000))
            let found = try #require(search.found)
            #expect(TinyOracle(tiny, at: found.decision).pessimistic >= found.payoff - 1e-9)
            let least = Corners(of: prices.game.space, at: start).points
                .map { TinyOracle(tiny, at: $0).pessimistic }.min()
            #expect(found.payoff >= (least ?? .infinity) - 1e-6)
            #expect(found.payoff <= optimum + 1e-6)
        }
    }
}
