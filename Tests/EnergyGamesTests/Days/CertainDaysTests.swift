import Energy
import EnergyGames
import Games
import TestSupport
import Testing

/// What one tariff pays for certain on several days where the worst of them count more, by hand and by counting.
@Suite struct CertainDaysTests {
    /// Homes have a stove at 0.6 on the mild day and at 1.0 on the cold one. A price of 0.5999 may mean 0.59985, at
    /// which both buy: 29.985 on the mild day, 5.991 on the cold one, of which 0.8 are for the worst 30 %.
    @Test func byHand() throws {
        let days = [
            HeatDay(name: "mild", weight: 0.3, gas: [0.3], demand: [100], stove: 200),
            HeatDay(name: "cold", weight: 0.7, gas: [0.5], demand: [60], stove: 200),
        ]
        let game = try HeatDay.game(days, risk: RiskMeasure(weight: 0.8, level: 0.7)).game
        let found = try #require(try BankablePricing(game).search(from: .init(point: [0.6], limit: 100)).found)
        #expect(found.decision == [0.5999])
        #expect(abs(found.payoff - (0.2 * (0.3 * 29.985 + 0.7 * 5.991) + 0.8 * 5.991)) < 1e-7)
        let reach = PriceReach(try PriceGame(game))
        let evaluator = try Evaluator(game)
        let sure = try #require(try evaluator.bankable(found.decision, reach))
        #expect(sure.isExact && sure.payoff == found.payoff)
        #expect(try evaluator.bankable(found.decision, reach, above: found.payoff + 1e-9) == nil)
        #expect(try evaluator.bankable(found.decision, reach, above: found.payoff - 1e-6) != nil)
    }

    /// Never more than at any corner of the prices within reach, whichever way ties go; where it is called exact, as
    /// much as at the least of them: while nobody answers otherwise the worth is concave in the prices.
    @Test func noCornerPaysLess() throws {
        var numbers = SeededNumbers(seed: 31)
        var exact = 0
        for _ in 0..<12 {
            let days = HeatDay.random(&numbers, count: 3)
            let (weight, level) = (numbers.uniform(in: 0.1...1), numbers.uniform(in: 0.1...0.9))
            let game = try HeatDay.game(days, risk: RiskMeasure(weight: weight, level: level)).game
            let evaluator = try Evaluator(game)
            let reach = PriceReach(try PriceGame(game), lengths: [0.03, 0.03, 0.03])
            for round in 0..<8 {
                // Half of them near where some day is indifferent.
                let prices = (0..<3).map { t in
                    round % 2 == 0
                        ? numbers.uniform(in: 0.1...1.9)
                        : min(1.9, max(0.1, 2 * days[(t + round) % 3].gas[t] + numbers.uniform(in: -0.05...0.05)))
                }
                guard let found = try evaluator.bankable(prices, reach) else { continue }
                var least = Double.infinity
                for corner in 0..<8 {
                    let near = prices.indices.map { prices[$0] + (corner >> $0 & 1 == 0 ? 0.03 : -0.03) }
                    least = min(least, HeatDay.mixed(days, at: near, weight: weight, level: level, ties: .pessimistic))
                }
                #expect(found.payoff <= least + 1e-7)
                if found.isExact {
                    exact += 1
                    #expect(abs(found.payoff - least) <= 1e-7)
                }
            }
        }
        #expect(exact > 20)
    }
}
