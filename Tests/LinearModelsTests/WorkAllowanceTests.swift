import LinearModels
import TestSupport
import Testing

/// Work that is counted: alike each time, and never more than is allowed.
@Suite struct WorkAllowanceTests {
    /// A transport problem whose solve takes many pivots.
    private static func transport(_ size: Int) throws -> LinearModel {
        var numbers = SeededNumbers(seed: 3)
        var model = LinearModel()
        var cost = LinearExpression()
        var sent = (0..<size).map { _ in LinearExpression() }
        var taken = sent
        for i in 0..<size {
            for j in 0..<size {
                let flow = try model.variable("x\(i)_\(j)")
                cost += numbers.uniform(in: 1...9) * flow
                sent[i] += flow
                taken[j] += flow
            }
        }
        for i in 0..<size {
            try model.add(sent[i] <= 10, named: "from\(i)")
            try model.add(taken[i] >= 9, named: "to\(i)")
        }
        try model.minimise(cost)
        return model
    }

    /// Ten things of which a bag holds some; weights and values without a pattern.
    private static func bag() throws -> (model: LinearModel, best: Double) {
        let (weights, values) = ([13.0, 7, 11, 17, 5, 19, 23, 3, 29, 31], [14.0, 8, 12, 19, 5, 20, 25, 4, 30, 33])
        var model = LinearModel()
        let taken = try weights.indices.map { try model.variable("t\($0)", kind: .binary) }
        try model.add(sum(zip(weights, taken).map { $0 * $1 }) <= 61, named: "room")
        try model.maximise(sum(zip(values, taken).map { $0 * $1 }))
        var best = 0.0
        for choice in 0..<1 << weights.count {
            let held = weights.indices.filter { choice >> $0 & 1 == 1 }
            guard held.reduce(0, { $0 + weights[$1] }) <= 61 else { continue }
            best = max(best, held.reduce(0) { $0 + values[$1] })
        }
        return (model, best)
    }

    private static func spent(_ model: LinearModel) throws -> (work: Int, value: Double) {
        let count = WorkAllowance()
        let value = try count.grant {
            let session = try SolverSession(model)
            #expect(try session.solve() == .optimal)
            return session.objectiveValue
        }
        return (count.spent, value)
    }

    @Test func theSameIsCountedEachTime() throws {
        for model in [try Self.transport(12), try Self.bag().model] {
            let first = try Self.spent(model)
            #expect(first.work > 0)
            for _ in 0..<3 { #expect(try Self.spent(model) == first) }
        }
    }

    /// Whatever is allowed: an answer that is the one without a limit, or none; and more work than that does not change
    /// it.
    @Test func anAnswerOrNone() throws {
        let (bag, best) = try Self.bag()
        let transport = try Self.transport(12)
        for (model, value) in [(bag, best), (transport, try Self.spent(transport).value)] {
            let enough = try Self.spent(model).work
            var wasCut = false
            for share in [0, 0.1, 0.3, 0.6, 0.9, 1.5, 4] {
                let allowance = WorkAllowance(Int(share * Double(enough)))
                do {
                    let found = try allowance.grant {
                        let session = try SolverSession(model)
                        _ = try session.solve()
                        return session.objectiveValue
                    }
                    #expect(abs(found - value) <= 1e-9 && share > 0.5)
                } catch is WorkSpent {
                    #expect(share < 1.5)
                    wasCut = true
                }
            }
            #expect(wasCut)
        }
    }

    @Test func aShareIsPartOfTheWhole() throws {
        let model = try Self.transport(6)
        let whole = WorkAllowance(1_000_000)
        try whole.grant {
            let part = whole.share(0.25)
            #expect(part.limit == 250_000)
            try part.grant { _ = try SolverSession(model).solve() }
            #expect(part.spent > 0 && part.spent == whole.spent)
        }
        // A part may not have what the whole has not.
        let poor = WorkAllowance(0)
        #expect(throws: WorkSpent.self) {
            try poor.grant { try WorkAllowance(1_000_000).grant { _ = try SolverSession(model).solve() } }
        }
    }

    /// A session that was cut answers afterwards as if nothing had been.
    @Test func aCutSessionGoesOn() throws {
        let model = try Self.transport(12)
        let value = try Self.spent(model).value
        for allowance in [WorkAllowance(30 * 24), WorkAllowance(seconds: 0)] {
            let session = try SolverSession(model)
            #expect(throws: WorkSpent.self) { try allowance.grant { _ = try session.solve() } }
            #expect(try session.solve() == .optimal && abs(session.objectiveValue - value) <= 1e-9)
        }
        // Nobody counts: nothing is cut.
        #expect(try SolverSession(model).solve() == .optimal)
    }
}
