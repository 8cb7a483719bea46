import Games
import TestSupport

/// A small linear game of whole factors, and its optimum by counting.
///
/// Whole variables are counted out. For real ones every corner of what all rows allow is looked at, and is an answer
/// where it costs the follower no more than the best corner of its own rows: an optimum of a linear game is at such a
/// corner.
struct CountedGame {
    struct Row {
        var factors: [Double]
        var sense: BilevelProblem.Row.Sense
        var side: Double
    }

    /// Of the leader's variables, the first ones.
    let leaders: Int
    let isWhole: Bool
    let lower: [Double]
    let upper: [Double]
    let leaderRows: [Row]
    let followerRows: [Row]
    let costs: [Double]
    let followerCosts: [Double]

    init(seed: Int, isWhole: Bool) {
        var numbers = SeededNumbers(seed: UInt64(seed))
        self.isWhole = isWhole
        let leaders = numbers.whole(1...2)
        self.leaders = leaders
        let count = leaders + numbers.whole(1...2)
        let low = (0..<count).map { _ in Double([0, 0, -3, 1].randomElement(using: &numbers) ?? 0) }
        lower = low
        upper = low.map { $0 + Double(numbers.whole(2...5)) }
        func row(besides middle: [Double], isFollowers: Bool) -> Row {
            var factors = (0..<count).map { _ in Double(numbers.whole(-5...5)) }
            if isFollowers, factors[leaders...].allSatisfy({ $0 == 0 }) { factors[leaders] = 1 }
            if factors.allSatisfy({ $0 == 0 }) { factors[0] = 1 }
            let sense: BilevelProblem.Row.Sense =
                [.atMost, .atMost, .atLeast, .atLeast, .equal].randomElement(
                    using: &numbers) ?? .atMost
            let activity = zip(factors, middle).reduce(0) { $0 + $1.0 * $1.1 }
            let room = Double(numbers.whole(0...6))
            return Row(
                factors: factors, sense: sense,
                side: activity + (sense == .atMost ? room : sense == .atLeast ? -room : 0))
        }
        let middle = zip(low, upper).map { (0.5 * ($0 + $1)).rounded(.down) }
        let counts = (numbers.whole(1...3), numbers.whole(0...2))
        followerRows = (0..<counts.0).map { _ in row(besides: middle, isFollowers: true) }
        leaderRows = (0..<counts.1).map { _ in row(besides: middle, isFollowers: false) }
        costs = (0..<count).map { _ in Double(numbers.whole(-5...5)) }
        followerCosts = (leaders..<count).map { _ in Double(numbers.whole(-3...3)) }
    }

    /// The game with every row, real variable and objective in another unit.
    func problem(_ factor: () -> Double) throws -> (problem: BilevelProblem, unit: Double) {
        let columns = lower.map { _ in isWhole ? 1 : factor() }
        func rows(_ rows: [Row]) -> [BilevelProblem.Row] {
            rows.map { row in
                let unit = factor()
                let factors = zip(row.factors, columns).map { $0 * $1 * unit }
                return .init(
                    x: Array(factors[..<leaders]), y: Array(factors[leaders...]), sense: row.sense,
                    side: row.side * unit)
            }
        }
        let (own, others) = (factor(), factor())
        let all = lower.indices.map {
            BilevelProblem.Variable(
                "v\($0)", lower: lower[$0] / columns[$0], upper: upper[$0] / columns[$0], isInteger: isWhole)
        }
        let scaled = zip(costs, columns).map { $0 * $1 * own }
        let problem = try BilevelProblem(
            name: "counted", category: isWhole ? .integer : .linear, x: Array(all[..<leaders]),
            y: Array(all[leaders...]),
            leader: .init(
                objective: .init(x: Array(scaled[..<leaders]), y: Array(scaled[leaders...])), rows: rows(leaderRows)),
            follower: .init(
                objective: .init(
                    x: (0..<leaders).map { _ in 0 },
                    y: zip(followerCosts, columns[leaders...]).map { $0 * $1 * others }), rows: rows(followerRows)),
            optimistic: nil, isProven: false)
        return (problem, own)
    }

    /// The leader's least value; nil where no decision has an answer.
    func optimum() -> Double? {
        let bounds = lower.indices.flatMap { j in
            let unit = lower.indices.map { $0 == j ? 1.0 : 0 }
            return [
                Row(factors: unit, sense: .atLeast, side: lower[j]), Row(factors: unit, sense: .atMost, side: upper[j]),
            ]
        }
        var least: [[Double]: Double?] = [:]
        var best: Double?
        for point in points(of: leaderRows + followerRows + bounds, free: Array(lower.indices), at: lower) {
            let value = zip(costs, point).reduce(0) { $0 + $1.0 * $1.1 }
            if let best, value >= best - 1e-12 { continue }
            let decision = Array(point[..<leaders])
            let known = least[decision] ?? leastCost(at: point, bounds)
            least[decision] = known
            if let known, cost(point) <= known + 1e-9 { best = value }
        }
        return best
    }

    private func cost(_ point: [Double]) -> Double {
        zip(followerCosts, point[leaders...]).reduce(0) { $0 + $1.0 * $1.1 }
    }

    private func leastCost(at point: [Double], _ bounds: [Row]) -> Double? {
        let own = followerRows + bounds.dropFirst(2 * leaders)
        return points(of: own, free: Array(leaders..<lower.count), at: point).map(cost).min()
    }

    /// Whole points, or corners, of some rows with the other variables as they are.
    private func points(of rows: [Row], free: [Int], at point: [Double]) -> [[Double]] {
        func holds(_ candidate: [Double]) -> Bool {
            rows.allSatisfy { row in
                let activity = zip(row.factors, candidate).reduce(0) { $0 + $1.0 * $1.1 }
                return switch row.sense {
                case .atMost: activity <= row.side + 1e-9
                case .atLeast: activity >= row.side - 1e-9
                case .equal: abs(activity - row.side) <= 1e-9
                }
            }
        }
        var found: [[Double]] = []
        func count(_ k: Int, _ candidate: [Double]) {
            guard k < free.count else {
                if holds(candidate) { found.append(candidate) }
                return
            }
            for value in stride(from: lower[free[k]], through: upper[free[k]], by: 1) {
                var next = candidate
                next[free[k]] = value
                count(k + 1, next)
            }
        }
        func choose(_ first: Int, _ chosen: [Row]) {
            if chosen.count == free.count {
                if let corner = Self.corner(chosen, free, point), holds(corner) { found.append(corner) }
                return
            }
            for i in rows.indices.dropFirst(first) { choose(i + 1, chosen + [rows[i]]) }
        }
        if isWhole { count(0, point) } else { choose(0, []) }
        return found
    }

    /// Where as many rows as free variables are equalities, by elimination.
    private static func corner(_ rows: [Row], _ free: [Int], _ point: [Double]) -> [Double]? {
        var lines = rows.map { row in
            free.map { row.factors[$0] }
                + [
                    row.side
                        - row.factors.indices.reduce(0) { $0 + (free.contains($1) ? 0 : row.factors[$1] * point[$1]) }
                ]
        }
        for c in free.indices {
            guard let pivot = (c..<lines.count).max(by: { abs(lines[$0][c]) < abs(lines[$1][c]) }),
                abs(lines[pivot][c]) > 1e-9
            else { return nil }
            lines.swapAt(c, pivot)
            lines[c] = lines[c].map { [divisor = lines[c][c]] in $0 / divisor }
            for r in lines.indices where r != c {
                lines[r] = zip(lines[r], lines[c]).map { [share = lines[r][c]] in $0 - share * $1 }
            }
        }
        var result = point
        for (c, j) in free.enumerated() { result[j] = lines[c][free.count] }
        return result
    }
}
