import Games
import TestSupport

/// A small bilevel problem of whole factors whose leader and follower have whole numbers, and some a real variable,
/// with its optima by counting.
///
/// Every decision is counted, and at each every answer. A real variable of the leader stands in its own rows alone, and
/// one of the follower in one row beside whole ones, so that what is best of it at given whole numbers is an end of its
/// range.
struct CountedBilevel {
    enum Kind: CaseIterable {
        /// Whole numbers of any range.
        case general
        /// Decisions are 0 or 1.
        case binary
        /// Decisions switch off what the follower does.
        case interdiction
        /// The follower's last variable is real.
        case mixed
    }

    let problem: BilevelProblem

    init(seed: Int, kind: Kind) throws {
        var numbers = SeededNumbers(seed: UInt64(7_000 + seed))
        let leaders = numbers.whole(1...3)
        let followers = kind == .interdiction ? leaders + numbers.whole(0...1) : numbers.whole(1...3)
        func variable(_ name: String, _ range: ClosedRange<Int>, isInteger: Bool = true) -> BilevelProblem.Variable {
            let low = kind == .general || kind == .mixed ? numbers.whole(-2...1) : 0
            let width = numbers.whole(range)
            return .init(name, lower: Double(low), upper: Double(low + width), isInteger: isInteger)
        }
        let x = (0..<leaders).map { variable("x\($0)", kind == .general || kind == .mixed ? 1...4 : 1...1) }
        let y = (0..<followers).map {
            variable("y\($0)", 1...4, isInteger: kind != .mixed || $0 < followers - 1 || followers == 1)
        }
        func factors(_ count: Int, _ range: ClosedRange<Int>) -> [Double] {
            (0..<count).map { _ in Double(numbers.whole(range)) }
        }
        func row(hasY: Bool, onlyX: Bool = false) -> BilevelProblem.Row {
            let xs = factors(leaders, -5...5)
            let ys = hasY ? factors(followers, -5...5) : factors(followers, 0...0)
            let middle = zip(xs + ys, x + y).reduce(0) { $0 + $1.0 * (0.5 * ($1.1.lower + $1.1.upper)).rounded(.down) }
            let sense: BilevelProblem.Row.Sense =
                numbers.whole(0...7) == 0 ? .equal : numbers.whole(0...1) == 0 ? .atMost : .atLeast
            let room = Double(numbers.whole(0...5))
            return .init(
                x: xs, y: ys, sense: sense,
                side: middle + (sense == .atMost ? room : sense == .atLeast ? -room : 0))
        }
        var followerRows: [BilevelProblem.Row] = []
        var leaderRows: [BilevelProblem.Row] = []
        var costs = factors(followers, -4...4)
        if kind == .interdiction {
            let weights = factors(followers, 1...6)
            followerRows.append(
                .init(
                    x: factors(leaders, 0...0), y: weights, sense: .atMost, side: (weights.reduce(0, +)).rounded(.down))
            )
            for j in 0..<leaders {
                var (xs, ys) = (factors(leaders, 0...0), factors(followers, 0...0))
                (xs[j], ys[j]) = (y[j].upper - Double(numbers.whole(0...1)) * (y[j].upper > 1 ? 1 : 0), 1)
                followerRows.append(.init(x: xs, y: ys, sense: .atMost, side: y[j].upper))
            }
            costs = costs.map { -abs($0) }
            leaderRows.append(
                .init(
                    x: factors(leaders, 1...4), y: factors(followers, 0...0), sense: .atMost,
                    side: Double(numbers.whole(2...6))))
        } else {
            followerRows = (0..<numbers.whole(1...3)).map { _ in row(hasY: true) }
            leaderRows = (0..<numbers.whole(0...2)).map { _ in row(hasY: numbers.whole(0...1) == 0) }
        }
        problem = try BilevelProblem(
            name: "counted", category: .integer, x: x, y: y,
            leader: .init(
                objective: .init(
                    isMaximised: numbers.whole(0...1) == 0, constant: Double(numbers.whole(-3...3)),
                    x: factors(leaders, -5...5), y: factors(followers, -5...5)), rows: leaderRows),
            follower: .init(objective: .init(x: factors(leaders, 0...0), y: costs), rows: followerRows),
            optimistic: nil, isProven: false)
    }

    /// The leader's least or greatest value; nil where no decision has an answer that keeps to the leader's rows.
    func optimum(isPessimistic: Bool = false) -> Double? {
        let sign = problem.leader.objective.isMaximised ? -1.0 : 1
        var best: Double?
        for x in Self.points(problem.x) {
            let responses = answers(to: x)
            guard let least = responses.map(cost).min() else { continue }
            let ties = responses.filter { cost($0) <= least + 1e-7 }
            let values = ties.filter { y in problem.leader.rows.allSatisfy { Self.holds($0, x, y) } }.map {
                sign * value(x, $0)
            }
            guard let value = isPessimistic ? values.max() : values.min() else { continue }
            best = min(best ?? .infinity, value)
        }
        return best.map { sign * $0 }
    }

    private func answers(to x: [Double]) -> [[Double]] {
        let whole = problem.y.filter(\.isInteger)
        let points = Self.points(whole)
        guard whole.count < problem.y.count else {
            return points.filter { y in problem.follower.rows.allSatisfy { Self.holds($0, x, y) } }
        }
        // The real variable is the last one: its ends and, where the leader's rows cut in, theirs too.
        let last = problem.y.count - 1
        return points.flatMap { head -> [[Double]] in
            var ends = [problem.y[last].lower, problem.y[last].upper]
            for row in problem.follower.rows + problem.leader.rows where row.y[last] != 0 {
                let rest =
                    zip(row.x, x).reduce(0) { $0 + $1.0 * $1.1 } + zip(row.y, head).reduce(0) { $0 + $1.0 * $1.1 }
                ends.append((row.side - rest) / row.y[last])
            }
            return ends.filter { $0 >= problem.y[last].lower - 1e-9 && $0 <= problem.y[last].upper + 1e-9 }.map {
                head + [$0]
            }.filter { y in problem.follower.rows.allSatisfy { Self.holds($0, x, y) } }
        }
    }

    private func cost(_ y: [Double]) -> Double { zip(problem.follower.objective.y, y).reduce(0) { $0 + $1.0 * $1.1 } }

    private func value(_ x: [Double], _ y: [Double]) -> Double {
        let objective = problem.leader.objective
        return zip(objective.x + objective.y, x + y).reduce(objective.constant) { $0 + $1.0 * $1.1 }
    }

    static func holds(_ row: BilevelProblem.Row, _ x: [Double], _ y: [Double]) -> Bool {
        let activity = zip(row.x + row.y, x + y).reduce(0) { $0 + $1.0 * $1.1 }
        return switch row.sense {
        case .atMost: activity <= row.side + 1e-9
        case .atLeast: activity >= row.side - 1e-9
        case .equal: abs(activity - row.side) <= 1e-9
        }
    }

    static func points(_ variables: [BilevelProblem.Variable]) -> [[Double]] {
        variables.reduce([[]]) { heads, variable in
            heads.flatMap { head in
                stride(from: variable.lower, through: variable.upper, by: 1).map { head + [$0] }
            }
        }
    }
}

/// Knapsack interdiction with sizes as in the instances of Caprara, Carvalho, Lodi and Woeginger (2016), like those of
/// DeNegre (2011): the leader takes items away within a budget, the follower packs the most valuable of the others.
struct KnapsackInterdiction {
    let profits: [Int]
    let weights: [Int]
    let capacity: Int
    let costs: [Int]
    let budget: Int

    /// - Parameter share: of all weight that fits, in elevenths.
    init(items: Int, share: Int, seed: Int, most: Int = 100) {
        var numbers = SeededNumbers(seed: UInt64(seed))
        profits = (0..<items).map { _ in numbers.whole(1...most) }
        weights = (0..<items).map { _ in numbers.whole(1...most) }
        costs = (0..<items).map { _ in numbers.whole(1...most) }
        capacity = (share * weights.reduce(0, +) + 10) / 11
        budget = max(1, capacity + numbers.whole(-10...10))
    }

    func problem() throws -> BilevelProblem {
        let count = profits.count
        let none = [Double](repeating: 0, count: count)
        let values = profits.map(Double.init)
        var rows = [BilevelProblem.Row(x: none, y: weights.map(Double.init), sense: .atMost, side: Double(capacity))]
        for j in 0..<count {
            var unit = none
            unit[j] = 1
            rows.append(.init(x: unit, y: unit, sense: .atMost, side: 1))
        }
        return try BilevelProblem(
            name: "knapsack", category: .integer,
            x: (0..<count).map { .init("x\($0)", lower: 0, upper: 1, isInteger: true) },
            y: (0..<count).map { .init("y\($0)", lower: 0, upper: 1, isInteger: true) },
            leader: .init(
                objective: .init(x: none, y: values),
                rows: [.init(x: costs.map(Double.init), y: none, sense: .atMost, side: Double(budget))]),
            follower: .init(objective: .init(isMaximised: true, x: none, y: values), rows: rows), optimistic: nil,
            isProven: false)
    }

    /// What the follower packs at most beside what is taken away, by a table.
    func packed(without taken: [Double]) -> Int {
        var most = [Int](repeating: 0, count: capacity + 1)
        for j in profits.indices where taken[j] == 0 && weights[j] <= capacity {
            for room in stride(from: capacity, through: weights[j], by: -1) {
                most[room] = max(most[room], most[room - weights[j]] + profits[j])
            }
        }
        return most[capacity]
    }

    /// By counting what may be taken away.
    func optimum() -> Int {
        var least = Int.max
        for set in 0..<(1 << profits.count) {
            let taken = profits.indices.map { Double((set >> $0) & 1) }
            let price = zip(costs, taken).reduce(0) { $0 + $1.0 * Int($1.1) }
            if price <= budget { least = min(least, packed(without: taken)) }
        }
        return least
    }
}
