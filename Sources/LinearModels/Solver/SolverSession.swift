import CGLPK
import Foundation

/// A model loaded into GLPK, kept with its basis between solves.
///
/// GLPK's memory belongs to the thread that made it, so a session must be made, used and dropped on one thread; a call
/// from another throws ``SolverSessionError/wrongThread``. Give each worker thread a session of its own, and call
/// ``releaseThreadMemory()`` when the thread ends.
///
/// GLPK aborts the process on misuse. What a call that cannot throw finds wrong (a basis of another shape, a place
/// beyond the model, another thread) is left undone and thrown by the next ``solve()``.
///
/// A solve can be given up from outside, see ``Interruption``.
public final class SolverSession {
    public let model: LinearModel
    public var limits: SolveLimits
    /// How the last solve ended.
    public internal(set) var status: SolveStatus = .limit(gap: nil)
    /// Whether the last solve found nothing feasible and a sum of rows shows that; see `provesInfeasibility`.
    package internal(set) var hasProvedInfeasibility = false
    /// Simplex iterations of all solves so far, those within branch and bound left aside.
    public internal(set) var iterations = 0
    /// What all solves so far took, counted and not clocked, so that it is the same on every machine: see
    /// `work(ofPivots:)`.
    public internal(set) var work = 0
    /// How many solves needed branch and bound because the relaxation broke an integer.
    public internal(set) var branchedSolves = 0

    let problem: OpaquePointer
    private let thread = pthread_self()
    let cells: ParameterCells
    var parameterValues: [Double]
    let integers: [Int]
    /// Rows, columns and numbers of the matrix: what a pivot goes through.
    let size: Int

    /// Bounds as the model and its parameters make them.
    private var columnBounds: [GLPKBounds]
    private(set) var rowBounds: [GLPKBounds]
    /// Values that single columns and rows are confined to, see `restrict(columns:rows:)`; not a number for none.
    private var columnConfinement: [Double]
    private(set) var rowConfinement: [Double]
    private var confined: (columns: [Int], rows: [Int]) = ([], [])
    /// Rows that only tie integers to the rest, see `DeferredRows`.
    let deferred: DeferredRows
    /// The matrix by columns.
    lazy var columnEntries: [[(row: Int, value: Double)]] = {
        var entries = model.columns.map { _ in [(row: Int, value: Double)]() }
        for (i, row) in model.rows.enumerated() {
            for (j, value) in row.coefficients { entries[j].append((i, value)) }
        }
        return entries
    }()
    /// Whether those rows are out of force at the moment.
    private(set) var isDeferring = false
    /// Whether solves try without those rows first.
    public var defersIntegerRows = true
    /// Columns, and rows from `variableCount` on, whose bounds leave no value.
    private var emptyBounds: Set<Int> = []
    /// A basis to start the next solve from. It is put in place only then, since GLPK fits a status to the bounds that
    /// stand when it is set, and parameters may still move them.
    var start: Basis?
    /// No cost of a variable has ever been greater.
    var largestCost = 0.0
    /// The basis whose fresh factors GLPK holds; nil where it may not.
    var placed: Basis?
    private var misuse: SolverSessionError?
    /// Columns that stand in a cap (see `cap(_:)`): rounding them could break it.
    var cappedColumns: Set<Int> = []
    /// The session's own objective while it is confined to an optimal face, see `enterFace()`.
    var objectiveOffFace: (coefficients: [Double], constant: Double)?
    /// Rows beyond the model's that hold caps.
    var capRows = 0
    /// Rows beyond the model's that somebody added, and how many of them, from the first on, a restored basis has at
    /// their sides; see `add(_:areTight:)`.
    var addedRows = 0
    var tightRows = 0

    /// Primal values of the last solve, by variable: meaningful only where it ended with a solution.
    public internal(set) var values: [Double]
    /// Objective of the last solve: meaningful only where it ended with a solution.
    public internal(set) var objectiveValue = 0.0
    /// The last answer came from branch and bound, so duals and reduced costs are not defined.
    public internal(set) var usedBranchAndBound = false
    /// The last solve ended because no point is as good as the cutoff of its limits.
    public internal(set) var isBeyondCutoff = false

    /// - Throws: ``SolverSessionError/parameterMadeNaN(location:)`` where the parameters' first values make no number.
    public init(_ model: LinearModel, limits: SolveLimits = SolveLimits()) throws {
        if let allowance = WorkAllowance.current {
            try allowance.check()
            allowance.charge(WorkAllowance.loading * max(1, model.rows.count + model.columns.count))
        }
        glp_term_out(GLP_OFF)
        self.model = model
        self.limits = limits
        problem = glp_create_prob()
        cells = ParameterCells(model)
        parameterValues = model.parameterValues
        values = [Double](repeating: 0, count: model.columns.count)
        size = model.rows.reduce(model.rows.count + model.columns.count) { $0 + $1.coefficients.count }
        integers = model.columns.indices.filter { model.columns[$0].kind != .continuous }
        columnBounds = model.columns.map { _ in GLPKBounds() }
        rowBounds = model.rows.map { _ in GLPKBounds() }
        columnConfinement = model.columns.map { _ in .nan }
        rowConfinement = model.rows.map { _ in .nan }
        deferred = DeferredRows(model)
        load()
        try cells.refreshAll(write: write(_:))
        glp_std_basis(problem)
    }

    deinit {
        // On another thread the memory is GLPK's of that thread's environment: leaking it is the lesser evil.
        if pthread_equal(thread, pthread_self()) != 0 { glp_delete_prob(problem) }
    }

    /// Gives back what GLPK holds for this thread. Every session of the thread must be gone by then.
    public static func releaseThreadMemory() { glp_free_env() }

    private func load() {
        glp_set_obj_dir(problem, model.sense == .minimise ? GLP_MIN : GLP_MAX)
        if !model.columns.isEmpty { glp_add_cols(problem, Int32(model.columns.count)) }
        if !model.rows.isEmpty { glp_add_rows(problem, Int32(model.rows.count)) }
        for (j, column) in model.columns.enumerated() {
            // Binaries are integers between bounds of their own: GLP_BV would overwrite those bounds.
            if column.kind != .continuous { glp_set_col_kind(problem, Int32(j + 1), GLP_IV) }
            placeColumn(j, column.lower.value(at: parameterValues), column.upper.value(at: parameterValues))
        }
        for (i, row) in model.rows.enumerated() {
            let columns = [0] + row.coefficients.map { Int32($0.column + 1) }
            let coefficients = [0] + row.coefficients.map(\.value)
            glp_set_mat_row(problem, Int32(i + 1), Int32(row.coefficients.count), columns, coefficients)
            placeRow(i, row.lower.value(at: parameterValues), row.upper.value(at: parameterValues))
        }
        glp_set_obj_coef(problem, 0, model.objective.constant.constant)
        for (j, coefficient) in model.objectiveCoefficients() {
            glp_set_obj_coef(problem, Int32(j + 1), coefficient.constant)
            largestCost = max(largestCost, abs(coefficient.constant))
        }
    }

    // MARK: Use

    /// Throws where GLPK must not be called: on another thread, or after a misuse that could not be thrown at once.
    func checkUse() throws {
        guard isOnOwnThread else { throw SolverSessionError.wrongThread }
        if let misuse {
            self.misuse = nil
            throw misuse
        }
    }

    private var isOnOwnThread: Bool { pthread_equal(thread, pthread_self()) != 0 }

    /// Whether a call that cannot throw may go on; what is wrong with it is thrown by the next solve.
    func mayUse(orElse error: SolverSessionError, _ isLegal: Bool) -> Bool {
        guard isOnOwnThread, isLegal else {
            misuse = misuse ?? (isOnOwnThread ? error : .wrongThread)
            return false
        }
        return true
    }

    // MARK: Parameters

    /// Sets a parameter; only the places where it stands are touched, at the next solve.
    ///
    /// - Returns: whether that was a change.
    @discardableResult
    public func set(_ parameter: Parameter, to value: Double) throws -> Bool {
        guard isOnOwnThread else { throw SolverSessionError.wrongThread }
        guard model.owns(parameter) else { throw SolverSessionError.foreignParameter }
        guard value.isFinite else {
            throw SolverSessionError.parameterNotFinite(name: model.name(of: parameter), value: value)
        }
        guard parameterValues[parameter.index] != value else { return false }
        parameterValues[parameter.index] = value
        cells.touch { $0(parameter.index) }
        return true
    }

    /// The values that the next solve will use, by parameter.
    public var parameters: [Double] { parameterValues }

    /// Sets many parameters, as ``set(_:to:)`` does one.
    ///
    /// - Parameter value: of the parameter at a place of the list.
    /// - Returns: whether that was a change.
    @discardableResult
    public func set(_ parameters: [Parameter], to value: (Int) -> Double) throws -> Bool {
        guard isOnOwnThread else { throw SolverSessionError.wrongThread }
        var hasChanged = false
        let identity = model.identity
        try parameterValues.withUnsafeMutableBufferPointer { values in
            try cells.touch { touch in
                for (index, parameter) in parameters.enumerated() {
                    let value = value(index)
                    guard parameter.model == identity else { throw SolverSessionError.foreignParameter }
                    guard value.isFinite else {
                        throw SolverSessionError.parameterNotFinite(name: model.name(of: parameter), value: value)
                    }
                    guard values[parameter.index] != value else { continue }
                    values[parameter.index] = value
                    touch(parameter.index)
                    hasChanged = true
                }
            }
        }
        return hasChanged
    }

    private func write(_ cell: ParameterCells.Cell) throws {
        func value(_ expression: ParameterExpression) throws -> Double {
            let value = expression.value(at: parameterValues)
            guard value.isFinite || expression.isConstant else {
                throw SolverSessionError.parameterMadeNaN(location: cell.describe(in: model))
            }
            return value
        }
        switch cell.position {
        case .objective(let j):
            let cost = try value(cell.expressions[0])
            glp_set_obj_coef(problem, Int32(j + 1), cost)
            largestCost = max(largestCost, abs(cost))
        case .objectiveConstant: glp_set_obj_coef(problem, 0, try value(cell.expressions[0]))
        case .column(let j): placeColumn(j, try value(cell.expressions[0]), try value(cell.expressions[1]))
        case .row(let i): placeRow(i, try value(cell.expressions[0]), try value(cell.expressions[1]))
        }
    }

    /// Writes what changed since the last solve into the solver's problem.
    func applyParameters() throws {
        let problem = problem
        var largest = largestCost
        defer { largestCost = largest }
        try cells.refresh(
            parameterValues,
            cost: { column, value in
                guard value.isFinite else { return false }
                glp_set_obj_coef(problem, column, value)
                largest = max(largest, abs(value))
                return true
            }, write: write(_:))
    }

    // MARK: Bounds

    /// Bounds that cross by less than this, relative to their size, are rounding and meet in the middle.
    fileprivate static let crossingTolerance = 1e-9
    /// How far beyond a bound a value may lie that a column or row is confined to, relative: solvers' tolerance.
    fileprivate static let confinementTolerance = 1e-6

    /// Whether some bounds leave no value, so that there is nothing to solve.
    var hasEmptyBounds: Bool { !emptyBounds.isEmpty }

    /// Writes the bounds of a column as the parameters and the restriction make them.
    ///
    /// Those of integers are rounded inward: branch and bound refuses others, and they mean the same.
    func placeColumn(_ j: Int, _ lower: Double, _ upper: Double) {
        let column = model.columns[j]
        var (lower, upper) = (lower, upper)
        if column.kind == .binary { (lower, upper) = (max(0, lower), min(1, upper)) }
        let isInteger = column.kind != .continuous
        if isInteger {
            lower = (lower - Self.crossingTolerance * max(1, abs(lower))).rounded(.up)
            upper = (upper + Self.crossingTolerance * max(1, abs(upper))).rounded(.down)
        }
        columnBounds[j] = GLPKBounds(lower, upper)
        writeColumn(j)
    }

    func placeRow(_ i: Int, _ lower: Double, _ upper: Double) {
        rowBounds[i] = GLPKBounds(lower, upper)
        writeRow(i)
    }

    func writeColumn(_ j: Int) {
        var bounds = columnBounds[j]
        let value = columnConfinement[j]
        if !value.isNaN { bounds = bounds.confined(to: value, isInteger: model.columns[j].kind != .continuous) }
        glp_set_col_bnds(problem, Int32(j + 1), bounds.type, bounds.lower, bounds.upper)
        note(j, isEmpty: bounds.isEmpty)
    }

    private func writeRow(_ i: Int) {
        var bounds = rowBounds[i]
        let value = rowConfinement[i]
        if !value.isNaN {
            bounds = bounds.confined(to: value, isInteger: false)
        } else if isDeferring, deferred.isDeferred[i] {
            bounds.type = GLP_FR
        }
        glp_set_row_bnds(problem, Int32(i + 1), bounds.type, bounds.lower, bounds.upper)
        note(model.columns.count + i, isEmpty: bounds.isEmpty)
    }

    /// Takes the deferred rows out of force, or puts them back.
    func setDeferral(_ isDeferring: Bool) {
        guard isDeferring != self.isDeferring, !deferred.rows.isEmpty else { return }
        self.isDeferring = isDeferring
        for i in deferred.rows { writeRow(i) }
    }

    private func note(_ index: Int, isEmpty: Bool) {
        if isEmpty {
            emptyBounds.insert(index)
        } else if !emptyBounds.isEmpty {
            emptyBounds.remove(index)
        }
    }

    /// Bounds as GLPK codes them.
    struct GLPKBounds {
        var type: Int32
        var lower: Double
        var upper: Double
        var isEmpty: Bool

        /// No bounds.
        init() { (type, lower, upper, isEmpty) = (GLP_FR, 0, 0, false) }

        init(_ lower: Double, _ upper: Double) {
            self.lower = lower
            self.upper = upper
            isEmpty = lower == .infinity || upper == -.infinity
            switch (lower.isFinite, upper.isFinite) {
            case (false, false): type = GLP_FR
            case (true, false): type = GLP_LO
            case (false, true): type = GLP_UP
            case (true, true):
                type = lower == upper ? GLP_FX : GLP_DB
                guard lower > upper else { return }
                if lower - upper <= SolverSession.crossingTolerance * max(1, abs(lower)) {
                    type = GLP_FX
                    self.lower = 0.5 * lower + 0.5 * upper
                    self.upper = self.lower
                } else {
                    isEmpty = true
                }
            }
        }

        func confined(to value: Double, isInteger: Bool) -> GLPKBounds {
            let slack = SolverSession.confinementTolerance * max(1, abs(value))
            let isBelow = type != GLP_FR && type != GLP_UP && value < lower - slack
            let isAbove = type != GLP_FR && type != GLP_LO && value > upper + slack
            let fractional = isInteger && abs(value - value.rounded()) > SolverSession.confinementTolerance
            var bounds = self
            bounds.type = GLP_FX
            bounds.lower = isInteger && !fractional ? value.rounded() : value
            bounds.upper = bounds.lower
            bounds.isEmpty = isEmpty || isBelow || isAbove || fractional
            return bounds
        }

        /// Whether a row's activity lies within, up to rounding.
        func holds(_ activity: Double) -> Bool {
            let slack = 1e-9 * max(1, abs(activity))
            let isLow = type != GLP_FR && type != GLP_UP && activity < lower - slack
            let isHigh = type != GLP_FR && type != GLP_LO && activity > upper + slack
            return !isLow && !isHigh
        }
    }

    // MARK: Restriction to an optimal face

    /// Confines columns and rows to single values until ``release()``, whatever parameters do to their bounds. A value
    /// that those bounds or integrality forbid makes the model infeasible.
    func restrict(columns: [(Int, Double)], rows: [(Int, Double)]) {
        release()
        let isLegal =
            columns.allSatisfy { model.columns.indices.contains($0.0) && $0.1.isFinite }
            && rows.allSatisfy { model.rows.indices.contains($0.0) && $0.1.isFinite }
        guard mayUse(orElse: .misfit(what: "a restriction"), isLegal) else { return }
        confined = (columns.map(\.0), rows.map(\.0))
        for (j, value) in columns {
            columnConfinement[j] = value
            writeColumn(j)
        }
        for (i, value) in rows {
            rowConfinement[i] = value
            writeRow(i)
        }
    }

    /// Undoes `restrict(to:)`.
    public func release() {
        guard !(confined.columns.isEmpty && confined.rows.isEmpty), mayUse(orElse: .wrongThread, true) else { return }
        for j in confined.columns {
            columnConfinement[j] = .nan
            writeColumn(j)
        }
        for i in confined.rows {
            rowConfinement[i] = .nan
            writeRow(i)
        }
        confined = ([], [])
    }
}
