import CGLPK
import Foundation

/// A model loaded into GLPK, kept with its basis between solves.
///
/// GLPK's memory belongs to the thread that made it, so a session must be made, used and dropped on one thread; a call
/// from another throws ``SessionError/wrongThread``. Give each worker thread a session of its own, and call
/// ``releaseThreadMemory()`` when the thread ends.
public final class Session {
    public let model: LinearModel
    public var limits: SolveLimits
    /// How the last solve ended.
    public private(set) var status: SolveStatus = .limit(gap: nil)
    /// Simplex iterations of all solves so far.
    public private(set) var iterations = 0
    /// How many solves needed branch and bound because the relaxation broke an integer.
    public private(set) var branchedSolves = 0

    let problem: OpaquePointer
    private let thread = pthread_self()
    private let cells: ParameterCells
    private var parameterValues: [Double]
    private let integers: [Int]
    private var restriction: Restriction?
    private var crossed = false
    /// Columns that stand in a cap (see `cap(_:)`): rounding them could break it.
    var cappedColumns: Set<Int> = []
    /// Rows beyond the model's that hold caps.
    var capRows = 0

    /// Primal values of the last solve, by variable.
    public private(set) var values: [Double]
    public private(set) var objectiveValue = 0.0
    /// The last answer came from branch and bound, so duals and reduced costs are not defined.
    public private(set) var answerIsBranched = false

    public init(_ model: LinearModel, limits: SolveLimits = SolveLimits()) throws {
        glp_term_out(GLP_OFF)
        self.model = model
        self.limits = limits
        problem = glp_create_prob()
        cells = ParameterCells(model)
        parameterValues = model.parameterValues
        values = [Double](repeating: 0, count: model.columns.count)
        integers = model.columns.indices.filter { model.columns[$0].kind != .continuous }
        load()
        try cells.refresh(all: parameterValues, write: write(_:value:))
        crossed = boundsCross()
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
            glp_set_col_name(problem, Int32(j + 1), column.name)
            setColumnBounds(j, column.lower.value(at: parameterValues), column.upper.value(at: parameterValues))
            // The kind stays continuous until branch and bound is needed: GLPK's simplex ignores it either way,
            // while GLP_BV would overwrite the bounds.
            if column.kind != .continuous { glp_set_col_kind(problem, Int32(j + 1), GLP_IV) }
        }
        for (i, row) in model.rows.enumerated() {
            glp_set_row_name(problem, Int32(i + 1), row.name)
            setRowBounds(i, row.lower.value(at: parameterValues), row.upper.value(at: parameterValues))
            let columns = [0] + row.coefficients.map { Int32($0.column + 1) }
            let coefficients = [0] + row.coefficients.map(\.value)
            glp_set_mat_row(problem, Int32(i + 1), Int32(row.coefficients.count), columns, coefficients)
        }
        glp_set_obj_coef(problem, 0, model.objective.constant.value(at: parameterValues))
        for (j, coefficient) in model.objectiveCoefficients() {
            glp_set_obj_coef(problem, Int32(j + 1), coefficient.value(at: parameterValues))
        }
        glp_std_basis(problem)
    }

    // MARK: Parameters

    /// Sets a parameter; only the places where it stands are touched, at the next solve.
    public func set(_ parameter: Parameter, to value: Double) throws {
        guard parameter.model == model.identity else { throw SessionError.foreignParameter }
        guard value.isFinite else {
            throw SessionError.parameterNotFinite(name: model.name(of: parameter), value: value)
        }
        guard parameterValues[parameter.index] != value else { return }
        parameterValues[parameter.index] = value
        cells.touch(parameter.index)
    }

    /// The values that the next solve will use, by parameter.
    public var parameters: [Double] { parameterValues }

    private func write(_ cell: ParameterCells.Cell, value: Double) throws {
        guard !value.isNaN, value.isFinite || cell.isBound else {
            throw SessionError.parameterMadeNaN(place: cell.describe(in: model))
        }
        switch cell.place {
        case .objective(let j): glp_set_obj_coef(problem, Int32(j + 1), value)
        case .objectiveConstant: glp_set_obj_coef(problem, 0, value)
        case .column(let j):
            let column = model.columns[j]
            setColumnBounds(j, column.lower.value(at: parameterValues), column.upper.value(at: parameterValues))
        case .row(let i):
            let row = model.rows[i]
            setRowBounds(i, row.lower.value(at: parameterValues), row.upper.value(at: parameterValues))
        }
    }

    /// Writes what changed since the last solve into the solver's problem.
    func applyParameters() throws {
        if try cells.refresh(changed: parameterValues, write: write(_:value:)) { crossed = boundsCross() }
    }

    // MARK: Bounds

    /// Bounds that cross by less than this, relative to their size, are rounding and meet in the middle.
    private static let crossingTolerance = 1e-9

    private func setColumnBounds(_ j: Int, _ lower: Double, _ upper: Double) {
        let (type, low, high) = boundType(lower, upper)
        glp_set_col_bnds(problem, Int32(j + 1), type, low, high)
    }

    private func setRowBounds(_ i: Int, _ lower: Double, _ upper: Double) {
        let (type, low, high) = boundType(lower, upper)
        glp_set_row_bnds(problem, Int32(i + 1), type, low, high)
    }

    private func boundType(_ lower: Double, _ upper: Double) -> (Int32, Double, Double) {
        switch (lower.isFinite, upper.isFinite) {
        case (false, false): return (GLP_FR, 0, 0)
        case (true, false): return (GLP_LO, lower, 0)
        case (false, true): return (GLP_UP, 0, upper)
        case (true, true):
            if lower == upper { return (GLP_FX, lower, lower) }
            if lower > upper, lower - upper <= Self.crossingTolerance * max(1, abs(lower)) {
                let middle = 0.5 * (lower + upper)
                return (GLP_FX, middle, middle)
            }
            return (GLP_DB, lower, upper)
        }
    }

    private func boundsCross() -> Bool {
        for j in model.columns.indices where glp_get_col_type(problem, Int32(j + 1)) == GLP_DB {
            if glp_get_col_lb(problem, Int32(j + 1)) > glp_get_col_ub(problem, Int32(j + 1)) { return true }
        }
        for i in model.rows.indices where glp_get_row_type(problem, Int32(i + 1)) == GLP_DB {
            if glp_get_row_lb(problem, Int32(i + 1)) > glp_get_row_ub(problem, Int32(i + 1)) { return true }
        }
        return false
    }

    // MARK: Solving

    /// Solves with the parameters as they are set, from the basis as it is.
    ///
    /// The linear relaxation comes first. Its answer is the model's where every integer is integral in it, or can be
    /// made so without changing anything else (``roundIntegers()``); only otherwise branch and bound runs.
    @discardableResult
    public func solve() throws -> SolveStatus {
        guard pthread_equal(thread, pthread_self()) != 0 else { throw SessionError.wrongThread }
        try applyParameters()
        answerIsBranched = false
        guard !crossed else {
            status = .infeasible
            return status
        }
        status = try solveRelaxation()
        guard status == .optimal else { return status }
        for j in values.indices { values[j] = glp_get_col_prim(problem, Int32(j + 1)) }
        objectiveValue = glp_get_obj_val(problem)
        if !integers.isEmpty, !roundIntegers() {
            branchedSolves += 1
            answerIsBranched = true
            status = try branch()
        }
        return status
    }

    private func solveRelaxation() throws -> SolveStatus {
        guard !model.rows.isEmpty else { return solveBox() }
        // Each way has its own rules of pivoting: a model on which one cycles is solved by the next.
        let ways: [(method: Int32, presolve: Int32, ratio: Int32, pricing: Int32, cold: Bool)] = [
            (GLP_DUALP, GLP_OFF, GLP_RT_HAR, GLP_PT_PSE, false),
            (GLP_PRIMAL, GLP_OFF, GLP_RT_HAR, GLP_PT_PSE, true),
            (GLP_PRIMAL, GLP_OFF, GLP_RT_STD, GLP_PT_STD, true),
            (GLP_DUAL, GLP_OFF, GLP_RT_FLIP, GLP_PT_PSE, true),
            (GLP_PRIMAL, GLP_ON, GLP_RT_HAR, GLP_PT_PSE, true),
        ]
        var lastCode: Int32 = 0
        var reachedLimit = false
        for way in ways {
            if way.cold { glp_adv_basis(problem, 0) }
            var options = glp_smcp()
            glp_init_smcp(&options)
            options.msg_lev = GLP_MSG_OFF
            options.meth = way.method
            options.r_test = way.ratio
            options.pricing = way.pricing
            options.presolve = way.presolve
            options.it_lim = Int32(
                clamping: limits.iterations ?? 20_000 + 50 * (model.rows.count + model.columns.count))
            if let seconds = limits.seconds { options.tm_lim = Int32(clamping: Int(seconds * 1000)) }
            let before = glp_get_it_cnt(problem)
            lastCode = glp_simplex(problem, &options)
            iterations += Int(glp_get_it_cnt(problem) - before)
            switch lastCode {
            case 0:
                switch glp_get_status(problem) {
                case GLP_OPT: return .optimal
                case GLP_NOFEAS: return .infeasible
                case GLP_UNBND: return .unbounded
                default:
                    // A dual method that stops at dual infeasibility says nothing of the primal.
                    if glp_get_dual_stat(problem) == GLP_NOFEAS, glp_get_prim_stat(problem) == GLP_FEAS {
                        return .unbounded
                    }
                    continue
                }
            case GLP_ENOPFS: return .infeasible
            case GLP_ENODFS: continue
            case GLP_EITLIM, GLP_ETMLIM: reachedLimit = true
            default: continue
            }
        }
        if reachedLimit { return .limit(gap: nil) }
        if lastCode == GLP_ENODFS { return .unbounded }
        throw SessionError.solverFailed(code: Int(lastCode))
    }

    /// Without rows each variable goes to the bound that its cost prefers; GLPK wants at least one row.
    private func solveBox() -> SolveStatus {
        glp_add_rows(problem, 1)
        defer {
            let rows: [Int32] = [0, 1]
            glp_del_rows(problem, 1, rows)
        }
        glp_set_row_bnds(problem, 1, GLP_FR, 0, 0)
        glp_std_basis(problem)
        var options = glp_smcp()
        glp_init_smcp(&options)
        options.msg_lev = GLP_MSG_OFF
        glp_simplex(problem, &options)
        switch glp_get_status(problem) {
        case GLP_OPT: return .optimal
        case GLP_UNBND: return .unbounded
        default: return .infeasible
        }
    }

    // MARK: Integers

    private static let integralityTolerance = 1e-7

    /// Tries to make every fractional integer integral without moving any other variable.
    ///
    /// A binary that only forbids (charge *or* discharge) is often fractional in the relaxation although nothing else
    /// has to move when it is rounded. The check is exact: a rounded value is kept only if each row that holds the
    /// variable stays within its bounds and the objective does not count it. Then the relaxation's optimum is attained
    /// by an integral point, and so is the optimum of the integer program.
    private func roundIntegers() -> Bool {
        for j in integers {
            let value = values[j]
            let nearest = value.rounded()
            if abs(value - nearest) <= Self.integralityTolerance {
                values[j] = nearest
                continue
            }
            guard glp_get_obj_coef(problem, Int32(j + 1)) == 0, !cappedColumns.contains(j) else { return false }
            guard let rounded = [nearest, value.rounded(.down), value.rounded(.up)].first(where: { fits(j, $0) })
            else { return false }
            values[j] = rounded
        }
        return true
    }

    private func fits(_ j: Int, _ candidate: Double) -> Bool {
        let (low, high) = columnBounds(j)
        guard candidate >= low, candidate <= high else { return false }
        for i in cells.rowsOfColumn[j] {
            var activity = 0.0
            for (k, value) in model.rows[i].coefficients {
                activity += value * (k == j ? candidate : values[k])
            }
            let (low, high) = rowBounds(i)
            let slack = 1e-9 * max(1, abs(activity))
            guard activity >= low - slack, activity <= high + slack else { return false }
        }
        return true
    }

    func columnBounds(_ j: Int) -> (Double, Double) {
        let column = Int32(j + 1)
        return bounds(
            glp_get_col_type(problem, column), glp_get_col_lb(problem, column), glp_get_col_ub(problem, column))
    }

    func rowBounds(_ i: Int) -> (Double, Double) {
        let row = Int32(i + 1)
        return bounds(glp_get_row_type(problem, row), glp_get_row_lb(problem, row), glp_get_row_ub(problem, row))
    }

    private func bounds(_ type: Int32, _ low: Double, _ high: Double) -> (Double, Double) {
        switch type {
        case GLP_FR: (-.infinity, .infinity)
        case GLP_LO: (low, .infinity)
        case GLP_UP: (-.infinity, high)
        default: (low, high)
        }
    }

    private func branch() throws -> SolveStatus {
        var options = glp_iocp()
        glp_init_iocp(&options)
        options.msg_lev = GLP_MSG_OFF
        options.mip_gap = 0
        options.tol_int = 1e-7
        options.br_tech = GLP_BR_DTH
        options.bt_tech = GLP_BT_BLB
        if let seconds = limits.seconds { options.tm_lim = Int32(clamping: Int(seconds * 1000)) }
        let counter = NodeCounter(limit: limits.nodes)
        let code = withExtendedLifetime(counter) {
            options.cb_info = Unmanaged.passUnretained(counter).toOpaque()
            options.cb_func = { tree, info in
                guard let tree, let info, glp_ios_reason(tree) == GLP_ISELECT else { return }
                let counter = Unmanaged<NodeCounter>.fromOpaque(info).takeUnretainedValue()
                counter.nodes += 1
                counter.bound = glp_ios_node_bound(tree, glp_ios_best_node(tree))
                if counter.nodes > counter.limit {
                    counter.stopped = true
                    glp_ios_terminate(tree)
                }
            }
            return glp_intopt(problem, &options)
        }
        let found = glp_mip_status(problem)
        if found == GLP_OPT || found == GLP_FEAS {
            for j in values.indices { values[j] = glp_mip_col_val(problem, Int32(j + 1)) }
            objectiveValue = glp_mip_obj_val(problem)
        }
        switch (code, found) {
        case (0, GLP_OPT): return .optimal
        case (0, GLP_NOFEAS), (GLP_EROOT, _), (GLP_ENOPFS, _): return .infeasible
        case (GLP_ESTOP, GLP_FEAS), (GLP_ETMLIM, GLP_FEAS), (GLP_EMIPGAP, GLP_FEAS):
            let gap = abs(objectiveValue - counter.bound) / max(1e-10, abs(objectiveValue))
            return .limit(gap: gap.isFinite ? gap : nil)
        case (GLP_ESTOP, _), (GLP_ETMLIM, _): return .limit(gap: nil)
        case (0, GLP_UNDEF): return .infeasible
        default: throw SessionError.solverFailed(code: Int(code))
        }
    }

    private final class NodeCounter {
        let limit: Int
        var nodes = 0
        var stopped = false
        var bound = -Double.infinity
        init(limit: Int) { self.limit = limit }
    }

    // MARK: Answers

    public func value(of variable: Variable) -> Double { values[variable.index] }

    public func value(of expression: some LinearExpressible) -> Double {
        expression.linearExpression.value(variables: values, parameters: parameterValues)
    }

    /// Change of the objective for one more unit of the row's active side. Defined where the relaxation answered.
    public func dual(of constraint: Constraint) -> Double { glp_get_row_dual(problem, Int32(constraint.index + 1)) }

    public func reducedCost(of variable: Variable) -> Double {
        glp_get_col_dual(problem, Int32(variable.index + 1))
    }

    // MARK: Restriction to an optimal face

    private struct Restriction {
        var columns: [Int]
        var rows: [Int]
    }

    /// Confines the model to given columns' and rows' values until ``release()``.
    func restrict(columns: [(Int, Double)], rows: [(Int, Double)]) {
        release()
        for (j, value) in columns { glp_set_col_bnds(problem, Int32(j + 1), GLP_FX, value, value) }
        for (i, value) in rows { glp_set_row_bnds(problem, Int32(i + 1), GLP_FX, value, value) }
        restriction = Restriction(columns: columns.map(\.0), rows: rows.map(\.0))
    }

    /// Undoes ``restrict(to:columnOffset:rowOffset:)``.
    public func release() {
        guard let old = restriction else { return }
        for j in old.columns {
            let column = model.columns[j]
            setColumnBounds(j, column.lower.value(at: parameterValues), column.upper.value(at: parameterValues))
        }
        for i in old.rows {
            let row = model.rows[i]
            setRowBounds(i, row.lower.value(at: parameterValues), row.upper.value(at: parameterValues))
        }
        restriction = nil
    }
}
