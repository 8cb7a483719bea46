import LinearModels
import Testing

/// A model on which GLPK 5.0 pivots for ever: maximised, by either simplex after presolving. Other ways solve it in
/// some twenty pivots.
///
/// It projects prices into their bands: 24 hours, a mean of one half, some order between hours. Its near-zeros are
/// rounding, kept as they came.
@Suite struct CyclingTests {
    private static let lower: [Double] = [
        0.27999999999999997, 0.264, 0.24, 0.264, 0.288, 0.32000000000000006, 0.35200000000000004,
        0.36800000000000005, 0.41600000000000004, 0.46399999999999997, 0.528, 0.6000000000000001,
        0.6480000000000001, 0.6080000000000001, 0.6400000000000001, 0.664, 0.6480000000000001,
        0.6000000000000001, 0.512, 0.44000000000000006, 0.42400000000000004, 0.376, 0.32000000000000006, 0.296,
    ]
    private static let upper: [Double] = [
        0.42, 0.396, 0.36, 0.396, 0.432, 0.48, 0.528, 0.552, 0.624, 0.696, 0.792, 0.8999999999999999, 0.972,
        0.9119999999999999, 0.96, 0.9959999999999999, 0.972, 0.8999999999999999, 0.768, 0.66, 0.636, 0.564,
        0.48, 0.444,
    ]
    private static let costs: [Double] = [
        210.00000000000014, 210, 210, 210, 0, 0, 0, 30, 30, 30.000000000000014, 0, 0, 0, 0, 0, 0, 0, 0, 0, 30,
        0, 0, 0, 0,
    ]

    private func build(integer: Bool = false) throws -> LinearModel {
        var model = LinearModel()
        let x = try zip(Self.lower, Self.upper).enumerated().map { try model.variable("x\($0)", in: $1.0...$1.1) }
        let share = 0.041666666666666664
        try model.add(share * sum(x) <= 0.5, named: "mean_high")
        try model.add(-share * sum(x) <= -0.5, named: "mean_low")
        try model.add(
            -150.0000000000001 * x[0] + 1.1368683772161603e-13 * x[5] + 150.0 * x[21] >= 0.001,
            named: "order0")
        try model.add(
            -60.00000000000003 * x[0] + 2.842170943040401e-14 * x[6] + 60.0 * x[21] >= 0.001,
            named: "order1")
        try model.add(
            -29.999999999999986 * x[7] - 1.4210854715202004e-14 * x[9] + 30.0 * x[18] >= 0.001,
            named: "order2")
        let objective = sum(zip(Self.costs, x).map { $0 * $1 })
        if integer {
            let n = try model.variable("n", in: 0...9, kind: .integer)
            try model.add(2 * n + x[0] >= 3, named: "whole")
            try model.maximise(objective - n)
        } else {
            try model.maximise(objective)
        }
        return model
    }

    /// The optimum as HiGHS finds it.
    private let optimum = 405.89925

    @Test func endsWithTheOptimum() throws {
        let session = try SolverSession(build())
        #expect(try session.solve() == .optimal)
        #expect(abs(session.objectiveValue - optimum) < 1e-6)
        #expect(session.iterations < 1000)
        #expect(session.model.largestViolation(values: session.values[...], parameters: []) < 1e-6)
    }

    @Test func integersDoNotChangeThat() throws {
        let session = try SolverSession(build(integer: true))
        #expect(try session.solve() == .optimal)
        // n = 2, since x[0] is at most 0.42.
        #expect(abs(session.objectiveValue - (optimum - 2)) < 1e-6)
    }

    /// Too few pivots for any way but the cycling one: it too stops, and the status says what happened.
    @Test func theCyclingWayEndsAtItsLimit() throws {
        let session = try SolverSession(build(), limits: SolveLimits(iterations: 2))
        #expect(try session.solve() == .limit(gap: nil))
        #expect(session.iterations <= 5 * 40)
        session.limits = SolveLimits()
        #expect(try session.solve() == .optimal)
        #expect(abs(session.objectiveValue - optimum) < 1e-6)
    }
}
