import LinearModels
import Testing

/// Duals and reduced costs against programs solved by hand, in both senses.
@Suite struct DualTests {
    /// Wyndor Glass (Hillier and Lieberman, Introduction to Operations Research, section 3.1): optimum 36 at (2, 6),
    /// shadow prices 0, 3/2 and 1.
    @Test(arguments: [true, false])
    func wyndorGlass(maximises: Bool) throws {
        var model = LinearModel()
        let doors = try model.variable("doors")
        let windows = try model.variable("windows")
        let plants = [
            try model.add(doors <= 4, named: "plant1"), try model.add(2 * windows <= 12, named: "plant2"),
            try model.add(3 * doors + 2 * windows <= 18, named: "plant3"),
        ]
        let profit = 3 * doors + 5 * windows
        if maximises { try model.maximise(profit) } else { try model.minimise(-profit) }
        let session = try SolverSession(model)
        let sign: Double = maximises ? 1 : -1
        #expect(try session.solve() == .optimal)
        #expect(abs(session.objectiveValue - sign * 36) < 1e-9)
        #expect(session.value(of: doors) == 2)
        #expect(session.value(of: windows) == 6)
        for (plant, price) in zip(plants, [0, 1.5, 1]) {
            #expect(abs(session.dual(of: plant) - sign * price) < 1e-9)
        }
        #expect(abs(session.reducedCost(of: doors)) < 1e-9)
    }

    /// min 2 a + 3 b + 4 c, a + b + c >= 10, a <= 4, b - c = 1: a = 4, then b = 3.5, c = 2.5.
    /// Duals: demand 3.5, equation -0.5, bound of a 2 - 3.5 = -1.5.
    @Test func minimisationWithAnEquationAndABound() throws {
        var model = LinearModel()
        let a = try model.variable("a", in: 0...4)
        let b = try model.variable("b")
        let c = try model.variable("c")
        let demand = try model.add(a + b + c >= 10, named: "demand")
        let equation = try model.add(b - c == 1, named: "equation")
        try model.minimise(2 * a + 3 * b + 4 * c + 100)
        let session = try SolverSession(model)
        try session.solve()
        #expect(abs(session.objectiveValue - (100 + 8 + 10.5 + 10)) < 1e-9)
        #expect(abs(session.dual(of: demand) - 3.5) < 1e-9)
        #expect(abs(session.dual(of: equation) - -0.5) < 1e-9)
        #expect(abs(session.reducedCost(of: a) - -1.5) < 1e-9)
        #expect(abs(session.reducedCost(of: b)) < 1e-9)
    }

    /// A dual is the objective's change by one unit of the side: checked by moving the side.
    @Test func dualsPredictWhatMovingASideDoes() throws {
        var model = LinearModel()
        let side = try model.parameter("side", value: 10)
        let x = try model.variable("x", in: 0...8)
        let y = try model.variable("y", in: 0...8)
        let row = try model.add(x + 2 * y >= side, named: "row")
        try model.minimise(3 * x + 5 * y)
        let session = try SolverSession(model)
        try session.solve()
        let (before, dual) = (session.objectiveValue, session.dual(of: row))
        try session.set(side, to: 10.5)
        try session.solve()
        #expect(abs(session.objectiveValue - before - 0.5 * dual) < 1e-9)
        #expect(abs(dual - 2.5) < 1e-9)
    }

    /// `c[j] - sum(dual * a)` over the rows from the second on.
    @Test func gradientThroughTheLowerRows() throws {
        var model = LinearModel()
        let x = try model.variable("x", in: 2...2)
        let y = try model.variable("y", in: 0...50)
        try model.add(x >= 1, named: "own")
        try model.add(y - 3 * x >= 0, named: "serve")
        try model.minimise(x + 4 * y)
        let session = try SolverSession(model)
        try session.solve()
        // One more x costs 1 and three y.
        #expect(session.gradient(ofFirst: 1, throughRowsFrom: 1) == [13])
    }
}
