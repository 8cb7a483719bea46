import Games
import TestSupport

/// A random problem with one or two decisions, two variables of the follower and a quadratic leader, convex or not,
/// that is answered here by geometry: the follower's polygon is listed by its corners, its optima are a corner or an
/// edge, and along an edge the leader's objective is a parabola.
struct QuadraticProblem {
    let problem: BilevelProblem
    private let follower: BilevelProblem.Level
    private let leader: BilevelProblem.Objective

    static let highest = 4.0
    private static let reach = 5.0

    init(seed: Int) throws {
        var numbers = SeededNumbers(seed: UInt64(seed))
        func factors(_ count: Int) -> [Double] { (0..<count).map { _ in Double(numbers.whole(-2...2)) } }
        func own(_ count: Int) -> [BilevelProblem.OwnProduct] {
            (0..<count).flatMap { i in
                (0...i).map { .init(first: i, second: $0, factor: Double(numbers.whole(i == $0 ? -1...2 : -1...1))) }
            }
        }
        let count = seed % 3 == 0 ? 2 : 1
        leader = .init(
            isMaximised: numbers.whole(0...1) == 1, constant: 1, x: factors(count), y: factors(2),
            products: (0..<count).map { .init(x: $0, y: numbers.whole(0...1), factor: Double(numbers.whole(-1...1))) },
            xProducts: own(count), yProducts: own(2))
        // Never zero in both: optima are a corner or an edge.
        let cost = [Double(numbers.whole(-1...1)), numbers.whole(0...1) == 0 ? -1.0 : 1.0]
        let price = Double(numbers.whole(-1...1))
        follower = .init(
            objective: .init(
                x: Array(repeating: 0, count: count), y: cost,
                products: price == 0 ? [] : [.init(x: 0, y: 0, factor: price)]),
            rows: (0..<2).map { _ in
                .init(
                    x: factors(count), y: factors(2).map { $0 == 0 ? 1 : $0 }, sense: .atMost,
                    side: Double(numbers.whole(2...8)))
            })
        let names = ["p", "q"]
        problem = try BilevelProblem(
            name: "quadratic\(seed)", category: .quadratic,
            x: (0..<count).map { .init(names[$0], lower: 0, upper: Self.highest) },
            y: ["u", "v"].map { .init($0, lower: 0, upper: Self.reach) }, leader: .init(objective: leader),
            follower: follower, optimistic: nil, isProven: false)
    }

    /// The leader's least and greatest payoff over the follower's optima; nil where it has none.
    func payoffs(at x: [Double]) -> (least: Double, greatest: Double)? {
        var cost = follower.objective.y
        for product in follower.objective.products { cost[product.y] += product.factor * x[product.x] }
        let corners = corners(at: x)
        func spent(_ corner: [Double]) -> Double { cost[0] * corner[0] + cost[1] * corner[1] }
        guard let least = corners.map(spent).min() else { return nil }
        let optima = corners.filter { spent($0) <= least + 1e-9 }
        guard let first = optima.min(by: { ($0[0], $0[1]) < ($1[0], $1[1]) }),
            let last = optima.max(by: { ($0[0], $0[1]) < ($1[0], $1[1]) })
        else { return nil }
        // The payoff at 0, a half and 1 of the edge gives its parabola.
        func at(_ t: Double) -> Double { payoff(x, zip(first, last).map { $0 + t * ($1 - $0) }) }
        let (a, m, b) = (at(0), at(0.5), at(1))
        var values = [a, b]
        let curvature = 2 * (a + b - 2 * m)
        let slope = b - a - curvature
        if abs(curvature) > 1e-12 {
            let t = -slope / (2 * curvature)
            if 0 < t, t < 1 { values.append(at(t)) }
        }
        return (values.min() ?? a, values.max() ?? b)
    }

    private func payoff(_ x: [Double], _ y: [Double]) -> Double {
        var value = leader.constant
        for (factor, number) in zip(leader.x + leader.y, x + y) { value += factor * number }
        for product in leader.products { value += product.factor * x[product.x] * y[product.y] }
        for product in leader.xProducts { value += product.factor * x[product.first] * x[product.second] }
        for product in leader.yProducts { value += product.factor * y[product.first] * y[product.second] }
        return leader.isMaximised ? value : -value
    }

    private func corners(at x: [Double]) -> [[Double]] {
        var lines = [([1.0, 0.0], Self.reach), ([-1, 0], 0), ([0, 1], Self.reach), ([0, -1], 0)]
        for row in follower.rows {
            lines.append((row.y, row.side - zip(row.x, x).reduce(0) { $0 + $1.0 * $1.1 }))
        }
        var corners: [[Double]] = []
        for i in lines.indices {
            for j in 0..<i {
                let ((a, c), (b, d)) = (lines[i], lines[j])
                let determinant = a[0] * b[1] - a[1] * b[0]
                guard determinant != 0 else { continue }
                let corner = [(c * b[1] - d * a[1]) / determinant, (a[0] * d - b[0] * c) / determinant]
                if lines.allSatisfy({ $0.0[0] * corner[0] + $0.0[1] * corner[1] <= $0.1 + 1e-9 }) {
                    corners.append(corner)
                }
            }
        }
        return corners
    }
}
