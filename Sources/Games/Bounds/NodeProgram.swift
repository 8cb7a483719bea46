import LinearModels

/// The single-level program loaded once, and narrowed to one part after the other.
///
/// What branching narrows has a place: first the decisions, then the quantities of products, what rows are worth to
/// followers, both variables of each pair, variables that must be whole numbers, and the roots of squares that the
/// payoff gains from.
final class NodeProgram {
    let program: SingleLevelProgram
    let session: SolverSession
    let squares: SquareRows
    private(set) var lower: [Double] = []
    private(set) var upper: [Double] = []
    private var variables: [Variable] = []
    private var indexOf: [Variable: Int] = [:]
    private let envelopes: [SingleLevelProgram.Envelope]
    /// Envelopes by the columns of their factors and quantities.
    private var envelopesAt: [Int: [Int]] = [:]
    /// The rows of all envelopes, where ``SingleLevelProgram/complements`` are held; else they are the model's.
    private var growing: GrowingEnvelopes?
    /// What the part's programs have said so far: no point of it pays more than the bound, and its parts start from the
    /// basis and the rows at their sides in it. Nil before the first answer.
    private(set) var answer: (bound: Double, basis: Basis, rows: [EnvelopeRow]?)?
    /// What a part's box leaves to every variable, where ``SingleLevelProgram/complements`` are held: these are only as
    /// close as the ranges of what they are made of. Else boxes alone tell.
    private let propagation: RangePropagation?
    /// The ranges of all variables, in the whole and in the part that is loaded.
    private var widest: [ColumnRange]
    private var ranges: [ColumnRange]
    /// Squares by the places of their roots.
    private var squareAt: [Int: Int] = [:]
    /// What the program's spare rows hold.
    var spare: CutRows.Rows<CutRows.Cut>
    var envelopeCount: Int { envelopes.count }

    init(_ program: SingleLevelProgram) throws {
        self.program = program
        session = try SolverSession(program.model)
        envelopes = program.products.map(\.envelope) + program.complements
        squares = SquareRows(program.squares, in: session)
        spare = CutRows.Rows(count: program.spareRows.count)
        propagation =
            program.complements.isEmpty || program.omitted.contains(.propagation)
            ? nil : RangePropagation(program.model, ignoring: program.unwrittenRows)
        widest = program.model.ranges
        if let propagation { _ = propagation.narrow(&widest) }
        for product in program.products {
            let (reach, q) = (program.model.reach(of: product.amount), product.quantity.index)
            widest[q].lower = max(widest[q].lower, reach.lowerBound)
            widest[q].upper = min(widest[q].upper, reach.upperBound)
        }
        ranges = widest
        growing = program.complements.isEmpty ? nil : GrowingEnvelopes(program, in: session)
        for row in program.spareRows { session.reside(row, from: -.infinity, to: .infinity) }
        for (i, envelope) in envelopes.enumerated() {
            for variable in [envelope.factor, envelope.quantity] { envelopesAt[variable.index, default: []].append(i) }
            write(i)
        }
        for variable in program.decisions { add(variable) }
        for product in program.products { add(product.quantity) }
        for worth in program.rowWorths { add(worth.dual) }
        for pair in program.pairs {
            add(pair.slack)
            add(pair.dual)
        }
        for variable in program.integers { add(variable) }
        for (i, square) in squares.squares.enumerated() where square.factor > 0 {
            add(square.root)
            squareAt[index(of: square.root)] = i
            writeChord(i)
        }
        restart(from: session.basis, nil)
    }

    /// Where the next solve starts from.
    ///
    /// - Parameter rows: of envelopes, at their sides in the basis; nil where none are known.
    func restart(from basis: Basis, _ rows: [EnvelopeRow]?) {
        guard growing != nil else { return session.restore(basis) }
        growing?.restart(with: rows ?? [])
        if program.omitted.contains(.growingEnvelopes) { growing?.addAll(over: ranges) }
        if rows != nil { return session.restore(basis) }
        growing?.addProducts(over: ranges)
        session.startFromTriangularBasis()
    }

    private func add(_ variable: Variable) {
        guard indexOf[variable] == nil else { return }
        indexOf[variable] = variables.count
        variables.append(variable)
        lower.append(widest[variable.index].lower)
        upper.append(widest[variable.index].upper)
    }

    /// - Precondition: a variable that branching may narrow.
    func index(of variable: Variable) -> Int {
        guard let index = indexOf[variable] else { preconditionFailure("the variable has no place among the parts") }
        return index
    }

    /// Where a variable is in the part.
    func range(of variable: Variable) -> ColumnRange { ranges[variable.index] }

    func variable(at index: Int) -> Variable { variables[index] }

    private func write(_ index: Int) {
        let envelope = envelopes[index]
        let (factor, quantity) = (ranges[envelope.factor.index], ranges[envelope.quantity.index])
        if growing != nil {
            guard !program.omitted.contains(.productBounds) else { return }
            let reach = factor.times(quantity)
            session.rebound(envelope.value, from: reach.lower, to: max(reach.lower, reach.upper))
        } else {
            envelope.write(
                factor: ColumnRange(factor.lower, max(factor.lower, factor.upper)),
                quantity: ColumnRange(quantity.lower, max(quantity.lower, quantity.upper)), into: session)
        }
    }

    private func writeChord(_ square: Int) {
        let root = index(of: squares.squares[square].root)
        squares.writeChord(square, over: lower[root]...max(lower[root], upper[root]))
    }

    /// Narrows, or widens again, to a part.
    ///
    /// - Returns: false where it is seen without a solver that nothing is in the part.
    func move(to newLower: [Double], _ newUpper: [Double]) -> Bool {
        answer = nil
        var moved = propagation == nil ? ranges : widest
        var narrowed: [Int] = []
        for (index, variable) in variables.enumerated() {
            let column = variable.index
            if newLower[index] != lower[index] || newUpper[index] != upper[index] {
                (lower[index], upper[index]) = (newLower[index], newUpper[index])
                session.rebound(variable, from: lower[index], to: upper[index])
                if let square = squareAt[index] { writeChord(square) }
                if propagation == nil { moved[column] = ColumnRange(lower[index], upper[index]) }
            }
            if propagation != nil, lower[index] > moved[column].lower || upper[index] < moved[column].upper {
                moved[column].lower = max(moved[column].lower, lower[index])
                moved[column].upper = min(moved[column].upper, upper[index])
                narrowed.append(column)
            }
        }
        if let propagation, !propagation.narrow(&moved, changed: narrowed) { return false }
        var stale: Set<Int> = []
        for (column, places) in envelopesAt where moved[column] != ranges[column] { stale.formUnion(places) }
        ranges = moved
        for i in stale.sorted() { write(i) }
        return true
    }

    /// Finds how far the quantities of products and the roots of squares can go, for tighter envelopes and chords, two
    /// solves each.
    ///
    /// - Parameter allowance: what is not found within it stays as wide as it was.
    func boundQuantities(onlyUnlimited: Bool, within allowance: WorkAllowance) throws {
        let objective = (session.objectiveCoefficients, session.objectiveConstant)
        defer { session.setObjective(coefficients: objective.0, constant: objective.1, sense: .maximise) }
        var (low, high) = (lower, upper)
        defer { _ = move(to: low, high) }
        for q in Set(program.products.map { index(of: $0.quantity) }).union(squareAt.keys).sorted()
        where !onlyUnlimited || !(lower[q].isFinite && upper[q].isFinite) {
            var direction = [Double](repeating: 0, count: program.model.variableCount)
            direction[variables[q].index] = 1
            for sense in [LinearModel.Sense.minimise, .maximise] {
                session.setObjective(coefficients: direction, constant: 0, sense: sense)
                do {
                    guard try allowance.grant(to: { try solveProved() }) == .optimal else { continue }
                } catch is WorkSpent {
                    return
                }
                let bound = session.provedBound(within: ranges)
                // A hair wider: what the solver takes for feasible must stay so.
                let room = 1e-7 * max(1, abs(bound))
                if sense == .minimise {
                    low[q] = max(low[q], bound - room)
                } else {
                    high[q] = min(high[q], bound + room)
                }
            }
        }
    }

    /// Solves the part's program, with more rows as they are broken.
    ///
    /// - Parameter threshold: a bound at or below which nobody asks for a lower one.
    /// - Returns: infeasible only where that is proved.
    func solve(downTo threshold: Double = -.infinity) throws -> SolveStatus {
        var status = try solveProved()
        if status == .unbounded, growing != nil {
            growing?.addProducts(over: ranges)
            status = try solveProved()
        }
        spare.solves += 1
        guard status == .optimal else { return status }
        spare.use { session.dual(of: program.spareRows[$0]) != 0 }
        note()
        while session.objectiveValue > threshold, growing?.addBroken(over: ranges) ?? false {
            switch try solveProved() {
            case .optimal: note()
            case .infeasible: return .infeasible
            // What was found before holds.
            default: return .optimal
            }
        }
        return .optimal
    }

    /// - Returns: infeasible only where that is proved.
    private func solveProved() throws -> SolveStatus {
        let status = try squares.solve()
        return status == .infeasible && !session.hasProvedInfeasibility ? .limit(gap: nil) : status
    }

    private func note() {
        answer = (
            min(session.provedBound(within: ranges), answer?.bound ?? .infinity), session.basis, growing?.tight
        )
    }
}
