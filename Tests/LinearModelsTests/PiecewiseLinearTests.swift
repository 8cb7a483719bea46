import LinearModels
import TestSupport
import Testing

/// Piecewise-linear functions in a model against their values on a grid.
@Suite struct PiecewiseLinearTests {
    private func build(
        _ function: PiecewiseLinear, use: PiecewiseUse, at point: Double?, maximises: Bool = false, slope: Double = 0
    ) throws -> (session: SolverSession, x: Variable, y: LinearExpression) {
        var model = LinearModel()
        let x = try model.variable("x", in: -100...100)
        let y = try model.piecewiseLinear(function, of: x, use: use, named: "f")
        if let point { try model.add(x == point, named: "at") }
        if maximises { try model.maximise(y + slope * x) } else { try model.minimise(y + slope * x) }
        return (try SolverSession(model), x, y)
    }

    @Test func valuesAndSlopes() throws {
        let function = try PiecewiseLinear(start: -1, value: 2, widths: [1, 2, 0.5], slopes: [-1, 0.5, 4])
        #expect(function.x == [-1, 0, 2, 2.5])
        #expect(function.y == [2, 1, 2, 4])
        #expect(function.slopes == [-1, 0.5, 4])
        #expect(function.isConvex)
        // The last two lie outside: the end slopes go on.
        let points: [(Double, Double)] = [
            (-1, 2), (-0.5, 1.5), (0, 1), (1, 1.5), (2, 2), (2.25, 3), (2.5, 4), (3, 6), (-2, 3),
        ]
        for (point, value) in points {
            #expect(abs(function.value(at: point) - value) < 1e-12)
        }
        #expect(try !PiecewiseLinear(x: [0, 1, 2], y: [0, 1, 1.5]).isConvex)
        #expect(try PiecewiseLinear(x: [0, 1, 2], y: [0, 1, 2]).isConvex)
    }

    @Test func convexMinimisedNeedsNoBinaries() throws {
        let function = try PiecewiseLinear(x: [-2, 0, 1, 4], y: [6, 1, 2, 11])
        for point in stride(from: -2.0, through: 4, by: 0.25) {
            let (session, _, y) = try build(function, use: .minimised, at: point)
            #expect(!session.model.hasIntegers)
            #expect(try session.solve() == .optimal)
            #expect(abs(session.value(of: y) - function.value(at: point)) < 1e-9)
            #expect(abs(session.objectiveValue - function.value(at: point)) < 1e-9)
        }
    }

    @Test func convexMaximisedNeedsExactness() throws {
        let function = try PiecewiseLinear(x: [0, 1, 3], y: [0, 0, 4])
        for point in stride(from: 0.0, through: 3, by: 0.25) {
            let (session, _, y) = try build(function, use: .exact, at: point, maximises: true)
            #expect(session.model.hasIntegers)
            #expect(try session.solve() == .optimal)
            #expect(abs(session.value(of: y) - function.value(at: point)) < 1e-6)
        }
    }

    /// Up and down: every point of the grid, pulled both ways.
    @Test(arguments: [PiecewiseUse.minimised, .exact])
    func nonConvexFunctionsAreTheirValues(use: PiecewiseUse) throws {
        let function = try PiecewiseLinear(x: [-3, -1, 0, 2, 3.5], y: [0, 4, 1, 2, -3])
        for point in stride(from: -3.0, through: 3.5, by: 0.25) {
            for maximises in [false, true] {
                let (session, _, y) = try build(function, use: use, at: point, maximises: maximises)
                #expect(try session.solve() == .optimal)
                #expect(abs(session.value(of: y) - function.value(at: point)) < 1e-6, "\(point), \(maximises)")
            }
        }
    }

    /// The best point of a random function plus a slope, against the breakpoints, one of which it must be.
    @Test func optimaOfRandomFunctions() throws {
        var random = SeededNumbers(seed: 41)
        for _ in 0..<80 {
            let count = random.whole(2...5)
            var x = [Double(random.whole(-4...0))]
            for _ in 1..<count { x.append(x[x.count - 1] + Double(random.whole(1...4)) / 2) }
            let function = try PiecewiseLinear(x: x, y: x.map { _ in Double(random.whole(-5...5)) })
            let slope = Double(random.whole(-2...2))
            for maximises in [false, true] {
                let (session, at, _) = try build(function, use: .exact, at: nil, maximises: maximises, slope: slope)
                try session.solve()
                let values = zip(function.x, function.y).map { $1 + slope * $0 }
                let best = maximises ? values.max() : values.min()
                #expect(abs(session.objectiveValue - (best ?? .nan)) < 1e-6)
                let found = session.value(of: at)
                #expect(abs(function.value(at: found) + slope * found - session.objectiveValue) < 1e-6)
            }
        }
    }

    @Test func theDomainBindsTheArgument() throws {
        let function = try PiecewiseLinear(x: [-1, 2], y: [0, 3])
        for (point, status) in [(-1.01, SolveStatus.infeasible), (-1, .optimal), (2, .optimal), (2.01, .infeasible)] {
            #expect(try build(function, use: .exact, at: point).session.solve() == status)
        }
        let (session, x, _) = try build(function, use: .minimised, at: nil, slope: -3)
        try session.solve()
        #expect(session.value(of: x) == 2)
    }

    @Test func argumentsMayBeExpressionsWithParameters() throws {
        var model = LinearModel()
        let shift = try model.parameter("shift", value: 1)
        let x = try model.variable("x", in: 3...3)
        let y = try model.piecewiseLinear(
            PiecewiseLinear(x: [0, 5, 10], y: [0, 5, 20]), of: 2 * x + shift, use: .minimised, named: "f")
        try model.minimise(y)
        let session = try SolverSession(model)
        try session.solve()
        #expect(abs(session.objectiveValue - 11) < 1e-9)
        try session.set(shift, to: -2)
        try session.solve()
        #expect(abs(session.objectiveValue - 4) < 1e-9)
    }

    /// What cannot be added leaves nothing behind.
    @Test func refusedFunctionsLeaveNothing() throws {
        var model = LinearModel()
        let x = try model.variable("x")
        let p = try model.parameter("p", value: 1)
        let function = try PiecewiseLinear(x: [0, 1, 2], y: [0, 3, 1])
        _ = try model.variable("f.full@1")
        #expect(throws: ModelError.duplicateName("f.full@1")) {
            try model.piecewiseLinear(function, of: x, use: .exact, named: "f")
        }
        #expect(throws: ModelError.parameterInCoefficient(constraint: "f.argument")) {
            try model.piecewiseLinear(function, of: p * x, use: .minimised, named: "f")
        }
        #expect(model.variableCount == 2 && model.constraintCount == 0)
        _ = try model.piecewiseLinear(function, of: x, use: .exact, named: "g")
        #expect(model.variableCount == 5 && model.constraintCount == 3)
        _ = try model.variable("f.piece@0")
    }
}
