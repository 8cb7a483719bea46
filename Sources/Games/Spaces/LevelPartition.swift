/// At most so many different values for numbers with bounds of their own, nearest to given ones in squares.
///
/// Without bounds this is clustering on a line: clusters are intervals of the sorted numbers. Bounds of their own break
/// that, since a number may not be able to take the level that is nearest to it. But which levels it may take is an
/// interval of them, and squares rise on both sides of the nearest, so it takes the one of its interval that is nearest
/// to that. Let the bounds cut the line into cells, open ones and points. Once it is fixed in which cells levels lie,
/// their intervals are known, and the members of a level depend on the borders between it and its two neighbours alone:
///
/// - of the numbers between these borders, those that may take it;
/// - of those below, the ones that may take it and not the level before; likewise above.
///
/// So dynamic programming over levels, with the cells of a level and the next one and the border between the two as its
/// state, finds the nearest point **exactly**. Its effort grows with the cube of the number of cells; bounds of an
/// operator's tariff have few. Where it would take more than ``mostEffort``, clusters are intervals in the order of
/// the numbers, or of the upper bounds, which finds an admissible partition wherever there is one; then numbers go to
/// the nearest levels and levels to the means of their numbers, until neither gains. What comes out then is admissible,
/// and **not always the nearest**.
struct LevelPartition {
    private let values: [Double]
    private let lower: [Double]
    private let upper: [Double]
    private let most: Int

    /// Steps of the dynamic programme.
    static let mostEffort = 3e6

    init(_ values: [Double], _ lower: [Double], _ upper: [Double], most: Int) {
        self.values = values
        self.lower = lower
        self.upper = upper
        self.most = min(most, values.count)
    }

    /// - Returns: places that share a level; nil where bounds allow no partition.
    func nearest() -> [[Int]]? {
        if Set(lower).count == 1, Set(upper).count == 1 { return interval(in: order { values[$0] })?.parts }
        let programme = CellProgramme(values, lower, upper, most: most)
        return programme.effort <= Self.mostEffort ? programme.nearest() : nearby()
    }

    private func order(by key: (Int) -> Double) -> [Int] {
        values.indices.map { (key($0), $0) }.sorted { $0 < $1 }.map(\.1)
    }

    /// Clusters that are intervals in some order.
    private func interval(in order: [Int]) -> (parts: [[Int]], cost: Double)? {
        RunPartition(order.map { values[$0] }, order.map { lower[$0] }, order.map { upper[$0] }, most: most).nearest()
            .map { found in (found.parts.map { $0.map { order[$0] } }, found.cost) }
    }

    /// An admissible partition that no single step betters.
    func nearby() -> [[Int]]? {
        let orders = [order { min(max(values[$0], lower[$0]), upper[$0]) }, order { upper[$0] }]
        guard var best = orders.compactMap(interval).min(by: { $0.cost < $1.cost }) else { return nil }
        for _ in 0..<100 {
            let levels = best.parts.compactMap { pool($0).value }
            var parts = levels.map { _ in [Int]() }
            for k in values.indices {
                let open = levels.indices.filter { lower[k] <= levels[$0] && levels[$0] <= upper[k] }
                let nearest = open.min { abs(levels[$0] - values[k]) < abs(levels[$1] - values[k]) }
                if let nearest { parts[nearest].append(k) }
            }
            parts.removeAll(where: \.isEmpty)
            let cost = parts.reduce(0) { $0 + pool($1).cost }
            guard cost < best.cost else { break }
            best = (parts, cost)
        }
        return best.parts
    }

    private func pool(_ part: [Int]) -> ValuePool {
        var pool = ValuePool()
        for k in part { pool.add(values[k], from: lower[k], to: upper[k]) }
        return pool
    }
}

/// The dynamic programme over cells, see ``LevelPartition``.
private struct CellProgramme {
    /// Between two neighbouring bounds, or one of them.
    private struct Cell {
        let low: Double
        let high: Double
        /// By type of bounds, whether numbers of it may take a level here.
        let isOpen: [Bool]
    }

    /// How many numbers come before a place in the order, their sum and sum of squares, all about the middle.
    private struct Total {
        var count = 0.0
        var sum = 0.0
        var square = 0.0

        static func += (a: inout Total, b: Total) {
            a.count += b.count
            a.sum += b.sum
            a.square += b.square
        }
        static func - (a: Total, b: Total) -> Total {
            Total(count: a.count - b.count, sum: a.sum - b.sum, square: a.square - b.square)
        }
    }

    /// Cheapest ways to the states of one level.
    private struct Table {
        var costs: [Double]
        /// The state of the level before.
        var from: [Int]

        init(_ count: Int) {
            costs = [Double](repeating: .infinity, count: count)
            from = [Int](repeating: -1, count: count)
        }
    }

    private let values: [Double]
    private let most: Int
    private let order: [Int]
    private let types: [(lower: Double, upper: Double)]
    private let typeOf: [Int]
    private let cells: [Cell]
    /// By type, then by place in the order.
    private let totals: [[Total]]
    private let middle: Double

    init(_ values: [Double], _ lower: [Double], _ upper: [Double], most: Int) {
        self.values = values
        self.most = most
        order = values.indices.map { (values[$0], $0) }.sorted { $0 < $1 }.map(\.1)
        middle = values.reduce(0, +) / Double(max(1, values.count))
        var types: [(lower: Double, upper: Double)] = []
        typeOf = values.indices.map { k in
            if let known = types.firstIndex(where: { $0.lower == lower[k] && $0.upper == upper[k] }) { return known }
            types.append((lower[k], upper[k]))
            return types.count - 1
        }
        let ends = Set(lower + upper).sorted()
        var cells: [Cell] = []
        func add(_ low: Double, _ high: Double) {
            let isOpen = types.map { $0.lower <= low && high <= $0.upper }
            if isOpen.contains(true) { cells.append(Cell(low: low, high: high, isOpen: isOpen)) }
        }
        for (k, end) in ends.enumerated() {
            add(end, end)
            if k + 1 < ends.count { add(end, ends[k + 1]) }
        }
        self.types = types
        self.cells = cells
        let (order, typeOf, middle) = (order, typeOf, middle)
        totals = types.indices.map { type in
            var total = Total()
            return [total]
                + order.map { k in
                    if typeOf[k] == type {
                        let value = values[k] - middle
                        total += Total(count: 1, sum: value, square: value * value)
                    }
                    return total
                }
        }
    }

    /// Steps that it would take, about.
    var effort: Double {
        let (cells, count) = (Double(cells.count), Double(values.count))
        return Double(most) * cells * (cells + 1) * (cells + 2) / 6 * count * count / 2 * Double(types.count)
    }

    /// What a level in a cell costs, by the border to the next level: its members between two borders, and those that
    /// only it can take.
    private func costs(_ cell: Int, before: Int?, _ first: Int, after: Int, ends: ClosedRange<Int>) -> [Double] {
        let own = cells[cell]
        var fixed = Total()
        /// Types whose members end at the border.
        var ending: [[Total]] = []
        for type in types.indices where own.isOpen[type] {
            let takesBelow = before.map { !cells[$0].isOpen[type] } ?? true
            let takesAbove = after == cells.count || !cells[after].isOpen[type]
            let total = totals[type]
            let below = total[takesBelow ? 0 : first]
            if takesAbove {
                fixed += total[values.count] - below
            } else {
                fixed += Total() - below
                ending.append(total)
            }
        }
        let (low, high) = (own.low - middle, own.high - middle)
        return ends.map { end in
            var all = fixed
            for total in ending { all += total[end] }
            guard all.count > 0.5 else { return 0 }
            let mean = all.sum / all.count
            let value = min(max(mean, low), high)
            return max(0, all.square - all.count * mean * mean) + all.count * (value - mean) * (value - mean)
        }
    }

    /// Whether no numbers are left between two cells that may take neither.
    private func leavesNone(_ cell: Int?, _ next: Int) -> Bool {
        !types.indices.contains { type in
            let isAbove = cell.map { types[type].lower > cells[$0].low && !cells[$0].isOpen[type] } ?? true
            let isBelow =
                next == cells.count || types[type].upper < cells[next].high && !cells[next].isOpen[type]
            return isAbove && isBelow
        }
    }

    /// The number of a state: a cell, the next one, `cells.count` for none, and how many numbers are below the border
    /// between the two.
    private func state(_ cell: Int, _ next: Int, _ border: Int) -> Int {
        (cell * (cells.count + 1) + next) * (values.count + 1) + border
    }

    private func meaning(_ state: Int) -> (cell: Int, next: Int, border: Int) {
        let (pair, border) = state.quotientAndRemainder(dividingBy: values.count + 1)
        let (cell, next) = pair.quotientAndRemainder(dividingBy: cells.count + 1)
        return (cell, next, border)
    }

    func nearest() -> [[Int]]? {
        let (count, none) = (values.count, cells.count)
        let leaves = cells.indices.map { cell in (0...none).map { leavesNone(cell, $0) } }
        var tables: [Table] = []
        var best: (level: Int, state: Int, cost: Double)?
        for level in 0..<most {
            var table = Table(none * (none + 1) * (count + 1))
            func reach(_ cell: Int, before: Int?, _ first: Int, _ spent: Double, from: Int) {
                // A cell that is a point has room for one level.
                let followers = cells[cell].low < cells[cell].high ? cell...none : cell + 1...none
                for after in followers where leaves[cell][after] && (after == none || level + 1 < most) {
                    let begin = after == none ? count : first
                    let own = costs(cell, before: before, first, after: after, ends: begin...count)
                    for end in begin...count {
                        let total = spent + own[end - begin]
                        let place = state(cell, after, end)
                        guard total < table.costs[place] else { continue }
                        table.costs[place] = total
                        table.from[place] = from
                        if after == none, total < best?.cost ?? .infinity { best = (level, place, total) }
                    }
                }
            }
            if let former = tables.last {
                for (place, spent) in former.costs.enumerated() where spent.isFinite {
                    let (cell, next, border) = meaning(place)
                    if next < none { reach(next, before: cell, border, spent, from: place) }
                }
            } else {
                for cell in cells.indices where leavesNone(nil, cell) { reach(cell, before: nil, 0, 0, from: -1) }
            }
            tables.append(table)
        }
        guard let best else { return nil }
        var states = [best.state]
        for level in (1...max(1, best.level)).reversed() where level <= best.level {
            states.insert(tables[level].from[states[0]], at: 0)
        }
        return parts(states.map(meaning))
    }

    /// Each number goes to the level of its borders, or the nearest that it may take.
    private func parts(_ levels: [(cell: Int, next: Int, border: Int)]) -> [[Int]] {
        var parts = levels.map { _ in [Int]() }
        for (place, k) in order.enumerated() {
            let wanted = levels.firstIndex { place < $0.border } ?? levels.count - 1
            let open = levels.indices.filter { cells[levels[$0].cell].isOpen[typeOf[k]] }
            guard let nearest = open.min(by: { abs($0 - wanted) < abs($1 - wanted) }) else { continue }
            parts[nearest].append(k)
        }
        return parts.filter { !$0.isEmpty }.map { $0.sorted() }
    }
}
