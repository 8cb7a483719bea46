import LinearModels

extension Follower {
    /// The linear program that this follower's answers are the optima of, where its whole numbers only forbid what
    /// never pays: charging and discharging in the same step, say.
    ///
    /// - Parameters:
    ///   - space: all decisions.
    ///   - binding: of the model's parameters to decisions.
    /// - Returns: nil where that is not proved.
    func linearEquivalent(in space: DecisionSpace, _ binding: ParameterBinding) throws -> LinearModel? {
        guard model.parameterOffObjective == nil, let exclusions = Exclusions(model),
            exclusions.pairs.count <= Self.mostExclusions
        else { return nil }
        return try IdleExclusions(exclusions, in: space, binding)?.areProved() == true ? exclusions.relaxed : nil
    }

    private static let mostExclusions = 2_000
}

/// Proves of pairs of variables that no optimum, at any decision, has both above their lower bounds.
///
/// At an optimum a variable above its lower bound has a reduced cost of at most 0. So both of a pair are supposed to
/// have such costs, and to be above. The dual's rows then limit what the rows with either of the two are worth, and
/// with that the reduced costs of further variables; those whose sign is known are at a bound, and rows that are worth
/// something are at a side (complementary slackness). The supposition is wrong where the dual has no such point, or no
/// response is there. Where that is open still, a neighbour of the two is tried both ways.
private final class IdleExclusions {
    /// What is supposed of variables and rows that have a lower bound or a side of their own.
    private struct Suppositions {
        /// Columns that cost at most 0 more, and those that are at their lower bounds.
        var wanted: [Int]
        var unwanted: [Int] = []
        /// Rows at their sides, and those that are worth nothing.
        var tight: [Int] = []
        var worthless: [Int] = []
    }

    private let relaxed: LinearModel
    private let pairs: [(Variable, Variable)]
    private let dual: DualProgram
    private let session: SolverSession
    /// By column, the row that says that its reduced cost is at most 0.
    private let wants: [Int: Constraint]
    private let duals: RangePropagation
    private let responseRows: RangePropagation
    /// The dual's variables as the program has them, and as its rows leave them.
    private let dualBounds: [ColumnRange]
    private let dualRanges: [ColumnRange]
    private let dualSides: [ColumnRange]
    private let rows: [[(column: Int, value: Double)]]
    private let sides: [ColumnRange]
    private let bounds: [ColumnRange]
    /// By pair, the rows with either of the two.
    private let rowsOfPair: [[Int]]
    /// By pair, the columns that may be tried both ways: those with a price first, then those in most of its rows.
    private let neighbours: [[Int]]
    /// Of a minimising program's costs.
    private let sign: Double
    private var tried = 0

    /// - Returns: nil where no decision has a dual.
    init?(_ exclusions: Exclusions, in space: DecisionSpace, _ binding: ParameterBinding) throws {
        (relaxed, pairs) = (exclusions.relaxed, exclusions.pairs)
        (rows, sides, bounds) = (relaxed.coefficientRows, relaxed.rowRanges, relaxed.ranges)
        responseRows = RangePropagation(rows, sides, columns: bounds.count)
        let sign = relaxed.sense == .minimise ? 1.0 : -1.0
        self.sign = sign
        var rowsOf = [Int: [Int]]()
        for (i, row) in rows.enumerated() { for term in row { rowsOf[term.column, default: []].append(i) } }
        rowsOfPair = pairs.map { pair in
            Set((rowsOf[pair.0.index] ?? []) + (rowsOf[pair.1.index] ?? [])).sorted()
        }
        var program = LinearModel()
        let decisions = try space.addVariables(to: &program)
        try space.addRows(to: &program, decisions)
        dual = try program.addDual(of: relaxed, parameters: binding.select(from: decisions), named: "@dual")
        var wants = [Int: Constraint]()
        for i in Set(rowsOfPair.joined()).sorted() {
            for (j, _) in rows[i] where wants[j] == nil && bounds[j].lower < bounds[j].upper {
                wants[j] = try program.add(sign * dual.reducedCosts[j] <= 0, named: "@wanted\(j)")
            }
        }
        self.wants = wants
        let priced = Set(relaxed.pricedVariables.map(\.index))
        let (pairs, rows, bounds) = (pairs, rows, bounds)
        neighbours = rowsOfPair.enumerated().map { index, own in
            var count = [Int: Int]()
            for j in own.flatMap({ rows[$0].map(\.column) }) where wants[j] != nil && bounds[j].lower.isFinite {
                count[j, default: 0] += priced.contains(j) ? own.count : 1
            }
            for column in [pairs[index].0, pairs[index].1] { count[column.index] = nil }
            return count.sorted { ($0.value, $1.key) > ($1.value, $0.key) }.map(\.key)
        }
        dualSides = program.rowRanges
        try program.minimise(LinearExpression())
        session = try SolverSession(program)
        for row in wants.values { session.reside(row, from: -.infinity, to: .infinity) }
        duals = RangePropagation(program, ignoring: Array(wants.values))
        dualBounds = program.ranges
        var ranges = dualBounds
        guard duals.narrow(&ranges) else { return nil }
        dualRanges = ranges
    }

    func areProved() throws -> Bool {
        try pairs.indices.allSatisfy { index in
            tried = 0
            return try isWrong(Suppositions(wanted: [pairs[index].0.index, pairs[index].1.index]), of: index)
        }
    }

    private func isWrong(_ suppositions: Suppositions, of index: Int) throws -> Bool {
        tried += 1
        guard tried <= Self.mostTried else { return false }
        if try isRefuted(suppositions, of: index) { return true }
        for i in rowsOfPair[index] where sides[i].lower < sides[i].upper {
            guard sides[i].lower.isFinite != sides[i].upper.isFinite, dual.rowDuals[i].loneVariable != nil,
                !suppositions.tight.contains(i), !suppositions.worthless.contains(i)
            else { continue }
            var (tight, worthless) = (suppositions, suppositions)
            tight.tight.append(i)
            worthless.worthless.append(i)
            return try isWrong(worthless, of: index) && isWrong(tight, of: index)
        }
        for j in neighbours[index] {
            guard !suppositions.wanted.contains(j), !suppositions.unwanted.contains(j) else { continue }
            var (wanted, unwanted) = (suppositions, suppositions)
            wanted.wanted.append(j)
            unwanted.unwanted.append(j)
            return try isWrong(unwanted, of: index) && isWrong(wanted, of: index)
        }
        return false
    }

    private func isRefuted(_ suppositions: Suppositions, of index: Int) throws -> Bool {
        guard let duals = try dualRanges(under: suppositions, of: index) else { return true }
        var responses = bounds
        for j in suppositions.unwanted { responses[j].upper = responses[j].lower }
        for (j, cost) in dual.reducedCosts.enumerated() where responses[j].lower < responses[j].upper {
            let reach = (sign * cost).range(over: duals)
            if reach.lower > Self.leastCost, bounds[j].lower.isFinite { responses[j].upper = bounds[j].lower }
            if reach.upper < -Self.leastCost, bounds[j].upper.isFinite { responses[j].lower = bounds[j].upper }
        }
        var sides = sides
        for (i, worth) in dual.rowDuals.enumerated() where sides[i].lower < sides[i].upper {
            let reach = (sign * worth).range(over: duals)
            let isTight = suppositions.tight.contains(i)
            if sides[i].lower.isFinite, reach.lower > Self.leastCost || isTight && !sides[i].upper.isFinite {
                sides[i].upper = sides[i].lower
            } else if sides[i].upper.isFinite, reach.upper < -Self.leastCost || isTight && !sides[i].lower.isFinite {
                sides[i].lower = sides[i].upper
            }
        }
        guard responseRows.with(sides).narrow(&responses) else { return true }
        // Both are above their bounds.
        return [pairs[index].0, pairs[index].1].contains { pair in
            let (low, high) = (bounds[pair.index].lower, bounds[pair.index].upper)
            return responses[pair.index].upper <= low + Self.room * min(1, high - low)
        }
    }

    /// - Returns: nil where the dual has no point.
    private func dualRanges(under suppositions: Suppositions, of index: Int) throws -> [ColumnRange]? {
        let worths = suppositions.worthless.compactMap { dual.rowDuals[$0].loneVariable }
        for j in suppositions.wanted {
            if let row = wants[j] { session.reside(row, from: -.infinity, to: dualSides[row.index].upper) }
        }
        for worth in worths { session.rebound(worth, from: 0, to: 0) }
        defer {
            for row in suppositions.wanted.compactMap({ wants[$0] }) {
                session.reside(row, from: -.infinity, to: .infinity)
            }
            for worth in worths {
                session.rebound(worth, from: dualBounds[worth.index].lower, to: dualBounds[worth.index].upper)
            }
        }
        // Without an objective there is no other way than a point or none.
        session.setObjective(
            coefficients: [Double](repeating: 0, count: dualRanges.count), constant: 0, sense: .minimise)
        if try session.attempt() == .infeasible, session.hasProvedInfeasibility { return nil }
        var ranges = dualRanges
        for worth in worths { ranges[worth.index] = ColumnRange(0, 0) }
        var narrowed = worths.map(\.index)
        for i in rowsOfPair[index] {
            guard let worth = dual.rowDuals[i].loneVariable else { continue }
            var direction = [Double](repeating: 0, count: ranges.count)
            direction[worth.index] = 1
            for sense in [LinearModel.Sense.minimise, .maximise] {
                session.setObjective(coefficients: direction, constant: 0, sense: sense)
                switch try session.attempt() {
                case .optimal:
                    let value = session.provedBound(within: dualRanges)
                    let room = Self.room * max(1, abs(value))
                    if sense == .minimise {
                        ranges[worth.index].lower = max(ranges[worth.index].lower, value - room)
                    } else {
                        ranges[worth.index].upper = min(ranges[worth.index].upper, value + room)
                    }
                default: break
                }
            }
            narrowed.append(worth.index)
        }
        return duals.narrow(&ranges, changed: narrowed) ? ranges : nil
    }

    private static let room = 1e-7
    /// Well above what a solver takes for nothing.
    private static let leastCost = 1e-6
    private static let mostTried = 200
}
