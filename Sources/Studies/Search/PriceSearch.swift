import Foundation
import Games
import Metaheuristics

/// A search for prices that knows what a game of prices is, beside a metaheuristic that does not, in one budget.
///
/// Climbs (`PriceClimb`) start where experience says that they may end well: at coarse prices, which are constant over
/// blocks of the horizon, the whole of it first and shorter ones later; at random prices; at the best decision with a
/// sixth of its prices drawn anew; at the best one for line searches along each of its prices, and then along pairs,
/// groups and blocks; and at the best one for prices at which followers buy more or less in some hours, so that answers
/// are seen that were not seen before. The metaheuristic has a quarter of the evaluations as its budget, or half where
/// it comes first, and its best decision is a start like any other. What a climb solves counts as the evaluations that
/// it takes the work of.
///
/// Where prices are few, all places where answers change are gone through before anything else, as far as a quarter of
/// the evaluations goes.
public struct PriceSearch: GameSearch {
    public enum Turns: Sendable {
        /// Climbs first, then whoever has spent less.
        case alternating
        /// The metaheuristic first, until it has spent its half.
        case afterwards
    }

    private let space: DecisionSpace
    /// Prices of one name, such as those of electricity, in the order of time.
    private let series: [Range<Int>]
    private let seed: UInt64
    private let budget: Int
    private let turns: Turns
    private var metaheuristic: any Metaheuristic
    private var spentClimbing = 0
    private var spentOtherwise = 0
    private var isClimbing = false
    /// Whether all places where answers change are still to be gone through.
    private var isExhaustive: Bool
    /// Prices along which the best decision was not yet searched, and what it pays.
    private var open: (prices: [Int], payoff: Double) = ([], -.infinity)
    /// Climbs asked for so far.
    private var climbs = 0
    /// Whether wishes can be followed in this game, for all that is known.
    private var mayWish = true
    private var best: (decision: [Double], payoff: Double)?
    /// The best that the metaheuristic has seen itself.
    private var bestOtherwise: (decision: [Double], payoff: Double)?

    /// Climbs that are asked for together, for threads to share.
    private static let batch = 4
    /// Of so many equal parts of the budget one is for the metaheuristic beside the climbs.
    private static let parts = 4
    /// What a climb may spend: several times what one from random prices takes in a game of few followers.
    private static let defaultLimit = 200
    /// Climbs cost more the more followers there are; so many climbs must still fit into a
    /// budget.
    private static let leastClimbs = 25
    /// Below this a climb is not worth beginning.
    private static let leastLimit = 10
    private static let streamNumber: UInt64 = 0x5052_4943

    /// - Parameter base: the metaheuristic.
    public init(
        _ space: DecisionSpace, _ base: MetaheuristicRegistry.Entry, _ settings: MetaheuristicSettings, turns: Turns,
        isSmall: Bool = false
    ) throws {
        isExhaustive = isSmall && turns == .alternating
        self.space = space
        series = space.series
        self.turns = turns
        seed = settings.seed
        budget = settings.evaluations
        var share = settings
        share.evaluations = max(settings.population, settings.evaluations / (turns == .alternating ? Self.parts : 2))
        metaheuristic = base.start(try SearchSpace(lower: space.lower, upper: space.upper), share)
    }

    public mutating func ask() -> [Proposal] {
        let left = budget - spentClimbing - spentOtherwise
        if isExhaustive {
            isExhaustive = false
            isClimbing = true
            return [
                .climb(.init(point: space.middle, limit: max(1, min(left, budget / Self.parts)), isExhaustive: true))
            ]
        }
        isClimbing =
            switch turns {
            case .alternating: spentClimbing <= (Self.parts - 1) * spentOtherwise
            case .afterwards: spentOtherwise >= budget / 2
            }
        isClimbing = isClimbing && left >= Self.leastLimit
        guard isClimbing else { return metaheuristic.ask().prefix(max(0, left)).map { .decision($0) } }
        // Neither share is spent at once: what is found in one is a start in the other.
        let most = max(Self.defaultLimit, budget / Self.leastClimbs)
        let rest = max(
            Self.leastLimit, min(left, turns == .alternating ? budget - budget / Self.parts - spentClimbing : left))
        let count = min(Self.batch, max(1, rest / most))
        let limit = min(most, rest / count)
        return (0..<count).map { _ in
            climbs += 1
            return .climb(start(number: climbs - 1, limit: limit))
        }
    }

    public mutating func tell(_ answers: [Proposal.Answer]) {
        let effort = answers.reduce(0) { $0 + $1.effort }
        if answers.contains(where: { $0.effort == 0 }) { mayWish = false }
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

    private mutating func start(number: Int, limit: Int) -> PriceClimb.Start {
        var stream = RandomStream(seed: seed, path: [Self.streamNumber, UInt64(number)])
        if let start = nearby(number, limit, &stream) { return start }
        switch Self.kinds[(number + (turns == .afterwards ? 2 : 0)) % Self.kinds.count] {
        case .wishes:
            guard mayWish, let best else { break }
            return PriceClimb.Start(point: best.decision, wishes: wishes(limit, &stream), limit: limit)
        case .lines:
            guard let best else { break }
            return PriceClimb.Start(point: best.decision, directions: lines(limit, &stream), limit: limit)
        case .nearby:
            // The metaheuristic's best as it is, the best of all with some prices drawn anew, in turn.
            if number % 8 < 4, let bestOtherwise { return near(bestOtherwise.decision, limit, &stream) }
            guard let best else { break }
            var point = best.decision
            for _ in 0..<max(1, point.count / 6) {
                let k = stream.index(below: point.count)
                point[k] = stream.uniform(in: space.decisions[k].lower...space.decisions[k].upper)
            }
            return near(space.project(point), limit, &stream)
        case .coarse:
            // One block in the first round, 8 in the eighth, and so on: what is coarse is soon found.
            let round = number / 4 + 1
            if round & (round - 1) == 0, round.trailingZeroBitCount.isMultiple(of: 3) {
                return coarse(level: round.trailingZeroBitCount, min(limit, Self.defaultLimit), &stream)
            }
        case .random: break
        }
        // High prices pay more often than low ones.
        let power = Self.powers[stream.index(below: 3)]
        let point = space.decisions.map { $0.lower + pow(stream.uniform(), power) * ($0.upper - $0.lower) }
        return PriceClimb.Start(
            point: space.project(point), penalties: penalties(from: -2.5 ... -0.5, &stream), limit: limit)
    }

    /// The best decision with line searches along its prices, each once, and then along others.
    private mutating func lines(_ limit: Int, _ stream: inout RandomStream) -> [PriceClimb.Direction] {
        if let best, best.payoff > open.payoff + Self.leastGain * abs(best.payoff) {
            open = (stream.permutation(space.count), best.payoff)
        }
        guard !open.prices.isEmpty else { return directions(limit, &stream) }
        let next = open.prices.prefix(max(1, limit / Self.evaluationsOfLine))
        open.prices.removeFirst(next.count)
        return next.map { .init(rising: [$0]) }
    }

    /// What a line search takes, about.
    private static let evaluationsOfLine = 12
    /// Gains below this, relative, are rounding.
    private static let leastGain = 1e-9

    /// That followers buy more or less at one price, at several in a row, or at several anywhere; as many as a climb
    /// has evaluations for.
    private func wishes(_ limit: Int, _ stream: inout RandomStream) -> [PriceClimb.Wish] {
        (0..<max(1, limit / 4)).map { _ in
            let count = stream.index(below: 2) == 0 ? 1 : 1 + stream.index(below: Self.mostWished)
            let range = series[stream.index(below: series.count)]
            let first = range.lowerBound + stream.index(below: range.count)
            let decisions =
                stream.index(below: 2) == 0
                ? Array(first..<min(range.upperBound, first + count))
                : Set((0..<count).map { _ in stream.index(below: space.count) }).sorted()
            let sign = stream.index(below: 2) == 0 ? -1.0 : 1
            return PriceClimb.Wish(
                decisions: decisions, share: sign * pow(10, stream.uniform(in: -2...0.5)),
                penalty: 1 + pow(10, stream.uniform(in: 0...3)))
        }
    }

    /// Prices that one wish is for.
    private static let mostWished = 6

    /// Where it is open which prices are equal, most climbs try the best prices with one of them moved to other hours,
    /// each as a game in which that is given.
    private func nearby(_ number: Int, _ limit: Int, _ stream: inout RandomStream) -> PriceClimb.Start? {
        guard !space.groupings.isEmpty, let best else { return nil }
        switch number % 8 {
        case 0, 4: return nil
        case 2:
            guard let bestOtherwise else { return nil }
            var start = near(bestOtherwise.decision, limit, &stream)
            start.parts = space.parts(at: bestOtherwise.decision)
            return start
        case 6:
            return PriceClimb.Start(
                point: best.decision, directions: directions(limit, &stream), limit: limit,
                parts: space.parts(at: best.decision))
        default:
            let parts = space.movedParts(at: best.decision) { stream.index(below: $0) }
            return parts.map { PriceClimb.Start(point: best.decision, limit: limit, parts: $0) }
        }
    }

    /// What a climb starts from, and which ways it goes.
    private enum Kind {
        case coarse, random, nearby, lines, wishes
    }

    /// In turn; after a metaheuristic from the third on, so that what it found comes first.
    private static let kinds: [Kind] = [.coarse, .random, .nearby, .wishes, .coarse, .lines, .nearby, .wishes]

    private static let powers = [0.25, 0.5, 1]

    /// Prices that are constant over blocks, one block a series at first and twice as many with each level, and line
    /// searches along blocks, longest first.
    ///
    /// What is good for many hours at once is found here with few numbers, where a search among all of them settles for
    /// less.
    private func coarse(level: Int, _ limit: Int, _ stream: inout RandomStream) -> PriceClimb.Start {
        let finest = series.reduce(1) { max($0, $1.count) }
        let levels = Int.bitWidth - (finest - 1).leadingZeroBitCount + 1
        let blocks = 1 << (level % levels)
        let power = Self.powers[stream.index(below: 3)]
        var point = space.lower
        for range in series {
            for block in range.blocks(blocks) {
                let height = pow(stream.uniform(), power)
                for k in block {
                    point[k] = space.decisions[k].lower + height * (space.decisions[k].upper - space.decisions[k].lower)
                }
            }
        }
        var directions: [PriceClimb.Direction] = []
        for count in (0..<levels).map({ 1 << $0 }) where directions.count < limit / 2 {
            for range in series where count == 1 || count / 2 < range.count {
                directions += range.blocks(count).map { PriceClimb.Direction(rising: Array($0)) }
            }
        }
        return PriceClimb.Start(
            point: space.project(point), directions: Array(directions.prefix(limit / 2)), limit: limit)
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

    /// Single prices, pairs that leave a mean as it is, groups, and blocks of hours against others as long, in random
    /// order: as many as a climb has evaluations for.
    private func directions(_ limit: Int, _ stream: inout RandomStream) -> [PriceClimb.Direction] {
        let order = stream.permutation(space.count)
        return order.prefix(max(1, limit / 2)).enumerated().map { place, k in
            let other = order[(place + 1) % order.count]
            switch stream.index(below: 4) {
            case 1 where other != k: return .init(rising: [k], falling: [other])
            case 2: return .init(rising: Array(order[..<max(1, stream.index(below: order.count))]).sorted())
            case 3:
                let range = series.first { $0.contains(k) } ?? k..<k + 1
                let length = stream.index(below: range.count) + 1
                let start = range.lowerBound + stream.index(below: range.count - length + 1)
                let rising = start..<start + length
                let falling = rising.upperBound..<min(range.upperBound, rising.upperBound + length)
                return .init(rising: Array(rising), falling: stream.index(below: 2) == 0 ? [] : Array(falling))
            default: return .init(rising: [k])
            }
        }
    }
}

extension DecisionSpace {
    /// Decisions in a row that differ by their step alone: `price[0]`, `price[1]`, ….
    fileprivate var series: [Range<Int>] {
        func title(_ k: Int) -> Substring { decisions[k].name.prefix { $0 != "[" } }
        var series: [Range<Int>] = []
        for k in decisions.indices {
            if let last = series.last, title(last.lowerBound) == title(k) {
                series[series.count - 1] = last.lowerBound..<k + 1
            } else {
                series.append(k..<k + 1)
            }
        }
        return series
    }
}

extension Range<Int> {
    /// As many blocks as asked for, or as there are places, as equal as can be.
    fileprivate func blocks(_ number: Int) -> [Range<Int>] {
        let number = Swift.min(number, count)
        return (0..<number).map { lowerBound + count * $0 / number..<lowerBound + count * ($0 + 1) / number }
    }
}
