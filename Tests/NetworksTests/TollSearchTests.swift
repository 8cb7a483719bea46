import CaseFiles
import Games
import LinearModels
import TestSupport
import Testing

@testable import Networks

/// The search for tolls against all combinations of ways.
@Suite struct TollSearchTests {
    /// Every simple way of a commodity from its origin to its destination, as tolls and cost.
    private func ways(_ problem: NetworkPricing, _ commodity: NetworkPricing.Commodity) -> [TollWay] {
        var place: [Int: Int32] = [:]
        for (t, toll) in problem.tolls.enumerated() { place[toll.arc] = Int32(t) }
        var found: [TollWay] = []
        func go(_ node: Int, _ seen: Set<Int>, _ tolls: [Int32], _ cost: Double) {
            if node == commodity.destination {
                found.append(TollWay(tolls: tolls.sorted(), cost: cost))
                return
            }
            for (a, arc) in problem.arcs.enumerated() where arc.source == node && !seen.contains(arc.target) {
                // An arc with a toll that is not decided is of no use to anybody.
                if arc.isTolled, place[a] == nil { continue }
                go(arc.target, seen.union([arc.target]), tolls + [place[a]].compactMap(\.self), cost + arc.cost)
            }
        }
        go(commodity.origin, [commodity.origin], [], 0)
        // Of ways over the same tolls the cheapest.
        let best = Dictionary(found.map { ($0.tolls, $0.cost) }, uniquingKeysWith: min)
        return best.map { TollWay(tolls: $0.key, cost: $0.value) }.sorted {
            ($0.cost, $0.tolls.count) < ($1.cost, $1.tolls.count)
        }
    }

    /// The best revenue over all combinations of ways, each by a linear program that knows every way.
    private func optimum(_ problem: NetworkPricing) throws -> Double {
        let all = problem.commodities.map { ways(problem, $0) }
        var model = LinearModel()
        let tolls = try problem.tolls.indices.map { try model.variable("t\($0)", in: 0...problem.tolls[$0].limit) }
        func expression(_ way: TollWay) -> LinearExpression {
            way.tolls.reduce(into: LinearExpression(way.cost)) { $0 += tolls[Int($1)] }
        }
        var best = 0.0
        func go(_ k: Int, _ model: LinearModel, _ revenue: LinearExpression) throws {
            guard k < all.count else {
                var model = model
                try model.maximise(revenue)
                let session = try SolverSession(model)
                if try session.solve() == .optimal { best = max(best, session.objectiveValue) }
                return
            }
            for (n, way) in all[k].enumerated() {
                var next = model
                for (m, other) in all[k].enumerated() where m != n {
                    let row = expression(way) - expression(other)
                    if way.tolls != other.tolls { try next.add(row <= 0, named: "k\(k)w\(m)") }
                }
                let demand = problem.commodities[k].demand
                try go(k + 1, next, revenue + demand * (expression(way) - way.cost))
            }
        }
        try go(0, model, LinearExpression())
        return best
    }

    @Test(arguments: 1...40) func findsTheBestOfAllCombinations(seed: UInt64) throws {
        let problem = try RandomNetwork.make(seed, nodes: 5, arcs: 9, tolled: 5, commodities: 3)
        let best = try optimum(problem)
        let found = try TollSearch(problem, seed: seed).run(evaluations: 3000)
        #expect(abs(found.revenue - best) <= 1e-6 * max(1, best), "\(found.revenue) and \(best)")
        #expect(best <= problem.bound + 1e-9)
        // What is promised is paid without any tie.
        #expect(TollAnswers(problem).revenue(found.tolls) >= found.revenue - 1e-9 * max(1, best))
        #expect(zip(found.tolls, problem.tolls).allSatisfy { (0...$1.limit).contains($0) })
    }

    /// The optimality conditions of all commodities' flows prove the same.
    @Test(arguments: 1...6) func equalsTheProof(seed: UInt64) throws {
        let problem = try RandomNetwork.make(seed, nodes: 5, arcs: 9, tolled: 4, commodities: 2)
        let certificate = try Certifier(problem.game()).certify(.init(nodes: 20_000, seconds: 60))
        let found = try TollSearch(problem, seed: 1).run(evaluations: 2000)
        #expect(certificate.isProven)
        #expect(abs(try #require(certificate.best).payoff - found.revenue) <= 1e-5 * max(1, found.revenue))
    }

    /// The same seed and budget lead to the same tolls, and a longer search begins as a shorter one.
    @Test func searchesRepeatThemselves() throws {
        let problem = try RandomNetwork.make(3, nodes: 30, arcs: 160, tolled: 60, commodities: 12)
        func run(_ evaluations: Int) throws -> [Double] {
            var best: [Double] = []
            _ = try TollSearch(problem, seed: 5).run(evaluations: evaluations) { climb in
                #expect(climb.evaluations <= evaluations)
                best.append(climb.revenue)
            }
            return best
        }
        let (short, long) = (try run(2000), try run(6000))
        #expect(try run(2000) == short)
        // The last climb of the shorter one was cut.
        #expect(long.starts(with: short.dropLast()))
        #expect(long.count > short.count)
    }

    /// Public instances whose optimum was proved by others (Bui, Gendron and Carvalho, arXiv 2106.03887), to their six
    /// digits.
    @Test(
        .enabled(if: SharedFiles.data(named: "netpricing/g30-01.json") != nil, "needs the public instances"),
        arguments: [("g30-01", 89657.6), ("g30-06", 104_022.5)])
    func publicInstancesReachTheirOptimum(name: String, optimum: Double) throws {
        let url = try #require(SharedFiles.data(named: "netpricing/\(name).json"))
        let found = try TollSearch(NetworkFile.read(url), seed: 1).run(evaluations: 6000)
        #expect(abs(found.revenue - optimum) <= 2e-5 * optimum, "\(found.revenue)")
    }
}
