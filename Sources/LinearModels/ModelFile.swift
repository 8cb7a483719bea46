import CGLPK

/// Formats that other solvers read.
public enum ModelFileFormat: String, Sendable, CaseIterable {
    /// CPLEX LP: meant to be read by people.
    case lp
    /// Free MPS: full names, read by every solver.
    case mps
}

extension Session {
    /// Writes the model, with the parameters as they are set, for another solver or for reading.
    ///
    /// Written by GLPK itself, with 15 significant digits.
    public func write(to path: String, format: ModelFileFormat) throws {
        try applyParameters()
        let code =
            switch format {
            case .lp: glp_write_lp(problem, nil, path)
            case .mps: glp_write_mps(problem, GLP_MPS_FILE, nil, path)
            }
        guard code == 0 else { throw SessionError.cannotWrite(path: path) }
    }
}
