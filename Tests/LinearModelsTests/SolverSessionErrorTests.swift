import Foundation
import LinearModels
import Testing

/// What a session refuses, with its sentences. GLPK aborts the process on most of it, so reaching the end is a part of
/// each test.
@Suite struct SessionErrorTests {
    private func sentence(_ action: () throws -> Void) -> String? {
        #expect(throws: SolverSessionError.self) { try action() }?.description
    }

    private func small() throws -> (session: SolverSession, x: Variable, p: Parameter, row: Constraint) {
        var model = LinearModel()
        let x = try model.variable("x", in: 0...10)
        let p = try model.parameter("p", value: 2)
        let row = try model.add(x >= p, named: "row")
        try model.minimise(p * x + 3)
        return (try SolverSession(model), x, p, row)
    }

    @Test func parameters() throws {
        let (session, _, p, _) = try small()
        #expect(
            sentence { try session.set(p, to: .infinity) } == "parameter 'p' was set to inf; it must be finite.")
        #expect(sentence { try session.set(p, to: .nan) } == "parameter 'p' was set to nan; it must be finite.")
        var other = LinearModel()
        let foreign = try other.parameter("p")
        #expect(
            sentence { try session.set(foreign, to: 1) }
                == "the parameter belongs to another model than this session's.")
        var copy = session.model
        _ = try copy.parameter("q")
        let late = try copy.parameter("late")
        #expect(throws: SolverSessionError.foreignParameter) { try session.set(late, to: 1) }
        // Refused values leave the old one.
        try session.solve()
        #expect(session.objectiveValue == 7)
    }

    /// Finite parameters whose multiples are not: never a bound that silently is none.
    @Test func overflowByParametersIsToldAndCanBeMended() throws {
        var model = LinearModel()
        let p = try model.parameter("p", value: 1)
        let x = try model.variable("x", from: .init(0), to: 1e200 * ParameterExpression(p))
        let y = try model.variable("y", from: 1e200 * ParameterExpression(p), to: .init(.infinity))
        let z = try model.variable("z", in: 0...1)
        try model.add(z >= 1e100 * p - 1e100, named: "row")
        try model.minimise(1e50 * (p * z) + x - x + 0 * y)
        let session = try SolverSession(model)
        #expect(try session.solve() == .optimal)
        for value in [1e300, 1e250, 1e300] {
            try session.set(p, to: value)
            for _ in 0..<2 {
                let found = sentence { try session.solve() }
                #expect(found?.hasSuffix("became infinite or not a number by its parameters.") == true)
                #expect(session.status == .limit(gap: nil))
            }
        }
        try session.set(p, to: 1)
        #expect(try session.solve() == .optimal)
    }

    @Test func everyPlaceOfAParameterIsNamed() throws {
        func place(_ build: (inout LinearModel, Parameter, Variable) throws -> Void) throws -> String? {
            var model = LinearModel()
            let p = try model.parameter("p", value: 1e10)
            let x = try model.variable("x")
            try build(&model, p, x)
            return sentence { _ = try SolverSession(model) }
        }
        let tail = " became infinite or not a number by its parameters."
        #expect(try place { try $0.minimise(1e300 * ($1 * $2)) } == "the objective coefficient of 'x'" + tail)
        #expect(try place { try $0.minimise($2 + 1e300 * $1) } == "the constant of the objective" + tail)
        #expect(try place { try $0.add($2 <= 1e300 * $1, named: "c") } == "a side of constraint 'c'" + tail)
        #expect(
            try place { model, p, _ in
                _ = try model.variable("y", from: .init(0), to: 1e300 * ParameterExpression(p))
            } == "a bound of 'y'" + tail)
    }

    @Test func otherThreads() throws {
        let box = Unchecked(try small())
        let found = onThread { () -> [String] in
            let (session, _, p, _) = box.value
            return [
                { try session.solve() }, { try session.set(p, to: 1) }, { _ = try session.optimalFace() },
                { try session.write(to: "/dev/null", format: .lp) },
            ].map { (action: () throws -> Void) in
                do {
                    try action()
                    return "no error"
                } catch { return "\(error)" }
            }
        }
        let sentence =
            "a GLPK session was used on another thread than the one it was made on. Make one session a thread."
        #expect(found == Array(repeating: sentence, count: 4))
        onThread {
            box.value.session.releaseCaps()
            box.value.session.startFromSlackBasis()
        }
        #expect(throws: SolverSessionError.wrongThread) { try box.value.session.solve() }
        // It is still good where it was made.
        #expect(try box.value.session.solve() == .optimal)
    }

    @Test func facesOfNoSolution() throws {
        let (session, _, p, _) = try small()
        #expect(
            sentence { _ = try session.optimalFace() }
                == "there is no solution to read: the last solve ended as limit reached before any solution was found.")
        try session.set(p, to: 11)
        try session.solve()
        #expect(
            sentence { _ = try session.optimalFace() }
                == "there is no solution to read: the last solve ended as infeasible.")
    }

    @Test func filesThatCannotBeWritten() throws {
        let (session, _, _, _) = try small()
        for format in ModelFileFormat.allCases {
            #expect(
                sentence { try session.write(to: "/nowhere/at/all/model", format: format) }
                    == "cannot write '/nowhere/at/all/model'. Does its folder exist, and may it be written to?")
        }
    }

    /// Calls that cannot throw leave GLPK alone, and the next solve throws; the one after it is right again.
    @Test func placesThatTheModelDoesNotHave() throws {
        let (session, _, _, _) = try small()
        var wide = LinearModel()
        for j in 0..<5 { try wide.add(wide.variable("x\(j)") >= 1, named: "row\(j)") }
        let stranger = try SolverSession(wide)
        func face(_ columns: [(Int, Double)], _ rows: [(Int, Double)]) -> OptimalFace {
            OptimalFace(
                columns: columns.map { (index: $0.0, value: $0.1) }, rows: rows.map { (index: $0.0, value: $0.1) },
                hasTies: false)
        }
        let misuses: [(String, () -> Void)] = [
            ("a basis", { session.restore(stranger.basis) }),
            ("a basis", { session.restore(stranger.basis, columnOffset: 0, rowOffset: 0) }),
            ("a basis", { session.restore(session.basis, columnOffset: -1, rowOffset: 0) }),
            ("a restriction", { session.restrict(to: [(face([(7, 1)], []), 0, 0)]) }),
            ("a restriction", { session.restrict(to: [(face([], [(0, 1)]), 0, -3)]) }),
            ("a restriction", { session.restrict(to: [(face([(0, .nan)], []), 0, 0)]) }),
            ("a cap", { session.cap([(coefficients: [(column: 4, value: 1)], upper: 1)]) }),
            ("a cap", { session.cap([(coefficients: [(column: 0, value: .infinity)], upper: 1)]) }),
            ("an objective", { session.setObjective(coefficients: [1, 2], constant: 0, sense: .minimise) }),
            ("an objective", { session.setObjective(coefficients: [.nan], constant: 0, sense: .minimise) }),
        ]
        for (what, misuse) in misuses {
            misuse()
            #expect(
                sentence { try session.solve() }
                    == "\(what) does not fit the session's model: wrong size, wrong places or no finite numbers.")
            #expect(try session.solve() == .optimal)
            #expect(session.objectiveValue == 7)
        }
    }

    /// A column may stand twice in a cap, as costs of one variable do.
    @Test func capsMergeTheirTerms() throws {
        var model = LinearModel()
        let x = try model.variable("x", in: 0...10)
        try model.maximise(x)
        let session = try SolverSession(model)
        session.cap([(coefficients: [(column: 0, value: 1), (column: 0, value: 1)], upper: 6)])
        #expect(try session.solve() == .optimal)
        #expect(session.value(of: x) == 3)
        session.cap([(coefficients: [(column: 0, value: 1)], upper: 5)])
        try session.solve()
        #expect(session.value(of: x) == 5)
        session.releaseCaps()
        try session.solve()
        #expect(session.value(of: x) == 10)
    }

    @Test func readingWhatBelongsElsewhereGivesNaN() throws {
        let (session, x, _, row) = try small()
        try session.solve()
        var other = LinearModel()
        let foreign = try other.variable("z")
        let foreignRow = try other.add(foreign >= 1, named: "row")
        #expect(session.value(of: foreign).isNaN)
        #expect(session.value(of: x + foreign).isNaN)
        #expect(session.dual(of: foreignRow).isNaN)
        #expect(session.reducedCost(of: foreign).isNaN)
        #expect(session.value(of: 2 * x + 1) == 5)
        #expect(session.dual(of: row) == 2)
    }

    @Test func otherSentences() {
        #expect(
            SolverSessionError.solverFailed(code: 5).description
                == "GLPK gave up with code 5 after every way of solving was tried.")
        #expect(SolveStatus.optimal.description == "optimal")
        #expect(SolveStatus.infeasible.description == "infeasible")
        #expect(SolveStatus.unbounded.description == "unbounded")
        #expect(SolveStatus.limit(gap: 0.25).description == "limit reached with a gap of 0.25")
        #expect(SolveStatus.limit(gap: nil).description == "limit reached before any solution was found")
    }
}
