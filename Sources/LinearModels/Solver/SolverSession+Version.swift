import CGLPK

extension SolverSession {
    /// Version of the GLPK library in use, such as `5.0`.
    public static var solverVersion: String { glp_version().map { String(cString: $0) } ?? "unknown" }
}
