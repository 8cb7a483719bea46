import LinearModels
import TestSupport
import Testing

/// Ranges that rows leave, against the solver's least and greatest values.
@Suite struct RangePropagationTests {
    private static func program(_ seed: Int) throws -> (LinearModel, [Variable]) {
        var numbers = SeededNumbers(seed: UInt64(seed))
        var model = LinearModel()
        let variables = try (0..<6).map { j in
            try model.variable(
                "x\(j)", in: j % 3 == 0 ? 0 ... .infinity : -numbers.uniform(in: 0...3)...numbers.uniform(in: 1...4))
        }
        // A point that satisfies all of it.
        let point = variables.map { model.bounds(of: $0)! }.map {
            numbers.uniform(in: $0.lowerBound...min(2, $0.upperBound))
        }
        for i in 0..<5 {
            let factors = variables.map { _ in
                numbers.uniform(in: 0...1) < 0.5 ? 0 : numbers.uniform(in: -2...2).rounded()
            }
            let activity = zip(factors, point).reduce(0) { $0 + $1.0 * $1.1 }
            let row = sum(zip(factors, variables).filter { $0.0 != 0 }.map { $0 * $1 })
            guard factors.contains(where: { $0 != 0 }) else { continue }
            switch i % 3 {
            case 0: try model.add(row == activity, named: "row\(i)")
            case 1: try model.add(row <= activity + 0.5, named: "row\(i)")
            default: try model.add(range(activity - 1, row, activity + 0.25), named: "row\(i)")
            }
        }
        return (model, variables)
    }

    @Test(arguments: 0..<100) func nothingIsCutOff(seed: Int) throws {
        let (model, variables) = try Self.program(seed)
        var ranges = model.ranges
        #expect(RangePropagation(model).narrow(&ranges))
        for variable in variables {
            for sense in [LinearModel.Sense.minimise, .maximise] {
                var asked = model
                if sense == .minimise { try asked.minimise(1.0 * variable) } else { try asked.maximise(1.0 * variable) }
                let session = try SolverSession(asked)
                guard try session.solve() == .optimal else { continue }
                #expect(session.objectiveValue >= ranges[variable.index].lower - 1e-7)
                #expect(session.objectiveValue <= ranges[variable.index].upper + 1e-7)
            }
        }
    }

    /// `a + b + c = 3` holds `b + c >= 2`: by hand `a` is 1 at most, though `b` and `c` by themselves may be anything.
    @Test func aRowWithinARowCounts() throws {
        var model = LinearModel()
        let (a, b, c) = (
            try model.variable("a"), try model.variable("b", in: -9...9), try model.variable("c", in: -9...9)
        )
        try model.add(a + b + c == 3, named: "all")
        try model.add(b + c >= 2, named: "part")
        var ranges = model.ranges
        #expect(RangePropagation(model).narrow(&ranges))
        #expect(abs(ranges[a.index].upper - 1) <= 1e-6 && ranges[a.index].lower == 0)
        try model.add(a >= 1.5, named: "much")
        ranges = model.ranges
        #expect(!RangePropagation(model).narrow(&ranges))
    }

    /// A bound that rows keep every point away from is dropped, one that is reached is not.
    @Test func boundsThatAreNeverReachedAreIdle() throws {
        var model = LinearModel()
        let (x, y) = (try model.variable("x", in: 0...5), try model.variable("y", in: 0...2))
        try model.add(x - y == 1, named: "row")
        let relaxed = model.withoutIdleBounds
        #expect(relaxed.bounds(of: relaxed.variables[x.index]) == -.infinity ... .infinity)
        #expect(relaxed.bounds(of: relaxed.variables[y.index]) == 0...2)
    }
}
