import Games
import TestSupport

/// A small bilevel problem of whole factors whose follower has whole numbers and sees a real decision, the first, and
/// the greatest lower bound on what the leader pays, by counting.
struct CountedRealLink {
    let problem: BilevelProblem
    /// Whether the real decision moves what the follower may do.
    var hasRealLink: Bool {
        problem.follower.rows.contains { $0.x[0] != 0 && $0.y.contains { $0 != 0 } }
    }

    init(seed: Int) throws {
        var numbers = SeededNumbers(seed: UInt64(31_000 + seed))
        let followers = numbers.whole(1...2)
        let hasWhole = numbers.whole(0...1) == 1
        let x =
            [BilevelProblem.Variable("x", lower: 0, upper: Double(numbers.whole(1...3)))]
            + (hasWhole ? [.init("w", lower: 0, upper: 2, isInteger: true)] : [])
        let y = (0..<followers).map {
            BilevelProblem.Variable("y\($0)", lower: 0, upper: Double(numbers.whole(1...3)), isInteger: true)
        }
        func factors(_ count: Int, _ most: Int) -> [Double] {
            (0..<count).map { _ in Double(numbers.whole(-most...most)) }
        }
        func row(hasY: Bool) -> BilevelProblem.Row {
            .init(
                x: factors(x.count, 3), y: hasY ? factors(followers, 3) : factors(followers, 0),
                sense: numbers.whole(0...1) == 0 ? .atMost : .atLeast, side: Double(numbers.whole(-2...4)))
        }
        let (cx, cy) = (factors(x.count, 4), factors(followers, 4))
        let leaderRows = (0..<numbers.whole(0...1)).map { _ in row(hasY: numbers.whole(0...1) == 0) }
        let followerRows = (0..<numbers.whole(1...2)).map { _ in row(hasY: true) }
        problem = try BilevelProblem(
            name: "counted", category: .integer, x: x, y: y,
            leader: .init(objective: .init(x: cx, y: cy), rows: leaderRows),
            follower: .init(objective: .init(x: x.map { _ in 0 }, y: factors(followers, 3)), rows: followerRows),
            optimistic: nil, isProven: false)
    }

    func responses(to x: [Double], room: Double) -> [[Double]] {
        CountedBilevel.points(problem.y).filter { y in
            problem.follower.rows.allSatisfy { row in
                let activity = zip(row.x + row.y, x + y).reduce(0) { $0 + $1.0 * $1.1 }
                return switch row.sense {
                case .atMost: activity <= row.side + room
                case .atLeast: activity >= row.side - room
                case .equal: abs(activity - row.side) <= room
                }
            }
        }
    }

    /// Between the values of x at which any response becomes possible, nothing changes but what x itself costs.
    func infimum() -> Double? {
        var best: Double?
        let others = Array(problem.x.dropFirst())
        for w in CountedBilevel.points(others) {
            var ends = [problem.x[0].lower, problem.x[0].upper]
            for row in problem.leader.rows + problem.follower.rows where row.x[0] != 0 {
                for y in CountedBilevel.points(problem.y) {
                    let rest = zip(Array(row.x.dropFirst()) + row.y, w + y).reduce(0) { $0 + $1.0 * $1.1 }
                    ends.append((row.side - rest) / row.x[0])
                }
            }
            let inside = Set(ends.filter { $0 >= problem.x[0].lower && $0 <= problem.x[0].upper }).sorted()
            // Points and the open ranges between them, by their middles.
            let places =
                inside.map { (at: $0, ends: [$0]) }
                + zip(inside, inside.dropFirst()).filter { $1 - $0 > 1e-9 }.map {
                    (at: 0.5 * ($0 + $1), ends: [$0, $1])
                }
            for place in places {
                let decision = [place.at] + w
                let possible = responses(to: decision, room: 1e-12)
                let costs = possible.map { y in zip(problem.follower.objective.y, y).reduce(0) { $0 + $1.0 * $1.1 } }
                guard let least = costs.min() else { continue }
                for (y, cost) in zip(possible, costs) where cost == least {
                    guard problem.leader.rows.allSatisfy({ CountedBilevel.holds($0, decision, y) }) else { continue }
                    for end in place.ends {
                        let objective = problem.leader.objective
                        let value = zip(objective.x + objective.y, [end] + w + y).reduce(0) { $0 + $1.0 * $1.1 }
                        best = min(best ?? .infinity, value)
                    }
                }
            }
        }
        return best
    }
}
