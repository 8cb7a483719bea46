import Energy
import EnergyGames
import Games
import Studies
import Testing

/// Periods, caps and limits on bills of a posted price, against games that can be solved by hand.
@Suite struct TariffRuleTests {
    private static let demand: [Double] = [10, 30, 20, 40]
    private static let market = 0.1

    /// Homes that need what they need, served from the grid.
    private func park(
        mean: Double? = nil, periods: [Int]? = nil, rules: TariffRules = .init(), shifting: Bool = false
    ) throws -> Park {
        let time = TimeGrid(steps: 4, hours: 1)
        var park = Park(time: time, carriers: [Carrier(name: "electricity")])
        park.operate([
            try MarketExchange(buyPrice: [0.1, 0.1, 0.1, 0.1], buyMaximum: 1000, time: time)
        ])
        park.add(
            user: "homes", demand: ["electricity": Self.demand],
            shifting ? [try ShiftableDemand("washing", carrier: "electricity", share: 0.4, time: time)] : [])
        try park.sell("electricity", between: 0.2...1, meanAtMost: mean, periods: periods, rules: rules)
        return park
    }

    private func best(_ park: Park, rise: Double? = nil, evaluations: Int = 300) throws -> (
        game: EnergyGame, study: Study, revenue: Double
    ) {
        let game = try park.game(named: "tariff", billRise: rise)
        let study = try Study.run(game.game, StudySettings(algorithm: "auto", evaluations: evaluations, seed: 1))
        let payoff = try #require(study.best.payoff)
        return (game, study, payoff + Self.market * Self.demand.reduce(0, +))
    }

    /// One price for several hours is worth what the same price at each of them is.
    @Test func periodsAreHoursAtOnePrice() throws {
        let index = [0, 1, 1, 0]
        let (few, all) = (try park(periods: index, shifting: true), try park(shifting: true))
        let (periods, hours) = (try few.game(named: "periods").game, try all.game(named: "hours").game)
        #expect(periods.space.decisions.map(\.name) == ["prices.electricity_sell[0]", "prices.electricity_sell[1]"])
        let (one, other) = (try Evaluator(periods), try Evaluator(hours))
        for prices in [[0.3, 0.8], [0.8, 0.3], [0.5, 0.5], [0.2, 1]] {
            let (a, b) = (try one.evaluate(prices), try other.evaluate(index.map { prices[$0] }))
            #expect(abs(try #require(a.payoff) - (try #require(b.payoff))) <= 1e-9)
            #expect(zip(a.followerCosts, b.followerCosts).allSatisfy { abs($0 - $1) <= 1e-9 })
        }
    }

    /// Weighted by the demand itself, the mean caps the revenue: 0.5 CNY/kWh on 100 kWh.
    @Test func aMeanWeightedByDemandCapsTheRevenue() throws {
        let (game, study, revenue) = try best(park(mean: 0.5, rules: .init(meanWeights: Self.demand)))
        #expect(abs(revenue - 0.5 * 100) <= 1e-6)
        #expect(game.game.space.violation(of: study.best.decision) <= 1e-9)
        // Without weights the dear hours are those of much demand: 0.2, 0.6, 0.2 and 1 have the mean 0.5 as well.
        let plain = try best(park(mean: 0.5)).revenue
        #expect(abs(plain - (10 * 0.2 + 30 * 0.6 + 20 * 0.2 + 40)) <= 1e-6)
    }

    /// An hour without weight is free of the cap.
    @Test func hoursWithoutWeightStandUnderNoMean() throws {
        let (_, study, revenue) = try best(park(mean: 0.4, rules: .init(meanWeights: [1, 1, 0, 0])))
        #expect(abs(revenue - (0.2 * 10 + 0.6 * 30 + 20 + 40)) <= 1e-6)
        #expect(abs(study.best.decision[2] - 1) <= 1e-9)
    }

    /// A reference consumption other than the demand: what a CNY of its cap brings differs by hour, so that the best
    /// hours are filled first.
    @Test func revenueOverAReferenceIsCapped() throws {
        let reference: [Double] = [10, 10, 40, 40]
        let (_, _, revenue) = try best(park(rules: .init(revenue: .init(maximum: 45, demand: reference))))
        // All at 0.2 take 20 of 45. The second hour brings 3 CNY for 1 and takes 8 to its bound, the first and the last
        // bring 1 for 1, the third less.
        #expect(abs(revenue - (0.2 * 100 + 8 * 3 + 17)) <= 1e-6)
    }

    @Test(arguments: [false, true]) func neighboursAreNotFarApart(around: Bool) throws {
        let rules = TariffRules(change: .init(maximum: 0.2, isAround: around))
        let (game, study, revenue) = try best(park(mean: 0.5, rules: rules))
        let found = study.best.decision
        for k in 0..<(around ? 4 : 3) { #expect(abs(found[k] - found[(k + 1) % 4]) <= 0.2 + 1e-9) }
        #expect(game.game.space.violation(of: found) <= 1e-9)
        // Every tariff in steps of 0.05.
        let steps = (4...20).map { Double($0) / 20 }
        var tried = 0.0
        for a in steps {
            for b in steps where abs(a - b) < 0.2 + 1e-9 {
                for c in steps where abs(b - c) < 0.2 + 1e-9 {
                    for d in steps where abs(c - d) < 0.2 + 1e-9 && (!around || abs(d - a) < 0.2 + 1e-9) {
                        guard a + b + c + d <= 2 + 1e-9 else { continue }
                        tried = max(tried, zip(Self.demand, [a, b, c, d]).reduce(0) { $0 + $1.0 * $1.1 })
                    }
                }
            }
        }
        // The corners of this polytope are multiples of 0.05.
        #expect(abs(revenue - tried) <= 1e-6)
    }

    // MARK: Bills

    /// Who needs the same at any price is billed the most that is allowed.
    @Test func inflexibleHomesPayTheRiseAndNoMore() throws {
        let reference = [0.3, 0.4, 0.3, 0.5]
        let bill = 10 * 0.3 + 30 * 0.4 + 20 * 0.3 + 40 * 0.5
        for (rise, periods) in [(0.05, nil), (0.0, nil), (0.1, [0, 0, 1, 1])] {
            let (_, _, revenue) = try best(park(periods: periods, rules: .init(reference: reference)), rise: rise)
            #expect(abs(revenue - (1 + rise) * bill) <= 1e-6)
        }
    }

    /// Who may shift never pays more in all than the reference and the rise, at the best prices and at any others.
    @Test func nobodyWhoShiftsPaysMoreThanTheRise() throws {
        let (reference, rise) = ([0.3, 0.7, 0.4, 0.6], 0.05)
        let free = try park(shifting: true).game(named: "free").game
        let cost = try #require(try Evaluator(free).evaluate(reference).followerCosts.first)
        let (game, study, _) = try best(park(rules: .init(reference: reference), shifting: true), rise: rise)
        let limit = (1 + rise) * cost + 1e-6
        #expect(try #require(study.best.followerCosts.first) <= limit)
        let evaluator = try Evaluator(game.game)
        for number in 0..<100 {
            let point = (0..<4).map { (k: Int) -> Double in
                let part: Int = (number * 37 + k * 61 + number / 3 * k) % 97
                return 0.2 + 0.8 * Double(part) / 96
            }
            let answer = try evaluator.evaluate(point)
            #expect(try #require(answer.followerCosts.first) <= limit)
        }
        // The cap matters: without it they would pay more.
        let unbound = try Study.run(free, StudySettings(algorithm: "auto", evaluations: 300, seed: 1))
        #expect(try #require(unbound.best.followerCosts.first) > limit)
    }

    /// Where the least prices already bill more, nothing is left to decide.
    @Test func aLimitThatNoPricesKeepIsTold() throws {
        #expect(throws: DecisionSpaceError.capsImpossible(names: ["operator.bill_rise_max of homes"])) {
            try park(rules: .init(reference: [0.1, 0.1, 0.1, 0.1])).game(named: "none", billRise: 0.1)
        }
    }

    @Test func aLimitOnBillsNeedsAReference() throws {
        #expect(throws: InputProblem.self) { try park().game(named: "none", billRise: 0.1) }
    }

    // MARK: Chosen forms

    /// Four hours in two periods, or at two levels: all divisions tried by hand, where homes need what they need.
    @Test func chosenFormsOfAPark() throws {
        // The mean cap of 0.5 leaves 1.2 above the least price for four hours; dear hours first.
        func best(_ divisions: [[Int]]) -> Double {
            divisions.map { labels in
                var most = 0.0
                // One group is at its bound or takes what the cap leaves.
                for dear in Set(labels) {
                    let own = labels.indices.filter { labels[$0] == dear }
                    let others = labels.indices.filter { labels[$0] != dear }
                    let price = min(1, 0.2 + 1.2 / Double(own.count))
                    let rest =
                        others.isEmpty ? 0 : min(0.8, (1.2 - (price - 0.2) * Double(own.count)) / Double(others.count))
                    let revenue =
                        own.reduce(0) { $0 + Self.demand[$1] * price }
                        + others.reduce(0) { $0 + Self.demand[$1] * (0.2 + rest) }
                    most = max(most, revenue)
                }
                return most
            }.max() ?? 0
        }
        let all = (0..<16).map { number in (0..<4).map { number >> $0 & 1 } }
        func borders(_ labels: [Int], around: Bool) -> Int {
            (0..<(around ? 4 : 3)).count { labels[$0] != labels[($0 + 1) % 4] }
        }
        let forms: [(TariffRules.Form, [[Int]])] = [
            (.levels(atMost: 2), all),
            (.periods(atMost: 2, isAround: false), all.filter { borders($0, around: false) <= 1 }),
            (.periods(atMost: 2, isAround: true), all.filter { borders($0, around: true) <= 2 }),
            (.levels(atMost: 1), [[0, 0, 0, 0]]),
        ]
        for (form, divisions) in forms {
            let (_, study, revenue) = try self.best(park(mean: 0.5, rules: .init(form: form)), evaluations: 600)
            #expect(abs(revenue - best(divisions)) <= 1e-6, "\(form)")
            #expect(Set(study.best.decision).count <= 2)
        }
    }
}
