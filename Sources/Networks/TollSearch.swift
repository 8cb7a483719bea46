import Foundation
import LinearModels
import Metaheuristics

/// A search for tolls that knows the network: climbs from one place to another near it (iterated local search), anew
/// from time to time, and from what two good tolls have between them.
///
/// Each course begins at random tolls, or at a mixture of two of the best courses' ends, and goes on from climb to
/// climb: some tolls are changed, and a climb from there is kept where it brings more, or hardly less. Where that has
/// brought nothing for some climbs, the next course begins.
///
/// It is counted in evaluations: whatever climbs look at and solve counts as many as it takes the work of, so that the
/// search ends after the same steps on every machine.
///
///     var search = TollSearch(problem, seed: 1)
///     let best = try search.run(evaluations: 100_000).tolls
///
/// Lives on one thread.
public final class TollSearch {
    /// Tolls that were found, a billionth lower than they are best: no tie needs to go the operator's way.
    public struct Found: Sendable, Equatable {
        /// One number for each of ``NetworkPricing/tolls``.
        public let tolls: [Double]
        public let revenue: Double
    }

    /// What came of a climb.
    public struct Climb: Sendable {
        /// Spent so far, this climb included.
        public let evaluations: Int
        public let revenue: Double
        /// Where it is the best so far.
        public let found: Found?
    }

    private let problem: NetworkPricing
    private let answers: TollAnswers
    private let climbing: TollClimb
    private let evaluation: Int
    private var random: RandomStream
    private var best: Found?
    /// Where courses ended, the best first.
    private var ends: [Found] = []

    public init(_ problem: NetworkPricing, seed: UInt64) {
        self.problem = problem
        answers = TollAnswers(problem)
        climbing = TollClimb(answers)
        evaluation = answers.typicalWork()
        random = RandomStream(seed: seed, path: [Self.stream])
    }

    private static let stream: UInt64 = 0x746F_6C6C
    /// Climbs without a gain that end a course.
    private static let patience = 20
    private static let mostEnds = 8
    /// A course goes on from tolls that bring less by at most this share.
    private static let slack = 0.02
    /// Below this share of what its course has, a climb is not worth going on with.
    private static let promising = 0.97

    /// Evaluations spent so far.
    public var evaluations: Int { (climbing.work + evaluation - 1) / evaluation }

    /// Goes on until so many evaluations are spent.
    ///
    /// - Parameters:
    ///   - start: tolls to begin at, if there are any.
    ///   - note: called after each climb.
    public func run(
        evaluations limit: Int, from start: [Double]? = nil, note: (Climb) throws -> Void = { _ in }
    ) throws -> Found {
        guard !problem.tolls.isEmpty else { return Found(tolls: [], revenue: 0) }
        var start = start.map { zip($0, problem.tolls).map { min(max($0, 0), $1.limit) } }
        let most = limit.cappedProduct(evaluation)
        func isOver() -> Bool { evaluations >= limit }
        func climb(_ tolls: inout [Double], threshold: Double) throws -> Double {
            let revenue = try climbing.climb(&tolls, threshold: threshold, limit: most, &random)
            let isNew = revenue > (best?.revenue ?? -.infinity)
            if isNew { best = certain(tolls) }
            try note(Climb(evaluations: min(evaluations, limit), revenue: revenue, found: isNew ? best : nil))
            return revenue
        }
        var held: [Double] = []
        repeat {
            held = try start ?? beginning(limit: most)
            start = nil
            var heldRevenue = try climb(&held, threshold: 0)
            var end = (tolls: held, revenue: heldRevenue)
            var fruitless = 0
            while fruitless < Self.patience, !isOver() {
                var next = changed(held)
                let revenue = try climb(&next, threshold: Self.promising * end.revenue)
                fruitless += 1
                if revenue > end.revenue * (1 + 1e-6) {
                    end = (next, revenue)
                    fruitless = 0
                }
                let draw = random.uniform() * random.uniform()
                if revenue >= heldRevenue || revenue > end.revenue * (1 - Self.slack * draw) {
                    (held, heldRevenue) = (next, revenue)
                }
            }
            keep(Found(tolls: end.tolls, revenue: end.revenue))
        } while !isOver()
        return best ?? certain(held)
    }

    /// The tolls a billionth lower, with what they bring where each commodity takes a way that is cheapest in truth.
    private func certain(_ tolls: [Double]) -> Found {
        let lower = tolls.map { $0 * WayTrees.weight }
        return Found(tolls: lower, revenue: answers.revenue(tolls) * WayTrees.weight)
    }

    private func keep(_ end: Found) {
        guard !ends.contains(where: { abs($0.revenue - end.revenue) <= 1e-6 * abs(end.revenue) }) else { return }
        let place = ends.firstIndex { $0.revenue < end.revenue } ?? ends.count
        ends.insert(end, at: place)
        if ends.count > Self.mostEnds { ends.removeLast() }
    }

    // MARK: Where climbs start

    /// Random tolls, or a mixture of two ends, and from there to tolls that suit some ways: what is random is left
    /// behind soon, a mixture is not.
    private func beginning(limit: Int) throws -> [Double] {
        guard ends.count >= 3, random.index(below: 5) >= 2 else {
            let tolls = problem.tolls.map { $0.limit * random.uniform().squareRoot() }
            // What a small budget has first is a climb.
            guard !ends.isEmpty else { return tolls }
            return try climbing.leap(from: tolls, penalties: penalties(from: 0.005...0.3), limit: limit)
        }
        return try climbing.leap(from: mixture(), penalties: penalties(from: 0.1...2), limit: limit)
    }

    /// In equal ratios, to a number from 4 to 32.
    private func penalties(from range: ClosedRange<Double>) -> [Double] {
        func between(_ low: Double, _ high: Double, _ part: Double) -> Double { low * pow(high / low, part) }
        let first = between(range.lowerBound, range.upperBound, random.uniform())
        let last = between(4, 32, random.uniform())
        let count = 6 + random.index(below: 12)
        return (0..<count).map { between(first, last, Double($0) / Double(count - 1)) }
    }

    private func mixture() -> [Double] {
        let (one, other) = (random.index(below: ends.count), random.index(below: ends.count))
        guard one != other else { return changed(ends[one].tolls) }
        let (first, second) = (ends[one].tolls, ends[other].tolls)
        if random.index(below: 2) == 0 {
            return first.indices.map { random.index(below: 2) == 0 ? first[$0] : second[$0] }
        }
        // The tolls on some commodities' ways from one, the others from the other.
        var tolls = first
        let ways = answers.ways(second).ways
        for _ in 0...random.index(below: max(1, ways.count / 2)) {
            for t in ways[random.index(below: ways.count)].tolls { tolls[Int(t)] = second[Int(t)] }
        }
        return tolls
    }

    /// Tolls near others.
    private func changed(_ tolls: [Double]) -> [Double] {
        var tolls = tolls
        func limited(_ t: Int, _ value: Double) -> Double { min(max(0, value), problem.tolls[t].limit) }
        switch random.index(below: 4) {
        case 0:
            for _ in 0...random.index(below: 6) {
                let t = random.index(below: tolls.count)
                tolls[t] = problem.tolls[t].limit * random.uniform()
            }
        case 1:
            for link in problem.markets[random.index(below: problem.markets.count)].links {
                guard let t = link.toll, random.uniform() < 0.3 else { continue }
                tolls[t] = limited(t, tolls[t] * random.uniform(in: 0.3...1.2))
            }
        case 2:
            let tree = answers.trees[random.index(below: answers.trees.count)]
            tree.answer(tolls)
            let factor = random.uniform(in: 0.3...1.5)
            for t in tree.way.tolls { tolls[Int(t)] = limited(Int(t), tolls[Int(t)] * factor) }
        default:
            let width = random.uniform(in: 0.02...0.17)
            for t in tolls.indices { tolls[t] = limited(t, tolls[t] * (1 + width * random.uniform(in: -1...1))) }
        }
        return tolls
    }
}
