import CaseFiles
import EnergyGames
import Games
import LinearModels
import TestSupport
import Testing

/// Clearing groups solved by their parts answer as they do when solved whole.
@Suite struct FollowerPartsTests {
    private func withoutParts(_ game: StackelbergGame) throws -> StackelbergGame {
        try StackelbergGame(
            name: game.name, space: game.space,
            followers: game.followers.map { Follower(name: $0.name, model: $0.model) }, system: game.system,
            ties: game.ties)
    }

    private func expectTheSame(_ game: StackelbergGame, seed: UInt64, count: Int) throws {
        #expect(game.followers.contains { $0.parts != nil })
        let (parts, whole) = (try Evaluator(game), try Evaluator(withoutParts(game)))
        var random = SeededNumbers(seed: seed)
        for number in 0..<count {
            // Whole steps of a price make ties.
            let point = zip(game.space.lower, game.space.upper).map { low, high in
                number % 2 == 0
                    ? random.uniform(in: low...high) : low + (high - low) * Double(random.whole(0...2)) / 2
            }
            let (a, b) = (try parts.evaluate(point), try whole.evaluate(point))
            let (payoff, known) = (try #require(a.payoff), try #require(b.payoff))
            #expect(abs(payoff - known) <= 1e-8 * max(1, abs(known)), "decision \(number): \(payoff), whole \(known)")
            for (cost, other) in zip(a.followerCosts, b.followerCosts) {
                #expect(abs(cost - other) <= 1e-9 * max(1, abs(other)), "decision \(number)")
            }
            #expect(game.system.largestViolation(values: a.values[...], parameters: a.parameters) <= 1e-6)
            #expect(b.hasTies || !a.hasTies || number % 2 == 0)
        }
    }

    @Test func parkPricing() throws {
        try expectTheSame(EnergyGame(CaseReader.read(ParkPricing.folder)).game, seed: 61, count: 60)
    }

    @Test func shippedPark() throws {
        let folder = ParkPricing.folder.deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("cases/stackelberg-park")
        try expectTheSame(EnergyGame(CaseReader.read(folder)).game, seed: 62, count: 12)
    }

    /// A buyer needs 5 and buys at the price; a seller makes up to 8 at 0.1 and sells to the buyer. The leader earns
    /// what is bought.
    private func pool() throws -> StackelbergGame {
        var whole = LinearModel()
        let wholePrice = try whole.parameter("price")
        func group(_ model: inout LinearModel, _ price: Parameter) throws -> (cost: LinearExpression, bought: Variable)
        {
            let bought = try model.variable("bought", in: 0...10)
            let made = try model.variable("made", in: 0...8)
            let sold = try model.variable("sold", in: 0...10)
            try model.add(bought + sold == 5, named: "need")
            try model.add(made - sold == 0, named: "make")
            return (price * bought + 0.1 * made, bought)
        }
        try whole.minimise(try group(&whole, wholePrice).cost)

        var needs = LinearModel()
        let buying = try needs.parameter("price")
        let intake = try needs.variable("intake", in: 0...20)
        try needs.add(intake == 5, named: "need")
        try needs.minimise(buying * intake)
        var makes = LinearModel()
        let selling = try makes.parameter("price")
        let made = try makes.variable("made", in: 0...8)
        let sale = try makes.variable("sale", in: 0...10)
        try makes.add(made - sale == 0, named: "make")
        try makes.minimise(0.1 * made - selling * sale)

        var system = LinearModel()
        let price = try system.parameter("price")
        let block = try group(&system, price)
        try system.maximise(price * block.bought)
        let split = FollowerParts(
            models: [needs, makes], copies: [(part: 1, whole: 1)],
            pools: [
                .init(sale: 2, buyers: [.init(intake: 0, purchase: 0, trade: 2, mostPurchased: 10, mostTraded: 10)])
            ])
        return try StackelbergGame(
            name: "pool", space: DecisionSpace([Decision(name: "price", lower: 0, upper: 1, unit: "CNY/kWh")]),
            followers: [Follower(name: "group", model: whole, parts: split)], system: system)
    }

    /// Below 0.1 nobody makes anything: all 5 are bought. Above, the seller alone would sell 8, which nobody takes: 5
    /// are made and none bought. At 0.1 both cost the same and the leader is favoured.
    @Test(arguments: [(0.05, 0.25, 0.25), (0.5, 0.5, 0.0), (0.1, 0.5, 0.5)])
    func moreThanBuyersTakeIsSolvedWhole(price: Double, cost: Double, payoff: Double) throws {
        let found = try Evaluator(pool()).evaluate([price])
        #expect(abs(found.followerCosts[0] - cost) < 1e-9)
        #expect(abs((found.payoff ?? .nan) - payoff) < 1e-9)
        #expect(found.hasTies == (price == 0.1))
    }
}
