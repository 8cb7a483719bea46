import ArgumentParser
import LinearModels

/// What solves large programs.
struct SolverOptions: ParsableArguments {
    enum Choice: String, ExpressibleByArgument, CaseIterable { case glpk, highs, cbc }

    @Option(
        help: """
            What solves the programs: glpk, or highs or cbc where they are installed. Answers of the latter are checked \
            before they are used.
            """)
    var solver = Choice.glpk

    /// nil for GLPK.
    ///
    /// - Throws: `ExternalSolverError` where it is not installed.
    var external: ExternalSolver? {
        get throws {
            guard let solver = ExternalSolver(rawValue: solver.rawValue) else { return nil }
            _ = try solver.locate()
            return solver
        }
    }
}
