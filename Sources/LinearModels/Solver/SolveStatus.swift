/// Why a solve ended, and what its answer is worth.
public enum SolveStatus: Equatable, Sendable, Codable, CustomStringConvertible {
    /// A proven optimum.
    case optimal
    /// No point satisfies the rows, bounds and integrality.
    case infeasible
    /// The objective can be improved without end.
    case unbounded
    /// A limit was reached first. `gap` is the relative distance between the best point found and the proven bound;
    /// nil when no point was found.
    case limit(gap: Double?)

    public var description: String {
        switch self {
        case .optimal: "optimal"
        case .infeasible: "infeasible"
        case .unbounded: "unbounded"
        case .limit(let gap?): "limit reached with a gap of \(gap)"
        case .limit(nil): "limit reached before any solution was found"
        }
    }
}

/// What a session refuses, and a solver that failed in a way no limit or status tells.
public enum SolverSessionError: Error, Equatable, CustomStringConvertible {
    case wrongThread
    case foreignParameter
    case parameterNotFinite(name: String, value: Double)
    case parameterMadeNaN(location: String)
    /// A basis, restriction, cap or objective that names places which the model does not have, or no numbers.
    case misfit(what: String)
    case noSolution(status: String)
    case solverFailed(code: Int)
    case cannotWrite(path: String)

    public var description: String {
        switch self {
        case .wrongThread:
            "a GLPK session was used on another thread than the one it was made on. Make one session a thread."
        case .foreignParameter: "the parameter belongs to another model than this session's."
        case .parameterNotFinite(let name, let value): "parameter '\(name)' was set to \(value); it must be finite."
        case .parameterMadeNaN(let location): "\(location) became infinite or not a number by its parameters."
        case .misfit(let what):
            "\(what) does not fit the session's model: wrong size, wrong places or no finite numbers."
        case .noSolution(let status): "there is no solution to read: the last solve ended as \(status)."
        case .solverFailed(let code): "GLPK gave up with code \(code) after every way of solving was tried."
        case .cannotWrite(let path): "cannot write '\(path)'. Does its folder exist, and may it be written to?"
        }
    }
}

/// Limits of one solve. Counts, not seconds, by default: a limit by the clock would make answers depend on the machine.
public struct SolveLimits: Sendable, Equatable {
    /// Simplex iterations of one linear program; nil means `20_000 + 50 * (rows + columns)`.
    public var iterations: Int?
    /// Branch-and-bound nodes.
    public var nodes: Int
    /// Branch and bound ends where the best point is proven to be as near to the optimum, relatively; 0 for the optimum
    /// itself.
    public var gap: Double
    /// Seconds for one call of the solver; nil for none.
    public var seconds: Double?
    /// A model with integers is solved no further than to tell whether a point is as good as this: to the first one
    /// that is, or until a bound tells that there is none; nil for the optimum itself.
    public var cutoff: Double?

    public init(
        iterations: Int? = nil, nodes: Int = 200_000, gap: Double = 0, seconds: Double? = nil, cutoff: Double? = nil
    ) {
        self.iterations = iterations
        self.nodes = nodes
        self.gap = gap
        self.seconds = seconds
        self.cutoff = cutoff
    }
}
