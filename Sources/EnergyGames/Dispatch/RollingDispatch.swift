import Energy
import LinearModels

/// A long horizon operated window by window: each is decided with a look ahead, then its first steps are kept and the
/// next window goes on from there, with what stores hold, what ramps allow and what is switched on.
///
/// The model of the whole horizon is built once, and a window takes its variables and rows out of it. What is known of
/// the whole only at its end, such as a carbon account, is counted from the beginning to the end of the window.
public struct RollingDispatch: Sendable {
    /// What stored energy is worth at the end of a window, which otherwise would empty every store.
    public enum EndValue: Sendable, Equatable, Codable {
        case nothing
        /// What one more stored kWh was worth, on the mean, in the window before (its water value); in the first
        /// window, which is solved twice, within it.
        case water
        /// Each store holds at least this share of the most that it can hold.
        case share(Double)
    }

    public struct Window: Sendable {
        /// Steps that are kept.
        public let steps: Range<Int>
        /// To which it looked.
        public let end: Int
        public let status: SolveStatus
    }

    /// What a window found: with what was decided before it, all that later windows go on from.
    public struct SolvedWindow: Sendable, Codable {
        let status: SolveStatus
        /// One number per variable of the window.
        let values: [Double]
        /// Of cost and of emission, one number per row of the window; nil where the solver could not tell.
        let duals: [[Double]]?

        func fits(_ part: ModelPart) -> Bool {
            values.count == part.columns.count
                && duals.map { $0.count == 2 && $0.allSatisfy { $0.count >= part.rows.count } } ?? true
        }
    }

    let dispatch: Dispatch
    /// Steps that a window keeps, and that it looks further.
    let (kept, ahead): (Int, Int)
    let endValue: EndValue

    /// - Parameters:
    ///   - kept: steps of which the decisions of a window are kept, 1 at least.
    ///   - ahead: steps that it looks beyond them.
    public init(_ dispatch: Dispatch, kept: Int, ahead: Int, endValue: EndValue = .water) {
        self.dispatch = dispatch
        (self.kept, self.ahead) = (max(1, kept), max(0, ahead))
        self.endValue = endValue
    }

    /// Operates window after window.
    ///
    /// - Parameters:
    ///   - known: the first windows, as an earlier run of the same dispatch kept them.
    ///   - note: called after each window with the steps that are decided.
    ///   - keep: called with each window that was not known. What is solved from there on is the same to the bit as
    ///     without a break.
    /// - Throws: ``RollingError`` where a window has no operation.
    public func solve(
        limits: SolveLimits = SolveLimits(), using solver: ExternalSolver? = nil, known: [SolvedWindow] = [],
        note: (Int) -> Void = { _ in }, keep store: (SolvedWindow) throws -> Void = { _ in }
    ) throws -> DispatchAnswer {
        var state = State(dispatch)
        var worth: [StoreKey: Double] = [:]
        var windows: [Window] = []
        let steps = dispatch.system.time.steps
        for first in stride(from: 0, to: steps, by: kept) {
            let end = min(steps, first + kept + ahead)
            let keep = first..<min(steps, first + kept)
            let part = try state.part(from: first, to: end)
            func solve() throws -> Solved {
                try Solved(part: part, window: window(keep, end: end, part, state, worth, limits, solver))
            }
            var found: Solved
            if windows.count < known.count, known[windows.count].fits(part) {
                found = Solved(part: part, window: known[windows.count])
            } else {
                found = try solve()
                if endValue == .water, first == 0, end < steps {
                    worth = state.worth(found)
                    found = try solve()
                }
                try store(found.window)
            }
            if endValue == .water { worth = state.worth(found) }
            state.keep(found, keep, isLast: keep.upperBound == steps)
            windows.append(Window(steps: keep, end: end, status: found.window.status))
            note(keep.upperBound)
        }
        return DispatchAnswer(dispatch, rolled: state.values, state.duals, windows)
    }

    private func window(
        _ keep: Range<Int>, end: Int, _ part: ModelPart, _ state: State, _ worth: [StoreKey: Double],
        _ limits: SolveLimits, _ solver: ExternalSolver?
    ) throws -> SolvedWindow {
        let isLast = end == dispatch.system.time.steps
        let model = try isLast ? part.model : state.valued(part, at: end - 1, endValue, worth)
        let program = try SolvedProgram(model, limits: limits, using: solver)
        guard let session = program.session else { throw RollingError(steps: keep, end: end, status: program.status) }
        let duals = try session.marginalValues(of: [model.objectiveExpression, state.emission(of: part, in: model)])
        return SolvedWindow(status: program.status, values: Array(session.values), duals: duals)
    }
}

/// Why a rolling dispatch ended.
public struct RollingError: Error, Equatable, CustomStringConvertible {
    /// That were to be decided.
    public let steps: Range<Int>
    public let end: Int
    public let status: SolveStatus

    public var description: String {
        "the window of steps \(steps.lowerBound) to \(end - 1) ended as \(status). Look further ahead with --overlap, value "
            + "stored energy more with --end-value, or operate the whole horizon at once."
    }
}
