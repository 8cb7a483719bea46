import LinearModels
import TestSupport
import Testing

/// Integers that the relaxation leaves fractional: rounded where that is exact, branched on where not.
@Suite struct RoundingTests {
    /// A store that may charge or discharge: the binary only forbids, so rounding it is exact.
    @Test func binariesThatOnlyForbidNeedNoBranching() throws {
        var model = LinearModel()
        let price = try model.parameter("price", value: 2)
        let charge = try model.variable("charge", in: 0...3)
        let discharge = try model.variable("discharge", in: 0...3)
        let charges = try model.variable("charges", kind: .binary)
        try model.add(charge <= 3 * charges, named: "charge_only")
        try model.add(discharge + 3 * charges <= 3, named: "discharge_only")
        try model.add(charge - discharge == 1, named: "net")
        try model.minimise(price * charge)
        let session = try SolverSession(model)
        for value in [2, 5, 0.1] {
            try session.set(price, to: value)
            #expect(try session.solve() == .optimal)
            #expect(abs(session.objectiveValue - value) < 1e-9)
            #expect(session.value(of: charges) == 1)
            #expect(session.value(of: discharge) == 0)
        }
        #expect(session.branchedSolves == 0)
        #expect(!session.usedBranchAndBound)
    }

    /// With a negative price the relaxation charges and discharges at once: no rounding repairs that.
    @Test func forbiddingBinariesThatBindAreBranchedOn() throws {
        var model = LinearModel()
        let charge = try model.variable("charge", in: 0...3)
        let discharge = try model.variable("discharge", in: 0...3)
        let charges = try model.variable("charges", kind: .binary)
        try model.add(charge <= 3 * charges, named: "charge_only")
        try model.add(discharge + 3 * charges <= 3, named: "discharge_only")
        try model.add(charge - discharge == 1, named: "net")
        try model.minimise(-1 * charge - discharge)
        let session = try SolverSession(model)
        #expect(try session.solve() == .optimal)
        // The relaxation: charge 2, discharge 1, -3. The truth: charge 1 alone.
        #expect(abs(session.objectiveValue - -1) < 1e-9)
        #expect(session.branchedSolves == 1 && session.usedBranchAndBound)
        #expect(throws: SolverSessionError.noSolution(status: "branch and bound")) { try session.optimalFace() }
    }

    /// Two binaries at one half in a common row, neither with a cost: each may be rounded up alone, both may not.
    @Test(arguments: [false, true])
    func binariesInACommonRowAreNotRoundedOneByOne(exact: Bool) throws {
        var model = LinearModel()
        let a = try model.variable("a", kind: .binary)
        let b = try model.variable("b", kind: .binary)
        let x = try model.variable("x", in: 0...10)
        let y = try model.variable("y", in: 0...10)
        try model.add(x <= 10 * a, named: "x_needs_a")
        try model.add(y <= 10 * b, named: "y_needs_b")
        try model.add(a + b <= 1, named: "one")
        if exact { try model.add(x == y, named: "equal") }
        try model.maximise(x + y)
        let session = try SolverSession(model)
        #expect(try session.solve() == .optimal)
        // One of them: 10; if they must be equal, none.
        #expect(abs(session.objectiveValue - (exact ? 0 : 10)) < 1e-9)
        #expect(model.largestViolation(values: session.values[...], parameters: []) < 1e-9)
    }

    /// Rounding up the first leaves no room for the second to be rounded up, although it fits alone.
    @Test func roundedValuesCountInTheNextCheck() throws {
        var model = LinearModel()
        let bits = try (0..<4).map { try model.variable("b\($0)", kind: .binary) }
        let x = try model.variable("x", in: 0...0.4)
        for (k, bit) in bits.enumerated() { try model.add(x <= bit, named: "x_needs_b\(k)") }
        try model.add(sum(bits) <= 3, named: "three")
        try model.maximise(x)
        let session = try SolverSession(model)
        #expect(try session.solve() == .optimal)
        #expect(session.objectiveValue == 0)
        #expect(session.branchedSolves == 1)
    }

    @Test func integersWithCostsAreNotRounded() throws {
        var model = LinearModel()
        let n = try model.variable("n", in: 0...9, kind: .integer)
        try model.add(2 * n >= 5, named: "row")
        try model.minimise(4 * n + 0.25)
        let session = try SolverSession(model)
        try session.solve()
        #expect(session.objectiveValue == 12.25)
        #expect(session.branchedSolves == 1)
    }

    /// All integers, all costs integral or multiples of a half, a fractional constant: GLPK rounds bounds by such
    /// structure, and the constant must not fool it.
    @Test(arguments: [0, 0.5, -0.3, 7.75])
    func integralCostsWithAConstant(constant: Double) throws {
        var random = SeededNumbers(seed: 21)
        for _ in 0..<60 {
            var model = LinearModel()
            let unit = [1, 0.5, 2][random.whole(0...2)]
            let n = try (0..<4).map { try model.variable("n\($0)", in: 0...3, kind: .integer) }
            let weights = n.map { _ in Double(random.whole(1...9)) }
            let costs = n.map { _ in unit * Double(random.whole(1...9)) }
            let side = Double(random.whole(5...40)) + 0.5
            let upwards = random.whole(0...1) == 1
            let weight = sum(zip(weights, n).map { $0 * $1 })
            let cost = sum(zip(costs, n).map { $0 * $1 }) + constant
            if upwards {
                try model.add(weight <= side, named: "row")
                try model.maximise(cost)
            } else {
                try model.add(weight >= min(side, weights.reduce(0, +) * 3 - 0.5), named: "row")
                try model.minimise(cost)
            }
            var best = upwards ? -Double.infinity : .infinity
            for code in 0..<256 {
                let point = (0..<4).map { Double((code >> (2 * $0)) & 3) }
                guard model.largestViolation(values: point[...], parameters: []) == 0 else { continue }
                let value = model.objectiveValue(values: point[...], parameters: [])
                best = upwards ? max(best, value) : min(best, value)
            }
            let session = try SolverSession(model)
            #expect(try session.solve() == .optimal)
            #expect(abs(session.objectiveValue - best) < 1e-9)
        }
    }

    /// A value that misses a whole number by the solver's tolerance is that number, in the objective too.
    @Test func theObjectiveIsThatOfTheRoundedValues() throws {
        var model = LinearModel()
        let n = try model.variable("n", in: 0...9, kind: .integer)
        try model.add(n <= 3 + 1e-8, named: "row")
        try model.maximise(2 * n)
        let session = try SolverSession(model)
        try session.solve()
        #expect(session.values == [3])
        #expect(abs(session.objectiveValue - 6) < 1e-12)
        #expect(session.branchedSolves == 0)
    }

    /// A capped binary is not rounded, since the cap counts it.
    @Test func cappedBinariesAreBranchedOn() throws {
        var model = LinearModel()
        let b = try model.variable("b", kind: .binary)
        let x = try model.variable("x", in: 0...1)
        try model.add(x <= 2 * b, named: "x_needs_b")
        try model.maximise(x)
        let session = try SolverSession(model)
        try session.solve()
        #expect(session.objectiveValue == 1)
        session.cap([(coefficients: [(column: 0, value: 1)], upper: 0.6)])
        #expect(try session.solve() == .optimal)
        #expect(session.objectiveValue == 0)
        session.releaseCaps()
        try session.solve()
        #expect(session.objectiveValue == 1)
    }
}
