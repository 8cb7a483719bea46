import LinearModels

/// The high-point relaxation, in which the leader chooses for the follower, with cuts and with rows of single parts.
///
/// Cuts that say nothing are taken out and come back where they would be broken.
final class HighPointProgram {
    struct Cut {
        let terms: [WholeProblem.Term]
        let lower: Double
        let upper: Double
        /// Whether it holds in some parts alone.
        let isLocal: Bool
    }

    /// Where the simplex method starts in a part.
    struct Start {
        fileprivate let columns: [GrowingProgram.Standing]
        fileprivate let rows: [GrowingProgram.Standing]
        fileprivate let cuts: [Int: GrowingProgram.Standing]
    }

    private let program: GrowingProgram
    private let count: Int
    private let ownRows: Int
    private var cuts: [Cut] = []
    /// Those that hold in all parts.
    private var pool = CutPool()
    /// The cuts that are in the program, in the order of its rows.
    private var present: [Int] = []
    /// By cut, whether it is.
    private var isPresent: [Bool] = []
    private var lower: [Double]
    private var upper: [Double]
    /// Of the last solve.
    private(set) var values: [Double]

    init(_ problem: WholeProblem) {
        count = problem.columns.count
        lower = problem.columns.map(\.lower)
        upper = problem.columns.map(\.upper)
        values = lower
        program = GrowingProgram(
            problem.columns.indices.map {
                let column = problem.columns[$0]
                return GrowingProgram.Column(in: column.lower...column.upper, cost: problem.costs[$0])
            }, sense: .minimise)
        ownRows = problem.rows.count
        for row in problem.rows { Self.add(row.terms, from: row.lower, to: row.upper, to: program) }
    }

    /// Every row is written in a unit in which its greatest factor is near 1.
    private static func add(
        _ terms: [WholeProblem.Term], from lower: Double, to upper: Double, to program: GrowingProgram
    ) {
        let most = terms.reduce(0) { max($0, abs($1.factor)) }
        let unit = most > 0 ? 1 / Double(sign: .plus, exponent: most.exponent, significand: 1) : 1
        program.add(terms.map { ($0.column, unit * $0.factor) }, from: unit * lower, to: unit * upper)
    }

    var objectiveValue: Double { program.objectiveValue }
    func cut(_ key: Int) -> Cut { cuts[key] }

    /// Adds a cut; it stands in the program at once unless it is local.
    func add(_ cut: Cut) -> Int {
        cuts.append(cut)
        isPresent.append(false)
        if !cut.isLocal {
            pool.add(cut, key: cuts.count - 1)
            place(cuts.count - 1)
        }
        return cuts.count - 1
    }

    private func place(_ key: Int) {
        Self.add(cuts[key].terms, from: cuts[key].lower, to: cuts[key].upper, to: program)
        present.append(key)
        isPresent[key] = true
    }

    /// Places cuts that the last answer breaks; false where there are none.
    func placeBrokenCuts() -> Bool {
        let broken = pool.broken(at: values, besides: isPresent)
        for key in broken { place(key) }
        return !broken.isEmpty
    }

    /// So many cuts may stay where they say nothing.
    private static let idleCuts = 60

    /// Goes to a part: its bounds, its own rows, and the basis to start from.
    func move(to part: BilevelPart) {
        for j in 0..<count where part.lower[j] != lower[j] || part.upper[j] != upper[j] {
            (lower[j], upper[j]) = (part.lower[j], part.upper[j])
            program.bound(j, from: lower[j], to: upper[j])
        }
        let wanted = Set(part.rows).union(part.start?.cuts.keys.map(\.self) ?? [])
        let hasMany = present.count > Self.idleCuts + wanted.count
        let leaving = present.indices.filter {
            !wanted.contains(present[$0]) && (cuts[present[$0]].isLocal || hasMany)
        }
        program.remove(leaving.map { ownRows + $0 })
        for place in leaving { isPresent[present[place]] = false }
        present = present.filter { isPresent[$0] }
        for key in wanted.sorted() where !isPresent[key] { place(key) }
        guard let start = part.start else { return }
        program.restore(
            columns: start.columns, rows: start.rows + present.map { start.cuts[$0] ?? GrowingProgram.basic })
    }

    func solve() throws -> SolveStatus {
        let status = try program.solve()
        if status == .optimal { values = (0..<count).map { program.value($0) } }
        return status
    }

    var start: Start {
        var standing: [Int: GrowingProgram.Standing] = [:]
        for (i, key) in present.enumerated() {
            let own = program.standing(ofRow: ownRows + i)
            if own != GrowingProgram.basic { standing[key] = own }
        }
        return Start(
            columns: program.standingOfColumns, rows: (0..<ownRows).map { program.standing(ofRow: $0) },
            cuts: standing)
    }
}

/// A part of what leader and follower may do.
struct BilevelPart {
    /// In the order of making, so that equal bounds are taken in an order that depends on nothing else.
    var id = 0
    /// The leader pays no less in this part, in the multiplied unit.
    var bound: Double
    var lower: [Double]
    var upper: [Double]
    /// Keys of rows that hold in this part.
    var rows: [Int] = []
    /// Of these, those of real decisions, which must be kept without equality.
    var strict: [Int] = []
    var start: HighPointProgram.Start?
    /// The fraction that this part was split at.
    var origin: (column: Int, isUp: Bool, distance: Double)?
}

/// Parts that are still to be looked into, the one with the least bound first.
struct OpenParts {
    /// From the greatest bound to the least.
    private var parts: [BilevelPart] = []

    var leastBound: Double? { parts.last?.bound }

    mutating func insert(_ part: BilevelPart) {
        var (low, high) = (0, parts.count)
        while low < high {
            let middle = (low + high) / 2
            if parts[middle].bound > part.bound || parts[middle].bound == part.bound && parts[middle].id < part.id {
                low = middle + 1
            } else {
                high = middle
            }
        }
        parts.insert(part, at: low)
    }

    mutating func takeBest() -> BilevelPart? { parts.popLast() }
}
