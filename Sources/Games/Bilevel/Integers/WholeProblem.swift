import LinearModels

/// A bilevel problem whose objectives and rows are linear and hold whole numbers of moderate size, each multiplied by a
/// factor of its own to be so. Both sides minimise.
///
/// A row of whole numbers over whole variables holds or is broken by one at least. That is what makes an answer that
/// floating point finds certain, and what lets a row that must be broken be written as another row.
struct WholeProblem {
    struct Column {
        let lower: Double
        let upper: Double
        let isInteger: Bool
    }

    typealias Term = (column: Int, factor: Double)

    /// A row of the leader or of the follower, over all columns.
    struct Row {
        let terms: [Term]
        let lower: Double
        let upper: Double
    }

    /// A row of the follower that holds its variables, in one sense: `x + y >= side`.
    struct FollowerRow {
        /// Over the leader's columns.
        let x: [Term]
        /// Over the follower's columns, which count from 0 here.
        let y: [Term]
        let side: Double
        /// Whether a real decision stands in it.
        let isReal: Bool

        /// What the decision has to reach for a response to be possible.
        func need(of response: [Double]) -> Double { side - y.reduce(0) { $0 + $1.factor * response[$1.column] } }
        func reached(by decision: [Double]) -> Double { x.reduce(0) { $0 + $1.factor * decision[$1.column] } }
    }

    /// The leader's come first.
    let columns: [Column]
    let leaders: Int
    let rows: [Row]
    let followerRows: [FollowerRow]
    /// The leader's costs by column, and what they were multiplied by.
    let costs: [Double]
    let unit: Double
    /// Whether the leader's costs are whole at every answer.
    let hasWholeCosts: Bool
    /// The follower's costs by its columns.
    let followerCosts: [Double]
    let hasWholeFollowerCosts: Bool
    /// The leader's columns in rows of the follower that hold its variables: all that moves its answer.
    let linking: [Int]
    /// Whether rows of the leader hold variables of the follower.
    let isCoupled: Bool

    var followers: Range<Int> { leaders..<columns.count }
    var integers: [Int] { columns.indices.filter { columns[$0].isInteger } }
    /// Whether every decision that the follower sees is a whole number.
    var hasWholeLinks: Bool { linking.allSatisfy { columns[$0].isInteger || columns[$0].lower == columns[$0].upper } }
    /// Whether what the leader pays for an answer is the same for all that cost the follower the same.
    let isOpposed: Bool

    /// - Returns: nil where the follower has no whole numbers, or where rows and objectives are not of the kind.
    init?(_ problem: BilevelProblem) {
        guard problem.leader.objective.isLinear, problem.follower.objective.isLinear,
            problem.y.contains(where: \.isInteger)
        else { return nil }
        let leaders = problem.x.count
        let columns = (problem.x + problem.y).map { variable in
            variable.isInteger
                ? Column(lower: variable.lower.rounded(.up), upper: variable.upper.rounded(.down), isInteger: true)
                : Column(lower: variable.lower, upper: variable.upper, isInteger: false)
        }
        func isLarge(_ bound: Double) -> Bool { bound.isFinite && abs(bound) > Self.largestSide }
        guard !columns.contains(where: { isLarge($0.lower) || isLarge($0.upper) }) else { return nil }
        self.columns = columns
        self.leaders = leaders

        var rows: [Row] = []
        var followerRows: [FollowerRow] = []
        for (isFollowers, level) in [(false, problem.leader), (true, problem.follower)] {
            for row in level.rows {
                guard let numbers = Self.whole(row.x + row.y, and: row.side) else { return nil }
                let terms = Self.terms(numbers.factors)
                rows.append(
                    Row(
                        terms: terms, lower: row.sense == .atMost ? -.infinity : numbers.side,
                        upper: row.sense == .atLeast ? .infinity : numbers.side))
                let (x, y) = (terms.filter { $0.column < leaders }, terms.filter { $0.column >= leaders })
                guard isFollowers, !y.isEmpty else { continue }
                let isReal = x.contains { !columns[$0.column].isInteger }
                for sign in [1.0, -1.0] where row.sense != (sign > 0 ? .atMost : .atLeast) {
                    followerRows.append(
                        FollowerRow(
                            x: x.map { ($0.column, sign * $0.factor) },
                            y: y.map { ($0.column - leaders, sign * $0.factor) }, side: sign * numbers.side,
                            isReal: isReal))
                }
            }
        }
        self.rows = rows
        self.followerRows = followerRows
        linking = Set(followerRows.flatMap { $0.x.map(\.column) }).sorted()
        isCoupled = problem.leader.rows.contains(where: \.holdsY)

        let (own, others) = (problem.leader.objective, problem.follower.objective)
        guard let costs = Self.whole(own.x + own.y, and: 0), let costsOfFollower = Self.whole(others.y, and: 0) else {
            return nil
        }
        let (sign, otherSign) = (own.isMaximised ? -1.0 : 1, others.isMaximised ? -1.0 : 1)
        self.costs = costs.factors.map { sign * $0 }
        unit = costs.factor
        hasWholeCosts = columns.indices.allSatisfy { costs.factors[$0] == 0 || columns[$0].isInteger }
        followerCosts = costsOfFollower.factors.map { otherSign * $0 }
        hasWholeFollowerCosts = costsOfFollower.factors.enumerated().allSatisfy {
            $0.element == 0 || columns[leaders + $0.offset].isInteger
        }
        let counted = Array(self.costs[leaders...])
        let ratio = zip(counted, followerCosts).first { $0.1 != 0 }.map { $0.0 / $0.1 } ?? 0
        isOpposed = !isCoupled && zip(counted, followerCosts).allSatisfy { $0.0 == ratio * $0.1 }
    }

    /// What the leader pays, in the multiplied unit and without the constant.
    func cost(_ point: [Double]) -> Double { zip(costs, point).reduce(0) { $0 + $1.0 * $1.1 } }
    func followerCost(_ response: [Double]) -> Double {
        zip(followerCosts, response).reduce(0) { $0 + $1.0 * $1.1 }
    }

    /// Beyond these, floating point may take what is no answer for one.
    private static let largestFactor = 1e6
    private static let largestSide = 1e9

    private static func terms(_ factors: [Double]) -> [Term] {
        factors.enumerated().filter { $0.element != 0 }.map { ($0.offset, $0.element) }
    }

    /// The numbers multiplied to be whole and, all together, as small as they can be.
    private static func whole(
        _ factors: [Double], and side: Double
    ) -> (factors: [Double], side: Double, factor: Double)? {
        let scaled = WholeNumbers.scaled(factors + [side])
        guard scaled.numbers.allSatisfy({ abs($0) < 0x1p53 }) else { return nil }
        var divisor = scaled.numbers.reduce(0) { Self.divisor(of: UInt64(abs($1)), and: $0) }
        if divisor == 0 { divisor = 1 }
        let numbers = scaled.numbers.map { $0 / Double(divisor) }
        guard numbers.dropLast().allSatisfy({ abs($0) <= largestFactor }), abs(numbers.last ?? 0) <= largestSide else {
            return nil
        }
        return (Array(numbers.dropLast()), numbers.last ?? 0, scaled.factor / Double(divisor))
    }

    private static func divisor(of a: UInt64, and b: UInt64) -> UInt64 {
        var (a, b) = (a, b)
        while b != 0 { (a, b) = (b, a % b) }
        return a
    }
}
