/// Narrows the ranges of a model's variables by the rows that hold them: in `L <= a x <= U`, what the others can add
/// at least leaves the rest to each one (feasibility-based bound tightening).
///
///     var ranges = model.ranges
///     let isOpen = RangePropagation(model).narrow(&ranges)
///
/// Parameters must be gone from bounds and rows; whole numbers count as continuous.
package struct RangePropagation: Sendable {
    private typealias Row = (terms: [(column: Int, value: Double)], lower: Double, upper: Double)
    private var rows: [Row]
    /// Of the last rows, which are differences of two others, what they were made of.
    private let origins: [Difference]
    /// The rows of each column.
    private let places: [[Int]]
    private let room: Double

    private struct Difference {
        let whole: Int
        let part: Int
        /// How often the whole holds the part.
        let ratio: Double
    }

    /// - Parameters:
    ///   - ignored: rows that say nothing.
    ///   - room: by which ranges are left wider, of the numbers that they come from. Rounding is less than 1e-12 of
    ///     them, and a solver's tolerance more.
    package init(_ model: LinearModel, ignoring ignored: [Constraint] = [], room: Double = 1e-9) {
        let silent = Set(ignored.map(\.index))
        let kept = model.rows.indices.filter { !silent.contains($0) }
        let (coefficients, ranges) = (model.coefficientRows, model.rowRanges)
        self.init(
            kept.map { coefficients[$0] }, kept.map { ranges[$0] }, columns: model.columns.count, room: room)
    }

    /// - Parameters:
    ///   - coefficients: of each row.
    ///   - sides: of each row.
    package init(
        _ coefficients: [[(column: Int, value: Double)]], _ sides: [ColumnRange], columns: Int, room: Double = 1e-9
    ) {
        self.room = room
        let given = zip(coefficients, sides).map { (terms: $0, lower: $1.lower, upper: $1.upper) }
        let differences = Self.differences(of: given, columns: columns)
        rows = given + differences.rows
        origins = differences.origins
        var places = [[Int]](repeating: [], count: columns)
        for (i, row) in rows.enumerated() {
            for term in row.terms { places[term.column].append(i) }
        }
        self.places = places
    }

    /// Where a row holds all of another one, what is left of it: the same quantities that stand in both are then no
    /// longer free of each other.
    private static func differences(of rows: [Row], columns: Int) -> (rows: [Row], origins: [Difference]) {
        var holders = [[Int]](repeating: [], count: columns)
        for (i, row) in rows.enumerated() { for term in row.terms { holders[term.column].append(i) } }
        var differences: [Row] = []
        var origins: [Difference] = []
        for (i, part) in rows.enumerated() where part.terms.count > 1 {
            for k in holders[part.terms[0].column] where k != i && rows[k].terms.count > part.terms.count {
                let whole = Dictionary(uniqueKeysWithValues: rows[k].terms.map { ($0.column, $0.value) })
                guard let first = whole[part.terms[0].column] else { continue }
                let ratio = first / part.terms[0].value
                guard part.terms.allSatisfy({ whole[$0.column] == ratio * $0.value }) else { continue }
                let own = Set(part.terms.map(\.column))
                let origin = Difference(whole: k, part: i, ratio: ratio)
                let (lower, upper) = sides(of: origin, among: rows)
                differences.append((rows[k].terms.filter { !own.contains($0.column) }, lower, upper))
                origins.append(origin)
            }
        }
        return (differences, origins)
    }

    private static func sides(of difference: Difference, among rows: [Row]) -> (lower: Double, upper: Double) {
        let (whole, part) = (rows[difference.whole], rows[difference.part])
        let ends = [difference.ratio * part.lower, difference.ratio * part.upper].sorted()
        return (whole.lower - ends[1], whole.upper - ends[0])
    }

    /// The same rows with other sides, which is much less work than finding out again what holds what.
    ///
    /// - Parameter sides: of each row that this was made of.
    package func with(_ sides: [ColumnRange]) -> RangePropagation {
        var other = self
        for (i, side) in sides.enumerated() { (other.rows[i].lower, other.rows[i].upper) = (side.lower, side.upper) }
        for (k, origin) in origins.enumerated() {
            let (lower, upper) = Self.sides(of: origin, among: other.rows)
            (other.rows[sides.count + k].lower, other.rows[sides.count + k].upper) = (lower, upper)
        }
        return other
    }

    /// - Parameter changed: columns whose ranges are narrower than after the last call; nil for all.
    /// - Returns: false where nothing is left.
    package func narrow(_ ranges: inout [ColumnRange], changed: [Int]? = nil) -> Bool {
        var queue = changed.map { Array(Set($0.flatMap { places[$0] }).sorted()) } ?? Array(rows.indices)
        var isQueued = [Bool](repeating: false, count: rows.count)
        for i in queue { isQueued[i] = true }
        var visits = [Int](repeating: 0, count: rows.count)
        var next = 0
        while next < queue.count {
            let i = queue[next]
            next += 1
            isQueued[i] = false
            visits[i] += 1
            guard let narrowed = narrow(&ranges, by: i) else { return false }
            for column in narrowed {
                for other in places[column] where !isQueued[other] && visits[other] < Self.mostVisits {
                    isQueued[other] = true
                    queue.append(other)
                }
            }
        }
        return true
    }

    /// - Returns: the columns that are narrower now; nil where nothing is left of one.
    private func narrow(_ ranges: inout [ColumnRange], by index: Int) -> [Int]? {
        let row = rows[index]
        // What the terms add at least and at most, infinite ones counted apart.
        var (least, most) = (0.0, 0.0)
        var (openBelow, openAbove) = (0, 0)
        // What is rounded is the numbers, not their sum.
        var scale = 1.0
        for term in row.terms {
            let (low, high) = ranges[term.column].scaled(by: term.value)
            if low.isFinite { (least, scale) = (least + low, max(scale, abs(low))) } else { openBelow += 1 }
            if high.isFinite { (most, scale) = (most + high, max(scale, abs(high))) } else { openAbove += 1 }
        }
        var narrowed: [Int] = []
        for term in row.terms {
            let (low, high) = ranges[term.column].scaled(by: term.value)
            // The greatest that this term can be, and the least.
            var (above, below) = (Double.infinity, -Double.infinity)
            if row.upper.isFinite, openBelow == (low.isFinite ? 0 : 1) {
                above = row.upper - (low.isFinite ? least - low : least)
            }
            if row.lower.isFinite, openAbove == (high.isFinite ? 0 : 1) {
                below = row.lower - (high.isFinite ? most - high : most)
            }
            let (from, to) = term.value > 0 ? (below, above) : (above, below)
            let room = room * scale / abs(term.value)
            switch ranges[term.column].narrow(from: from / term.value - room, to: to / term.value + room) {
            case nil: return nil
            case true?: narrowed.append(term.column)
            case false?: break
            }
        }
        return narrowed
    }

    private static let mostVisits = 10
}

/// Where a variable is.
package struct ColumnRange: Sendable, Equatable {
    package var lower: Double
    package var upper: Double

    package init(_ lower: Double, _ upper: Double) { (self.lower, self.upper) = (lower, upper) }

    fileprivate func scaled(by factor: Double) -> (low: Double, high: Double) {
        factor > 0 ? (factor * lower, factor * upper) : (factor * upper, factor * lower)
    }

    /// - Returns: whether it is narrower by so much that its rows are worth another look; nil where nothing is left.
    fileprivate mutating func narrow(from low: Double, to high: Double) -> Bool? {
        guard low <= upper, high >= lower else { return nil }
        let least = max(Self.leastGain * (upper - lower).magnitude, 1e-9)
        var isNarrower = false
        if low > lower {
            isNarrower = !lower.isFinite || low - lower > least
            lower = low
        }
        if high < upper {
            isNarrower = isNarrower || !upper.isFinite || upper - high > least
            upper = high
        }
        return isNarrower
    }

    /// Of the range.
    private static let leastGain = 1e-3
}

extension LinearModel {
    /// The sides of all rows, those with parameters at the widest.
    package var rowRanges: [ColumnRange] {
        rows.map { ColumnRange(reach(of: $0.lower).lowerBound, reach(of: $0.upper).upperBound) }
    }

    /// The bounds of all variables.
    package var ranges: [ColumnRange] {
        columns.map { ColumnRange(reach(of: $0.lower).lowerBound, reach(of: $0.upper).upperBound) }
    }
}

extension LinearExpression {
    /// Where this is while each variable is in its range; products and parameters are not looked at.
    package func range(over ranges: [ColumnRange]) -> ColumnRange {
        terms.reduce(into: ColumnRange(constant.constant, constant.constant)) { sum, term in
            guard term.coefficient != 0 else { return }
            let (low, high) = ranges[term.variable.index].scaled(by: term.coefficient)
            sum.lower += low
            sum.upper += high
        }
    }
}
