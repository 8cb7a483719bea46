import Foundation
import LinearModels
import Testing

@testable import Games

/// What messages hold, units and order, integers, and negotiations that break off and go on.
@Suite struct NegotiationTests {
    /// Breaks off after so many answers.
    private final class Mortal: ExchangeParty {
        struct Gone: Error, CustomStringConvertible { let description = "its process is gone." }
        let party: LocalParty
        var answersLeft: Int

        init(_ party: LocalParty, answers: Int) { (self.party, answersLeft) = (party, answers) }

        func answer(_ question: ExchangeQuestion) throws -> ExchangeAnswer {
            guard answersLeft > 0 else { throw Gone() }
            answersLeft -= 1
            return try party.answer(question)
        }
    }

    /// The second party dies in a round: that is told with round, party and reason. From the journal, with new
    /// parties, the negotiation ends with the bytes of the unbroken one; the same where a journal ends at a question.
    @Test(arguments: ExchangeMethod.both) func resumesByteForByte(_ method: ExchangeMethod) throws {
        let exchange = try RandomExchange(seed: 10)
        let (whole, log) = try exchange.solve(method)
        for round in [1, 7, whole.rounds - 1] {
            let broken = try MessageLog()
            var parties: [any ExchangeParty] = try exchange.parties()
            parties[1] = Mortal(try #require(parties[1] as? LocalParty), answers: round - 1)
            let error = ExchangeError.partyFailed(round: round, party: "party1", reason: "its process is gone.")
            #expect(throws: error) {
                try method.solve(exchange.network, asking: .init(inTurn: parties), log: broken)
            }
            #expect(broken.lines == Array(log.lines.prefix(broken.lines.count)))
            #expect(broken.messages == 2 * (2 * round - 1))
            for journal in [broken.lines, broken.lines.dropLast()] {
                let resumed = try exchange.solve(method, replaying: Array(journal))
                #expect(resumed.log.lines == log.lines && resumed.outcome == whole)
            }
        }
        // A whole journal asks nobody.
        let silent: [any ExchangeParty] = try exchange.parties().map { Mortal($0, answers: 0) }
        #expect(try exchange.solve(method, replaying: log.lines, parties: silent).outcome == whole)
    }

    @Test func journalOfAnotherNegotiation() throws {
        let method = ExchangeMethod.both[1]
        let log = try RandomExchange(seed: 10).solve(method).log
        #expect(throws: ExchangeError.self) { try RandomExchange(seed: 5).solve(method, replaying: log.lines) }
        #expect(throws: ExchangeError.journalWithoutAnswer(line: 2)) {
            try MessageLog(replaying: [log.lines[0], log.lines[2]])
        }
    }

    /// Every number of every message is named after a link, or is one of the few that are stated.
    @Test(arguments: ExchangeMethod.both) func messagesHoldTradesAndMoneyAlone(_ method: ExchangeMethod) throws {
        let exchange = try RandomExchange(seed: 3)
        let (outcome, log) = try exchange.solve(method)
        #expect(outcome.messages == log.lines.count && outcome.messages == 2 * outcome.rounds * 5)
        #expect(outcome.bytes == log.lines.reduce(0) { $0 + $1.utf8.count })
        for line in log.lines {
            let object = try #require(JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
            let party = try #require(object["party"] as? String)
            let own = Set(
                exchange.network.links.filter { $0.seller == party || $0.buyer == party }.map(\.name))
            let isQuestion = object["question"] != nil
            #expect(Set(object.keys) == ["party", isQuestion ? "question" : "answer"])
            let content = try #require(object[isQuestion ? "question" : "answer"] as? [String: Any])
            let fields: Set =
                isQuestion
                ? ["round", "kind", "prices", "target", "penalty", "tolerance"] : ["trades", "ask", "lowestTotal"]
            #expect(fields.isSuperset(of: content.keys))
            for field in ["prices", "target", "trades"] {
                guard let lists = content[field] else { continue }
                let series = try #require(lists as? [String: [Double]])
                #expect(Set(series.keys) == own)
                #expect(series.values.allSatisfy { $0.count == exchange.network.steps })
            }
        }
    }

    @Test func numbersKeepEveryBit() throws {
        for value in [0.1, 1.0 / 3, 1e-300, .leastNonzeroMagnitude, .greatestFiniteMagnitude, -7.000000000000001] {
            let message = ExchangeMessage(party: "a", .answer(.init(trades: ["l": [value]], ask: -value)))
            #expect(try ExchangeMessage(line: message.line()) == message)
        }
    }

    /// Other units of money and of trades, and the parties in another order, make no other bargain.
    @Test(arguments: ExchangeMethod.both) func unitsAndOrder(_ method: ExchangeMethod) throws {
        let plain = try RandomExchange(seed: 10).solve(method).outcome
        for (money, unit, isReversed) in [(1024, 1, false), (1, 64, false), (0.25, 0.5, false), (1, 1, true)] {
            let other = try RandomExchange(seed: 10, money: money, unit: unit, isReversed: isReversed).solve(method)
                .outcome
            #expect(abs(other.costChange / money - plain.costChange) <= 1e-3 * abs(plain.costChange))
            #expect(abs(other.lowerBound / money - plain.lowerBound) <= 1e-3 * abs(plain.lowerBound))
        }
    }

    /// With generators that are off or at half power and more: bound, central optimum and outcome in their order.
    @Test(arguments: [UInt64(1), 5, 10, 15]) func integers(_ seed: UInt64) throws {
        let exchange = try RandomExchange(seed: seed, hasIntegers: true)
        let central = try exchange.centralChange()
        let slack = 1e-6 * max(1, abs(central))
        let generation = ExchangeMethod.columnGeneration(ColumnGeneration())
        var short = AlternatingDirections()
        short.rounds = 60
        for method in [generation, .alternatingDirections(short)] {
            let outcome = try exchange.solve(method).outcome
            #expect(outcome.lowerBound <= central + slack)
            #expect(central <= outcome.costChange + slack)
            #expect(outcome.costChange < 0)
            #expect(abs(outcome.gap - (outcome.costChange / outcome.lowerBound - 1) / -1) <= 1e-9)
            if ProcessInfo.processInfo.environment["EXCHANGE_FIGURES"] != nil {
                print("integers", seed, outcome.ending, outcome.rounds, outcome.gap, outcome.costChange / central)
            }
        }
    }

    @Test func stopsWhereAsked() throws {
        let exchange = try RandomExchange(seed: 10)
        #expect(throws: Interrupted.self) {
            try Interruption.heeding({ true }) { try exchange.solve(ExchangeMethod.both[0]) }
        }
    }

    @Test func badNetworks() throws {
        func error(_ links: [ExchangeNetwork.Link]) -> ExchangeNetworkError? {
            #expect(throws: ExchangeNetworkError.self) { try ExchangeNetwork(parties: ["a", "b"], links: links) }
        }
        #expect(
            error([.init(name: "l", seller: "a", buyer: "c", capacity: [1])]) == .unknownParty(link: "l", party: "c"))
        #expect(error([.init(name: "l", seller: "a", buyer: "a", capacity: [1])]) == .tradeWithItself(link: "l"))
        #expect(
            error([.init(name: "l", seller: "a", buyer: "b", capacity: [-1])])
                == .badCapacity(link: "l", step: 0, value: -1))
        #expect(
            error([.init(name: "l", seller: "a", buyer: "b", capacity: [1], fee: .infinity)])
                == .badFee(link: "l", value: .infinity))
        #expect(throws: ExchangeNetworkError.repeatedName("a")) { try ExchangeNetwork(parties: ["a", "a"], links: []) }
    }
}
