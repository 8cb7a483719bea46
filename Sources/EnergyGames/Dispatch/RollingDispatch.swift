import Energy
import LinearModels

/// A long horizon operated window by window: each is decided with a look ahead, then its first steps are kept and the
/// next window goes on from there, with what stores hold, what ramps allow and what is switched on.
///
/// The model of the whole horizon is built once, and a window takes its variables and rows out of it. What is known of
/// the whole only at its end, such as a carbon account, is counted from the beginning to the end of the window.
public struct RollingDispatch: Sendable {
    /// What stored energy is worth at the end of a window, which otherwise would empty every store.
    public enum EndValue: Sendable, Equatable {
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
    /// - Parameter note: called after each window with the steps that are decided.
    /// - Throws: ``RollingError`` where a window has no operation.
    public func solve(
        limits: SolveLimits = SolveLimits(), using solver: ExternalSolver? = nil, note: (Int) -> Void = { _ in }
    ) throws -> DispatchAnswer {
        var state = State(dispatch)
        var worth: [StoreKey: Double] = [:]
        var windows: [Window] = []
        let steps = dispatch.system.time.steps
        for first in stride(from: 0, to: steps, by: kept) {
            let end = min(steps, first + kept + ahead)
            let keep = first..<min(steps, first + kept)
            var found = try window(keep, end: end, state, worth, limits, solver)
            if endValue == .water, first == 0, end < steps {
                worth = state.worth(found)
                found = try window(keep, end: end, state, worth, limits, solver)
            }
            if endValue == .water { worth = state.worth(found) }
            state.keep(found, keep, isLast: keep.upperBound == steps)
            windows.append(Window(steps: keep, end: end, status: found.status))
            note(keep.upperBound)
        }
        return DispatchAnswer(dispatch, rolled: state.values, state.duals, windows)
    }

    private func window(
        _ keep: Range<Int>, end: Int, _ state: State, _ worth: [StoreKey: Double], _ limits: SolveLimits,
        _ solver: ExternalSolver?
    ) throws -> Solved {
        let part = try state.part(from: keep.lowerBound, to: end)
        let isLast = end == dispatch.system.time.steps
        let model = try isLast ? part.model : state.valued(part, at: end - 1, endValue, worth)
        let program = try SolvedProgram(model, limits: limits, using: solver)
        guard let session = program.session else { throw RollingError(steps: keep, end: end, status: program.status) }
        let duals = try session.marginalValues(of: [model.objectiveExpression, state.emission(of: part, in: model)])
        return Solved(part: part, status: program.status, values: session.values, duals: duals)
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
