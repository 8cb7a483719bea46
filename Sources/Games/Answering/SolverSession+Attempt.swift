import LinearModels

extension SolverSession {
    /// A solver that gives up counts as a limit reached: one program without an answer must not end what many are solved for.
    func attempt() throws -> SolveStatus {
        do {
            return try solve()
        } catch SolverSessionError.solverFailed {
            return .limit(gap: nil)
        }
    }
}
