import LinearModels
import TestSupport
import Testing

/// A restored basis gives the same bits whatever was solved in between.
@Suite struct DeterminismTests {
    private func bits(_ session: SolverSession) -> [UInt64] {
        session.values.map(\.bitPattern) + [session.objectiveValue.bitPattern]
    }

    @Test func restoredBasesForgetHistory() throws {
        let block = try BlockModel(rows: 60, columns: 240)
        var random = SeededNumbers(seed: 3)
        let points = (0..<12).map { _ in block.prices.indices.map { _ in random.uniform(in: 0.5...2) } }
        func set(_ session: SolverSession, _ point: [Double]) throws {
            for (price, value) in zip(block.prices, point) { try session.set(price, to: value) }
        }
        let reference = try SolverSession(block.model)
        try reference.solve()
        let basis = reference.basis
        // Fresh sessions, each with this one solve behind it.
        let expected = try points.map { point in
            let session = try SolverSession(block.model)
            try set(session, point)
            session.restore(basis)
            try session.solve()
            return bits(session)
        }
        for round in 0..<6 {
            for k in points.indices.shuffled(using: &random) {
                if round.isMultiple(of: 2) { reference.restore(basis) }
                try set(reference, points[k])
                if !round.isMultiple(of: 2) { reference.restore(basis) }
                try reference.solve()
                #expect(bits(reference) == expected[k], "round \(round), point \(k)")
                // Other solves in between, some of which end at the restored basis itself.
                if round > 2 { try reference.solve() }
                if round > 3 {
                    reference.startFromSlackBasis()
                    try reference.solve()
                }
            }
        }
    }

    /// A solve may end at the very basis it is restored to later; the factorisation must be made anew all the same.
    @Test func sameBasicSetByAnotherWayIsTheSame() throws {
        let block = try BlockModel(rows: 80, columns: 300)
        var random = SeededNumbers(seed: 4)
        let session = try SolverSession(block.model)
        try session.solve()
        let end = session.basis
        session.restore(end)
        try session.solve()
        let expected = bits(session)
        for _ in 0..<10 {
            for price in block.prices { try session.set(price, to: random.uniform(in: 0.5...2)) }
            try session.solve()
            for (k, price) in block.prices.enumerated() { try session.set(price, to: BlockModel.price(k)) }
            try session.solve()
            session.restore(end)
            try session.solve()
            #expect(bits(session) == expected)
        }
    }

    /// GLPK fits a status to the bounds of the moment: restored while a variable is fixed, its "at the upper bound" was
    /// lost. Which end a tie takes then depended on history.
    @Test func statusesSurviveBoundsThatWereFixedWhenTheyWereRestored() throws {
        var model = LinearModel()
        let high = try model.parameter("high", value: 4)
        let x = try model.variable("x", from: .init(0), to: .init(high))
        let y = try model.variable("y", in: 0...4)
        try model.add(x + y <= 100, named: "loose")
        try model.maximise(x + y)
        let session = try SolverSession(model)
        try session.solve()
        let atUpper = session.basis
        // Without costs every vertex is optimal: the answer is where the solve starts.
        session.setObjective(coefficients: [0, 0], constant: 0, sense: .minimise)
        session.restore(atUpper)
        try session.solve()
        #expect(session.values == [4, 4])
        try session.set(high, to: 0)
        try session.solve()
        session.restore(atUpper)
        try session.set(high, to: 4)
        try session.solve()
        #expect(session.values == [4, 4])
        let face = OptimalFace(columns: [(index: 0, value: 1), (index: 1, value: 1)], rows: [], hasTies: false)
        session.restrict(to: [(face, 0, 0)])
        session.restore(atUpper)
        session.release()
        try session.solve()
        #expect(session.values == [4, 4])
        #expect(session.value(of: x) == 4)
        #expect(session.value(of: y) == 4)
    }

    @Test func basesOfPartsAreSetInTheirPlace() throws {
        func part(_ model: inout LinearModel, _ name: String) throws {
            let x = try model.variable("\(name).x", in: 0...4)
            let y = try model.variable("\(name).y", in: 0...4)
            try model.add(x + 2 * y <= 6, named: "\(name).row")
        }
        var small = LinearModel()
        try part(&small, "a")
        try small.maximise(sum([0, 1].compactMap { small.variable(named: ["a.x", "a.y"][$0]) }))
        let one = try SolverSession(small)
        try one.solve()
        var large = LinearModel()
        try part(&large, "a")
        try part(&large, "b")
        let both = try SolverSession(large)
        both.restore(one.basis, columnOffset: 0, rowOffset: 0)
        both.restore(one.basis, columnOffset: 2, rowOffset: 1)
        #expect(both.basis.basicCount(rowsFrom: 0, columnsFrom: 0) == 2)
        #expect(both.basis.basicCount(rowsFrom: 1, columnsFrom: 2) == 1)
        #expect(both.basis.basicCount(rowsFrom: 9, columnsFrom: 9) == 0)
        try both.solve()
        #expect(both.values == one.values + one.values)
        #expect(both.iterations == 0)
    }

    /// Caps come and go without a trace.
    @Test func capsLeaveNoTrace() throws {
        let block = try BlockModel(rows: 40, columns: 160)
        let session = try SolverSession(block.model)
        try session.solve()
        let basis = session.basis
        session.restore(basis)
        try session.solve()
        let expected = bits(session)
        for count in 1...3 {
            session.cap((0..<count).map { k in (coefficients: (0..<20).map { (column: $0 + k, value: 1) }, upper: 5) })
            try session.solve()
            session.releaseCaps()
            session.restore(basis)
            try session.solve()
            #expect(bits(session) == expected)
        }
    }
}
