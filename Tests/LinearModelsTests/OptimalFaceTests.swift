import LinearModels
import TestSupport
import Testing

/// The optimal face by complementary slackness: ties are told, and a second objective finds its best optimum.
@Suite struct OptimalFaceTests {
    /// Against counting: the face's best and worst for a second objective are those over all optimal vertices.
    @Test(arguments: [false, true])
    func secondObjectiveOverTheFaceIsLexicographic(integers: Bool) throws {
        var random = SeededNumbers(seed: 31)
        var (tied, unique, branched) = (0, 0, 0)
        for number in 0..<800 {
            let tiny = TinyProgram.random(&random, integers: integers)
            let candidates = tiny.candidates()
            guard let optimum = tiny.optimum(over: candidates) else { continue }
            let session = try SolverSession(tiny.model().model)
            try session.solve()
            guard !session.usedBranchAndBound else {
                branched += 1
                continue
            }
            let optima = candidates.filter { abs(tiny.objective(tiny.costs, at: $0) - optimum) < 1e-7 }
            let spread = (0..<tiny.count).map { j in
                (optima.map { $0[j] }.max() ?? 0) - (optima.map { $0[j] }.min() ?? 0)
            }
            let isUnique = spread.allSatisfy { $0 < 1e-7 }
            let face = try session.optimalFace()
            // Several optima are always told. One optimum may pass for several where the vertex is degenerate.
            if !isUnique { #expect(face.hasTies, "program \(number)") }
            if !face.hasTies { #expect(isUnique, "program \(number)") }
            tied += isUnique ? 0 : 1
            unique += face.hasTies ? 0 : 1

            let second = (0..<tiny.count).map { _ in Double(random.whole(-5...5)) }
            session.restrict(to: [(face, 0, 0)])
            for sense in [LinearModel.Sense.minimise, .maximise] {
                session.setObjective(coefficients: second, constant: tiny.constant, sense: sense)
                #expect(try session.solve() == .optimal, "program \(number)")
                let values = optima.map { tiny.objective(second, at: $0) }
                let expected = (sense == .minimise ? values.min() : values.max()) ?? .nan
                #expect(abs(session.objectiveValue - expected) < 1e-6, "program \(number), \(sense)")
                #expect(abs(tiny.objective(tiny.costs, at: session.values) - optimum) < 1e-6)
            }
            session.release()
            session.setObjective(
                coefficients: tiny.costs, constant: tiny.constant, sense: tiny.maximises ? .maximise : .minimise)
            #expect(try session.solve() == .optimal)
            #expect(abs(session.objectiveValue - optimum) < 1e-7)
        }
        #expect(tied > 60 && unique > 60)
        #expect(integers ? branched > 20 : branched == 0)
    }

    /// The answer that needed branching has no duals; `cost <= optimum` as a cap holds its optima.
    @Test func capsHoldTheOptimaOfBranchedPrograms() throws {
        var random = SeededNumbers(seed: 32)
        var branched = 0
        for number in 0..<400 {
            let tiny = TinyProgram.random(&random, integers: true)
            let candidates = tiny.candidates()
            guard let optimum = tiny.optimum(over: candidates) else { continue }
            let session = try SolverSession(tiny.model().model)
            try session.solve()
            guard session.usedBranchAndBound else { continue }
            branched += 1
            let sign: Double = tiny.maximises ? -1 : 1
            session.cap([
                (
                    coefficients: tiny.costs.enumerated().map { (column: $0.offset, value: sign * $0.element) },
                    upper: sign * (optimum - tiny.constant) + 1e-9
                )
            ])
            let optima = candidates.filter { abs(tiny.objective(tiny.costs, at: $0) - optimum) < 1e-7 }
            let second = (0..<tiny.count).map { _ in Double(random.whole(-5...5)) }
            session.setObjective(coefficients: second, constant: tiny.constant, sense: .maximise)
            #expect(try session.solve() == .optimal, "program \(number)")
            let expected = optima.map { tiny.objective(second, at: $0) }.max() ?? .nan
            #expect(abs(session.objectiveValue - expected) < 1e-6, "program \(number)")
        }
        #expect(branched > 20)
    }

    @Test func aUniqueOptimumHasNoTies() throws {
        var model = LinearModel()
        let x = try model.variable("x", in: 0...3)
        let y = try model.variable("y", in: 0...3)
        try model.add(x + y >= 4, named: "row")
        try model.minimise(x + 2 * y)
        let session = try SolverSession(model)
        try session.solve()
        let face = try session.optimalFace()
        #expect(!face.hasTies)
        #expect(face.columns.map(\.index) == [0] && face.columns.map(\.value) == [3])
        #expect(face.rows.map(\.index) == [0] && face.rows.map(\.value) == [4])
    }

    /// Three lines through one vertex: the optimum (2, 2) is one, but a basis with a zero dual cannot tell.
    @Test func degenerateVerticesMayPassForTies() throws {
        var model = LinearModel()
        let x = try model.variable("x", in: 0...9)
        let y = try model.variable("y", in: 0...9)
        try model.add(x + y <= 4, named: "a")
        try model.add(x + 2 * y <= 6, named: "b")
        try model.add(2 * x + y <= 6, named: "c")
        try model.maximise(x + y)
        let session = try SolverSession(model)
        try session.solve()
        let face = try session.optimalFace()
        session.restrict(to: [(face, 0, 0)])
        for sense in [LinearModel.Sense.minimise, .maximise] {
            session.setObjective(coefficients: [1, -1], constant: 0, sense: sense)
            try session.solve()
            #expect(session.values == [2, 2])
        }
    }

    /// A great cost that is not paid says nothing of rounding: a ten-thousandth is a difference.
    @Test func unpaidPenaltiesDoNotMakeTies() throws {
        for need in [50.0, 250] {
            var model = LinearModel()
            let near = try model.variable("near", in: 0...100)
            let far = try model.variable("far", in: 0...100)
            let missing = try model.variable("missing")
            try model.add(near + far + missing == need, named: "need")
            try model.minimise(near + 1.0001 * far + 1e6 * missing)
            let session = try SolverSession(model)
            try session.solve()
            #expect(try !session.optimalFace().hasTies)
        }
    }

    // MARK: Restriction and parameters

    private struct Confined {
        let session: SolverSession
        let high, side: Parameter
        let x, y: Variable

        /// Maximise `x + y`, `x` in 0 ... high, `y` in 0 ... 9, `x + y <= side`.
        init() throws {
            var model = LinearModel()
            high = try model.parameter("high", value: 5)
            side = try model.parameter("side", value: 8)
            x = try model.variable("x", from: .init(0), to: .init(high))
            y = try model.variable("y", in: 0...9)
            try model.add(x + y <= side, named: "row")
            try model.maximise(x + y)
            session = try SolverSession(model)
        }

        func restrict(columns: [(Int, Double)], rows: [(Int, Double)] = []) {
            session.restrict(to: [
                (
                    OptimalFace(
                        columns: columns.map { (index: $0.0, value: $0.1) },
                        rows: rows.map { (index: $0.0, value: $0.1) }, hasTies: true), 0, 0
                )
            ])
        }
    }

    /// Parameters set before or while a session is confined move bounds only behind the restriction.
    @Test func parametersDoNotLoosenARestriction() throws {
        let confined = try Confined()
        let session = confined.session
        // Set, then restricted, then solved: the waiting bound must not undo the restriction.
        try session.set(confined.high, to: 6)
        confined.restrict(columns: [(0, 2)])
        try session.solve()
        #expect(session.value(of: confined.x) == 2)
        try session.set(confined.high, to: 7)
        try session.solve()
        #expect(session.value(of: confined.x) == 2)
        confined.restrict(columns: [], rows: [(0, 4)])
        try session.set(confined.side, to: 7)
        try session.solve()
        #expect(session.objectiveValue == 4)
        session.release()
        try session.solve()
        #expect(session.objectiveValue == 7)
        session.setObjective(coefficients: [1, 0], constant: 0, sense: .maximise)
        try session.solve()
        #expect(session.value(of: confined.x) == 7)
    }

    @Test func crossedBoundsAreSeenBehindARestriction() throws {
        let confined = try Confined()
        let session = confined.session
        confined.restrict(columns: [(0, 2)])
        try session.solve()
        try session.set(confined.high, to: -1)
        #expect(try session.solve() == .infeasible)
        session.release()
        #expect(try session.solve() == .infeasible)
        try session.set(confined.high, to: 3)
        #expect(try session.solve() == .optimal)
        // A value that the bounds forbid.
        confined.restrict(columns: [(0, 4)])
        #expect(try session.solve() == .infeasible)
        try session.set(confined.high, to: 4)
        #expect(try session.solve() == .optimal)
        // Solver's tolerance is no breach.
        confined.restrict(columns: [(0, 4 + 1e-8)])
        #expect(try session.solve() == .optimal)
    }

    @Test func integersConfinedToFractionsAreInfeasible() throws {
        var model = LinearModel()
        let n = try model.variable("n", in: 0...5, kind: .integer)
        let x = try model.variable("x", in: 0...9)
        try model.add(n + x <= 7, named: "row")
        try model.maximise(n + x)
        let session = try SolverSession(model)
        func confine(_ value: Double) {
            session.restrict(to: [(OptimalFace(columns: [(index: 0, value: value)], rows: [], hasTies: false), 0, 0)])
        }
        confine(2.5)
        #expect(try session.solve() == .infeasible)
        confine(3 - 1e-9)
        #expect(try session.solve() == .optimal)
        #expect(session.value(of: n) == 3)
    }
}
