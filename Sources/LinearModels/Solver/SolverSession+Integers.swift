import CGLPK

extension SolverSession {
    private static let integralityTolerance = 1e-7

    /// Tries to make every fractional integer integral without moving any other variable.
    ///
    /// A binary that only forbids (charge *or* discharge) is often fractional in the relaxation although nothing else
    /// has to move when it is rounded. The check is exact: a rounded value is kept only if each row that holds the
    /// variable stays within its bounds, with what was rounded before as it now is, and the objective does not count
    /// it. Then the relaxation's optimum is attained by an integral point, and so is the optimum of the integer
    /// program.
    func roundIntegers() -> Bool {
        if isDeferring, !satisfyDeferredRows() { return false }
        var fractional: [Int] = []
        for j in integers {
            let nearest = values[j].rounded()
            if abs(values[j] - nearest) <= Self.integralityTolerance {
                objectiveValue += glp_get_obj_coef(problem, Int32(j + 1)) * (nearest - values[j])
                values[j] = nearest
            } else {
                guard glp_get_obj_coef(problem, Int32(j + 1)) == 0, !cappedColumns.contains(j) else { return false }
                fractional.append(j)
            }
        }
        for j in fractional {
            let value = values[j]
            guard
                let rounded = [value.rounded(), value.rounded(.down), value.rounded(.up)].first(where: { fits(j, $0) })
            else { return false }
            values[j] = rounded
        }
        return true
    }

    private func fits(_ j: Int, _ candidate: Double) -> Bool {
        let column = Int32(j + 1)
        guard candidate >= glp_get_col_lb(problem, column), candidate <= glp_get_col_ub(problem, column) else {
            return false
        }
        return cells.rowsOfColumn[j].allSatisfy { i in
            boundsInForce(ofRow: i).holds(activity(i, j, candidate))
        }
    }

    /// A row that is confined to a value, as on an optimal face, has to stay there.
    private func boundsInForce(ofRow i: Int) -> GLPKBounds {
        rowConfinement[i].isNaN ? rowBounds[i] : rowBounds[i].confined(to: rowConfinement[i], isInteger: false)
    }

    /// Activity of a row with one of its variables at another value.
    private func activity(_ i: Int, _ j: Int, _ candidate: Double) -> Double {
        model.rows[i].coefficients.reduce(0) { $0 + $1.value * ($1.column == j ? candidate : values[$1.column]) }
    }

    /// Gives the silent integers values that satisfy the deferred rows, those that the answer has where they do
    /// already.
    ///
    /// - Returns: false where none was found; integers are then as they were.
    func satisfyDeferredRows() -> Bool {
        let before = values
        for j in integers where deferred.isSilent[j] {
            guard let value = silentValue(j) else {
                values = before
                return false
            }
            values[j] = value
        }
        let hold = deferred.rows.allSatisfy { i in boundsInForce(ofRow: i).holds(activity(i, -1, 0)) }
        if !hold { values = before }
        return hold
    }

    /// A whole number that a silent integer may have beside the values of all continuous variables, the nearest to what
    /// it has.
    private func silentValue(_ j: Int) -> Double? {
        guard let (low, high) = silentRange(j) else { return nil }
        return min(max(values[j].rounded(), low), high)
    }

    /// The whole numbers that a silent integer may have, by the rows in which it is the only one.
    func silentRange(_ j: Int) -> (low: Double, high: Double)? {
        let column = Int32(j + 1)
        var low = glp_get_col_lb(problem, column)
        var high = glp_get_col_ub(problem, column)
        for i in cells.rowsOfColumn[j] where deferred.integerCount[i] == 1 {
            let factor = model.rows[i].coefficients.first { $0.column == j }?.value ?? 0
            let rest = activity(i, j, 0)
            let bounds = boundsInForce(ofRow: i)
            let slack = 1e-9 * max(1, abs(rest))
            if bounds.type != GLP_FR, bounds.type != GLP_UP {
                let side = (bounds.lower - slack - rest) / factor
                if factor > 0 { low = max(low, side) } else { high = min(high, side) }
            }
            if bounds.type != GLP_FR, bounds.type != GLP_LO {
                let side = (bounds.upper + slack - rest) / factor
                if factor > 0 { high = min(high, side) } else { low = max(low, side) }
            }
        }
        (low, high) = (low.rounded(.up), high.rounded(.down))
        return low <= high ? (low, high) : nil
    }

    /// Whether the deferred rows may be left out: their silent integers have no cost now, and stand in no cap.
    var mayDefer: Bool {
        defersIntegerRows && !deferred.rows.isEmpty
            && integers.allSatisfy {
                !deferred.isSilent[$0]
                    || glp_get_obj_coef(problem, Int32($0 + 1)) == 0 && !cappedColumns.contains($0)
            }
    }

    /// What an integer program is whose relaxation is unbounded: unbounded too if it has any point (its numbers are
    /// rational), else infeasible. So it is solved once more without an objective.
    func statusBelowUnboundedRelaxation() throws -> SolveStatus {
        let (coefficients, constant) = (objectiveCoefficients, objectiveConstant)
        let sense: LinearModel.Sense = glp_get_obj_dir(problem) == GLP_MIN ? .minimise : .maximise
        setObjective(coefficients: coefficients.map { _ in 0 }, constant: 0, sense: sense)
        defer { setObjective(coefficients: coefficients, constant: constant, sense: sense) }
        var found = try solveRelaxation()
        if found == .optimal {
            readRelaxation()
            if !roundIntegers() { found = try branch() }
        }
        usedBranchAndBound = false
        switch found {
        case .optimal, .limit(.some): return .unbounded
        default: return found
        }
    }

    /// Without a limit by the clock, branch and bound gets one that only an endless loop reaches: GLPK limits neither
    /// the pivots within a node nor calls back from there.
    private static let endlessMilliseconds: Int32 = 3_600_000

    private static let nodesWithoutCuts = 50

    func branch() throws -> SolveStatus {
        branchedSolves += 1
        placed = nil
        usedBranchAndBound = true
        let root = objectiveValue
        let allowance = WorkAllowance.current
        let isBeyond: (Double) -> Bool = { self.isBeyondCutoff($0) }
        func count(upTo nodes: Int) -> NodeCounter {
            let counter = NodeCounter(limit: nodes, allowance, size: programSize, bound: root)
            if limits.cutoff != nil { counter.isBeyondCutoff = isBeyond }
            return counter
        }
        var counter = count(upTo: limits.nodes)
        var code: Int32 = 0
        // Most programs need few nodes, and finding cuts takes longer than these. Cuts make up for the big Ms of what
        // may be switched off: days that else need tens of thousands of nodes need hundreds. Where a node's relaxation
        // defeats GLPK, the presolved problem has other nodes. It is not the first choice, because GLPK solves its root
        // with one rule of pivoting and no limit, and may cycle.
        for (cuts, presolve, nodes) in [
            (GLP_OFF, GLP_OFF, min(limits.nodes, Self.nodesWithoutCuts)), (GLP_ON, GLP_OFF, limits.nodes),
            (GLP_OFF, GLP_ON, limits.nodes),
        ] {
            try allowance?.check()
            counter = count(upTo: nodes)
            let before = glp_get_it_cnt(problem)
            var options = glp_iocp()
            glp_init_iocp(&options)
            options.msg_lev = GLP_MSG_OFF
            options.presolve = presolve
            options.mir_cuts = cuts
            options.gmi_cuts = cuts
            options.mip_gap = max(0, limits.gap)
            options.tol_int = Self.integralityTolerance
            // Long steps are on otherwise, for the primal method too that a node goes on with where the dual one fails:
            // there they have ended the process, as told of `ways`.
            options.flip = GLP_OFF
            options.br_tech = GLP_BR_DTH
            options.bt_tech = GLP_BT_BLB
            options.tm_lim = min(limits.milliseconds ?? Self.endlessMilliseconds, allowance?.milliseconds ?? .max)
            code = withExtendedLifetime(counter) {
                options.cb_info = Unmanaged.passUnretained(counter).toOpaque()
                options.cb_func = { tree, info in
                    guard let tree, let info else { return }
                    let counter = Unmanaged<NodeCounter>.fromOpaque(info).takeUnretainedValue()
                    switch glp_ios_reason(tree) {
                    case GLP_ISELECT: counter.select(in: tree)
                    case GLP_IBINGO: counter.find(in: tree)
                    default: break
                    }
                    counter.countWork(in: tree)
                }
                return glp_intopt(problem, &options)
            }
            work += work(ofPivots: Int(glp_get_it_cnt(problem) - before)) + counter.nodes * size
            try Interruption.check()
            allowance?.charge(counter.work)
            try allowance?.check()
            isBeyondCutoff = counter.isDecided && !counter.hasFound
            let isCutShort = code == GLP_ESTOP && nodes < limits.nodes && !counter.isDecided
            if code != GLP_EFAIL, !isCutShort { break }
        }
        let found = glp_mip_status(problem)
        let hasPoint = found == GLP_OPT || found == GLP_FEAS
        if hasPoint {
            for j in values.indices { values[j] = glp_mip_col_val(problem, Int32(j + 1)) }
            objectiveValue = glp_mip_obj_val(problem)
        }
        switch code {
        case 0 where found == GLP_OPT: return .optimal
        case 0, GLP_ENOPFS: return .infeasible
        case GLP_EMIPGAP where hasPoint && limits.gap <= 0: return .optimal
        case GLP_ESTOP, GLP_ETMLIM, GLP_EMIPGAP:
            guard hasPoint else { return .limit(gap: nil) }
            let gap = abs(objectiveValue - counter.bound) / max(1e-10, abs(objectiveValue))
            // The bound is that of the last choice of a node; what ended the search may be better.
            return .limit(gap: code == GLP_EMIPGAP ? min(gap, limits.gap) : gap)
        default: throw SolverSessionError.solverFailed(code: Int(code))
        }
    }

    /// Counts nodes and work, and keeps the best bound that is proven: that of the relaxation, then of the open nodes.
    private final class NodeCounter {
        private let limit: Int
        private let allowance: WorkAllowance?
        private let size: Int
        private(set) var nodes = 0
        private var calls = 0
        private var firstPivot: Int32?
        private(set) var work = 0
        private(set) var bound: Double
        /// Whether an objective is worse than what is asked for; nil where the optimum is.
        var isBeyondCutoff: ((Double) -> Bool)?
        /// Whether it is known if there is what is asked for, and whether there is.
        private(set) var isDecided = false
        private(set) var hasFound = false

        init(limit: Int, _ allowance: WorkAllowance?, size: Int, bound: Double) {
            self.limit = limit
            self.allowance = allowance
            self.size = size
            self.bound = bound
        }

        /// Called where GLPK is about to choose a node, so that there is one.
        func select(in tree: OpaquePointer) {
            nodes += 1
            if nodes > 1 { bound = glp_ios_node_bound(tree, glp_ios_best_node(tree)) }
            if let isBeyondCutoff, !isDecided, isBeyondCutoff(bound) { isDecided = true }
            if nodes > limit || isDecided || Interruption.isMade { glp_ios_terminate(tree) }
        }

        /// Called where GLPK has found a better point.
        func find(in tree: OpaquePointer) {
            guard let isBeyondCutoff, !isBeyondCutoff(glp_mip_obj_val(glp_ios_get_prob(tree))) else { return }
            (isDecided, hasFound) = (true, true)
            glp_ios_terminate(tree)
        }

        /// Called wherever GLPK calls: within a node it looks for cuts, which may take longer than a hundred nodes.
        func countWork(in tree: OpaquePointer) {
            let pivots = glp_get_it_cnt(glp_ios_get_prob(tree))
            let first = firstPivot ?? pivots
            firstPivot = first
            calls += 1
            work = (Int(pivots - first) + WorkAllowance.branching * calls) * size
            if let allowance, work >= allowance.left { glp_ios_terminate(tree) }
        }
    }
}
