import LinearModels
import Testing

/// Linear expressions: what the operators make, and what becomes of it in a row.
@Suite struct ExpressionTests {
    private var model = LinearModel()
    private let x: Variable
    private let y: Variable
    private let p: Parameter

    init() throws {
        x = try model.variable("x", in: 0...10)
        y = try model.variable("y", in: 0...10)
        p = try model.parameter("p", value: 3)
    }

    private func value(_ expression: some LinearExpressible, x: Double = 2, y: Double = 5, p: Double = 3) -> Double {
        expression.linearExpression.value(variables: [x, y], parameters: [p])
    }

    @Test func sumsAndMultiples() {
        #expect(value(x + y) == 7)
        #expect(value(x - y) == -3)
        #expect(value(3 * x) == 6)
        #expect(value(x * 3) == 6)
        #expect(value(y / 4) == 1.25)
        #expect(value(-x) == -2)
        #expect(value(x + 1) == 3)
        #expect(value(1 + x) == 3)
        #expect(value(x - 1) == 1)
        #expect(value(1 - x) == -1)
        #expect(value(2 * (x - 3 * (y - 1)) - 4) == -24)
        #expect(value(-(x - y)) == 3)
    }

    @Test func parametersAsTermsAndAsCoefficients() throws {
        #expect(value(x + p) == 5)
        #expect(value(p - x) == 1)
        #expect(value(p * x) == 6)
        #expect(value(2 * (p * x) - p) == 9)
        #expect(value(p * x, p: -1) == -2)
        let coefficient = ParameterExpression(p) + ParameterExpression(0.5)
        // (p + 0.5) * (2 x + 1) at x = 2, p = 3
        #expect(try value(coefficient.times(2 * x + 1)) == 17.5)
        #expect(try value(ParameterExpression(4).times(p * x)) == 24)
        #expect(try value((-(2 * ParameterExpression(p))).times(x)) == -12)
    }

    @Test func sumsOfSequencesAndInPlace() {
        #expect(value(sum([x, y, x])) == 9)
        #expect(value(sum([2 * x, y - 1])) == 8)
        #expect(value(sum([Variable]())) == 0)
        var total = LinearExpression(1)
        total += x
        total -= 2 * y
        #expect(value(total) == -7)
        #expect(LinearExpression(4).isConstant)
        #expect(!total.isConstant)
    }

    @Test func multipliedByNoughtNothingIsLeft() {
        #expect((0 * x).isConstant)
        #expect(value(0 * (x + 7)) == 0)
    }

    /// Terms of one variable are one coefficient: GLPK aborts on a column that stands twice in a row.
    @Test func termsOfOneVariableAreMerged() throws {
        var model = model
        try model.add(x + y + 2 * x - y >= 6, named: "three_x")
        try model.minimise(x + x - 0.5 * x + y)
        let session = try SolverSession(model)
        #expect(try session.solve() == .optimal)
        #expect(session.value(of: x) == 2)
        #expect(session.objectiveValue == 3)
    }

    @Test func variablesStandOnBothSides() throws {
        var model = model
        try model.add(3 * x + 4 >= x + y + 10, named: "row")
        try model.add(y == 2, named: "two")
        try model.minimise(x)
        let session = try SolverSession(model)
        try session.solve()
        #expect(session.value(of: x) == 4)
    }

    @Test(arguments: [0.1, 0.3, 1e6])
    func whatCancelsByRoundingIsNoCoefficient(scale: Double) throws {
        var model = model
        // 0.1 + 0.2 - 0.3 leaves 5.6e-17 of x.
        let residue = scale * x + 2 * scale * x - 3 * scale * x
        #expect(throws: ModelError.emptyConstraint(constraint: "c")) { try model.add(residue >= 1, named: "c") }
        // Small but meant: kept.
        try model.add(1e-9 * x >= 1e-9, named: "tiny")
    }

    @Test func rangesKeepBothSidesExactly() throws {
        // 0.3 - 1e9 + 1e9 is not 0.3: a range kept as side and width would lose its upper side.
        for (low, high) in [(-1e9, 0.3), (0.1, 0.3), (-.infinity, 0.7), (-0.7, .infinity)] {
            for upwards in [true, false] {
                var model = LinearModel()
                let z = try model.variable("z", in: -10...10)
                try model.add(range(low, z + 0, high), named: "range")
                if upwards { try model.maximise(z) } else { try model.minimise(z) }
                let session = try SolverSession(model)
                try session.solve()
                let expected = upwards ? min(high, 10) : max(low, -10)
                #expect(abs(session.value(of: z) - expected) < 1e-12)
            }
        }
    }

    @Test func rangesAroundExpressionsWithConstantsAndParameters() throws {
        var model = model
        try model.add(range(1, x + 4 - p, 5), named: "range")
        try model.maximise(x)
        let session = try SolverSession(model)
        try session.solve()
        #expect(session.value(of: x) == 4)
        try session.set(p, to: 6)
        try session.solve()
        #expect(session.value(of: x) == 7)
    }

    /// Limits from elsewhere bound what a variable's own bounds do not, and what stays unbounded is named.
    @Test func reachWithinLimits() throws {
        var model = LinearModel()
        let x = try model.variable("x", in: 0 ... .infinity)
        let y = try model.variable("y", in: -1...4)
        let free = try model.variable("f", in: -.infinity ... .infinity)
        #expect(model.reach(of: 2 * x - y, within: [x: 5, y: 9]) == -4...11)
        #expect(model.unbounded(in: x + y + free) == [x, free])
        #expect(model.unbounded(in: x + y + free, within: [x: 5, free: 1]) == [free])
        #expect(model.unbounded(in: 3 * y).isEmpty)
    }

    @Test func reachSumsTheBoundsOfItsTerms() throws {
        var model = model
        let free = try model.variable("free_z", in: -.infinity ... .infinity)
        let moved = try model.variable("moved", from: .init(0), to: .init(p))
        #expect(model.reach(of: 2 * x - y + 1) == -9...21)
        #expect(model.reach(of: x - x + 3) == 3...3)
        #expect(model.reach(of: x + free) == -.infinity ... .infinity)
        #expect(model.reach(of: x + moved) == 0 ... .infinity)
        #expect(model.reach(of: p * x) == -.infinity ... .infinity)
        #expect(model.reach(of: Double.nan * x) == -.infinity ... .infinity)
        var other = LinearModel()
        #expect(try model.reach(of: other.variable("x") + 1) == -.infinity ... .infinity)
    }
}
