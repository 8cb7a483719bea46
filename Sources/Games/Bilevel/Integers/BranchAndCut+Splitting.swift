/// How parts are split.
extension BranchAndCut {
    /// At the fraction among some columns that promises most.
    ///
    /// - Returns: false where there is none.
    @discardableResult
    func split(_ part: BilevelPart, atFractionOf columns: some Sequence<Int>, _ point: [Double]) -> Bool {
        let open = columns.filter { isFractional($0, point[$0]) }
        guard let column = fractions.best(of: open, point, problem.costs) else { return false }
        let value = point[column]
        let (below, above) = (value.rounded(.down), value.rounded(.up))
        // The nearer side first.
        let isUp = above - value < value - below
        for goesUp in [!isUp, isUp] {
            var child = part
            if goesUp { child.lower[column] = above } else { child.upper[column] = below }
            child.origin = (column, goesUp, goesUp ? above - value : value - below)
            add(child, isNext: goesUp == isUp)
        }
        return true
    }

    /// The values of some columns at a point by themselves, and what is left and right of them.
    ///
    /// - Returns: false where all of them have one value in this part.
    func split(_ part: BilevelPart, around columns: some Sequence<Int>, _ point: [Double]) -> Bool {
        guard let column = columns.first(where: { part.lower[$0] < part.upper[$0] }) else { return false }
        let value = point[column].rounded()
        var (below, at, above) = (part, part, part)
        below.upper[column] = value - 1
        (at.lower[column], at.upper[column]) = (value, value)
        above.lower[column] = value + 1
        for var child in [below, above, at] where child.lower[column] <= child.upper[column] {
            child.origin = nil
            add(child)
        }
        return true
    }

    /// By a response of the follower: decisions that break its rows, one after the other, and decisions at which it
    /// limits the follower's cost.
    ///
    /// - Parameter worst: for a leader who minds ties, what the response costs it: it is paid wherever the response is
    ///   a best one.
    func split(_ part: BilevelPart, on response: [Double], worst: Double? = nil) {
        var inside = part
        inside.origin = nil
        for (i, row) in problem.followerRows.enumerated() where !row.x.isEmpty {
            let need = row.need(of: response)
            let limit = row.isReal ? need : (need - 1e-7).rounded(.up)
            let least = row.x.reduce(0) {
                $0 + $1.factor * ($1.factor > 0 ? inside.lower[$1.column] : inside.upper[$1.column])
            }
            guard least < limit else { continue }
            var outside = inside
            if hold(row, i, from: -.infinity, to: row.isReal ? limit : limit - 1, in: &outside) { add(outside) }
            guard hold(row, i, from: limit, to: .infinity, in: &inside) else { return }
        }
        let cost = problem.followerCost(response)
        guard let worst else {
            inside.rows.append(key(cost: cost, isOpen: false))
            return add(inside)
        }
        // Another response may be better for the follower still; if none is, this one may be given.
        var better = inside
        better.rows.append(key(cost: cost - 1, isOpen: false))
        add(better)
        inside.rows += [key(cost: cost, isOpen: false), key(cost: worst, isOpen: true)]
        add(inside)
    }

    /// Holds a row's share of the decision within limits in a part, by the bounds of a single decision or as a row.
    ///
    /// - Returns: false where nothing is left of the part.
    private func hold(
        _ row: WholeProblem.FollowerRow, _ index: Int, from lower: Double, to upper: Double, in part: inout BilevelPart
    ) -> Bool {
        if row.x.count == 1, !row.isReal {
            let (column, factor) = (row.x[0].column, row.x[0].factor)
            let ends = [lower / factor, upper / factor].sorted()
            part.lower[column] = max(part.lower[column], (ends[0] - 1e-9).rounded(.up))
            part.upper[column] = min(part.upper[column], (ends[1] + 1e-9).rounded(.down))
            return part.lower[column] <= part.upper[column]
        }
        let isBroken = upper.isFinite
        let name = RowName(row: index, limit: isBroken ? upper : lower, isBroken: isBroken)
        let key =
            keys[name]
            ?? program.add(.init(terms: row.x, lower: lower, upper: upper, isLocal: true))
        keys[name] = key
        if !part.rows.contains(key) { part.rows.append(key) }
        if isBroken, row.isReal, !part.strict.contains(key) { part.strict.append(key) }
        return true
    }

    /// The row that limits the follower's cost from above, or that of its variables for the leader from below.
    func key(cost: Double, isOpen: Bool) -> Int {
        let name = RowName(row: isOpen ? -2 : -1, limit: cost, isBroken: false)
        if let known = keys[name] { return known }
        let factors = isOpen ? Array(problem.costs[problem.leaders...]) : problem.followerCosts
        let terms = zip(problem.followers, factors).filter { $0.1 != 0 }.map { (column: $0.0, factor: $0.1) }
        let limit = isOpen || problem.hasWholeFollowerCosts ? cost : cost + 1e-9 * max(1, abs(cost))
        let key = program.add(
            .init(terms: terms, lower: isOpen ? limit : -.infinity, upper: isOpen ? .infinity : limit, isLocal: true))
        keys[name] = key
        return key
    }
}

/// What bounds gain where a fraction is split, as learnt from the splits so far (pseudo-costs; Benichou et al. 1971).
struct FractionCosts {
    private var gains: [(down: Double, downs: Double, up: Double, ups: Double)]

    init(count: Int) { gains = Array(repeating: (0, 0, 0, 0), count: count) }

    mutating func learn(_ origin: (column: Int, isUp: Bool, distance: Double), _ gain: Double) {
        let rate = max(0, gain) / max(1e-6, origin.distance)
        if origin.isUp {
            gains[origin.column].up += rate
            gains[origin.column].ups += 1
        } else {
            gains[origin.column].down += rate
            gains[origin.column].downs += 1
        }
    }

    /// The column whose split promises most on both sides.
    func best(of columns: [Int], _ point: [Double], _ costs: [Double]) -> Int? {
        let (down, downs) = gains.reduce((0.0, 0.0)) { ($0.0 + $1.down, $0.1 + $1.downs) }
        let (up, ups) = gains.reduce((0.0, 0.0)) { ($0.0 + $1.up, $0.1 + $1.ups) }
        let usual = (down: downs > 0 ? down / downs : 1, up: ups > 0 ? up / ups : 1)
        func score(_ column: Int) -> Double {
            let part = point[column] - point[column].rounded(.down)
            let own = gains[column]
            let below = (own.downs > 0 ? own.down / own.downs : usual.down) * part
            let above = (own.ups > 0 ? own.up / own.ups : usual.up) * (1 - part)
            return max(below, 1e-9) * max(above, 1e-9)
        }
        var most: (column: Int, score: Double)?
        for column in columns {
            let score = score(column)
            if score > most?.score ?? -1 { most = (column, score) }
        }
        return most?.column
    }
}
