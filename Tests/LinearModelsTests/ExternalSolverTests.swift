import Foundation
import TestSupport
import Testing

@testable import LinearModels

/// HiGHS and CBC beside GLPK: where one is not installed, its tests are skipped and say so.
@Suite struct ExternalSolverTests {
    private static let installed = ExternalSolver.allCases.filter(\.isInstalled)

    /// A random program with a solution: rows hold at a point that is drawn first.
    private static func random(_ seed: UInt64, integers: Bool, isMaximised: Bool) throws -> LinearModel {
        var numbers = SeededNumbers(seed: seed)
        func draw(_ range: ClosedRange<Double>) -> Double { Double.random(in: range, using: &numbers) }
        var model = LinearModel()
        let variables = try (0..<9).map { j in
            try model.variable("x\(j)", in: -3...12, kind: integers && j % 3 == 0 ? .integer : .continuous)
        }
        let point = variables.indices.map { j in integers && j % 3 == 0 ? draw(-3...12).rounded() : draw(-3...12) }
        for i in 0..<6 {
            let factors = variables.map { _ in draw(-4...4) }
            let activity = zip(factors, point).reduce(0) { $0 + $1.0 * $1.1 }
            let expression = sum(zip(factors, variables).map { $0 * $1 })
            switch i % 3 {
            case 0: try model.add(expression <= activity + draw(0...3), named: "r\(i)")
            case 1: try model.add(expression >= activity - draw(0...3), named: "r\(i)")
            default: try model.add(range(activity - 2, expression, activity + 2), named: "r\(i)")
            }
        }
        let objective = sum(variables.map { draw(-5...5) * $0 }) + LinearExpression(7)
        if isMaximised { try model.maximise(objective) } else { try model.minimise(objective) }
        return model
    }

    @Test(
        .enabled(if: !installed.isEmpty, "neither HiGHS nor CBC is installed"), arguments: installed, 0..<8)
    func findsWhatGLPKFinds(solver: ExternalSolver, seed: Int) throws {
        let model = try Self.random(UInt64(seed), integers: seed % 2 == 1, isMaximised: seed % 4 < 2)
        let session = try SolverSession(model)
        #expect(try session.solve() == .optimal)
        let answer = try solver.solve(model)
        let found = try #require(answer.session)
        #expect(answer.status == .optimal)
        #expect(abs(found.objectiveValue - session.objectiveValue) < 1e-7 * max(1, abs(session.objectiveValue)))
        #expect(model.largestViolation(values: found.values[...], parameters: []) < 1e-9)
    }

    @Test(.enabled(if: !installed.isEmpty, "neither HiGHS nor CBC is installed"), arguments: installed)
    func tellsWhatHasNoSolution(solver: ExternalSolver) throws {
        var model = LinearModel()
        let x = try model.variable("x")
        try model.add(x <= 4, named: "high")
        try model.minimise(-x)
        #expect(try #require(try solver.solve(model).session).objectiveValue == -4)
        try model.add(x >= 5, named: "low")
        #expect(try solver.solve(model).status == .infeasible)
        var endless = LinearModel()
        let y = try endless.variable("y")
        let z = try endless.variable("z")
        try endless.add(y - z <= 4, named: "row")
        try endless.maximise(y)
        #expect(try solver.solve(endless).status == .unbounded)
    }

    /// A text as HiGHS writes it, with its log: reached limit, bound of the log, nothing of the duals of integers.
    @Test func readsHiGHS() throws {
        let text = """
            Model status
            Time limit reached

            # Primal solution values
            Feasible
            Objective 12.5
            # Columns 2
            x 1
            y 2.5e-1
            # Rows 1
            r 7

            # Dual solution values
            None

            # Basis
            HiGHS_basis_file v2
            None
            """
        let log = "  Primal bound      12.5\n  Dual bound        11.25\n  Gap               10%\n"
        let read = try #require(SolutionText(highs: text, log: log))
        #expect(read.status == .limit(gap: nil) && read.hasSolution)
        #expect(read.columns == ["x": 1, "y": 0.25] && read.rows.isEmpty && read.bound == 11.25)
        #expect(read.basis == nil)
        #expect(SolutionText(highs: "", log: "") == nil)
        #expect(try #require(SolutionText(highs: "Model status\nInfeasible\n", log: "")).status == .infeasible)
    }

    @Test func readsCBC() throws {
        let text = """
            Optimal - objective value 100.00000000
                  0 r                       7.5                      -2
            **    1 s                       1e-3                     0
                  0 x                       1                       0.5
                  1 y                       2                       0
            """
        let read = try #require(SolutionText(cbc: text, log: "", rows: 2, gap: 0.01))
        #expect(read.columns == ["x": 1, "y": 2] && read.rows == ["r": -2, "s": 0] && read.bound == 99)
        let stopped = "Stopped on time (no integer solution - continuous used) - objective value 3\n"
        let cut = try #require(SolutionText(cbc: stopped, log: "Lower bound:     2.5\n", rows: 0, gap: 0))
        #expect(!cut.hasSolution && cut.bound == 2.5 && cut.status == .limit(gap: nil))
        #expect(SolutionText(cbc: "nothing", log: "", rows: 0, gap: 0) == nil)
    }

    /// Weak duality by hand: min 2x + 3y with x + y >= 4, x <= 3.
    @Test func multipliersProveABound() throws {
        var model = LinearModel()
        let (x, y) = (try model.variable("x", in: 0...3), try model.variable("y"))
        try model.add(x + y >= 4, named: "need")
        try model.minimise(2 * x + 3 * y)
        #expect(model.lowerBound(multipliers: [3], parameters: []) == 9)
        #expect(model.lowerBound(multipliers: [2], parameters: []) == 8)
        #expect(model.lowerBound(multipliers: [4], parameters: []) == -.infinity)
        // On a side that the row does not have it counts for nothing.
        #expect(model.lowerBound(multipliers: [-1], parameters: []) == 0)
    }
}
