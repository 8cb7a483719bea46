import LinearModels
import TestSupport
import Testing

/// Rows and bounds that are written anew into a loaded model: the answers are those of a model built so.
@Suite struct RewritingTests {
    private typealias Row = (factors: [Double], lower: Double, upper: Double)

    private func model(
        _ rows: [Row], _ bounds: [ClosedRange<Double>]
    ) throws -> (LinearModel, [Variable], [Constraint]) {
        var model = LinearModel()
        let x = try bounds.enumerated().map { try model.variable("x\($0)", in: $1) }
        let constraints = try rows.enumerated().map { i, row in
            try model.add(
                range(row.lower, sum(zip(row.factors, x).map { $0 * $1 }), row.upper), named: "r\(i)")
        }
        try model.maximise(sum(x))
        return (model, x, constraints)
    }

    @Test(arguments: 0..<30)
    func sameAsBuiltAnew(seed: Int) throws {
        var numbers = SeededNumbers(seed: UInt64(seed))
        func rows() -> [Row] {
            (0..<3).map { _ in
                (
                    (0..<4).map { _ in Double(numbers.whole(-2...4)) + 0.5 }, -Double(numbers.whole(0...4)),
                    Double(numbers.whole(1...9))
                )
            }
        }
        func bounds() -> [ClosedRange<Double>] {
            (0..<4).map { _ in Double(numbers.whole(-2...0))...Double(numbers.whole(1...5)) }
        }
        let (first, x, constraints) = try model(rows(), bounds())
        let session = try SolverSession(first)
        try session.solve()
        for _ in 0..<5 {
            let (newRows, newBounds) = (rows(), bounds())
            for (constraint, row) in zip(constraints, newRows) {
                session.rewrite(
                    constraint, as: Array(zip(x, row.factors)).map { (variable: $0, value: $1) }, from: row.lower,
                    to: row.upper)
            }
            for (variable, range) in zip(x, newBounds) {
                session.rebound(variable, from: range.lowerBound, to: range.upperBound)
            }
            let anew = try SolverSession(model(newRows, newBounds).0)
            #expect(try session.solve() == anew.solve())
            if session.status == .optimal {
                #expect(abs(session.objectiveValue - anew.objectiveValue) <= 1e-9 * max(1, abs(anew.objectiveValue)))
            }
            // Without sides a row says nothing.
            session.reside(constraints[0], from: -.infinity, to: .infinity)
            let fewer = try SolverSession(model(Array(newRows.dropFirst()), newBounds).0)
            #expect(try session.solve() == fewer.solve())
            if session.status == .optimal {
                #expect(abs(session.objectiveValue - fewer.objectiveValue) <= 1e-9 * max(1, abs(fewer.objectiveValue)))
            }
        }
    }

    @Test func boundsThatCrossLeaveNothing() throws {
        let (model, x, _) = try model([([1, 1], 0, 4)], [0...3, 0...3])
        let session = try SolverSession(model)
        session.rebound(x[0], from: 2, to: 1)
        #expect(try session.solve() == .infeasible)
        session.rebound(x[0], from: 1, to: 2)
        #expect(try session.solve() == .optimal && session.objectiveValue == 4)
    }

    @Test func wrongUseIsThrownByTheNextSolve() throws {
        let (model, x, constraints) = try model([([1, 1], 0, 4)], [0...3, 0...3])
        let (_, others, foreign) = try self.model([([1, 1], 0, 4)], [0...3, 0...3])
        let session = try SolverSession(model)
        let misuses: [() -> Void] = [
            { session.rewrite(foreign[0], as: [(x[0], 1)], from: 0, to: 1) },
            { session.rewrite(constraints[0], as: [(others[0], 1)], from: 0, to: 1) },
            { session.rewrite(constraints[0], as: [(x[0], 1), (x[0], 2)], from: 0, to: 1) },
            { session.rewrite(constraints[0], as: [(x[0], .nan)], from: 0, to: 1) },
            { session.rewrite(constraints[0], as: [(x[0], 1)], from: .nan, to: 1) },
            { session.reside(foreign[0], from: 0, to: 1) },
            { session.rebound(others[0], from: 0, to: 1) },
            { session.rebound(x[0], from: 0, to: .nan) },
        ]
        for misuse in misuses {
            misuse()
            #expect(throws: SolverSessionError.self) { try session.solve() }
            #expect(try session.solve() == .optimal && session.objectiveValue == 4)
        }
    }

    @Test func namesAreMended() {
        #expect(LinearModel.legal("prices.sell[7]") == "prices.sell_7_")
        #expect(LinearModel.legal("a b|é") == "a_b___" && LinearModel.legal("fine_1.x@#") == "fine_1.x@#")
    }
}
