import LinearModels
import Studies
import TestSupport
import Testing

@testable import Games

/// Games of few prices by all places where answers change, against games that are counted out.
@Suite struct PriceArrangementTests {
    /// Everything that is asked for, without a budget.
    private func search(_ game: StackelbergGame, most: Int = .max) throws -> (
        best: Evaluation?, isComplete: Bool, asked: Int
    ) {
        let evaluator = try Evaluator(game)
        var asked = 0
        let arrangement = try #require(PriceArrangement(PriceGame(game)))
        let found = try arrangement.search(
            while: { asked < most },
            answer: {
                asked += 1
                return try evaluator.evaluate($0)
            })
        return (found.best, found.isComplete, asked)
    }

    // MARK: Corners

    /// Against every choice of as many limits as there are dimensions, many of them through the same points.
    @Test(arguments: 0..<40) func cornersAreWhereLimitsMeet(seed: Int) {
        var numbers = SeededNumbers(seed: UInt64(seed) + 70)
        let dimension = 2 + seed % 3
        var planes: [(factors: [Double], side: Double)] = []
        for k in 0..<dimension {
            let unit = (0..<dimension).map { $0 == k ? 1.0 : 0 }
            planes += [(unit.map { -$0 }, 0), (unit, 1)]
        }
        var polytope = CutPolytope(dimension: dimension)
        for _ in 0..<numbers.whole(1...5) {
            // Halves make planes through corners and edges common.
            let normal = (0..<dimension).map { _ in Double(numbers.whole(-2...2)) }
            guard normal.contains(where: { $0 != 0 }) else { continue }
            let side = normal.reduce(0, +) / 2 + Double(numbers.whole(0...2)) / 2
            planes.append((normal, side))
            polytope.cut(normal, atMost: side)
        }
        var counted: [[Double]] = []
        func choose(_ first: Int, _ chosen: [(factors: [Double], side: Double)]) {
            guard chosen.count == dimension else {
                for k in first..<planes.count { choose(k + 1, chosen + [planes[k]]) }
                return
            }
            guard let point = TinyOracle.solve(chosen),
                planes.allSatisfy({ zip($0.factors, point).reduce(0) { $0 + $1.0 * $1.1 } <= $0.side + 1e-9 }),
                !counted.contains(where: { zip($0, point).allSatisfy { abs($0 - $1) < 1e-7 } })
            else { return }
            counted.append(point)
        }
        choose(0, [])
        let found = polytope.corners.map(\.point)
        #expect(found.count == counted.count)
        for point in counted {
            #expect(found.contains { zip($0, point).allSatisfy { abs($0 - $1) < 1e-7 } })
        }
    }

    // MARK: Games

    @Test(arguments: [false, true]) func tinyGames(integer: Bool) throws {
        for seed in 0..<40 {
            var random = SeededNumbers(seed: UInt64(seed) + 100)
            let tiny = TinyGame.random(&random, integer: integer, linear: seed % 2 == 0)
            let found = try search(tiny.game())
            let optimum = try PriceOracle(tiny).optimum()
            #expect(found.isComplete && abs((found.best?.payoff ?? .nan) - optimum) <= 1e-6, "game \(seed)")
        }
    }

    @Test(arguments: [false, true]) func gamesWithCaps(hasIntegers: Bool) throws {
        for seed in 0..<40 {
            let enumeration = PricingEnumeration(seed: seed, hasIntegers: hasIntegers)
            let found = try search(enumeration.game())
            #expect(
                found.isComplete && abs((found.best?.payoff ?? .nan) - enumeration.optimum()) <= 1e-6, "game \(seed)")
        }
    }

    @Test(arguments: 0..<12) func threePrices(seed: Int) throws {
        var numbers = SeededNumbers(seed: UInt64(seed) + 9)
        let offers = OutsideOffers.random(&numbers, hours: 3)
        let found = try search(offers.game())
        #expect(found.isComplete && abs((found.best?.payoff ?? .nan) - offers.optimum().payoff) <= 1e-6)
    }

    /// Two of three prices are to be equal, which is a game of two prices.
    @Test(arguments: 0..<8) func pricesThatAreTied(seed: Int) throws {
        var numbers = SeededNumbers(seed: UInt64(seed) + 40)
        var offers = OutsideOffers.random(&numbers, hours: 3)
        offers.cap = nil
        let game = try offers.game()
        let tied = try game.with(space: DecisionSpace(game.space.decisions, ties: [[0, 2]]))
        let found = try search(tied)
        let best = try #require(found.best)
        #expect(found.isComplete && best.decision[0] == best.decision[2])
        // Counted on a grid that holds every place where two indifferences meet: all numbers are halves.
        var counted = -Double.infinity
        for first in 0...20 {
            for second in 0...20 {
                let (a, b) = (Double(first) / 2, Double(second) / 2)
                counted = max(counted, offers.payoff(at: [a, b, a]))
            }
        }
        #expect(abs((best.payoff ?? .nan) - counted) <= 1e-6)
    }

    @Test func whatIsNotSmall() throws {
        var numbers = SeededNumbers(seed: 3)
        let game = try OutsideOffers.random(&numbers, hours: 5).game()
        #expect(try !PriceGame(game).isSmall)
        let three = OutsideOffers.random(&numbers, hours: 3)
        #expect(try PriceGame(three.game()).isSmall)
        let all = try search(three.game())
        let cut = try search(three.game(), most: all.asked - 1)
        #expect(all.isComplete && !cut.isComplete && cut.asked == all.asked - 1)
    }

    // MARK: The search

    /// Three games of three prices, whose optima by counting are 32, 90.5 and 30.5. In the first two, climbs alone end
    /// below that with more than every third seed.
    private static let known = [
        OutsideOffers(
            users: [
                .init(energy: 5, limits: [0, 0, 3], extras: [1, 0.5, 0], outside: 7),
                .init(energy: 7, limits: [0, 2, 3], extras: [1.5, 1, 1.5], outside: 5),
                .init(energy: 8, limits: [1, 3, 0], extras: [0, 1.5, 0], outside: 7),
                .init(energy: 3, limits: [3, 2, 4], extras: [0, 0, 0], outside: 9),
            ], unitCosts: [1, 3, 2], highest: 10, cap: 15),
        OutsideOffers(
            users: [
                .init(energy: 7, limits: [4, 4, 3], extras: [1.5, 2, 0], outside: 6),
                .init(energy: 7, limits: [4, 0, 1], extras: [1.5, 2, 0], outside: 7),
                .init(energy: 7, limits: [1, 3, 4], extras: [0, 0, 0.5], outside: 4),
                .init(energy: 4, limits: [4, 0, 0], extras: [1, 0, 0], outside: 9),
                .init(energy: 4, limits: [3, 3, 1], extras: [0.5, 2, 1.5], outside: 9),
                .init(energy: 5, limits: [4, 0, 1], extras: [1.5, 1.5, 1], outside: 9),
            ], unitCosts: [1, 3, 3], highest: 10, cap: 20),
        OutsideOffers(
            users: [
                .init(energy: 4, limits: [0, 4, 0], extras: [0, 2, 2], outside: 8),
                .init(energy: 3, limits: [0, 2, 3], extras: [2, 0, 0.5], outside: 8),
                .init(energy: 8, limits: [3, 0, 1], extras: [1.5, 0, 1.5], outside: 8),
                .init(energy: 4, limits: [0, 3, 0], extras: [0, 1.5, 0.5], outside: 4),
                .init(energy: 6, limits: [0, 4, 4], extras: [2, 1, 1], outside: 5),
            ], unitCosts: [2, 4, 4], highest: 10, cap: 20),
    ]

    @Test(arguments: zip(0..<3, [32, 90.5, 30.5])) func everySeedReachesTheOptimum(number: Int, value: Double) throws {
        let offers = Self.known[number]
        #expect(abs(offers.optimum().payoff - value) <= 1e-9)
        let game = try offers.game()
        for seed in 1...15 {
            let study = try Study.run(
                game, StudySettings(algorithm: "auto", evaluations: 2_000, seed: UInt64(seed)))
            #expect(abs((study.best.payoff ?? .nan) - value) <= 1e-6, "seed \(seed)")
            #expect(study.log.evaluations <= 2_000)
        }
    }
}
