import LinearModels
import Testing

/// What equations leave free, by hand.
@Suite struct AffineHullTests {
    @Test func equationsAndFaces() throws {
        var model = LinearModel()
        let shift = try model.parameter("shift", value: 1)
        let x = try model.variable("x", in: 0...9)
        let y = try model.variable("y", in: 2...2)
        let z = try model.variable("z", in: 0...9)
        try model.add(x + y + 2 * z == LinearExpression(5) + shift, named: "sum")
        try model.add(2 * x + 2 * y + 4 * z == LinearExpression(10) + 2 * shift, named: "again")
        try model.add(x - z <= 7, named: "difference")
        // Of another variable too: nothing is said of the first three by it.
        let other = try model.variable("other", in: 0...9)
        try model.add(x + other == 8, named: "beyond")
        try model.minimise(LinearExpression())
        let session = try SolverSession(model)

        // x + 2 z = 4, with the second equation a multiple of the first.
        let hull = try session.affineHull(ofFirst: 3, rows: model.constraintCount)
        #expect(hull.free.count == 1)
        for free in [0.5, 1.5] {
            let point = (0..<3).map { hull.constants[$0] + hull.factors[$0][0] * free }
            #expect(point[hull.free[0]] == free && point[1] == 2)
            #expect(abs(point[0] + 2 * point[2] - 4) <= 1e-12)
        }

        // Parameters move it, and a face takes the rest: x + 2 z = 7 and x - z = 1.
        try session.set(shift, to: 4)
        session.restrict(to: [(OptimalFace(columns: [], rows: [(2, 1)], hasTies: false), 0, 0)])
        let point = try session.affineHull(ofFirst: 3, rows: model.constraintCount)
        #expect(point.free.isEmpty && point.factors.allSatisfy(\.isEmpty))
        for (value, expected) in zip(point.constants, [3.0, 2, 2]) { #expect(abs(value - expected) <= 1e-12) }
    }
}
