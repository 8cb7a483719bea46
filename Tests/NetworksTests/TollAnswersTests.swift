import Games
import LinearModels
import TestSupport
import Testing

@testable import Networks

/// Ways at given tolls, against linear programs and against themselves.
@Suite struct TollAnswersTests {
    /// A bridge that saves 4 at a cost of 1, and a tunnel behind it that saves 2 for one of two travellers.
    @Test func aBridgeByHand() throws {
        let problem = try NetworkPricing(
            name: "bridge", nodes: 3,
            arcs: [
                .init(from: 1, to: 2, cost: 1, isTolled: true), .init(from: 1, to: 2, cost: 5),
                .init(from: 2, to: 3, cost: 0, isTolled: true), .init(from: 2, to: 3, cost: 2),
                .init(from: 3, to: 1, cost: 7, isTolled: true),
            ],
            commodities: [.init(from: 1, to: 2, demand: 10), .init(from: 1, to: 3, demand: 1)])
        // Nobody goes from 3 to 1.
        #expect(problem.tolls.map(\.arc) == [0, 2])
        #expect(problem.tolls.allSatisfy { abs($0.limit - 6) < 1e-9 })
        #expect(problem.bound == 10 * 4 + 6)
        let answers = TollAnswers(problem)
        #expect(answers.revenue([0, 0]) == 0)
        #expect(abs(answers.revenue([4, 2]) - 46) < 1e-9)
        // The first takes the other road, the second pays 6 by the bridge alone or by both.
        #expect(answers.revenue([4.1, 1.5]) == 1.5)
        #expect(answers.revenue([3, 2.5]) == 33)
    }

    /// A commodity that no toll concerns is no follower, and its arcs have no toll to decide.
    @Test func whatHasNoChoiceIsLeftOut() throws {
        let problem = try NetworkPricing(
            name: "none", nodes: 2,
            arcs: [.init(from: 1, to: 2, cost: 5, isTolled: true), .init(from: 1, to: 2, cost: 5)],
            commodities: [.init(from: 1, to: 2, demand: 3), .init(from: 1, to: 1, demand: 3)])
        #expect(problem.tolls.isEmpty && problem.bound == 0)
        #expect(try problem.game().followers.isEmpty)
        #expect(TollAnswers(problem).revenue([]) == 0)
    }

    @Test func ofWhatIsNoNetwork() {
        func error(_ arcs: [NetworkPricing.Arc], _ commodities: [NetworkPricing.Commodity]) -> NetworkPricingError? {
            do throws(NetworkPricingError) {
                _ = try NetworkPricing(name: "", nodes: 2, arcs: arcs, commodities: commodities)
                return nil
            } catch {
                return error
            }
        }
        let road = NetworkPricing.Arc(from: 1, to: 2, cost: 1)
        #expect(error([road], [.init(from: 1, to: 2, demand: 1)]) == nil)
        #expect(error([road], [.init(from: 2, to: 1, demand: 1)]) == .noFreeWay(commodity: 0))
        let toll = NetworkPricing.Arc(from: 2, to: 1, cost: 1, isTolled: true)
        #expect(error([road, toll], [.init(from: 2, to: 1, demand: 1)]) == .noFreeWay(commodity: 0))
        #expect(error([.init(from: 1, to: 3, cost: 1)], []) == .unknownNode(3, of: "arc", number: 0, nodes: 2))
        #expect(error([.init(from: 1, to: 2, cost: -1)], []) == .cost(-1, arc: 0))
        #expect(error([road], [.init(from: 1, to: 2, demand: .infinity)]) == .demand(.infinity, commodity: 0))
    }

    /// Dijkstra's ways against the flows of linear programs, at tolls without ties and with many.
    @Test(arguments: 1...12) func equalsLinearPrograms(seed: UInt64) throws {
        let problem = try RandomNetwork.make(seed, nodes: 7, arcs: 22, tolled: 9, commodities: 5)
        let answers = TollAnswers(problem)
        let evaluator = try Evaluator(problem.game())
        var random = SeededNumbers(seed: seed)
        for attempt in 0..<30 {
            let tolls = problem.tolls.map { toll in
                // Whole tolls on whole costs tie.
                attempt % 2 == 0
                    ? random.uniform(in: 0...toll.limit) : Double(random.whole(0...Int(toll.limit.rounded(.down))))
            }
            let expected = try #require(evaluator.evaluate(tolls).payoff)
            #expect(abs(answers.revenue(tolls) - expected) <= 1e-6 * max(1, expected), "attempt \(attempt)")
        }
    }

    /// Trees that were repaired toll by toll say what trees made anew say.
    @Test(arguments: 1...8) func repairedTreesAreTrees(seed: UInt64) throws {
        let problem = try RandomNetwork.make(seed, nodes: 30, arcs: 160, tolled: 60, commodities: 6)
        let (repaired, anew) = (TollAnswers(problem), TollAnswers(problem))
        var random = SeededNumbers(seed: seed)
        var tolls = problem.tolls.map { random.uniform(in: 0...$0.limit) }
        _ = repaired.ways(tolls)
        for _ in 0..<400 {
            let t = random.whole(0...tolls.count - 1)
            tolls[t] = random.whole(0...3) == 0 ? 0 : random.uniform(in: 0...problem.tolls[t].limit)
            for k in repaired.marketsOfToll[t] { repaired.trees[k].set(t, to: tolls[t]) }
            let expected = anew.ways(tolls)
            #expect(abs(repaired.revenue - expected.revenue) <= 1e-9 * max(1, expected.revenue))
            for (a, b) in zip(repaired.trees, anew.trees) { #expect(abs(a.cost - b.cost) <= 1e-9 * b.cost) }
            // What one more toll would change, too.
            let other = random.whole(0...tolls.count - 1)
            for k in repaired.marketsOfToll[other] {
                let (a, b) = (repaired.trees[k].choice(of: other), anew.trees[k].choice(of: other))
                #expect((a == nil) == (b == nil))
                if let a, let b {
                    #expect(abs(a.highest - b.highest) < 1e-9 && abs(a.otherwise - b.otherwise) < 1e-9)
                    #expect(abs(a.others - b.others) < 1e-9)
                }
            }
        }
    }
}
