import Energy
import EnergyGames
import Games
import Studies
import TestSupport
import Testing

/// One tariff for several days, against closed forms, enumeration and each day by itself.
@Suite struct DayPricingTests {
    private static let two = [
        HeatDay(name: "mild", weight: 0.3, gas: [0.3], demand: [100], stove: 200),
        HeatDay(name: "cold", weight: 0.7, gas: [0.5], demand: [60], stove: 200),
    ]

    private static func search(_ game: EnergyGame, evaluations: Int = 300) throws -> Study {
        try Study.run(game.game, StudySettings(population: 10, evaluations: evaluations, seed: 3))
    }

    /// The best of a fine grid of one price, by the closed form.
    private static func best(_ payoff: (Double) -> Double) -> (price: Double, payoff: Double) {
        let grid = (0...2_000).map { Double($0) / 1_000 }.map { ($0, payoff($0)) }
        return grid.max { $0.1 < $1.1 }.map { (price: $0.0, payoff: $0.1) } ?? (0, 0)
    }

    /// At 1.0 only the cold day buys: 0.7 * 60 * 0.5 = 21. At 0.6 both do: 0.3 * 100 * 0.3 + 0.7 * 60 * 0.1 = 13.2.
    @Test func twoDaysByHand() throws {
        let grid = Self.best { HeatDay.expected(Self.two, at: [$0]) }
        #expect(grid.price == 1 && abs(grid.payoff - 21) < 1e-9)
        let study = try Self.search(HeatDay.game(Self.two))
        #expect(abs(try #require(study.best.payoff) - 21) < 1e-7 && abs(study.best.decision[0] - 1) < 1e-7)
        let bounds = try CheapBounds(HeatDay.game(Self.two).game)
        #expect(bounds.best.bound >= 21 - 1e-7)
    }

    /// Who minds the worst 30 % with a weight of 0.8 has 0.2 * 21 + 0.8 * 0 = 4.2 at 1.0, and 0.2 * 13.2 + 0.8 * 6 at
    /// 0.6.
    @Test func theWorstDaysByHand() throws {
        let grid = Self.best { HeatDay.mixed(Self.two, at: [$0], weight: 0.8, level: 0.7) }
        #expect(grid.price == 0.6 && abs(grid.payoff - 7.44) < 1e-9)
        let game = try HeatDay.game(Self.two, risk: RiskMeasure(weight: 0.8, level: 0.7))
        let study = try Self.search(game)
        #expect(abs(try #require(study.best.payoff) - 7.44) < 1e-6 && abs(study.best.decision[0] - 0.6) < 1e-6)
        #expect(try ResponseProof(of: study.best, in: game.game).holds)
        // Branching meets it: the program over scenarios is the measure itself.
        let certificate = try Certifier(game.game).certify(.init(nodes: 2_000), cheap: CheapBounds(game.game))
        #expect(certificate.bound >= 7.44 - 1e-6 && certificate.bound <= 7.44 + 1e-3, "\(certificate.bound)")
    }

    /// What days pay together at prices without a pattern, under either rule of ties.
    @Test(arguments: [TieRule.optimistic, .pessimistic]) func everyPriceIsWorthTheSumOfItsDays(ties: TieRule) throws {
        var numbers = SeededNumbers(seed: 5)
        for _ in 0..<5 {
            let days = HeatDay.random(&numbers, count: 3)
            let game = try HeatDay.game(days, ties: ties)
            let evaluator = try Evaluator(game.game)
            let alone = try days.indices.map { try Evaluator(game.alone($0).game) }
            for round in 0..<6 {
                // Half of them where some day is indifferent.
                let prices = (0..<3).map { t in
                    round % 2 == 0 ? numbers.uniform(in: 0...2) : 2 * days[(t + round) % 3].gas[t]
                }
                let evaluation = try evaluator.evaluate(prices)
                let payoff = try #require(evaluation.payoff)
                #expect(abs(payoff - HeatDay.expected(days, at: prices, ties: ties)) < 1e-7)
                let sum = try zip(days, alone).reduce(0) {
                    $0 + $1.0.weight * (try #require($1.1.evaluate(prices).payoff))
                }
                #expect(abs(payoff - sum) < 1e-9 * max(1, abs(sum)))
                for (own, day) in zip(game.payoffs(of: evaluation), days) {
                    #expect(abs(own - day.payoff(at: prices, ties: ties)) < 1e-7)
                }
            }
        }
    }

    /// Homes that may wash in any hour at flat prices leave much open; the worst of all days together is that of each.
    @Test func theWorstTiesOfAllDaysAreThoseOfEach() throws {
        let park = try smallPark()
        let days = [0.5, 0.3, 0.2].enumerated().map { k, weight in
            var system = park.system
            for p in system.parties.indices {
                system.parties[p].demand = system.parties[p].demand.map {
                    ($0.carrier, $0.power.map { $0 * (1 - 0.1 * Double(k)) })
                }
            }
            return TypicalDay(name: "d\(k)", weight: weight, system: system)
        }
        let game = try EnergyGame(
            name: "flat", days: days, operatorName: park.operatorName, prices: park.prices, ties: .pessimistic)
        for height in [0.2, 0.5] {
            let prices = game.game.space.decisions.map { $0.lower + height * ($0.upper - $0.lower) }
            let together = try Evaluator(game.game).evaluate(prices)
            let payoff = try #require(together.payoff)
            let sum = try days.indices.reduce(0.0) {
                $0 + days[$1].weight * (try #require(Evaluator(game.alone($1).game).evaluate(prices).payoff))
            }
            #expect(together.hasTies && abs(payoff - sum) <= 1e-9 * max(1, abs(sum)))
            let kind = try Evaluator(game.game).evaluate(prices, ties: .optimistic)
            #expect(try #require(kind.payoff) > payoff + 1)
            #expect(try ResponseProof(of: together, in: game.game).holds)
        }
    }

    @Test func theMixOfMeanAndWorstIsThatOfTheDays() throws {
        var numbers = SeededNumbers(seed: 6)
        for _ in 0..<4 {
            let days = HeatDay.random(&numbers, count: 4)
            let (weight, level) = (numbers.uniform(in: 0.1...1), numbers.uniform(in: 0.1...0.9))
            let evaluator = try Evaluator(HeatDay.game(days, risk: RiskMeasure(weight: weight, level: level)).game)
            for _ in 0..<5 {
                let prices = (0..<3).map { _ in numbers.uniform(in: 0...2) }
                let payoff = try #require(evaluator.evaluate(prices).payoff)
                let hand = HeatDay.mixed(days, at: prices, weight: weight, level: level)
                #expect(abs(payoff - hand) < 1e-7, "\(payoff) \(hand)")
            }
        }
    }

    @Test func theOrderOfDaysChangesNothing() throws {
        var numbers = SeededNumbers(seed: 7)
        let days = HeatDay.random(&numbers, count: 3)
        let orders = [[0, 1, 2], [2, 0, 1], [1, 0, 2]]
        for risk in [RiskMeasure.mean, try RiskMeasure(weight: 0.6, level: 0.5)] {
            let games = try orders.map { order in try HeatDay.game(order.map { days[$0] }, risk: risk) }
            let found = try games.map { try Self.search($0) }
            for study in found {
                #expect(abs(try #require(study.best.payoff) - (try #require(found[0].best.payoff))) < 1e-7)
            }
            let prices = found[0].best.decision
            let payoffs = try games.map { try #require(Evaluator($0.game).evaluate(prices).payoff) }
            #expect(payoffs.allSatisfy { abs($0 - payoffs[0]) < 1e-9 * max(1, abs(payoffs[0])) })
        }
    }

    /// Twenty games without a pattern: the search comes to the optimum, which is a breakpoint of some day in each hour;
    /// bounds are above it, and what is proved of the mix is above whatever prices pay.
    @Test func boundsHold() throws {
        var numbers = SeededNumbers(seed: 8)
        for _ in 0..<20 {
            let days = HeatDay.random(&numbers, count: 2 + Int(numbers.uniform(in: 0...1.99)))
            let candidates = (0..<3).map { t in days.map { 2 * $0.gas[t] } + [0, HeatDay.highest] }
            let best = (0..<3).reduce(0.0) { sum, t in
                let hour = days.map {
                    HeatDay(
                        name: $0.name, weight: $0.weight, gas: [$0.gas[t]], demand: [$0.demand[t]], stove: $0.stove)
                }
                return sum + (candidates[t].map { HeatDay.expected(hour, at: [$0]) }.max() ?? 0)
            }
            let game = try HeatDay.game(days)
            let bounds = try CheapBounds(game.game)
            #expect(bounds.payments != nil)
            #expect(bounds.best.bound >= best - 1e-6 * abs(best))
            let certificate = try Certifier(game.game).certify(.init(nodes: 30), cheap: bounds)
            #expect(certificate.bound >= best - 1e-6 * abs(best))
            let study = try Self.search(game, evaluations: 600)
            #expect(abs(try #require(study.best.payoff) - best) < 1e-6 * max(1, best))
            // Days of their own are worth no less, and bounded by the sum of their bounds.
            let bound = try days.indices.reduce(0.0) {
                $0 + days[$1].weight * (try CheapBounds(game.alone($1).game).best.bound)
            }
            #expect(bound >= best - 1e-6 * abs(best))

            let risk = try RiskMeasure(weight: numbers.uniform(in: 0.2...1), level: 0.6)
            let risky = try HeatDay.game(days, risk: risk)
            let cheap = try CheapBounds(risky.game)
            let proven = try Certifier(risky.game).certify(.init(nodes: 30), cheap: cheap)
            #expect(proven.bound <= cheap.best.bound + 1e-9)
            for _ in 0..<40 {
                let prices = candidates.map {
                    numbers.uniform(in: 0...1) < 0.7
                        ? $0.randomElement(using: &numbers) ?? 1 : numbers.uniform(in: 0...2)
                }
                let payoffs = days.map { $0.payoff(at: prices) }
                #expect(proven.bound >= risk.worth(of: payoffs, weights: days.map(\.weight)) - 1e-6)
            }
        }
    }

    /// Each day by itself pays at least what one tariff does, and the values of knowing have their signs.
    @Test func whatKnowingTheDayIsWorth() throws {
        let game = try HeatDay.game(Self.two)
        let study = try Self.search(game)
        let payoffs = game.payoffs(of: study.best)
        let mean = HeatDay(name: "mean", weight: 1, gas: [0.44], demand: [72], stove: 200)
        let knowledge = try KnowledgeFindings(
            game.game, study.best, paying: payoffs, study.settings, alone: { try game.alone($0).game },
            forecast: { try mean.park().game })
        // By hand: 100 * 0.3 on the mild day, 60 * 0.5 on the cold one.
        for (alone, price) in zip(knowledge.scenarios, [0.6, 1]) {
            #expect(abs(alone.payoff - 30) < 1e-6 && abs(alone.decision[0] - price) < 1e-6 && alone.bound >= 30 - 1e-6)
        }
        for (alone, one) in zip(knowledge.scenarios, payoffs) { #expect(alone.payoff >= one) }
        // At 0.88, which is best for the mean, only the cold day buys.
        let forecast = try #require(knowledge.forecast?.payoff)
        #expect(abs(forecast - 0.7 * 60 * 0.38) < 1e-6)
    }

    @Test func daysThatDoNotGoTogether() throws {
        let day = Self.two[0]
        func error(_ days: [HeatDay]) -> String? {
            do {
                _ = try HeatDay.game(days)
                return nil
            } catch { return "\(error)" }
        }
        let never = HeatDay(name: "never", weight: 0, gas: [1], demand: [1], stove: 1)
        #expect(error([day, never]) == "'never' comes 0.0 times. Give it a weight above 0, or take the day out.")
        let long = HeatDay(name: "long", weight: 1, gas: [1, 1], demand: [1, 1], stove: 1)
        #expect(
            error([day, long])
                == "the steps of 'long' are not those of 'mild', but prices are the same on all days, step by step. Give all days the same steps."
        )
        #expect(throws: PriceDayError.noDays) {
            try EnergyGame(name: "none", days: [], operatorName: "operator", prices: [], ties: .optimistic)
        }
        #expect(throws: GameError.riskOutOfRange(weight: 2, level: 0.5)) { try RiskMeasure(weight: 2, level: 0.5) }
        #expect(throws: GameError.riskOutOfRange(weight: 1, level: 1)) { try RiskMeasure(weight: 1, level: 1) }
    }

    /// A day on which somebody cannot be served is named.
    @Test func theDayWithoutAnAnswerIsNamed() throws {
        let dark = HeatDay(name: "dark", weight: 0.1, gas: [0.5], demand: [5_000], stove: 10)
        let game = try HeatDay.game(Self.two + [dark])
        let reason = try #require(try game.infeasibility(at: [1]))
        #expect(reason.days == ["dark"], "\(reason)")
    }
}
