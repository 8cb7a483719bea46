import Games
import TestSupport

/// A small linear game of whole factors and one real decision, ties against the leader, and the greatest lower bound on
/// what the leader pays, without a solver.
///
/// Between the decisions at which one row more than usual is tight, the follower's best corners stay the same, and each
/// is affine in the decision. What the leader pays there is the greatest of what they cost it.
struct AdverseGame {
    let problem: BilevelProblem

    init(seed: Int) throws {
        var numbers = SeededNumbers(seed: UInt64(51_000 + seed))
        let followers = numbers.whole(2...3)
        func factors(_ count: Int, _ most: Int) -> [Double] {
            (0..<count).map { _ in Double(numbers.whole(-most...most)) }
        }
        let y = (0..<followers).map {
            BilevelProblem.Variable("y\($0)", lower: 0, upper: Double(numbers.whole(1...4)))
        }
        let (cx, cy) = (factors(1, 3), factors(followers, 4))
        // Costs of few sizes, so that there are ties.
        let costs = factors(followers, 1)
        let rows = (0..<numbers.whole(1...2)).map { _ in
            BilevelProblem.Row(
                x: factors(1, 2), y: factors(followers, 2), sense: numbers.whole(0...2) == 0 ? .equal : .atMost,
                side: Double(numbers.whole(0...5)))
        }
        problem = try BilevelProblem(
            name: "adverse", category: .linear, x: [.init("x", lower: 0, upper: 4)], y: y,
            leader: .init(objective: .init(x: cx, y: cy)),
            follower: .init(objective: .init(x: [0], y: costs), rows: rows), optimistic: nil, isProven: false)
    }

    /// Nil where no decision has an answer.
    func infimum() -> Double? {
        let count = problem.y.count
        // Rows over x, then y.
        var rows = problem.follower.rows.map { ($0.x + $0.y, $0.side) }
        for (j, variable) in (problem.x + problem.y).enumerated() {
            let unit = (0...count).map { $0 == j ? 1.0 : 0 }
            rows += [(unit, variable.lower), (unit, variable.upper)]
        }
        func isPossible(_ point: [Double]) -> Bool {
            problem.follower.rows.allSatisfy { CountedBilevel.holds($0, [point[0]], Array(point[1...])) }
                && zip(problem.x + problem.y, point).allSatisfy { $0.lower <= $1 + 1e-9 && $1 - 1e-9 <= $0.upper }
        }
        func point(_ chosen: [Int], at x: Double?) -> [Double]? {
            let lines = chosen.map { rows[$0] } + (x.map { [((0...count).map { $0 == 0 ? 1.0 : 0 }, $0)] } ?? [])
            return QuadraticProgram.inverse(lines.map(\.0)).map { inverse in
                inverse.map { row in zip(row, lines).reduce(0) { $0 + $1.0 * $1.1.1 } }
            }
        }
        let corners = CurvedGame.choices(of: count + 1, from: rows.count).compactMap { point($0, at: nil) }
        let places = Set(corners.filter(isPossible).map { ($0[0] * 1e9).rounded() / 1e9 }).sorted()
        func cost(_ point: [Double]) -> Double {
            zip(problem.follower.objective.y, point[1...]).reduce(0) { $0 + $1.0 * $1.1 }
        }
        func value(_ point: [Double]) -> Double {
            let objective = problem.leader.objective
            return zip(objective.x + objective.y, point).reduce(0) { $0 + $1.0 * $1.1 }
        }
        /// Choices of rows whose corner is a best answer at a decision.
        func best(at x: Double) -> [[Int]] {
            let possible = CurvedGame.choices(of: count, from: rows.count).compactMap { chosen in
                point(chosen, at: x).flatMap { isPossible($0) ? (chosen, cost($0)) : nil }
            }
            guard let least = possible.map(\.1).min() else { return [] }
            return possible.filter { $0.1 <= least + 1e-9 }.map(\.0)
        }
        func worst(_ choices: [[Int]], at x: Double) -> Double? {
            choices.compactMap { point($0, at: x) }.map(value).max()
        }
        var infimum: Double?
        func take(_ value: Double?) { if let value { infimum = min(infimum ?? .infinity, value) } }
        for x in places { take(worst(best(at: x), at: x)) }
        for (low, high) in zip(places, places.dropFirst()) {
            let choices = best(at: 0.5 * (low + high))
            // The greatest of affine functions is least at an end or where two of them meet.
            for x in [low, high] { take(worst(choices, at: x)) }
            let ends = choices.compactMap { chosen -> (Double, Double)? in
                guard let a = point(chosen, at: low), let b = point(chosen, at: high) else { return nil }
                return (value(a), value(b))
            }
            for (i, one) in ends.enumerated() {
                for other in ends[..<i] {
                    let (first, last) = (one.0 - other.0, one.1 - other.1)
                    guard first * last < 0 else { continue }
                    take(worst(choices, at: low + (high - low) * first / (first - last)))
                }
            }
        }
        return infimum
    }
}
