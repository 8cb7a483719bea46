import LinearModels

/// The payoff along a line of prices, exactly.
///
/// Along `p + t d` the followers' least cost `F` is concave and piecewise linear, and its slope at an answer is what
/// they buy along `d`. Two answers give two tangents; where these meet, the followers are asked again. If `F` lies on
/// the tangents there, it is a breakpoint and both sides are known; else there are breakpoints on both sides. No solve
/// is wasted: `2 b + 1` or fewer find `b` breakpoints and both ends (Eisner and Severance 1976). This holds for integer
/// followers too, whose answers are solved to optimality.
///
/// Between two breakpoints the answers that are best do not change, and the payoff of each is linear in `t`. So the
/// greatest payoff along the line is at a breakpoint or an end, where ties go the leader's way.
package struct LineSearch: Sendable {
    package struct Point: Sendable {
        /// `t` of `p + t d`.
        package let step: Double
        package let evaluation: Evaluation
        /// The followers' least cost in all.
        let cost: Double
        /// How it changes with the step at the answer: a supergradient.
        let slope: Double

        /// The tangent's height at another step.
        func height(at step: Double) -> Double { cost + slope * (step - self.step) }
    }

    /// Ends and breakpoints, in the order of their steps.
    package let points: [Point]
    /// Decisions that were answered.
    package let evaluations: Int
    /// Whether every breakpoint was found; not where evaluations ran out, or a decision has no payoff.
    package let isComplete: Bool

    /// The point that pays most; nil where none has a payoff.
    package var best: Evaluation? {
        points.map(\.evaluation).filter { $0.payoff != nil }.max { ($0.payoff ?? 0) < ($1.payoff ?? 0) }
    }

    /// - Parameters:
    ///   - point: a decision inside the space.
    ///   - direction: one number per decision; where decisions are tied, the nearest one that keeps them so.
    ///   - limit: decisions that may be answered, at least 2.
    ///   - evaluator: of the same game.
    /// - Returns: nil where the direction leaves the space at once both ways.
    package init?(
        _ prices: PriceGame, _ evaluator: Evaluator, from point: [Double], along direction: [Double], limit: Int = .max
    ) throws {
        var left = limit
        try self.init(
            prices, from: point, along: direction, limit: { left },
            answer: {
                left -= 1
                return try evaluator.evaluate($0, ties: .optimistic)
            })
    }

    /// - Parameters:
    ///   - limit: decisions that may still be answered.
    ///   - answer: of a decision, with ties in favour.
    init?(
        _ prices: PriceGame, from point: [Double], along direction: [Double], limit: () -> Int,
        answer evaluate: ([Double]) throws -> Evaluation
    ) throws {
        let direction = prices.game.space.withinTies(direction)
        guard let range = prices.game.space.steps(from: point, along: direction), limit() >= 2 else { return nil }
        var evaluations = 0
        func answer(_ step: Double) throws -> Point? {
            evaluations += 1
            let decision = zip(point, direction).map { $0 + step * $1 }
            let evaluation = try evaluate(decision)
            guard evaluation.payoff != nil else { return nil }
            let slope = zip(prices.cost.gradient(at: evaluation.values), direction).reduce(0) { $0 + $1.0 * $1.1 }
            return Point(
                step: step, evaluation: evaluation, cost: evaluation.followerCosts.reduce(0, +), slope: slope)
        }
        let ends = try [range.lowerBound, range.upperBound].compactMap(answer)
        var points = ends
        var open = ends.count == 2 ? [(ends[0], ends[1])] : []
        var isComplete = ends.count == 2
        while let (left, right) = open.popLast() {
            let tolerance = 1e-9 * max(1, abs(left.cost), abs(right.cost))
            // A tangent of one end that touches the other leaves nothing between them.
            if left.height(at: right.step) <= right.cost + tolerance { continue }
            if right.height(at: left.step) <= left.cost + tolerance { continue }
            let meeting =
                (right.cost - left.cost + left.slope * left.step - right.slope * right.step)
                / (left.slope - right.slope)
            guard meeting > left.step, meeting < right.step else { continue }
            guard limit() > 0, let middle = try answer(meeting) else {
                isComplete = false
                break
            }
            let isBreakpoint = middle.cost >= left.height(at: meeting) - tolerance
            points.append(middle)
            if !isBreakpoint { open += [(middle, right), (left, middle)] }
        }
        self.points = Self.breakpoints(points.sorted { $0.step < $1.step })
        self.evaluations = evaluations
        self.isComplete = isComplete
    }

    /// Leaves out points at which the cost does not bend: tangents met there by chance, or twice at nearly the same
    /// place.
    private static func breakpoints(_ points: [Point]) -> [Point] {
        points.enumerated().filter { k, point in
            guard k > 0, k + 1 < points.count else { return true }
            let (before, after) = (points[k - 1], points[k + 1])
            let share = (point.step - before.step) / (after.step - before.step)
            let chord = before.cost + share * (after.cost - before.cost)
            return point.cost > chord + 1e-9 * max(1, abs(point.cost))
        }.map(\.element)
    }
}

extension DecisionSpace {
    /// How far a point may move along a direction without leaving the space; nil where it may not.
    func steps(from point: [Double], along direction: [Double]) -> ClosedRange<Double>? {
        var (low, high) = (-Double.infinity, Double.infinity)
        /// Keeps `value + step * slope` at or below a limit.
        func keep(_ value: Double, _ slope: Double, atMost limit: Double) {
            // A limit that is overstepped by rounding leaves no room beyond, but some back.
            let room = max(0, limit - value)
            if slope > 0 { high = min(high, room / slope) } else if slope < 0 { low = max(low, room / slope) }
        }
        for (k, decision) in decisions.enumerated() {
            keep(point[k], direction[k], atMost: decision.upper)
            keep(-point[k], -direction[k], atMost: -decision.lower)
        }
        for cap in meanCaps {
            keep(cap.mean { point[$0] }, cap.mean { direction[$0] }, atMost: cap.maximum)
        }
        for cap in linearCaps { keep(cap.sum { point[$0] }, cap.sum { direction[$0] }, atMost: cap.maximum) }
        for ordering in orderings {
            let (a, b) = (ordering.lower, ordering.upper)
            keep(point[a] - point[b], direction[a] - direction[b], atMost: 0)
        }
        return low.isFinite && high.isFinite && high > low ? low...high : nil
    }
}
