import CGLPK

extension SolverSession {
    /// Solves with the parameters as they are set, from the basis as it is.
    ///
    /// The linear relaxation comes first. Its answer is the model's where every integer is integral in it, or can be
    /// made so without changing anything else; only otherwise branch and bound runs.
    ///
    /// - Throws: ``SolverSessionError``; ``Interrupted`` where the code that asks was told to end, see
    ///   ``Interruption``.
    @discardableResult
    public func solve() throws -> SolveStatus {
        // A solve that throws must not leave the status of the one before.
        status = .limit(gap: nil)
        hasProvedInfeasibility = false
        usedBranchAndBound = false
        isBeyondCutoff = false
        try checkUse()
        try applyParameters()
        if mayDefer, let answer = try solveWithoutDeferredRows() {
            status = answer
            return answer
        }
        setDeferral(false)
        placeStart()
        guard !hasEmptyBounds else {
            hasProvedInfeasibility = true
            status = .infeasible
            return status
        }
        let relaxation = try solveRelaxation()
        switch relaxation {
        case .optimal where integers.isEmpty: readRelaxation()
        case .optimal:
            readRelaxation()
            isBeyondCutoff = isBeyondCutoff(objectiveValue)
            if isBeyondCutoff { return status }
            if !roundIntegers(), try !settleIntegers() {
                status = try branch()
                hasProvedInfeasibility = false
                return status
            }
        case .unbounded where !integers.isEmpty:
            status = try statusBelowUnboundedRelaxation()
            return status
        default: break
        }
        status = relaxation
        return relaxation
    }

    /// A solver that gives up counts as a limit reached: one program without an answer must not end what many are
    /// solved for.
    package func attempt() throws -> SolveStatus {
        do {
            return try solve()
        } catch SolverSessionError.solverFailed {
            return .limit(gap: nil)
        }
    }

    /// The answer where leaving the deferred rows out at first gives one; nil where they have to stand, with the basis
    /// to start from put back.
    private func solveWithoutDeferredRows() throws -> SolveStatus? {
        let begin = start
        setDeferral(true)
        placeStart()
        guard !hasEmptyBounds else {
            hasProvedInfeasibility = true
            return .infeasible
        }
        switch try solveRelaxation() {
        case .optimal:
            readRelaxation()
            isBeyondCutoff = isBeyondCutoff(objectiveValue)
            if isBeyondCutoff { return .limit(gap: nil) }
            if roundIntegers() { return .optimal }
        case .infeasible: return .infeasible
        default: break
        }
        start = begin
        return nil
    }

    /// Whether an objective is worse than the cutoff.
    func isBeyondCutoff(_ objective: Double) -> Bool {
        guard let cutoff = limits.cutoff, !integers.isEmpty else { return false }
        return glp_get_obj_dir(problem) == GLP_MIN ? objective > cutoff : objective < cutoff
    }

    func readRelaxation() {
        values.withUnsafeMutableBufferPointer { values in
            for j in values.indices { values[j] = glp_get_col_prim(problem, Int32(j + 1)) }
        }
        objectiveValue = glp_get_obj_val(problem)
    }

    struct Way {
        var method: Int32
        var presolve = GLP_OFF
        var ratio: Int32
        var pricing = GLP_PT_PSE
        var isCold = true
        /// Reduced costs of a wrong sign that are smaller count as none. GLPK's own 1e-7 would take prices that differ
        /// by 1e-8, as a projection leaves them, for equal, and then stop at an answer that is not quite the best:
        /// tighter than what counts as a tie.
        var tolerance = 1e-9

        var options: glp_smcp {
            var options = glp_smcp()
            glp_init_smcp(&options)
            options.msg_lev = GLP_MSG_OFF
            options.meth = method
            options.r_test = ratio
            options.pricing = pricing
            options.tol_dj = tolerance
            options.presolve = presolve
            return options
        }
    }

    /// What a simplex method says of a program, by the code that it ended with; nil where that is nothing, and another
    /// way may say more.
    static func status(_ problem: OpaquePointer, after code: Int32) -> SolveStatus? {
        switch (code, glp_get_status(problem)) {
        case (0, GLP_OPT): .optimal
        case (0, GLP_NOFEAS), (GLP_ENOPFS, _): .infeasible
        case (0, GLP_UNBND): .unbounded
        default: nil
        }
    }

    /// Each way has its own rules of pivoting: a model on which one cycles is solved by the next. Long steps are for
    /// the dual method alone: in the primal one, which `GLP_DUALP` goes on with where the dual one fails, GLPK has
    /// ended the process on them, where rounding made a step negative.
    static let ways = [
        Way(method: GLP_DUAL, ratio: GLP_RT_FLIP, isCold: false),
        Way(method: GLP_PRIMAL, ratio: GLP_RT_HAR, isCold: false),
        Way(method: GLP_DUALP, ratio: GLP_RT_HAR),
        Way(method: GLP_PRIMAL, ratio: GLP_RT_HAR),
        Way(method: GLP_PRIMAL, ratio: GLP_RT_STD, pricing: GLP_PT_STD, tolerance: 1e-7),
        Way(method: GLP_DUAL, ratio: GLP_RT_FLIP, tolerance: 1e-7),
        Way(method: GLP_PRIMAL, presolve: GLP_ON, ratio: GLP_RT_HAR, tolerance: 1e-7),
    ]

    /// From a point that is feasible.
    static let waysOnFace = [Way(method: GLP_PRIMAL, ratio: GLP_RT_HAR, isCold: false)]

    /// That nothing is feasible is believed where the way that says so proves it, else only after all other ways:
    /// beside numbers far from 1 GLPK's absolute tolerances have one way find no point where the next finds the
    /// optimum.
    func solveRelaxation(_ ways: [Way] = ways) throws -> SolveStatus {
        var lastCode: Int32 = 0
        var reachedLimit = false
        var isDoubted = false
        var spent = 0
        let allowance = WorkAllowance.current
        // Only a start: whatever it comes to, the ways begin where it ends.
        if isUntouched, programSize >= Self.sizeToPresolve { _ = try go(Self.presolved, after: &spent, allowance) }
        for way in ways {
            lastCode = try go(way, after: &spent, allowance)
            if let status = Self.status(problem, after: lastCode) {
                guard status == .infeasible else { return status }
                hasProvedInfeasibility = provesInfeasibility
                guard !hasProvedInfeasibility else { return status }
                isDoubted = true
                continue
            }
            guard lastCode == GLP_EITLIM || lastCode == GLP_ETMLIM else { continue }
            try allowance?.check()
            reachedLimit = true
            if let most = limits.iterations, spent >= most { break }
        }
        if isDoubted { return .infeasible }
        if reachedLimit { return .limit(gap: nil) }
        throw SolverSessionError.solverFailed(code: Int(lastCode))
    }

    /// - Parameter spent: pivots of the solve so far.
    /// - Returns: GLPK's code.
    private func go(_ way: Way, after spent: inout Int, _ allowance: WorkAllowance?) throws -> Int32 {
        try Interruption.check()
        try allowance?.check()
        if way.isCold {
            forgetFactorisation()
            glp_adv_basis(problem, 0)
        }
        var options = way.options
        // A limit that somebody set holds for all ways together.
        let limit = limits.iterations.map { $0 - spent } ?? 20_000 + 50 * (model.rows.count + model.columns.count)
        let allowed = allowance.map { $0.left / programSize } ?? .max
        options.it_lim = Int32(clamping: max(0, min(limit, allowed)))
        options.tm_lim = min(limits.milliseconds ?? .max, allowance?.milliseconds ?? .max)
        let before = glp_get_it_cnt(problem)
        let code = glp_simplex(problem, &options)
        let pivots = Int(glp_get_it_cnt(problem) - before)
        iterations += pivots
        spent += pivots
        work += work(ofPivots: pivots)
        allowance?.charge((pivots + WorkAllowance.solving) * programSize)
        if pivots > 0 || way.isCold || way.presolve == GLP_ON { placed = nil }
        return code
    }

    /// What a pivot counts, see ``WorkAllowance``.
    var programSize: Int { max(1, model.rows.count + addedRows + model.columns.count) }

    /// Whether nothing has been solved, and no basis given.
    private var isUntouched: Bool { iterations == 0 && start == nil && placed == nil }

    /// A large program of which no basis is known begins at the optimum of what presolving leaves of it: prices and the
    /// duals of a year's hours take 5,000 pivots then in the place of 37,000.
    private static let presolved = Way(method: GLP_DUALP, presolve: GLP_ON, ratio: GLP_RT_HAR)
    /// Rows and columns.
    private static let sizeToPresolve = 20_000
}

extension SolveLimits {
    /// The time limit as GLPK takes it; nil for none.
    var milliseconds: Int32? {
        guard let seconds, !seconds.isNaN else { return nil }
        return Int32(max(0, min(seconds * 1000, Double(Int32.max))))
    }
}
