import CGLPK
import Foundation

/// A solver of its own that is installed beside this program, for programs that GLPK takes too long for.
///
/// The program is handed over as a free MPS file, and the answer comes back as a solution file. Nothing of it is
/// believed before it is checked, see ``solve(_:limits:)``.
///
/// ```swift
/// let answer = try ExternalSolver.highs.solve(model, limits: SolveLimits(gap: 1e-4, seconds: 600))
/// ```
public enum ExternalSolver: String, Sendable, Codable, CaseIterable {
    /// HiGHS: `highs` on the path, or the one of the Python package `highsbox`.
    case highs
    /// CBC: `cbc` on the path.
    case cbc

    // MARK: Where it is

    /// Its executable.
    ///
    /// - Throws: ``ExternalSolverError/notInstalled(_:)``.
    public func locate() throws(ExternalSolverError) -> URL {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin"
        for folder in path.split(separator: ":") {
            let url = URL(fileURLWithPath: String(folder)).appendingPathComponent(rawValue)
            if FileManager.default.isExecutableFile(atPath: url.path) { return url }
        }
        if self == .highs, let url = Self.highsOfPython { return url }
        throw .notInstalled(self)
    }

    public var isInstalled: Bool { (try? locate()) != nil }

    /// The executable that the Python package `highsbox` brings, asked for once.
    private static let highsOfPython: URL? = {
        let run = SolverProcess("/usr/bin/env", ["python3", "-c", "import highsbox; print(highsbox.highs_bin_path())"])
        guard let output = try? run.output(), let line = output.split(separator: "\n").last else { return nil }
        let url = URL(fileURLWithPath: line.trimmingCharacters(in: .whitespaces))
        return FileManager.default.isExecutableFile(atPath: url.path) ? url : nil
    }()

    // MARK: Solving

    /// Solves a model with its parameters as they are.
    ///
    /// What the solver finds is put into GLPK: integers rounded and fixed, the rest from the solver's basis, which
    /// takes no or few pivots. So the answer is as exact as one of GLPK, has its marginal values, and depends on what
    /// the solver says only in which integers it fixed and in the bound that these are held to.
    ///
    /// - Parameter limits: seconds and gap count; iterations and nodes are GLPK's.
    /// - Throws: ``ExternalSolverError``; `Interrupted` where the solve was given up from outside.
    public func solve(_ model: LinearModel, limits: SolveLimits = SolveLimits()) throws -> SolvedProgram {
        let found = try read(model, limits)
        guard found.hasSolution else { return SolvedProgram(found.status, nil) }
        guard model.hasIntegers else { return SolvedProgram(.optimal, try confirmed(found, model, limits)) }
        let linear = try model.fixingIntegers(at: values(found, of: model).map { $0.rounded() + 0 })
        let beside = try read(linear, limits)
        guard beside.hasSolution else { throw ExternalSolverError.notConfirmed(self, status: beside.status) }
        let session = try confirmed(beside, linear, limits)
        let objective = session.objectiveValue
        let gap = found.bound.map {
            abs(objective - (model.sense == .maximise ? -$0 : $0)) / max(1e-10, abs(objective))
        }
        // A solver calls optimal what is within the gap that it was allowed.
        let isProved = found.status == .optimal && (gap ?? .infinity) <= 1e-9
        // Without a bound of the solver nothing is known of the optimum.
        return SolvedProgram(isProved ? .optimal : .limit(gap: gap ?? .infinity), session)
    }

    /// A linear program solved by GLPK from the basis that was found.
    private func confirmed(_ found: SolutionText, _ model: LinearModel, _ limits: SolveLimits) throws -> SolverSession {
        let session = try SolverSession(model, limits: SolveLimits(seconds: limits.seconds))
        session.restore(try basis(found, of: model))
        let status = try session.solve()
        guard status == .optimal else { throw ExternalSolverError.notConfirmed(self, status: status) }
        return session
    }

    private func values(_ found: SolutionText, of model: LinearModel) throws(ExternalSolverError) -> [Double] {
        var values: [Double] = []
        for column in model.columns {
            guard let value = found.columns[column.name] else { throw .incomplete(self, name: column.name) }
            values.append(value)
        }
        return values
    }

    /// The solver's own where its file holds it; otherwise one that fits its values: what lies between its bounds is
    /// basic, and so are slacks until there are enough.
    private func basis(_ found: SolutionText, of model: LinearModel) throws(ExternalSolverError) -> Basis {
        if let statuses = found.basis {
            return Basis(
                rows: model.rows.map { statuses.rows[$0.name] ?? GLP_BS },
                columns: model.columns.map { statuses.columns[$0.name] ?? GLP_NL })
        }
        let values = try values(found, of: model)
        let statuses = model.boundStatuses(of: values)
        func status(_ place: BoundStatus) -> Int32 {
            switch place {
            case .inside: GLP_BS
            case .lower: GLP_NL
            case .upper: GLP_NU
            case .fixed: GLP_NS
            }
        }
        let columns = statuses.columns.map(status)
        var rows = statuses.rows.map(status)
        var missing = rows.count - rows.count { $0 == GLP_BS } - columns.count { $0 == GLP_BS }
        for (i, row) in model.rows.enumerated() where missing > 0 && rows[i] != GLP_BS {
            guard (found.rows[row.name] ?? 0) == 0 else { continue }
            rows[i] = GLP_BS
            missing -= 1
        }
        return Basis(rows: rows, columns: columns)
    }

    private func read(_ model: LinearModel, _ limits: SolveLimits) throws -> SolutionText {
        let executable = try locate()
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("program-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let (problem, solution) = (folder.appendingPathComponent("p.mps"), folder.appendingPathComponent("p.sol"))
        try SolverSession(model).write(to: problem.path, format: .mps)
        let run = SolverProcess(executable.path, try arguments(problem, solution, limits, in: folder))
        // HiGHS leaves a log where it works.
        run.process.currentDirectoryURL = folder
        let library = executable.deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("lib")
        run.process.environment = ProcessInfo.processInfo.environment.merging(
            ["LD_LIBRARY_PATH": library.path]
        ) { own, added in "\(own):\(added)" }
        let output = try run.output()
        guard let text = try? String(contentsOf: solution, encoding: .utf8) else {
            throw ExternalSolverError.noAnswer(self, said: Self.end(of: output))
        }
        let read =
            switch self {
            case .highs: SolutionText(highs: text, log: output)
            case .cbc: SolutionText(cbc: text, log: output, rows: model.constraintCount, gap: limits.gap)
            }
        guard let read else { throw ExternalSolverError.noAnswer(self, said: Self.end(of: output)) }
        return read
    }

    private func arguments(_ problem: URL, _ solution: URL, _ limits: SolveLimits, in folder: URL) throws -> [String] {
        let seconds = limits.seconds ?? 1e7
        switch self {
        case .highs:
            let options = folder.appendingPathComponent("options.txt")
            let text = """
                solution_file = \(solution.path)
                write_solution_to_file = true
                time_limit = \(seconds)
                mip_rel_gap = \(limits.gap)
                mip_feasibility_tolerance = 1e-9
                primal_feasibility_tolerance = 1e-9
                dual_feasibility_tolerance = 1e-9
                threads = 1
                random_seed = 1

                """
            try text.write(to: options, atomically: false, encoding: .utf8)
            return ["--options_file", options.path, problem.path]
        case .cbc:
            return [
                problem.path, "-sec", "\(seconds)", "-ratio", "\(limits.gap)", "-primalTolerance", "1e-9",
                "-printingOptions", "all", "-solve", "-solution", solution.path,
            ]
        }
    }

    private static func end(of output: String) -> String {
        output.split(separator: "\n").suffix(3).joined(separator: " / ")
    }
}

/// What can go wrong with a solver outside.
public enum ExternalSolverError: Error, Equatable, CustomStringConvertible {
    case notInstalled(ExternalSolver)
    case noAnswer(ExternalSolver, said: String)
    case incomplete(ExternalSolver, name: String)
    /// With its integers fixed the rest has no optimum, so that the answer is not used.
    case notConfirmed(ExternalSolver, status: SolveStatus)

    public var description: String {
        switch self {
        case .notInstalled(.highs):
            "HiGHS is not installed: there is no 'highs' on the path, and no Python package highsbox. Install it, as with "
                + "pip install highsbox, or leave --solver out."
        case .notInstalled(.cbc):
            "CBC is not installed: there is no 'cbc' on the path. Install it, as with apt install coinor-cbc, or leave "
                + "--solver out."
        case .noAnswer(let solver, let said): "\(solver.rawValue) ended without a solution file. It said: \(said)"
        case .incomplete(let solver, let name): "the solution of \(solver.rawValue) has no value for '\(name)'."
        case .notConfirmed(let solver, let status):
            "the solution of \(solver.rawValue) could not be confirmed and is not used: with its whole numbers fixed, the "
                + "rest ended as \(status)."
        }
    }
}
