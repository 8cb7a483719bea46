/// One component of the leader's decision.
public struct Decision: Sendable, Equatable, Codable {
    /// Path of the number in the case, such as `prices.electricity_sell[7]`; also the name of the parameter that it
    /// becomes in the followers' models.
    public var name: String
    public var lower: Double
    public var upper: Double
    public var unit: String
    /// Whether only whole numbers count. A search proposes real ones: the space rounds them, and the rounded ones are
    /// answered.
    public var isInteger: Bool
    /// The grid on which it is written; nil for one that goes by its size, see ``DecisionSpace/ticks``.
    public var tick: Tick?

    public init(
        name: String, lower: Double, upper: Double, unit: String, isInteger: Bool = false, tick: Tick? = nil
    ) {
        self.name = name
        self.lower = lower
        self.upper = upper
        self.unit = unit
        self.isInteger = isInteger
        self.tick = tick
    }

    /// Without a word on it, a decision is a real number.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(
            name: container.decode(String.self, forKey: .name), lower: container.decode(Double.self, forKey: .lower),
            upper: container.decode(Double.self, forKey: .upper), unit: container.decode(String.self, forKey: .unit),
            isInteger: container.decodeIfPresent(Bool.self, forKey: .isInteger) ?? false,
            tick: container.decodeIfPresent(Tick.self, forKey: .tick))
    }

    /// The admissible number that is nearest to `value`; of two equally near whole numbers the one farther from zero.
    func nearest(to value: Double) -> Double {
        guard isInteger else { return min(max(value, lower), upper) }
        // Adding zero makes a zero of minus zero.
        return min(max(value, lower.rounded(.up)), upper.rounded(.down)).rounded() + 0
    }
}

/// A limit on the mean of some components, such as the day's mean price:
/// `sum of weights[i] * x[indices[i]] <= maximum * sum of weights`.
public struct MeanCap: Sendable, Equatable, Codable {
    public var name: String
    public var indices: [Int]
    public var maximum: Double
    /// How much each of ``indices`` counts, above 0: the hours for which a price holds.
    public var weights: [Double]

    /// - Parameter weights: nil where all count the same.
    public init(name: String, indices: [Int], maximum: Double, weights: [Double]? = nil) {
        self.name = name
        self.indices = indices
        self.maximum = maximum
        self.weights = weights ?? indices.map { _ in 1 }
    }

    /// Without a word on them, all components count the same.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(
            name: container.decode(String.self, forKey: .name), indices: container.decode([Int].self, forKey: .indices),
            maximum: container.decode(Double.self, forKey: .maximum),
            weights: container.decodeIfPresent([Double].self, forKey: .weights))
    }

    var totalWeight: Double { weights.reduce(0, +) }

    /// The weighted mean of what a function gives for each component.
    func mean(_ value: (Int) -> Double) -> Double {
        zip(indices, weights).reduce(0) { $0 + $1.1 * value($1.0) } / (indices.isEmpty ? 1 : totalWeight)
    }
}

/// `decision[lower] <= decision[upper]`, such as a buying price that never exceeds the selling price.
public struct Ordering: Sendable, Equatable, Codable {
    public var lower: Int
    public var upper: Int

    public init(lower: Int, upper: Int) {
        self.lower = lower
        self.upper = upper
    }
}

public enum DecisionSpaceError: Error, Equatable, CustomStringConvertible {
    case crossedBounds(name: String, lower: Double, upper: Double)
    case notFinite(name: String)
    case duplicateName(String)
    case noWholeNumber(name: String, lower: Double, upper: Double)
    case integerCoupled(name: String)
    case noSuchDecision(owner: String, index: Int)
    case capUnreachable(name: String, maximum: Double, least: Double)
    case capsOverlap(name: String)
    case badWeights(name: String)
    case orderingImpossible(lower: String, upper: String)
    case orderingTooCoupled(name: String)
    case wrongLength(expected: Int, found: Int)
    case badCoefficients(name: String)
    case badTies(name: String)
    case badGrouping(name: String)
    case capsImpossible(names: [String])
    case groupingImpossible(names: [String])

    public var description: String {
        switch self {
        case .crossedBounds(let name, let lower, let upper):
            "\(name): lower bound \(lower) is above upper bound \(upper)."
        case .notFinite(let name): "\(name): bounds must be finite numbers."
        case .duplicateName(let name): "\(name): named twice in the decision space."
        case .noWholeNumber(let name, let lower, let upper):
            "\(name): must be a whole number, but there is none between \(lower) and \(upper)."
        case .integerCoupled(let name):
            "\(name): is a whole number, so it may not stand under a mean cap or in an ordering."
        case .noSuchDecision(let owner, let index): "\(owner): there is no decision number \(index)."
        case .capUnreachable(let name, let maximum, let least):
            "\(name): the mean may be at most \(maximum), but the lower bounds alone have a mean of \(least)."
        case .badWeights(let name):
            "\(name): a mean needs one weight above 0 for each of its components."
        case .capsOverlap(let name): "\(name): a component stands under two mean caps; each may stand under one."
        case .orderingImpossible(let lower, let upper):
            "\(lower) can never be at or below \(upper): their bounds exclude it."
        case .orderingTooCoupled(let name):
            "\(name): is ordered below another decision, so it may not also stand under a mean cap or in another ordering."
        case .wrongLength(let expected, let found): "the decision needs \(expected) numbers, but \(found) were given."
        case .badCoefficients(let name):
            "\(name): a cap needs one finite coefficient for each of its components, each named once, and a finite maximum."
        case .badTies(let name): "\(name): stands in two lists of equal decisions; each may stand in one."
        case .badGrouping(let name):
            "\(name): needs one value at least, and decisions that stand in no other grouping and no tie."
        case .capsImpossible(let names):
            "no decision within the bounds meets all of this: \(names.joined(separator: ", ")). Raise one of the caps, or lower a lower bound."
        case .groupingImpossible(let names):
            "no decision with so few different values was found that meets all bounds and caps: \(names.joined(separator: ", ")). Allow more values, widen the bounds or raise a cap."
        }
    }
}

/// The leader's decisions: a box, of whole numbers where a decision is integer, mean caps and orderings; beside these
/// linear caps, decisions that are equal, and limits on how many different values some have.
public struct DecisionSpace: Sendable, Equatable, Codable {
    public let decisions: [Decision]
    public let meanCaps: [MeanCap]
    public let orderings: [Ordering]
    public let linearCaps: [LinearCap]
    /// Decisions that are equal, each in one list at most.
    public let ties: [[Int]]
    /// What makes the space a union of such with ties. Each decision stands in one of them at most.
    public let groupings: [ValueGrouping]
    /// Mean caps, orderings and linear caps, as rows of one kind.
    let caps: [LinearCap]
    /// All but the groupings, where there is more than a closed form knows.
    let polyhedron: Polyhedron?
    /// Ties by which groupings and all caps can be met.
    let possibleTies: [[Int]]

    public init(
        _ decisions: [Decision], meanCaps: [MeanCap] = [], orderings: [Ordering] = [], linearCaps: [LinearCap] = [],
        ties: [[Int]] = [], groupings: [ValueGrouping] = []
    ) throws {
        var names: Set<String> = []
        for decision in decisions {
            guard decision.lower.isFinite, decision.upper.isFinite else {
                throw DecisionSpaceError.notFinite(name: decision.name)
            }
            guard decision.lower <= decision.upper else {
                throw DecisionSpaceError.crossedBounds(
                    name: decision.name, lower: decision.lower, upper: decision.upper)
            }
            guard names.insert(decision.name).inserted else {
                throw DecisionSpaceError.duplicateName(decision.name)
            }
            guard !decision.isInteger || decision.lower.rounded(.up) <= decision.upper else {
                throw DecisionSpaceError.noWholeNumber(
                    name: decision.name, lower: decision.lower, upper: decision.upper)
            }
        }
        let named =
            meanCaps.map { ($0.name, $0.indices) } + orderings.map { ("ordering", [$0.lower, $0.upper]) }
            + linearCaps.map { ($0.name, $0.indices) } + ties.map { ("tie", $0) }
            + groupings.map { ($0.name, $0.indices) }
        for (owner, indices) in named {
            if let index = indices.first(where: { !decisions.indices.contains($0) }) {
                throw DecisionSpaceError.noSuchDecision(owner: owner, index: index)
            }
            // Rounding one by one is then the exact projection.
            if let index = indices.first(where: { decisions[$0].isInteger }) {
                throw DecisionSpaceError.integerCoupled(name: decisions[index].name)
            }
        }
        var capped: Set<Int> = []
        for cap in meanCaps {
            guard cap.weights.count == cap.indices.count, cap.weights.allSatisfy({ $0 > 0 && $0.isFinite }) else {
                throw DecisionSpaceError.badWeights(name: cap.name)
            }
            guard cap.indices.allSatisfy({ capped.insert($0).inserted }) else {
                throw DecisionSpaceError.capsOverlap(name: cap.name)
            }
        }
        var ordered: Set<Int> = []
        for ordering in orderings {
            let (low, high) = (decisions[ordering.lower], decisions[ordering.upper])
            guard low.lower <= high.upper else {
                throw DecisionSpaceError.orderingImpossible(lower: low.name, upper: high.name)
            }
            guard !capped.contains(ordering.lower), ordered.insert(ordering.lower).inserted,
                ordered.insert(ordering.upper).inserted
            else { throw DecisionSpaceError.orderingTooCoupled(name: low.name) }
        }
        // A component that another one is ordered below cannot go beneath that one's lower bound either.
        for cap in meanCaps {
            let least = cap.mean { i in
                orderings.reduce(decisions[i].lower) { $1.upper == i ? max($0, decisions[$1.lower].lower) : $0 }
            }
            guard least <= cap.maximum + Self.rounding * max(1, abs(cap.maximum)) else {
                throw DecisionSpaceError.capUnreachable(name: cap.name, maximum: cap.maximum, least: least)
            }
        }
        try Self.check(decisions, linearCaps, ties, groupings)
        self.decisions = decisions
        self.meanCaps = meanCaps
        self.orderings = orderings
        self.linearCaps = linearCaps
        self.ties = ties.filter { $0.count > 1 }
        self.groupings = groupings.filter { !$0.isIdle }
        caps = Self.caps(meanCaps, orderings, linearCaps, decisions)
        polyhedron = try Self.polyhedron(decisions, caps, self.ties, self.groupings, linearCaps)
        possibleTies = try Self.possibleTies(polyhedron, decisions, caps, self.ties, self.groupings)
    }

    private enum CodingKeys: String, CodingKey { case decisions, meanCaps, orderings, linearCaps, ties, groupings }

    /// What is not there is not written.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(decisions, forKey: .decisions)
        try container.encode(meanCaps, forKey: .meanCaps)
        try container.encode(orderings, forKey: .orderings)
        if !linearCaps.isEmpty { try container.encode(linearCaps, forKey: .linearCaps) }
        if !ties.isEmpty { try container.encode(ties, forKey: .ties) }
        if !groupings.isEmpty { try container.encode(groupings, forKey: .groupings) }
    }

    /// A space that was written out is checked like any other when it is read.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(
            container.decode([Decision].self, forKey: .decisions),
            meanCaps: container.decode([MeanCap].self, forKey: .meanCaps),
            orderings: container.decode([Ordering].self, forKey: .orderings),
            linearCaps: container.decodeIfPresent([LinearCap].self, forKey: .linearCaps) ?? [],
            ties: container.decodeIfPresent([[Int]].self, forKey: .ties) ?? [],
            groupings: container.decodeIfPresent([ValueGrouping].self, forKey: .groupings) ?? [])
    }

    public var count: Int { decisions.count }
    public var lower: [Double] { decisions.map(\.lower) }
    public var upper: [Double] { decisions.map(\.upper) }
    /// The middle of every decision's bounds, as near as mean caps and orderings allow.
    public var middle: [Double] { project(decisions.map { 0.5 * ($0.lower + $0.upper) }) }

    /// The point of the space that is nearest to `point` (Euclidean).
    ///
    /// For a mean cap the nearest point is `clip(x - mu * weight)` with one multiplier `mu >= 0` for all capped
    /// components (the first-order condition); the mean falls with `mu`, so bisection finds it to the last bit. An
    /// ordering whose two components cross after clipping puts both on their common mean, or as near to it as both
    /// bounds allow. An integer decision, which stands alone, becomes the nearest whole number within its bounds.
    ///
    /// Linear caps and ties take a quadratic program instead, see ``Polyhedron``, exact as well. Groupings take the
    /// nearest partition first, see ``nearestInUnion(to:)`` for when that is exact.
    public func project(_ point: [Double]) -> [Double] {
        if let polyhedron { return groupings.isEmpty ? nearest(to: point, in: polyhedron) : nearestInUnion(to: point) }
        // An infinite component stands for one far outside; its shift must leave a number.
        let point = point.map { min(max($0, -Self.farthest), Self.farthest) }
        var projected = settle(point, shift: 0, on: nil)
        for cap in meanCaps {
            let total = cap.totalWeight
            let isOrdered = orderings.contains { cap.indices.contains($0.upper) }
            func mean(_ shift: Double) -> Double {
                // Without orderings each component stands alone, and the others need not be looked at.
                let moved = isOrdered ? settle(point, shift: shift, on: cap) : point
                if isOrdered { return cap.mean { moved[$0] } }
                var sum = 0.0
                for (i, weight) in zip(cap.indices, cap.weights) {
                    sum += weight * decisions[i].nearest(to: moved[i] - shift * weight)
                }
                return sum / total
            }
            guard mean(0) > cap.maximum else { continue }
            var low = 0.0
            var high = 1.0
            while mean(high) > cap.maximum, high < 4 * Self.farthest { high *= 2 }
            while true {
                let middle = 0.5 * (low + high)
                guard middle > low, middle < high else { break }
                if mean(middle) > cap.maximum { low = middle } else { high = middle }
            }
            let moved = settle(point, shift: high, on: cap)
            let partners = orderings.filter { cap.indices.contains($0.upper) }.map(\.lower)
            for i in cap.indices + partners { projected[i] = moved[i] }
        }
        return projected
    }

    private static let farthest = 1e300
    /// Sums of weighted numbers may miss a mean that they have by this, relative to it.
    private static let rounding = 1e-12

    /// Clips to the box and mends crossed orderings, with the capped components moved down by a shift first.
    private func settle(_ point: [Double], shift: Double, on cap: MeanCap?) -> [Double] {
        var moved = point
        if let cap { for (i, weight) in zip(cap.indices, cap.weights) { moved[i] -= shift * weight } }
        var result = moved
        for (i, decision) in decisions.enumerated() { result[i] = decision.nearest(to: moved[i]) }
        for ordering in orderings where result[ordering.lower] > result[ordering.upper] {
            let (low, high) = (decisions[ordering.lower], decisions[ordering.upper])
            let middle = 0.5 * (moved[ordering.lower] + moved[ordering.upper])
            let common = min(max(middle, max(low.lower, high.lower)), min(low.upper, high.upper))
            result[ordering.lower] = common
            result[ordering.upper] = common
        }
        return result
    }

    /// By how much a point leaves the space, or an integer decision its nearest whole number; 0 inside.
    public func violation(of point: [Double]) -> Double {
        var largest = 0.0
        for (value, decision) in zip(point, decisions) {
            largest = max(largest, decision.lower - value, value - decision.upper)
            if decision.isInteger { largest = max(largest, abs(value - value.rounded())) }
        }
        for cap in meanCaps {
            largest = max(largest, cap.mean { point[$0] } - cap.maximum)
        }
        for ordering in orderings { largest = max(largest, point[ordering.lower] - point[ordering.upper]) }
        return max(largest, violationOfForm(at: point))
    }
}
