import CGLPK
import Foundation
import LinearModels
import Testing

/// Files for other solvers: what is read back is the model with its parameters as set, constant and names included.
@Suite struct ModelFileTests {
    private struct Reading {
        var objective: Double
        var status: Int32
        var names: Set<String>
        var rowNames: Set<String>
        var integers: Int
    }

    private func text(_ session: SolverSession, _ format: ModelFileFormat) throws -> String {
        try withFile { path in
            try session.write(to: path, format: format)
            return try String(contentsOfFile: path, encoding: .utf8)
        }
    }

    private func withFile<Result>(_ body: (String) throws -> Result) throws -> Result {
        let url = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: url) }
        return try body(url.path)
    }

    /// Read and solved by GLPK's own reader and branch and bound, around this module.
    private func read(_ session: SolverSession, _ format: ModelFileFormat) throws -> Reading {
        try withFile { path in
            try session.write(to: path, format: format)
            let problem = glp_create_prob()
            defer { glp_delete_prob(problem) }
            let code =
                switch format {
                case .lp: glp_read_lp(problem, nil, path)
                case .mps: glp_read_mps(problem, GLP_MPS_FILE, nil, path)
                }
            #expect(code == 0)
            var options = glp_iocp()
            glp_init_iocp(&options)
            options.presolve = GLP_ON
            options.msg_lev = GLP_MSG_OFF
            let solved = glp_intopt(problem, &options)
            let columns = glp_get_num_cols(problem)
            let rows = glp_get_num_rows(problem)
            return Reading(
                objective: glp_mip_obj_val(problem), status: solved == 0 ? glp_mip_status(problem) : solved,
                names: Set((1...columns).map { String(cString: glp_get_col_name(problem, $0)) }),
                rowNames: Set((1...rows).map { String(cString: glp_get_row_name(problem, $0)) }),
                integers: Int(glp_get_num_int(problem)))
        }
    }

    /// Everything at once: a range, negative and missing lower bounds, integers with and without upper bounds, a
    /// parameter in each place, a constant, a variable in no row.
    private func everything(maximises: Bool) throws -> (session: SolverSession, price: Parameter) {
        var model = LinearModel()
        let price = try model.parameter("price", value: 1)
        let side = try model.parameter("side", value: 7.5)
        let x = try model.variable(
            "plant.x@1", from: .init(-3), to: ParameterExpression(side) + .init(-3.5), kind: .integer)
        let y = try model.variable("y", in: -.infinity...(-1), kind: .integer)
        let z = try model.variable("z#free", in: -.infinity ... .infinity)
        let n = try model.variable("n", kind: .integer)
        let b = try model.variable("b", kind: .binary)
        let idle = try model.variable("idle", in: -2...5)
        try model.add(range(-5, x + y + z, 7.5), named: "range@1")
        try model.add(x + y >= -5, named: "low")
        try model.add(n + b <= side, named: "count")
        try model.add(z - 0.5 * n == 1, named: "tie")
        let objective = price * x - y + 2 * z + 0.25 * n - b + 0.125 * idle + 2 * price + 10.5
        if maximises { try model.maximise(objective) } else { try model.minimise(objective) }
        return (try SolverSession(model), price)
    }

    @Test(arguments: ModelFileFormat.allCases, [true, false])
    func readBackItHasTheSameOptimum(format: ModelFileFormat, maximises: Bool) throws {
        let (session, price) = try everything(maximises: maximises)
        for value in [1, -2.5] {
            try session.set(price, to: value)
            // Written before the solve: what is set must be in the file already.
            let reading = try read(session, format)
            #expect(try session.solve() == .optimal)
            let sign: Double = format == .mps && maximises ? -1 : 1
            #expect(reading.status == GLP_OPT)
            #expect(abs(reading.objective - sign * session.objectiveValue) < 1e-9)
            #expect(reading.names.isSuperset(of: ["plant.x@1", "y", "z#free", "n", "b", "idle"]))
            #expect(reading.rowNames == ["range@1", "low", "count", "tie"])
            #expect(reading.integers == 4)
        }
    }

    /// By hand for price 1, minimised: the optimum is not only the same but right.
    @Test func theOptimumByCounting() throws {
        for maximises in [true, false] {
            let (session, _) = try everything(maximises: maximises)
            try session.solve()
            var best = maximises ? -Double.infinity : .infinity
            for x in -3...4 {
                for y in -9 ... -1 where x + y >= -5 {
                    for n in 0...7 {
                        for b in 0...1 where Double(n + b) <= 7.5 {
                            let z = 1 + 0.5 * Double(n)
                            let load = Double(x + y) + z
                            guard (-5...7.5).contains(load) else { continue }
                            let idle: Double = maximises ? 5 : -2
                            let value = Double(x - y - b) + 2 * z + 0.25 * Double(n) + 0.125 * idle + 12.5
                            best = maximises ? max(best, value) : min(best, value)
                        }
                    }
                }
            }
            #expect(abs(session.objectiveValue - best) < 1e-9)
        }
    }

    @Test func restrictionsAreWritten() throws {
        let (session, _) = try everything(maximises: true)
        session.restrict(to: [(OptimalFace(columns: [(index: 0, value: 2)], rows: [], hasTies: false), 0, 0)])
        let reading = try read(session, .lp)
        try session.solve()
        #expect(abs(reading.objective - session.objectiveValue) < 1e-9)
    }

    /// GLPK writes nothing of a model without rows as LP, and aborts on it as MPS.
    @Test(arguments: ModelFileFormat.allCases)
    func modelsWithoutRows(format: ModelFileFormat) throws {
        var model = LinearModel()
        let x = try model.variable("objective.constant", in: -4...3)
        let n = try model.variable("n", in: 0...9, kind: .integer)
        try model.minimise(x - n + 2.5)
        let reading = try read(SolverSession(model), format)
        #expect(reading.objective == -10.5)
        #expect(reading.integers == 1)
        var empty = LinearModel()
        try empty.minimise(LinearExpression(6))
        #expect(try read(SolverSession(empty), format).objective == 6)
        #expect(try read(SolverSession(LinearModel()), format).objective == 0)
    }

    @Test func infeasibleBoundsStayInfeasible() throws {
        var model = LinearModel()
        let top = try model.parameter("top", value: -3)
        let x = try model.variable("x", from: .init(0), to: .init(top))
        try model.add(x <= 5, named: "row")
        let session = try SolverSession(model)
        #expect(try session.solve() == .infeasible)
        for format in ModelFileFormat.allCases { #expect(try text(session, format).contains("-3")) }
    }

    @Test func theTextIsPlain() throws {
        var model = LinearModel()
        let buy = try model.variable("buy@7", in: 0...100)
        try model.add(2 * buy >= 30, named: "demand")
        try model.maximise(-0.25 * buy + 4)
        let session = try SolverSession(model)
        let lp = try text(session, .lp)
        for part in [
            "Maximize", "- 0.25 buy@7 + 4 objective.constant", "demand: + 2 buy@7 >= 30", "objective.constant = 1",
        ] { #expect(lp.contains(part)) }
        let mps = try text(session, .mps)
        for part in [
            "NAME maximise_negated", " G demand", "buy@7 R0000000 0.25 demand 2", "FX BND1 objective.constant 1",
        ] { #expect(mps.contains(part)) }
        // The session itself is as it was.
        try session.solve()
        #expect(session.objectiveValue == 0.25)
        #expect(session.values.count == 1)
    }

    @Test func theSolverTellsItsVersion() { #expect(SolverSession.solverVersion.hasPrefix("5.")) }
}
