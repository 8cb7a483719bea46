/// A box with rows and ties, and its nearest points.
///
/// Tied components are one, so that the problem is one of their common values, each weighted by how many share it:
///
///     min  sum of count[g] (y[g] - mean of the point over g)^2
///     s.t. row . y <= limit for each row,  lower <= y <= upper
///
/// It is solved by the dual active-set method of Goldfarb and Idnani (1983): from the unconstrained minimum, the row
/// that is broken most is added, and those whose multipliers would become negative leave, so that the objective rises
/// with each row that is added and no set of rows comes twice. It ends after finitely many steps with the nearest
/// point, or with rows that contradict each other. Which row comes next depends on numbers alone: repeatable to the
/// bit.
///
/// A point that keeps every row within its ``Row/room`` counts as inside, and is its own nearest point to the bit.
struct Polyhedron: Sendable, Equatable {
    struct Row: Sendable, Equatable {
        let name: String
        /// Of groups.
        let indices: [Int]
        let coefficients: [Double]
        let limit: Double
        /// What sums of rounded numbers may miss.
        let room: Double

        func sum(_ values: [Double]) -> Double {
            var sum = 0.0
            for (g, coefficient) in zip(indices, coefficients) { sum += coefficient * values[g] }
            return sum
        }

        func holds(at values: [Double]) -> Bool { sum(values) <= limit + room }
    }

    /// Components that are equal; each is in one of them.
    let groups: [[Int]]
    let lower: [Double]
    let upper: [Double]
    let rows: [Row]

    /// Names of rows, and of components whose bounds, contradict each other.
    struct Empty: Error, Equatable {
        let names: [String]
    }

    /// - Parameter ties: components that are equal, each in one list at most.
    /// - Throws: ``Empty`` where tied components have no common value.
    init(_ decisions: [Decision], _ caps: [LinearCap], ties: [[Int]]) throws(Empty) {
        var groupOf = [Int](repeating: -1, count: decisions.count)
        for (number, tie) in ties.enumerated() { for k in tie { groupOf[k] = number } }
        var groups: [[Int]] = []
        var placeOfTie: [Int: Int] = [:]
        var place = [Int](repeating: 0, count: decisions.count)
        for k in decisions.indices {
            if groupOf[k] >= 0, let known = placeOfTie[groupOf[k]] {
                place[k] = known
                groups[known].append(k)
            } else {
                if groupOf[k] >= 0 { placeOfTie[groupOf[k]] = groups.count }
                place[k] = groups.count
                groups.append([k])
            }
        }
        let lower = groups.map { $0.reduce(-Double.infinity) { max($0, decisions[$1].lower) } }
        let upper = groups.map { $0.reduce(Double.infinity) { min($0, decisions[$1].upper) } }
        if let crossed = groups.indices.first(where: { lower[$0] > upper[$0] }) {
            throw Empty(names: groups[crossed].map { decisions[$0].name })
        }
        rows = caps.map { cap in
            var sums: [Int: Double] = [:]
            for (k, coefficient) in zip(cap.indices, cap.coefficients) { sums[place[k], default: 0] += coefficient }
            let terms = sums.filter { $0.value != 0 }.sorted { $0.key < $1.key }
            let size = terms.reduce(abs(cap.maximum)) {
                $0 + abs($1.value) * max(abs(lower[$1.key]), abs(upper[$1.key]))
            }
            return Row(
                name: cap.name, indices: terms.map(\.key), coefficients: terms.map(\.value), limit: cap.maximum,
                room: Self.rounding * size)
        }
        self.groups = groups
        self.lower = lower
        self.upper = upper
    }

    private static let rounding = 1e-12
    /// Points farther outside than this, in ranges of the box, count as that far.
    private static let farthest = 1e6
    private static let rounds = 6

    /// Whether a point is inside, by which it would be its own nearest point.
    func contains(_ point: [Double]) -> Bool {
        for (g, group) in groups.enumerated() {
            let value = point[group[0]]
            guard value >= lower[g], value <= upper[g], group.allSatisfy({ point[$0] == value }) else { return false }
        }
        let values = groups.map { point[$0[0]] }
        return rows.allSatisfy { $0.holds(at: values) }
    }

    /// The nearest point, in Euclidean distance over all components.
    ///
    /// - Throws: ``Empty`` where there is none.
    func nearest(to point: [Double]) throws(Empty) -> [Double] {
        if contains(point) { return point }
        let span = zip(lower, upper).reduce(1) { max($0, $1.1 - $1.0) } * Self.farthest
        var values = groups.indices.map { g in
            let group = groups[g]
            let mean = group.reduce(0) { $0 + min(max(point[$1], lower[g] - span), upper[g] + span) }
            return mean / Double(group.count)
        }
        // What is left after the first round is rounding.
        for _ in 0..<Self.rounds {
            var method = DualMethod(self, from: values)
            values = try method.solve()
            if rows.allSatisfy({ $0.holds(at: values) }) { break }
        }
        var result = point
        for (g, group) in groups.enumerated() { for k in group { result[k] = values[g] } }
        return result
    }
}

/// One run of the dual active-set method, over `z[g] = sqrt(count[g]) * y[g]`.
private struct DualMethod {
    private let polyhedron: Polyhedron
    private let scale: [Double]
    private let target: [Double]
    private var z: [Double]
    /// Constraints that hold with equality: upper bounds by group, lower bounds, rows; with their multipliers.
    private var active: [Int] = []
    private var multipliers: [Double] = []
    /// An orthonormal basis of the active normals, and each of these in it.
    private var basis: [[Double]] = []
    private var columns: [[Double]] = []

    private var count: Int { scale.count }

    init(_ polyhedron: Polyhedron, from values: [Double]) {
        self.polyhedron = polyhedron
        scale = polyhedron.groups.map { Double($0.count).squareRoot() }
        target = zip(values, scale).map { $0 * $1 }
        z = target
    }

    mutating func solve() throws(Polyhedron.Empty) -> [Double] {
        for _ in 0..<(100 * (2 * count + polyhedron.rows.count) + 100) {
            guard let (broken, excess) = mostBroken() else { break }
            try add(broken, excess)
        }
        settle()
        return zip(z, scale).enumerated().map { g, pair in
            min(max(pair.0 / pair.1, polyhedron.lower[g]), polyhedron.upper[g])
        }
    }

    private func normal(_ constraint: Int) -> [Double] {
        var normal = [Double](repeating: 0, count: count)
        if constraint < count {
            normal[constraint] = 1
        } else if constraint < 2 * count {
            normal[constraint - count] = -1
        } else {
            let row = polyhedron.rows[constraint - 2 * count]
            for (g, coefficient) in zip(row.indices, row.coefficients) { normal[g] = coefficient / scale[g] }
        }
        return normal
    }

    private func limit(_ constraint: Int) -> Double {
        if constraint < count { return polyhedron.upper[constraint] * scale[constraint] }
        if constraint < 2 * count { return -polyhedron.lower[constraint - count] * scale[constraint - count] }
        return polyhedron.rows[constraint - 2 * count].limit
    }

    /// The constraint that is broken by the greatest distance, and that by which it is broken in its own measure.
    private func mostBroken() -> (constraint: Int, excess: Double)? {
        var found: (constraint: Int, excess: Double, distance: Double)?
        func look(_ constraint: Int, _ excess: Double, _ room: Double, _ length: Double) {
            guard excess > room, excess / length > found?.distance ?? 0, !active.contains(constraint) else { return }
            found = (constraint, excess, excess / length)
        }
        for g in 0..<count {
            let (low, high) = (polyhedron.lower[g] * scale[g], polyhedron.upper[g] * scale[g])
            let room = 1e-14 * max(abs(low), abs(high))
            look(g, z[g] - high, room, 1)
            look(count + g, low - z[g], room, 1)
        }
        for (k, row) in polyhedron.rows.enumerated() {
            var (sum, length) = (0.0, 0.0)
            for (g, coefficient) in zip(row.indices, row.coefficients) {
                let own = coefficient / scale[g]
                sum += own * z[g]
                length += own * own
            }
            look(2 * count + k, sum - row.limit, 0.25 * row.room, max(length.squareRoot(), 1e-300))
        }
        return found.map { ($0.constraint, $0.excess) }
    }

    /// Moves to where a broken constraint holds, and keeps it; others leave on the way.
    private mutating func add(_ constraint: Int, _ broken: Double) throws(Polyhedron.Empty) {
        let normal = normal(constraint)
        let length = dot(normal, normal)
        var excess = broken
        var multiplier = 0.0
        while true {
            let (column, rest) = split(normal)
            let room = dot(rest, rest)
            let rates = inBasis(column)
            var longest = Double.infinity
            var leaving: Int?
            for (j, rate) in rates.enumerated() where rate > 1e-12 && multipliers[j] / rate < longest {
                longest = multipliers[j] / rate
                leaving = j
            }
            let isDependent = room <= 1e-18 * length
            let step = isDependent ? .infinity : excess / room
            guard step.isFinite || longest.isFinite else { throw Polyhedron.Empty(names: names(with: constraint)) }
            let taken = min(step, longest)
            for j in rates.indices { multipliers[j] = max(0, multipliers[j] - taken * rates[j]) }
            multiplier += taken
            if !isDependent {
                for g in 0..<count { z[g] -= taken * rest[g] }
                excess -= taken * room
            }
            if step <= longest {
                active.append(constraint)
                multipliers.append(multiplier)
                append(column, rest)
                return
            }
            if let leaving { drop(leaving) }
        }
    }

    private func names(with constraint: Int) -> [String] {
        (active + [constraint]).filter { $0 >= 2 * count }.map { polyhedron.rows[$0 - 2 * count].name }
    }

    // MARK: Algebra

    private func dot(_ a: [Double], _ b: [Double]) -> Double {
        var sum = 0.0
        for k in a.indices { sum += a[k] * b[k] }
        return sum
    }

    /// A vector's coordinates in the basis, and what is orthogonal to it; twice, since once leaves rounding.
    private func split(_ vector: [Double]) -> (column: [Double], rest: [Double]) {
        var rest = vector
        var column = [Double](repeating: 0, count: basis.count)
        for _ in 0..<2 {
            for (j, one) in basis.enumerated() {
                let share = dot(one, rest)
                column[j] += share
                for g in rest.indices { rest[g] -= share * one[g] }
            }
        }
        return (column, rest)
    }

    private mutating func append(_ column: [Double], _ rest: [Double]) {
        let length = dot(rest, rest).squareRoot()
        basis.append(rest.map { $0 / length })
        columns.append(column + [length])
    }

    private mutating func drop(_ place: Int) {
        let later = active[(place + 1)...]
        active.remove(at: place)
        multipliers.remove(at: place)
        basis.removeSubrange(place...)
        columns.removeSubrange(place...)
        for constraint in later {
            let (column, rest) = split(normal(constraint))
            append(column, rest)
        }
    }

    /// How much of each active normal a vector of the basis is: the triangular system of the columns.
    private func inBasis(_ column: [Double]) -> [Double] {
        var rates = column
        for j in rates.indices.reversed() {
            rates[j] /= columns[j][j]
            for i in 0..<j { rates[i] -= rates[j] * columns[j][i] }
        }
        return rates
    }

    /// The nearest point of the active constraints, from the target anew: steps add up rounding.
    private mutating func settle() {
        var heights: [Double] = []
        for (j, constraint) in active.enumerated() {
            var height = limit(constraint)
            for i in 0..<j { height -= columns[j][i] * heights[i] }
            heights.append(height / columns[j][j])
        }
        z = target
        for (j, one) in basis.enumerated() {
            let move = heights[j] - dot(one, target)
            for g in 0..<count { z[g] += move * one[g] }
        }
    }
}
