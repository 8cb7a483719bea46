import Foundation
import Games
import Metaheuristics

/// A search for prices that knows what a game of prices is, beside a metaheuristic that does not, in one budget.
///
/// Climbs (`PriceClimb`) start where experience says that they may end well: at random prices, at the best decision with a sixth
/// of its prices drawn anew, and at the best one for line searches along single prices, pairs and groups. The metaheuristic has half of
/// the evaluations as its budget, and its best decision is a start like any other. What a climb solves counts: every set of responses, and
/// every linear program of that size, is one evaluation.
public struct PriceSearch: GameSearch {
    public enum Turns: Sendable {
        /// Climbs first, then whoever has spent less.
        case alternating
        /// The metaheuristic first, until it has spent its half.
        case afterwards
    }

    private let space: DecisionSpace
    private let seed: UInt64
    private let budget: Int
    private let turns: Turns
    private var metaheuristic: any Metaheuristic
    private var spentClimbing = 0
    private var spentOtherwise = 0
    private var isClimbing = false
    /// Climbs asked for so far.
    private var climbs = 0
    private var best: (decision: [Double], payoff: Double)?
    /// The best that the metaheuristic has seen itself.
    private var bestOtherwise: (decision: [Double], payoff: Double)?

    /// Climbs that are asked for together, for threads to share.
    private static let batch = 4
    /// What a climb may spend: several times what one from random prices takes.
    private static let limit = 200
    /// Below this a climb is not worth beginning.
    private static let leastLimit = 10
    private static let streamNumber: UInt64 = 0x5052_4943

    /// - Parameter base: the metaheuristic.
    public init(
        _ space: DecisionSpace, _ base: MetaheuristicRegistry.Entry, _ settings: MetaheuristicSettings, turns: Turns
    ) throws {
        self.space = space
        self.turns = turns
        seed = settings.seed
        budget = settings.evaluations
        var half = settings
        half.evaluations = max(settings.population, settings.evaluations / 2)
        metaheuristic = base.start(try SearchSpace(lower: space.lower, upper: space.upper), half)
    }

    public mutating func ask() -> [Proposal] {
        let left = budget - spentClimbing - spentOtherwise
        isClimbing =
            switch turns {
            case .alternating: spentClimbing <= spentOtherwise
            case .afterwards: spentOtherwise >= budget / 2
            }
        isClimbing = isClimbing && left >= Self.leastLimit
        guard isClimbing else { return metaheuristic.ask().prefix(max(0, left)).map { .decision($0) } }
        let count = min(Self.batch, max(1, left / Self.limit))
        let limit = min(Self.limit, left / count)
        return (0..<count).map { _ in
            climbs += 1
            return .climb(start(number: climbs - 1, limit: limit))
        }
    }

    public mutating func tell(_ answers: [Proposal.Answer]) {
        let effort = answers.reduce(0) { $0 + $1.effort }
        for answer in answers {
            guard let payoff = answer.payoff else { continue }
            if payoff > best?.payoff ?? -.infinity { best = (answer.decision, payoff) }
            if !isClimbing, payoff > bestOtherwise?.payoff ?? -.infinity { bestOtherwise = (answer.decision, payoff) }
        }
        if isClimbing {
            spentClimbing += effort
        } else {
            spentOtherwise += effort
            metaheuristic.tell(answers.map { $0.payoff.map { 0 - $0 } ?? .infinity })
        }
    }

    // MARK: Starts

    private func start(number: Int, limit: Int) -> PriceClimb.Start {
        var stream = RandomStream(seed: seed, path: [Self.streamNumber, UInt64(number)])
        // After a metaheuristic, what it found comes first.
        let kind = turns == .afterwards ? [2, 3, 0, 1] : [0, 1, 2, 3]
        switch kind[number % 4] {
        case 2:
            // The metaheuristic's best as it is, the best of all with some prices drawn anew, in turn.
            if number % 8 < 4, let bestOtherwise { return near(bestOtherwise.decision, limit, &stream) }
            guard let best else { break }
            var point = best.decision
            for _ in 0..<max(1, point.count / 6) {
                let k = stream.index(below: point.count)
                point[k] = stream.uniform(in: space.decisions[k].lower...space.decisions[k].upper)
            }
            return near(space.project(point), limit, &stream)
        case 3:
            guard let best else { break }
            return PriceClimb.Start(point: best.decision, directions: directions(&stream), limit: limit)
        default: break
        }
        // High prices pay more often than low ones.
        let power = [0.25, 0.5, 1][stream.index(below: 3)]
        let point = space.decisions.map { $0.lower + pow(stream.uniform(), power) * ($0.upper - $0.lower) }
        return PriceClimb.Start(
            point: space.project(point), penalties: penalties(from: -2.5 ... -0.5, &stream), limit: limit)
    }

    /// A climb that keeps near its start, since the responses weigh from the beginning.
    private func near(_ point: [Double], _ limit: Int, _ stream: inout RandomStream) -> PriceClimb.Start {
        PriceClimb.Start(point: point, penalties: penalties(from: -0.5...0.5, &stream), limit: limit)
    }

    /// `1 + lambda`, with `lambda` in equal ratios from and to powers of ten.
    private func penalties(from exponents: ClosedRange<Double>, _ stream: inout RandomStream) -> [Double] {
        let count = 6 + stream.index(below: 19)
        let (low, high) = (stream.uniform(in: exponents), stream.uniform(in: 0.5...1.5))
        return (0..<count).map { 1 + pow(10, low + (high - low) * Double($0) / Double(count - 1)) }
    }

    /// Single prices, pairs that leave a mean as it is, and groups, in random order.
    private func directions(_ stream: inout RandomStream) -> [PriceClimb.Direction] {
        let order = stream.permutation(space.count)
        return order.enumerated().map { place, k in
            let other = order[(place + 1) % order.count]
            switch stream.index(below: 3) {
            case 1 where other != k: return .init(rising: [k], falling: [other])
            case 2: return .init(rising: Array(order[..<max(1, stream.index(below: order.count))]).sorted())
            default: return .init(rising: [k])
            }
        }
    }
}
