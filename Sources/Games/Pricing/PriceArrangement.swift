/// The best prices of a game of few prices, by all places where answers change.
///
/// The followers' least cost `F(p)` is a minimum of affine functions, one for each answer of all of them. What is below
/// it is a polyhedron, whose corners above the space of prices are where so many answers are equally good that they,
/// with the space's limits, leave the prices no room. Between corners, on a face of it, the same answers stay best, and
/// the payoff is the greatest of affine functions of the prices: convex, so that some corner pays as much. Hence the
/// best prices, ties in the leader's favour, are among the corners.
///
/// They are found from outside: answers seen so far limit `F` from above; a corner of that polyhedron is asked for its
/// true answer; where this costs less it cuts the corner off, and else the corner is one of `F`. In one dimension this
/// is ``LineSearch``. It holds for integer followers, who are answered to optimality. The corner that promises most
/// comes first, so that little is lost where corners are more than can be asked.
///
/// Corners grow with a power of the number of prices, so it is for few.
struct PriceArrangement {
    private let prices: PriceGame
    /// Decisions that are equal, with room to move.
    private let groups: [[Int]]
    private let lower: [Double]
    private let widths: [Double]
    /// Prices of which none can move.
    private let fixed: [Double]

    /// Prices beyond which corners are too many.
    static let mostPrices = 4
    private static let mostCorners = 1_000
    /// What a cut must take off, as a share of the range of costs.
    private static let leastCut = 1e-8

    /// - Returns: nil where prices are too many, or the space or the leader's payoff is of a kind in which corners do
    ///   not tell the best.
    init?(_ prices: PriceGame) {
        let (game, space) = (prices.game, prices.game.space)
        guard game.ties == .optimistic, game.risk == nil, space.groupings.isEmpty else { return nil }
        let tied = Set(space.ties.joined())
        let all = (space.ties + space.decisions.indices.filter { !tied.contains($0) }.map { [$0] })
            .filter { !$0.isEmpty }
        func low(_ group: [Int]) -> Double { group.reduce(-.infinity) { max($0, space.decisions[$1].lower) } }
        func high(_ group: [Int]) -> Double { group.reduce(.infinity) { min($0, space.decisions[$1].upper) } }
        groups = all.filter { high($0) > low($0) }
        guard !groups.isEmpty, groups.count <= Self.mostPrices else { return nil }
        self.prices = prices
        lower = groups.map(low)
        widths = groups.map { high($0) - low($0) }
        var fixed = space.lower
        for group in all { for k in group { fixed[k] = low(group) } }
        self.fixed = fixed
    }

    /// - Parameters:
    ///   - mayGoOn: whether another decision may be answered.
    ///   - answer: of a decision, with ties in favour.
    /// - Returns: the best decision answered, and whether every corner was.
    func search(
        while mayGoOn: () -> Bool, answer: ([Double]) throws -> Evaluation
    ) rethrows -> (best: Evaluation?, isComplete: Bool) {
        var best: Evaluation?
        func ask(_ place: [Double]) throws -> Answer? {
            guard mayGoOn() else { return nil }
            let evaluation = try answer(decision(at: place))
            guard let payoff = evaluation.payoff else { return nil }
            if payoff > best?.payoff ?? -.infinity { best = evaluation }
            return Answer(
                place: place,
                cost: Affine(
                    evaluation.followerCosts.reduce(0, +), at: place,
                    slopes(prices.cost.gradient(at: evaluation.values))),
                payoff: Affine(payoff, at: place, slopes(prices.payoff.gradient(at: evaluation.values))))
        }
        var base = CutPolytope(dimension: groups.count)
        for cap in prices.game.space.caps {
            var terms = fixed.map { _ in 0.0 }
            for (k, coefficient) in zip(cap.indices, cap.coefficients) { terms[k] += coefficient }
            base.cut(slopes(terms), atMost: cap.maximum - cap.sum { decisionAtZero[$0] })
        }
        var answers: [Answer] = []
        for corner in base.corners {
            guard let answer = try ask(corner.point) else { return (best, false) }
            answers.append(answer)
        }
        // A concave function is least at a corner, and an affine one greatest.
        let least = answers.reduce(.infinity) { min($0, $1.cost.value(at: $1.place)) }
        let most = answers.reduce(.infinity) { most, seen in
            min(most, base.corners.reduce(-.infinity) { max($0, seen.cost.value(at: $1.point)) })
        }
        let range = max(most - least, 1e-6 * max(1, abs(least)))
        let (floor, unit) = (least - 0.5 * range, 2 * range)
        var (below, floorLimit) = CutPolytope.prism(over: base)
        func cut(_ answer: Answer) {
            below.cut(answer.cost.slopes.map { -$0 / unit } + [1], atMost: (answer.cost.fixed - floor) / unit)
        }
        for seen in answers { cut(seen) }
        /// What corners would pay if no answer but those seen when they came up were better there, by number; nil for
        /// those that need not be asked again.
        var promises: [Int: Double?] = [:]
        while below.corners.count <= Self.mostCorners {
            var next: (corner: CutPolytope.Corner, promise: Double)?
            for corner in below.corners where !corner.limits.contains(floorLimit) {
                let height = corner.point[groups.count] * unit + floor
                let promise =
                    promises[corner.number]
                    ?? answers.reduce(-.infinity) { most, seen in
                        seen.cost.value(at: corner.point) - height > Self.leastCut * unit
                            ? most : max(most, seen.payoff.value(at: corner.point))
                    }
                promises[corner.number] = promise
                if let promise, next.map({ promise > $0.promise }) ?? true { next = (corner, promise) }
            }
            guard let (corner, _) = next else { return (best, true) }
            let place = Array(corner.point.dropLast())
            let known = answers.first { zip($0.place, place).allSatisfy { abs($0 - $1) <= 1e-10 } }
            guard let answer = try known ?? ask(place) else { break }
            if known == nil { answers.append(answer) }
            promises[corner.number] = .some(nil)
            let height = (answer.cost.value(at: answer.place) - floor) / unit
            if corner.point[groups.count] - height > Self.leastCut { cut(answer) }
        }
        return (best, false)
    }

    /// What is affine in the place: a value for `place` in shares of the prices' ranges.
    private struct Affine {
        let fixed: Double
        let slopes: [Double]

        init(_ value: Double, at place: [Double], _ slopes: [Double]) {
            self.slopes = slopes
            fixed = zip(slopes, place).reduce(value) { $0 - $1.0 * $1.1 }
        }

        func value(at place: [Double]) -> Double { zip(slopes, place).reduce(fixed) { $0 + $1.0 * $1.1 } }
    }

    /// What followers answer at a place, as what that costs them and pays the leader at any.
    private struct Answer {
        let place: [Double]
        let cost: Affine
        let payoff: Affine
    }

    /// How what is linear in the decisions changes with the place.
    private func slopes(_ gradient: [Double]) -> [Double] {
        zip(groups, widths).map { group, width in width * group.reduce(0) { $0 + gradient[$1] } }
    }

    private var decisionAtZero: [Double] { decision(at: groups.map { _ in 0 }) }

    private func decision(at place: [Double]) -> [Double] {
        var decision = fixed
        for (g, group) in groups.enumerated() { for k in group { decision[k] = lower[g] + place[g] * widths[g] } }
        return decision
    }
}
