import LinearModels
import TestSupport
import Testing

@testable import Games

/// Blocks that trade: one program over all coalitions against each coalition's own model.
@Suite struct CoalitionProgramTests {
    /// Players with a demand, a plant and a dear market without a limit; the first may hand on to all, the others to
    /// the next. The plant may have a cost of running and lots.
    private struct Market {
        var players: [CoalitionProgram.Player] = []
        var trades: [CoalitionProgram.Trade] = []

        init(_ count: Int, _ numbers: inout SeededNumbers, hasIntegers: Bool, hasOpenTrades: Bool = false) throws {
            var sold: [[Int: Variable]] = []
            var bought: [[Int: Variable]] = []
            for i in 0..<count {
                var block = LinearModel()
                let demand = numbers.uniform(in: 2...8)
                let buy = try block.variable("buy")
                let capacity = numbers.uniform(in: 3...12)
                let output = try block.variable("output", in: 0...capacity)
                var (sales, purchases): ([Int: Variable], [Int: Variable]) = ([:], [:])
                for j in 0..<count where j != i {
                    if Self.trades(i, j, count) {
                        // An open trade has a limit on the buyer's side alone, and may run backwards.
                        sales[j] = try block.variable("to\(j)", in: (hasOpenTrades ? -.infinity : 0) ... .infinity)
                    }
                    if Self.trades(j, i, count) {
                        purchases[j] = try block.variable("from\(j)", in: (hasOpenTrades ? -2 : 0)...4)
                    }
                }
                let supply = buy + output + sum(sumOrder(purchases)) - sum(sumOrder(sales))
                try block.add(supply == demand, named: "demand")
                var cost = numbers.uniform(in: 1...6) * output + 9 * buy
                if hasIntegers {
                    let running = try block.variable("running", kind: .binary)
                    try block.add(output - capacity * running <= 0, named: "most")
                    try block.add(output - 0.5 * capacity * running >= 0, named: "least")
                    let lots = try block.variable("lots", in: 0...3, kind: .integer)
                    try block.add(output - 2.5 * lots <= 0, named: "lots")
                    cost += numbers.uniform(in: 0...8) * running + 0.5 * lots
                }
                cost += LinearExpression(numbers.uniform(in: 0...20))
                if i % 2 == 0 { try block.minimise(cost) } else { try block.maximise(-1 * cost) }
                players.append(.init(name: "player\(i + 1)", block: block))
                sold.append(sales)
                bought.append(purchases)
            }
            for i in 0..<count {
                for j in 0..<count where i != j {
                    guard let sale = sold[i][j], let purchase = bought[j][i] else { continue }
                    trades.append(.init(from: i, sale, to: j, purchase))
                }
            }
        }

        private static func trades(_ i: Int, _ j: Int, _ count: Int) -> Bool { i == 0 || j == i + 1 }
        private func sumOrder(_ variables: [Int: Variable]) -> [Variable] {
            variables.sorted { $0.key < $1.key }.map(\.value)
        }

        /// The least joint cost of some, in a model of their blocks alone.
        func cost(_ members: [Int]) throws -> Double {
            var model = LinearModel()
            var cost = LinearExpression()
            var blocks: [Int: ModelBlock] = [:]
            for i in members {
                let block = try model.append(players[i].block, named: "b\(i)")
                blocks[i] = block
                cost += (i % 2 == 0 ? 1 : -1) * block.objective
            }
            for (k, trade) in trades.enumerated() {
                let (seller, buyer) = (blocks[trade.seller], blocks[trade.buyer])
                let sale = seller?.variables[trade.sold.index]
                let purchase = buyer?.variables[trade.bought.index]
                switch (sale, purchase) {
                case (let sale?, let purchase?): try model.add(sale == purchase, named: "t\(k)")
                case (let alone?, nil), (nil, let alone?): try model.add(alone.linearExpression == 0, named: "t\(k)")
                case (nil, nil): break
                }
            }
            try model.minimise(cost)
            let session = try SolverSession(model)
            #expect(try session.solve() == .optimal)
            return session.objectiveValue
        }

        func game() throws -> CooperativeGame {
            let alone = try players.indices.map { try cost([$0]) }
            return try CooperativeGame(players: players.map(\.name), accuracy: 1e-8) { coalition in
                try coalition.share(of: alone) - cost(coalition.players)
            }
        }
    }

    @Test(arguments: [false, true])
    func answersEqualEnumeration(_ hasIntegers: Bool) throws {
        var numbers = SeededNumbers(seed: hasIntegers ? 52 : 51)
        var positive = 0
        for round in 0..<12 {
            let count = 2 + round % 4
            let market = try Market(count, &numbers, hasIntegers: hasIntegers, hasOpenTrades: round % 3 == 0)
            let program = try CoalitionProgram(market.players, trades: market.trades)
            let game = try market.game()
            for mask in game.values.indices {
                let coalition = Coalition(mask: UInt64(mask))
                #expect(abs(try program.value(of: coalition) - game.values[mask]) <= 1e-6)
            }
            let whole = game.value(of: game.everybody)
            positive += whole > 0.1 ? 1 : 0
            for _ in 0..<5 {
                let payoff = (0..<count).map { _ in numbers.uniform(in: -1...max(1, whole)) }
                let worst = try program.mostAggrieved(by: payoff)
                #expect(abs(worst.excess - (try CoalitionGames.worst(payoff, in: game))) <= 1e-6)
            }
            let core = try LeastCore(of: program)
            #expect(abs(core.epsilon - (try CoalitionGames.leastCoreByBalance(game))) <= 1e-6)
            #expect(abs(try CoalitionGames.worst(core.payoff, in: game) - core.epsilon) <= 1e-6)
            let listed = try CooperativeGame(listing: program)
            #expect(isNear(try Nucleolus(of: listed).payoff, try Nucleolus(of: game).payoff, 1e-5))
        }
        #expect(positive > 6)
    }

    /// More players than a table has. By linear duality games of blocks without whole numbers have a core (Owen, 1975).
    @Test func fourteenPlayers() throws {
        var numbers = SeededNumbers(seed: 53)
        let market = try Market(14, &numbers, hasIntegers: false)
        let program = try CoalitionProgram(market.players, trades: market.trades)
        let core = try LeastCore(of: program)
        #expect(!core.isCoreEmpty && core.coalitionCount < 300)
        let whole = try program.value(of: program.everybody)
        #expect(whole > 1 && abs(core.payoff.reduce(0, +) - whole) <= 1e-6)
        for _ in 0..<60 {
            let coalition = Coalition((0..<14).filter { _ in numbers.whole(0...1) == 1 })
            #expect(try program.value(of: coalition) <= coalition.share(of: core.payoff) + 1e-5)
        }
        let membership = try CoreMembership(of: NashBargaining.split(whole, by: players(14)), in: program)
        let leaves = membership.mostAggrieved
        let saved =
            try leaves.coalition.players.reduce(0) { $0 + (try market.cost([$1])) }
            - market.cost(leaves.coalition.players)
        #expect(abs(saved - Double(leaves.coalition.count) * whole / 14 - leaves.excess) <= 1e-5)
    }

    private func players(_ count: Int) -> [Double] { [Double](repeating: 1, count: count) }

    @Test func wrongBlocksAndTrades() throws {
        func block(_ build: (inout LinearModel) throws -> Variable) throws -> (CoalitionProgram.Player, Variable) {
            var model = LinearModel()
            let variable = try build(&model)
            return (.init(name: "p\(model.variableCount)", block: model), variable)
        }
        func refused(
            _ expected: BargainingError, _ a: (CoalitionProgram.Player, Variable),
            _ b: (CoalitionProgram.Player, Variable), times: Int = 1, to buyer: Int = 1
        ) {
            #expect(throws: expected) {
                try CoalitionProgram(
                    [a.0, b.0],
                    trades: [CoalitionProgram.Trade](repeating: .init(from: 0, a.1, to: buyer, b.1), count: times))
            }
            #expect(!expected.description.isEmpty)
        }
        let open = try block { try $0.variable("x") }
        let other = try block { model in
            _ = try model.variable("spare", in: 0...1)
            return try model.variable("y")
        }
        refused(.unboundedTrade(seller: "p1", buyer: "p2", variable: "x"), open, other)
        refused(.noSuchTrader(trade: 0), open, other, to: 5)
        refused(.tradesWithItself(player: "p1"), open, other, to: 0)
        refused(.foreignTrade(player: "p2"), open, (other.0, open.1))
        let forced = try block { model in
            _ = try model.variable("spare", in: 0...1)
            return try model.variable("y", in: 1...2)
        }
        refused(.cannotRefuseTrade(player: "p2", variable: "y", lower: 1, upper: 2), open, forced)
        let needy = try block { model in
            _ = try model.variable("spare", in: 0...1)
            let y = try model.variable("y", in: 0...5)
            try model.add(y >= 1, named: "need")
            return y
        }
        refused(.cannotActAlone(player: "p2"), open, needy)
        let greedy = try block { model in
            let spare = try model.variable("spare")
            try model.minimise(-1 * spare)
            return try model.variable("y", in: 0...5)
        }
        refused(.unboundedAlone(player: "p2"), open, greedy)
        refused(.tradedTwice(player: "p1", variable: "x"), open, other, times: 2)
        refused(.duplicateName("p1"), open, try block { try $0.variable("x") })
    }
}
