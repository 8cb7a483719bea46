import Foundation
import LinearModels
import Testing

@testable import Games

/// Joint least cost found by messages: by hand, and against one model of all parties.
@Suite struct DecompositionTests {
    /// Makes at 2 a unit up to 10, whereas the other needs 4 and then 8 units, which it can make at 5.
    private func pair(capacity: [Double], fee: Double) throws -> (ExchangeNetwork, [LocalParty]) {
        let network = try ExchangeNetwork(
            parties: ["maker", "user"],
            links: [.init(name: "line", seller: "maker", buyer: "user", capacity: capacity, fee: fee)])
        var maker = LinearModel()
        let sold = try (0..<2).map { try maker.variable("sold\($0)", in: 0...10) }
        try maker.minimise(2.0 * sum(sold))
        var user = LinearModel()
        let bought = try (0..<2).map { try user.variable("bought\($0)") }
        let made = try (0..<2).map { try user.variable("made\($0)") }
        for (step, load) in [4.0, 8].enumerated() {
            try user.add(bought[step] + made[step] == load, named: "load\(step)")
        }
        try user.minimise(5.0 * sum(made))
        return (
            network,
            [
                try LocalParty("maker", in: network, model: maker, variables: ["line": sold]),
                try LocalParty("user", in: network, model: user, variables: ["line": bought]),
            ]
        )
    }

    /// With 6 units of room in each step the user buys 4 and 6; each saves 3 less the fee of 1, so 20 in all. In the
    /// second step the line is full; in the first there is room, and the price lies where neither gains by more trade.
    @Test(arguments: ExchangeMethod.both) func pairByHand(_ method: ExchangeMethod) throws {
        let (network, parties) = try pair(capacity: [6, 6], fee: 1)
        let outcome = try method.solve(network, asking: .init(inTurn: parties), log: MessageLog())
        #expect(outcome.ending == .gap)
        #expect(abs(outcome.costChange + 20) <= 2e-3 && outcome.lowerBound <= -20 + 1e-9)
        #expect(outcome.lowerBound >= -20 * (1 + 6e-4))
        #expect(abs(outcome.trades[0][0] - 4) <= 2e-3 && abs(outcome.trades[0][1] - 6) <= 2e-3)
        #expect(abs(outcome.asks[0] - 20) <= 1e-2 && abs(outcome.asks[1] + 50) <= 1e-2)
        #expect(outcome.prices[0].allSatisfy { $0 >= 2 - 1e-2 && $0 <= 4 + 1e-2 })
    }

    /// A fee of 3 and more leaves nothing to gain: nobody trades, and that is proven.
    @Test(arguments: ExchangeMethod.both) func feeForbids(_ method: ExchangeMethod) throws {
        let (network, parties) = try pair(capacity: [6, 6], fee: 3.5)
        let outcome = try method.solve(network, asking: .init(inTurn: parties), log: MessageLog())
        #expect(outcome.costChange == 0 && outcome.gap == 0 && outcome.trades == [[0, 0]])
    }

    /// A party answers a penalised question as by hand: the maker's `2 q - 3 q + 1/2 (q - 4)^2` is least at 5.
    @Test func penaltyByHand() throws {
        let (_, parties) = try pair(capacity: [20, 20], fee: 0)
        let question = ExchangeQuestion(
            round: 1, kind: .nearTarget, prices: ["line": [3, 2.25]], target: ["line": [4, 0.5]], penalty: 1,
            tolerance: 1e-6)
        let trades = try #require(parties[0].answer(question).trades?["line"])
        #expect(abs(trades[0] - 5) <= 2e-6 && abs(trades[1] - 0.75) <= 2e-6)
    }

    /// Both methods against one linear program of all parties: within 0.1 % of the change of the joint cost, and no
    /// bound above the optimum.
    @Test(arguments: Array(UInt64(1)...20)) func randomNetworks(_ seed: UInt64) throws {
        let exchange = try RandomExchange(seed: seed)
        let central = try exchange.centralChange()
        let slack = 1e-7 * abs(central)
        for method in ExchangeMethod.both {
            let parties = try exchange.parties()
            let outcome = try exchange.solve(method, parties: parties).outcome
            #expect(outcome.costChange >= central - slack)
            #expect(outcome.costChange <= central + 1e-3 * abs(central))
            #expect(outcome.lowerBound <= central + slack)
            for progress in outcome.history {
                #expect(progress.lowerBound ?? central <= central + slack)
                #expect(progress.best >= central - slack)
            }
            #expect(outcome.gap <= 1e-3)
            #expect(
                abs(outcome.asks.reduce(exchange.network.fees(of: outcome.trades), +) - outcome.costChange) <= slack)
            if ProcessInfo.processInfo.environment["EXCHANGE_FIGURES"] != nil {
                print(
                    "figures", seed, outcome.ending, exchange.network.parties.count, exchange.network.links.count,
                    exchange.network.steps, outcome.rounds, outcome.history.count, outcome.messages, outcome.bytes,
                    parties.reduce(0) { $0 + $1.solves }, parties.reduce(0) { $0 + $1.work }, outcome.gap,
                    (outcome.costChange - central) / max(1e-12, abs(central)))
            }
        }
    }
}
