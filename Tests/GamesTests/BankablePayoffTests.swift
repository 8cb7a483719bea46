import LinearModels
import TestSupport
import Testing

@testable import Games

/// The corners of the prices within half a tick.
struct Corners {
    let points: [[Double]]

    init(of space: DecisionSpace, at point: [Double]) {
        points = zip(point, space.halfTicks).reduce([[]]) { points, next in
            points.flatMap { head in [-1.0, 1].map { head + [next.0 + $0 * next.1] } }
        }
    }
}

/// What prices pay for certain: no tie, and no price that is written the same, pays less.
@Suite struct BankablePayoffTests {
    /// Ten kWh are bought at the price, or made for 0.293 a kWh; the leader's cost 0.1.
    private static func twoWays() throws -> StackelbergGame {
        let decision = Decision(name: "price", lower: 0, upper: 1, unit: "CNY/kWh", tick: Tick(0.01))
        var model = LinearModel()
        let price = try model.parameter("price")
        let bought = try model.variable("bought", in: 0...10)
        let own = try model.variable("own", in: 0...10)
        try model.add(bought + own == 10, named: "demand")
        try model.minimise(price * bought + 0.293 * own)
        return try StackelbergGame(
            name: "two ways", space: try DecisionSpace([decision]), followers: [Follower(name: "homes", model: model)]
        ) { system, blocks in
            let (price, bought) = (blocks[0].parameters[0], blocks[0].variables[0])
            try system.maximise(price * bought - 0.1 * bought)
        }
    }

    /// By hand: 0.28 may mean 0.275 to 0.285, below 0.293 throughout, so that it pays 10 * (0.275 - 0.1) at the least.
    /// 0.29 may mean 0.295, at which nobody buys.
    @Test func byHand() throws {
        let game = try Self.twoWays()
        let reach = PriceReach(try PriceGame(game))
        let evaluator = try Evaluator(game)
        let low = try #require(try evaluator.bankable([0.28], reach))
        #expect(abs(low.payoff - 1.75) <= 1e-12 && low.isExact && low.isSettled)
        #expect(abs(try #require(try evaluator.bankable([0.29], reach)).payoff) <= 1e-9)
        #expect(try evaluator.bankable([0.28], reach, above: 1.76) == nil)
        // Without any width, what it pays as it is written.
        let alone = PriceReach(try PriceGame(game), lengths: [0])
        #expect(abs(try #require(try evaluator.bankable([0.29], alone)).payoff - 1.9) <= 1e-12)
        // The supremum is at 0.293, what can be banked of it at 0.28.
        let found = try #require(try BankablePricing(game).search(from: .init(point: [0.293], limit: 100)).found)
        #expect(found.decision == [0.28] && abs(found.payoff - 1.75) <= 1e-12)
    }

    /// Random games of linear and of whole-number followers, at prices on a coarse grid, so that many are near a tie:
    /// what is told is never more than what counting finds at corners and within, and what is called exact is the least
    /// of the corners, since the payoff is linear in the prices where answers do not change.
    @Test(arguments: 0..<60) func nothingPaysLessByCounting(seed: Int) throws {
        var random = SeededNumbers(seed: UInt64(700 + seed))
        let tiny = TinyGame.random(&random, integer: seed % 3 == 0, linear: seed % 2 == 0)
        let game = try tiny.game()
        var decisions = game.space.decisions
        for k in decisions.indices { decisions[k].tick = Tick(0.25) }
        let space = try DecisionSpace(decisions)
        let reach = PriceReach(try PriceGame(game), lengths: space.halfTicks)
        let evaluator = try Evaluator(game)
        var exact = 0
        for _ in 0..<12 {
            let point = space.rounded(decisions.map { random.uniform(in: $0.lower...$0.upper) })
            guard let found = try evaluator.bankable(point, reach) else { continue }
            #expect(found.isSettled)
            let corners = Corners(of: space, at: point).points.map { TinyOracle(tiny, at: $0).pessimistic }
            let inside = (0..<20).map { _ in
                zip(point, space.halfTicks).map { $0 + random.uniform(in: -1...1) * $1 }
            }.map { TinyOracle(tiny, at: $0).pessimistic }
            let least = (corners + inside + [TinyOracle(tiny, at: point).pessimistic]).min() ?? .nan
            #expect(found.payoff <= least + 1e-7, "\(point)")
            if found.isExact {
                exact += 1
                #expect(abs(found.payoff - (corners.min() ?? .nan)) <= 1e-7, "\(point)")
            }
        }
        #expect(exact > 0 || tiny.parties.contains(where: \.isInteger))
    }
}
