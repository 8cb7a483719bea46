import LinearModels
import TestSupport
import Testing

/// Sessions on several threads at once answer as one after the other does.
@Suite struct ThreadTests {
    private static func answers(_ model: LinearModel, seed: UInt64) -> [[UInt64]]? {
        defer { SolverSession.releaseThreadMemory() }
        return try? solveAll(model, seed: seed)
    }

    private static func solveAll(_ model: LinearModel, seed: UInt64) throws -> [[UInt64]] {
        var random = SeededNumbers(seed: seed)
        let session = try SolverSession(model)
        try session.solve()
        let basis = session.basis
        return try (0..<25).map { _ in
            for parameter in model.parameters { try session.set(parameter, to: random.uniform(in: 0.5...2)) }
            session.restore(basis)
            try session.solve()
            return session.values.map(\.bitPattern)
        }
    }

    @Test func threadsAtOnceAnswerAsOne() throws {
        let model = try BlockModel(rows: 40, columns: 150).model
        let serial = (0..<4).map { seed in onThread { Self.answers(model, seed: UInt64(seed)) } }
        let running = (0..<4).map { seed in start { Self.answers(model, seed: UInt64(seed)) } }
        let parallel = running.map { $0() }
        #expect(!serial.contains { $0 == nil })
        #expect(parallel == serial)
    }

    /// Models are values and may cross threads; sessions made of copies share nothing.
    @Test func copiesOfAModelAreIndependent() throws {
        var model = LinearModel()
        let x = try model.variable("x", in: 0...10)
        try model.maximise(x)
        var copy = model
        try copy.add(x <= 4, named: "limit")
        try copy.maximise(2 * x)
        let original = try SolverSession(model)
        let changed = try SolverSession(copy)
        try original.solve()
        try changed.solve()
        #expect(original.objectiveValue == 10)
        #expect(changed.objectiveValue == 8)
    }
}
