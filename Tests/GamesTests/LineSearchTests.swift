import Games
import TestSupport
import Testing

/// Breakpoints along lines of prices, against all answers counted.
@Suite struct LineSearchTests {
    /// 50 lines a kind of follower, in games of one and two prices.
    @Test(arguments: [false, true]) func breakpointsAreThoseOfTheLowerEnvelope(integer: Bool) throws {
        var random = SeededNumbers(seed: integer ? 5 : 4)
        var (lines, bends) = (0, 0)
        while lines < 50 {
            let tiny = TinyGame.random(&random, integer: integer, linear: false)
            let oracle = PriceOracle(tiny)
            let prices = try PriceGame(tiny.game())
            let evaluator = try Evaluator(prices.game)
            let point = (0..<tiny.decisions).map { _ in random.uniform(in: 0...5) }
            let direction = (0..<tiny.decisions).map { _ in random.uniform(in: -1...1) }
            let search = try #require(try LineSearch(prices, evaluator, from: point, along: direction))
            lines += 1
            #expect(search.isComplete)
            let steps = search.points.map(\.step)
            let known = oracle.breakpoints(from: point, along: direction, between: steps[0], steps[steps.count - 1])
            let found = Array(steps.dropFirst().dropLast())
            bends += known.count
            #expect(found.count == known.count)
            for (a, b) in zip(found, known) { #expect(abs(a - b) <= 1e-6) }
            // Nothing between them pays more than the best of them.
            let best = try #require(search.best?.payoff)
            for k in 0...100 {
                let step = steps[0] + Double(k) / 100 * (steps[steps.count - 1] - steps[0])
                let there = zip(point, direction).map { $0 + step * $1 }
                #expect(try TinyOracle(tiny, at: there).optimistic() <= best + 1e-6)
            }
            // No solve is wasted: one a breakpoint, one per side that had to be split, and the ends.
            #expect(search.evaluations <= max(2, 2 * found.count + 1) + 2)
        }
        #expect(bends >= 20)
    }

    /// By hand: 1 kWh bought at the price up to 3, where the other source is as cheap.
    @Test func oneBreakpointByHand() throws {
        let tiny = TinyGame(
            decisions: 1,
            parties: [
                .init(
                    upper: [1, 1], isInteger: false, extra: [0, 3], price: [0, 0],
                    rows: [.init(factors: [1, 1], isAtMost: false, side: 1)], demand: [[1, 0]])
            ], markets: [.init(cheap: 0, cheapLimit: 10, dear: 1)])
        // The second good costs 3 more than the first at any price, so nothing bends: demand must be met.
        let prices = try PriceGame(tiny.game())
        let search = try #require(try LineSearch(prices, Evaluator(prices.game), from: [1], along: [1]))
        #expect(search.points.count == 2 && search.evaluations <= 3)
        #expect(abs((search.best?.payoff ?? 0) - 5) < 1e-9)
    }

    @Test func endsWhereTheBudgetDoes() throws {
        var random = SeededNumbers(seed: 11)
        let tiny = TinyGame.random(&random, integer: false, linear: false)
        let prices = try PriceGame(tiny.game())
        let point = prices.game.space.lower
        let up = point.map { _ in 1.0 }
        let search = try #require(try LineSearch(prices, Evaluator(prices.game), from: point, along: up, limit: 2))
        #expect(search.evaluations == 2)
        // No way to go.
        let nowhere = try LineSearch(prices, Evaluator(prices.game), from: point, along: point.map { _ in 0 })
        #expect(nowhere == nil)
    }
}
