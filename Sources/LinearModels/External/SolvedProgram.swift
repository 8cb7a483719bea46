/// A program that GLPK solved, or another solver did and GLPK confirmed.
public struct SolvedProgram {
    public let status: SolveStatus
    /// Holds the answer, its values and multipliers; nil where there is none. Where another solver chose the integers
    /// they are fixed in it, and its own status is that of the rest.
    public let session: SolverSession?

    /// - Parameters:
    ///   - model: with its parameters as they are.
    ///   - solver: what solves it; GLPK where it is nil.
    /// - Throws: `SolverSessionError`, ``ExternalSolverError``; `Interrupted` where the solve was given up from
    ///   outside.
    public init(
        _ model: LinearModel, limits: SolveLimits = SolveLimits(), using solver: ExternalSolver? = nil
    ) throws {
        self = try solver?.solve(model, limits: limits) ?? SolvedProgram(solving: SolverSession(model, limits: limits))
    }

    /// Of a session that is kept between solves.
    package init(solving session: SolverSession) throws {
        let status = try session.solve()
        switch status {
        case .optimal, .limit(.some): self.init(status, session)
        default: self.init(status, nil)
        }
    }

    init(_ status: SolveStatus, _ session: SolverSession?) { (self.status, self.session) = (status, session) }
}
