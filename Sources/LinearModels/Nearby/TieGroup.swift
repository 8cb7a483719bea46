/// Variables that may leave their bounds at some objective nearby, and the basic variables that limit them: a small
/// linear program whose costs `c_k(t) = c_k0 + sum(t_i c_ki)`, `|t_i| <= h_i`, are known up to the shifts `t`.
///
///     min  sum over k of  c_k(t) x_k
///     s.t. 0 <= x_k <= range_k,   low_r <= sum over k of  a_rk x_k <= high_r      (0 is feasible)
///
/// For each `t` some basis is optimal. All that may be are found by going from each that may be to all to which a pivot
/// leads that lowers the cost at some `t`: among these are the steps of the parametric simplex method from no shift to
/// every `t`, all of which are optimal on the way, by the rule of Bland, which ends. Each basis has duals, linear in
/// `t`, and from these the costs of variables that are held at their bounds (watched).
struct TieGroup {
    /// Of the movers; may be infinite.
    let ranges: [Double]
    /// Of the rows, as seen from where the variables are: 0 or less, 0 or more.
    let limits: [(low: Double, high: Double)]
    /// One list per row: over movers, then watched variables.
    let entries: [[Double]]
    /// One list per mover and watched variable: at no shift, then for each shift.
    let costs: [[Double]]
    /// Of the shifts.
    let lengths: [Double]
    /// What counts as no cost.
    let zero: Double

    private static let mostBases = 400
    private static let pivotTolerance = 1e-9

    /// What is known over all bases that may be the best.
    struct Outlook {
        /// The least that each watched variable costs at any shift.
        var least: [Double]
        /// The least by which its cost differs from what it was.
        var leastChange: [Double]
        /// Values of the movers at each.
        var solutions: [[Double]] = []
        /// Bases looked at.
        var bases = 0
    }

    /// One basis: what is basic, and where the others are.
    private struct Tableau {
        var basic: [Int]
        var free: [Int]
        var isHigh: [Bool]
        /// Values of the basic variables.
        var values: [Double]
        var entries: [[Double]]
        var costs: [[Double]]

        var key: [Int] {
            basic.sorted() + zip(free, isHigh).filter(\.1).map { -1 - $0.0 }.sorted()
        }
    }

    private var movers: Int { ranges.count }

    /// Variables are numbered: movers, then rows.
    private func bounds(_ variable: Int) -> (low: Double, high: Double) {
        variable < movers ? (0, ranges[variable]) : limits[variable - movers]
    }

    private func spread(_ cost: [Double]) -> Double {
        var sum = 0.0
        for i in lengths.indices { sum += lengths[i] * abs(cost[i + 1]) }
        return sum
    }

    /// - Returns: nil where there are too many bases, or where nothing bounds a variable that may gain.
    func outlook() -> Outlook? {
        let watched = movers..<costs.count
        var outlook = Outlook(
            least: watched.map { costs[$0][0] - spread(costs[$0]) }, leastChange: watched.map { _ in 0 })
        let start = Tableau(
            basic: limits.indices.map { movers + $0 }, free: Array(0..<movers),
            isHigh: [Bool](repeating: false, count: movers), values: [Double](repeating: 0, count: limits.count),
            entries: entries, costs: costs)
        var seen: Set<[Int]> = [start.key]
        var queue = [start]
        while let tableau = queue.popLast() {
            outlook.bases += 1
            var gaining: [Int] = []
            var mayBeBest = true
            for place in 0..<movers {
                let sign = tableau.isHigh[place] ? -1.0 : 1
                let (middle, spread) = (sign * tableau.costs[place][0], spread(tableau.costs[place]))
                if middle + spread < -zero { mayBeBest = false }
                if middle - spread < -zero { gaining.append(place) }
            }
            guard mayBeBest else { continue }
            for place in gaining {
                guard let next = moving(tableau, place) else { return nil }
                guard seen.insert(next.key).inserted else { continue }
                guard seen.count <= Self.mostBases else { return nil }
                queue.append(next)
            }
            outlook.solutions.append(solution(of: tableau))
            for (k, j) in watched.enumerated() {
                let cost = tableau.costs[j]
                outlook.least[k] = min(outlook.least[k], cost[0] - spread(cost))
                let change = zip(cost, costs[j]).map { $0 - $1 }
                outlook.leastChange[k] = min(outlook.leastChange[k], change[0] - spread(change))
            }
        }
        return outlook
    }

    private func solution(of tableau: Tableau) -> [Double] {
        var solution = [Double](repeating: 0, count: movers)
        for (variable, value) in zip(tableau.basic, tableau.values) where variable < movers {
            solution[variable] = value
        }
        for (variable, isHigh) in zip(tableau.free, tableau.isHigh) where variable < movers && isHigh {
            solution[variable] = ranges[variable]
        }
        return solution
    }

    /// The basis to which a variable leads that leaves its bound: as far as others let it, of which the first leaves
    /// the basis.
    ///
    /// - Returns: nil where nothing stops it.
    private func moving(_ tableau: Tableau, _ place: Int) -> Tableau? {
        let sign = tableau.isHigh[place] ? -1.0 : 1
        let own = bounds(tableau.free[place])
        var (step, leaving, first) = (own.high - own.low, -1, tableau.free[place])
        for (r, variable) in tableau.basic.enumerated() {
            let rate = sign * tableau.entries[r][place]
            guard abs(rate) > Self.pivotTolerance else { continue }
            let (low, high) = bounds(variable)
            let room = max(0, rate > 0 ? (high - tableau.values[r]) / rate : (low - tableau.values[r]) / rate)
            let slack = 1e-9 * max(1, min(room, step))
            if room < step - slack || room <= step + slack && variable < first {
                (step, leaving, first) = (min(room, step), r, variable)
            }
        }
        guard step.isFinite else { return nil }
        var next = tableau
        for r in next.values.indices { next.values[r] += sign * step * tableau.entries[r][place] }
        guard leaving >= 0 else {
            next.isHigh[place].toggle()
            return next
        }
        let rate = sign * tableau.entries[leaving][place]
        next.basic[leaving] = tableau.free[place]
        next.values[leaving] = (tableau.isHigh[place] ? own.high : own.low) + sign * step
        next.free[place] = tableau.basic[leaving]
        next.isHigh[place] = rate > 0
        // The entering variable by the leaving one and all others.
        let pivot = tableau.entries[leaving][place]
        var row = tableau.entries[leaving].map { -$0 / pivot }
        row[place] = 1 / pivot
        next.entries[leaving] = row
        for r in next.entries.indices where r != leaving {
            let factor = tableau.entries[r][place]
            guard factor != 0 else { continue }
            for j in row.indices { next.entries[r][j] = (j == place ? 0 : next.entries[r][j]) + factor * row[j] }
        }
        let cost = tableau.costs[place]
        for j in row.indices {
            let factor = row[j]
            if j == place {
                next.costs[j] = cost.map { $0 * factor }
            } else if factor != 0 {
                for i in cost.indices { next.costs[j][i] += factor * cost[i] }
            }
        }
        return next
    }
}
