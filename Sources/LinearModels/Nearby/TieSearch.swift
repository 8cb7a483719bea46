import CGLPK

/// Looks for the variables that may leave their bounds at some objective nearby, with a proof by duals that all others
/// stay.
///
/// Those that may gain at once are movers. Rows that they cannot reach together limit none of them; the rest of the
/// rows link them into groups (``TieGroup``). For each objective nearby the groups' best answers together, with all
/// else where it is, are an optimum of the whole if their duals leave no other variable a gain; and those to which
/// they leave a loss stay at their bounds in every optimum. Where the duals do not say so for a variable, it becomes a
/// mover too, until they do for all others.
struct TieSearch {
    private typealias Loss = SolverSession.Loss

    private let session: SolverSession
    private let losses: [Loss]
    private let lengths: [Double]
    private let zero: Double
    private var isMover: [Bool]
    /// Whether there is no proof because some of what may be the best nearby leaves integers fractional.
    private(set) var movesIntegers = false
    /// How a unit of a loss moves the basic variables, and how a unit of each loss moves a basic variable; by the
    /// loss, and by place.
    private var columns: [Int: [(place: Int, value: Double)]] = [:]
    private var rows: [Int: [(loss: Int, value: Double)]?] = [:]
    /// The loss of each row and column; -1 for those that have none.
    private var lossAt: [Int]

    private var problem: OpaquePointer { session.problem }
    private var rowCount: Int { session.model.rows.count }

    private static let mostRounds = 12
    private static let mostMovers = 400
    private static let smallest = 1e-11

    init(_ session: SolverSession, _ losses: [SolverSession.Loss], lengths: [Double], zero: Double) {
        self.session = session
        self.losses = losses
        self.lengths = lengths
        self.zero = zero
        isMover = losses.map { $0.least < -zero }
        let model = session.model
        lossAt = [Int](repeating: -1, count: model.rows.count + model.columns.count + 1)
        for (k, loss) in losses.enumerated() { lossAt[place(of: loss)] = k }
    }

    /// As GLPK numbers them: rows from 1 on, then columns.
    private func place(of loss: Loss) -> Int { loss.isRow ? loss.index + 1 : rowCount + loss.index + 1 }

    /// What may leave its bound, and of this what limits each other, as places among the losses.
    struct Result {
        let isMoving: [Bool]
        let groups: [[Int]]
    }

    /// - Returns: nil where there is no proof, as where whole numbers would have to move.
    mutating func run() throws -> Result? {
        for _ in 0..<Self.mostRounds {
            let movers = losses.indices.filter { isMover[$0] }
            guard movers.count <= Self.mostMovers, movers.allSatisfy({ losses[$0].status != GLP_NF }),
                let groups = try groups(of: movers)
            else { return nil }
            var outlooks: [GroupOutlook] = []
            for group in groups {
                guard let found = try outlook(of: group) else { return nil }
                outlooks.append(found)
            }
            let more = unproved(groups, outlooks)
            guard more.allSatisfy({ losses[$0].status != GLP_NF }) else { return nil }
            if more.isEmpty {
                movesIntegers = !keepsIntegers(groups, outlooks)
                guard !movesIntegers else { return nil }
                let isMoving = losses.indices.map { isMover[$0] || losses[$0].least <= zero }
                // Ties without a price limit movers of several groups.
                let linked = try self.groups(of: losses.indices.filter { isMoving[$0] && losses[$0].status != GLP_NF })
                return Result(isMoving: isMoving, groups: (linked ?? groups).map(\.movers))
            }
            for k in more { isMover[k] = true }
        }
        return nil
    }

    // MARK: Places of the basis

    private func range(_ loss: Loss) -> Double {
        let (low, high) = bounds(of: place(of: loss))
        return high - low
    }

    private func bounds(of place: Int) -> (low: Double, high: Double) {
        let isRow = place <= rowCount
        let index = Int32(isRow ? place : place - rowCount)
        let type = isRow ? glp_get_row_type(problem, index) : glp_get_col_type(problem, index)
        let low = isRow ? glp_get_row_lb(problem, index) : glp_get_col_lb(problem, index)
        let high = isRow ? glp_get_row_ub(problem, index) : glp_get_col_ub(problem, index)
        return (
            type == GLP_FR || type == GLP_UP ? -.infinity : low, type == GLP_FR || type == GLP_LO ? .infinity : high
        )
    }

    private func value(of place: Int) -> Double {
        place <= rowCount
            ? glp_get_row_prim(problem, Int32(place)) : glp_get_col_prim(problem, Int32(place - rowCount))
    }

    private func isOutOfForce(_ place: Int) -> Bool {
        place <= rowCount
            ? session.isOutOfForce(row: place - 1) : session.isOutOfForce(column: place - rowCount - 1)
    }

    /// Away from its bound.
    private func sign(_ loss: Loss) -> Double { loss.status == GLP_NU ? -1 : 1 }

    private mutating func column(of k: Int) -> [(place: Int, value: Double)] {
        if let known = columns[k] { return known }
        var places = [Int32](repeating: 0, count: rowCount + 1)
        var values = [Double](repeating: 0, count: rowCount + 1)
        let count = Int(glp_eval_tab_col(problem, Int32(place(of: losses[k])), &places, &values))
        let sign = sign(losses[k])
        let made = (0..<count).compactMap { n in
            abs(values[n + 1]) <= Self.smallest ? nil : (place: Int(places[n + 1]), value: sign * values[n + 1])
        }
        columns[k] = made
        return made
    }

    /// - Returns: nil where also something moves it that has no loss.
    private mutating func row(of place: Int) -> [(loss: Int, value: Double)]? {
        if let known = rows[place] { return known }
        var places = [Int32](repeating: 0, count: lossAt.count)
        var values = [Double](repeating: 0, count: lossAt.count)
        let count = Int(glp_eval_tab_row(problem, Int32(place), &places, &values))
        var made: [(loss: Int, value: Double)]? = []
        for n in 0..<count where abs(values[n + 1]) > Self.smallest {
            let other = Int(places[n + 1])
            if lossAt[other] >= 0 {
                made?.append((lossAt[other], sign(losses[lossAt[other]]) * values[n + 1]))
            } else if !isFixed(other) {
                made = nil
                break
            }
        }
        made?.sort { $0.loss < $1.loss }
        rows[place] = made
        return made
    }

    private func isFixed(_ place: Int) -> Bool {
        let status =
            place <= rowCount
            ? glp_get_row_stat(problem, Int32(place)) : glp_get_col_stat(problem, Int32(place - rowCount))
        return status == GLP_NS
    }

    // MARK: Groups

    private struct Group {
        var movers: [Int] = []
        /// Basic variables that limit them.
        var limiting: [Int] = []
    }

    /// - Returns: nil where something without a loss moves what limits them.
    private mutating func groups(of movers: [Int]) throws -> [Group]? {
        let allowance = WorkAllowance.current
        let before = columns.count + rows.count
        defer { allowance?.charge((columns.count + rows.count - before) * session.programSize / 2) }
        let limiting = limiting(movers)
        let isMember = Set(movers)
        var linked: [[Int]] = []
        for place in limiting {
            guard let row = row(of: place) else { return nil }
            linked.append(row.map(\.loss).filter(isMember.contains))
        }
        try allowance?.check()
        var first: [Int: Int] = [:]
        var parents = Array(limiting.indices)
        func root(_ r: Int) -> Int {
            var r = r
            while parents[r] != r { r = parents[r] }
            return r
        }
        for (r, members) in linked.enumerated() {
            for k in members {
                if let other = first[k] {
                    let (a, b) = (root(other), root(r))
                    parents[max(a, b)] = min(a, b)
                } else {
                    first[k] = r
                }
            }
        }
        var made: [Int: Group] = [:]
        for (r, place) in limiting.enumerated() { made[root(r), default: Group()].limiting.append(place) }
        var alone: [Group] = []
        for k in movers {
            if let r = first[k] { made[root(r)]?.movers.append(k) } else { alone.append(Group(movers: [k])) }
        }
        return made.sorted { $0.key < $1.key }.map(\.value) + alone
    }

    /// The basic variables that may come to a bound while the movers are within their ranges.
    private mutating func limiting(_ movers: [Int]) -> [Int] {
        var reach: [Int: (down: Double, up: Double)] = [:]
        for k in movers {
            let range = range(losses[k])
            for (place, value) in column(of: k) {
                if value > 0 {
                    reach[place, default: (0, 0)].up += value * range
                } else {
                    reach[place, default: (0, 0)].down -= value * range
                }
            }
        }
        return reach.filter { place, reach in
            guard !isOutOfForce(place) else { return false }
            let (value, bounds) = (value(of: place), bounds(of: place))
            let slack = 1e-9 * max(1, abs(value))
            return reach.up > 0 && reach.up > bounds.high - value - slack
                || reach.down > 0 && reach.down > value - bounds.low - slack
        }.keys.sorted()
    }

    private struct GroupOutlook {
        let watched: [Int]
        let outlook: TieGroup.Outlook
    }

    /// - Returns: nil where the group is too much.
    private mutating func outlook(of group: Group) throws -> GroupOutlook? {
        var places: [Int: Int] = [:]
        for (n, k) in group.movers.enumerated() { places[k] = n }
        var watched: [Int] = []
        let linked = group.limiting.map { row(of: $0) ?? [] }
        for row in linked {
            for (k, _) in row where places[k] == nil {
                places[k] = group.movers.count + watched.count
                watched.append(k)
            }
        }
        let width = group.movers.count + watched.count
        let entries = linked.map { row in
            var dense = [Double](repeating: 0, count: width)
            for (k, value) in row { dense[places[k] ?? 0] = value }
            return dense
        }
        let members = group.movers + watched
        // Most shifts are none of this group's business.
        let shifts = lengths.indices.filter { i in members.contains { losses[$0].cost[i + 1] != 0 } }
        let program = TieGroup(
            ranges: group.movers.map { range(losses[$0]) },
            limits: group.limiting.map { place in
                let (value, bounds) = (value(of: place), bounds(of: place))
                return (min(0, bounds.low - value), max(0, bounds.high - value))
            },
            entries: entries,
            costs: members.map { k in [losses[k].cost[0]] + shifts.map { losses[k].cost[$0 + 1] } },
            lengths: shifts.map { lengths[$0] }, zero: zero)
        guard let outlook = program.outlook() else { return nil }
        let allowance = WorkAllowance.current
        allowance?.charge(outlook.bases * (group.limiting.count + 1) * width / 4)
        try allowance?.check()
        return GroupOutlook(watched: watched, outlook: outlook)
    }

    /// Those to which the duals leave a gain, or no loss where they had one.
    private func unproved(_ groups: [Group], _ outlooks: [GroupOutlook]) -> [Int] {
        /// Of each that groups watch: by how many, the least cost by one, and the changes by all.
        var seen: [Int: (count: Int, least: Double, change: Double)] = [:]
        for found in outlooks {
            for (n, k) in found.watched.enumerated() {
                let before = seen[k] ?? (0, losses[k].least, 0)
                seen[k] = (
                    before.count + 1, min(before.least, found.outlook.least[n]),
                    before.change + found.outlook.leastChange[n]
                )
            }
        }
        return seen.filter { k, seen in
            let least = seen.count == 1 ? seen.least : losses[k].least + seen.change
            // A free one must cost nothing either way.
            if losses[k].status == GLP_NF { return seen.change != 0 }
            return losses[k].least > zero ? least <= zero : least < -zero
        }.keys.sorted()
    }

    // MARK: Whole numbers

    /// Whether each of the groups' best answers together leaves integers whole, those that were left out included.
    private mutating func keepsIntegers(_ groups: [Group], _ outlooks: [GroupOutlook]) -> Bool {
        guard !session.integers.isEmpty else { return true }
        /// How far each group's answers move a place.
        var moves: [[Int: [Double]]] = []
        for (group, found) in zip(groups, outlooks) {
            var own: [Int: [Double]] = [:]
            for (n, solution) in found.outlook.solutions.enumerated() {
                for (k, value) in zip(group.movers, solution) where value != 0 {
                    for (place, rate) in column(of: k) + [(place(of: losses[k]), sign(losses[k]))] {
                        own[place, default: [Double](repeating: 0, count: found.outlook.solutions.count)][n] +=
                            rate * value
                    }
                }
            }
            moves.append(own)
        }
        return session.integers.allSatisfy { j in
            guard !session.isOutOfForce(column: j) else { return satisfiesRows(of: j, moves) }
            let place = rowCount + j + 1
            return ([value(of: place)] + moves.flatMap { $0[place] ?? [] }).allSatisfy {
                abs($0 - $0.rounded()) <= 1e-7
            }
        }
    }

    /// Whether an integer that was left out has a value that satisfies its rows, whichever answers the groups give.
    private func satisfiesRows(of j: Int, _ moves: [[Int: [Double]]]) -> Bool {
        let model = session.model
        let rows = session.cells.rowsOfColumn[j]
        let places = Set(rows.flatMap { model.rows[$0].coefficients.map { rowCount + $0.column + 1 } })
        let touching = moves.filter { !places.isDisjoint(with: $0.keys) }
        guard !touching.isEmpty else { return true }
        guard rows.allSatisfy({ session.deferred.integerCount[$0] == 1 }) else { return false }
        func mayBe(_ span: (Int) -> (low: Double, high: Double)) -> Bool {
            var (low, high) = bounds(of: rowCount + j + 1)
            for i in rows {
                var (factor, least, most) = (0.0, 0.0, 0.0)
                for (column, value) in model.rows[i].coefficients {
                    if column == j {
                        factor = value
                        continue
                    }
                    let span = span(rowCount + column + 1)
                    least += min(value * span.low, value * span.high)
                    most += max(value * span.low, value * span.high)
                }
                let bounds = session.rowBounds[i]
                let slack = 1e-9 * max(1, abs(least), abs(most))
                if bounds.type != GLP_FR, bounds.type != GLP_UP {
                    let side = (bounds.lower - slack - least) / factor
                    if factor > 0 { low = max(low, side) } else { high = min(high, side) }
                }
                if bounds.type != GLP_FR, bounds.type != GLP_LO {
                    let side = (bounds.upper + slack - most) / factor
                    if factor > 0 { high = min(high, side) } else { low = max(low, side) }
                }
            }
            return low.rounded(.up) <= high.rounded(.down)
        }
        if touching.count == 1, let only = touching.first {
            let answers = only.first?.value.count ?? 0
            return (0..<answers).allSatisfy { n in
                mayBe { place in
                    let value = value(of: place) + (only[place]?[n] ?? 0)
                    return (value, value)
                }
            }
        }
        return mayBe { place in
            touching.reduce((value(of: place), value(of: place))) { span, moves in
                let own = moves[place] ?? [0]
                return (span.0 + (own.min() ?? 0), span.1 + (own.max() ?? 0))
            }
        }
    }
}
