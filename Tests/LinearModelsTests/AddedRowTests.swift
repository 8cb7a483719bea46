import LinearModels
import TestSupport
import Testing

/// Rows that come while a model is solved: the answers are those of a model that has them from the beginning.
@Suite struct AddedRowTests {
    private typealias Row = (factors: [Double], side: Double)
    private static let count = 6

    private static func model(_ rows: [Row], costs: [Double]) throws -> (LinearModel, [Variable]) {
        var model = LinearModel()
        let x = try (0..<count).map { try model.variable("x\($0)", in: 0...5) }
        for (i, row) in rows.enumerated() {
            try model.add(sum(zip(row.factors, x).map { $0 * $1 }) <= row.side, named: "r\(i)")
        }
        try model.maximise(sum(zip(costs, x).map { $0 * $1 }))
        return (model, x)
    }

    private static func added(_ rows: some Sequence<Row>, _ x: [Variable]) -> [AddedRow] {
        rows.map { row in
            AddedRow(zip(x, row.factors).map { (variable: $0, value: $1) }, from: -.infinity, to: row.side)
        }
    }

    @Test(arguments: 0..<30)
    func sameAsFromTheBeginning(seed: Int) throws {
        var numbers = SeededNumbers(seed: UInt64(seed))
        let rows: [Row] = (0..<9).map { _ in
            ((0..<Self.count).map { _ in Double(numbers.whole(-1...4)) + 0.25 }, Double(numbers.whole(3...9)))
        }
        let costs = (0..<Self.count).map { _ in Double(numbers.whole(1...7)) }
        let (first, x) = try Self.model(Array(rows[..<3]), costs: costs)
        let session = try SolverSession(first)
        session.startFromTriangularBasis()
        try session.solve()
        for end in [5, 9] {
            session.add(Self.added(end == 5 ? rows[3..<5] : rows[5..<9], x))
            let whole = try SolverSession(Self.model(Array(rows[..<end]), costs: costs).0)
            #expect(try session.solve() == .optimal && whole.solve() == .optimal)
            #expect(abs(session.objectiveValue - whole.objectiveValue) <= 1e-9 * whole.objectiveValue)
        }

        // Those that are at their sides make the same answer without a pivot, and without them there is another one.
        let (basis, best) = (session.basis, session.objectiveValue)
        let tight = (0..<6).filter(session.isTight(addedRow:)).map { rows[3 + $0] }
        for row in tight {
            let left = zip(row.factors, x).reduce(0) { $0 + $1.0 * session.value(of: $1.1) }
            #expect(abs(left - row.side) <= 1e-9 * row.side)
        }
        session.removeAddedRows()
        session.add(Self.added(tight, x), areTight: true)
        session.restore(basis)
        let pivots = session.iterations
        #expect(try session.solve() == .optimal && abs(session.objectiveValue - best) <= 1e-9 * best)
        #expect(session.iterations == pivots)

        session.removeAddedRows()
        session.startFromSlackBasis()
        let few = try SolverSession(first)
        #expect(try session.solve() == .optimal && few.solve() == .optimal)
        #expect(abs(session.objectiveValue - few.objectiveValue) <= 1e-9 * few.objectiveValue)
        #expect(!session.isTight(addedRow: 0))
    }

    @Test func wrongUseIsThrownByTheNextSolve() throws {
        let (model, x) = try Self.model([], costs: [1, 1, 1, 1, 1, 1])
        let (_, others) = try Self.model([], costs: [1, 1, 1, 1, 1, 1])
        let session = try SolverSession(model)
        for row in [
            AddedRow([(others[0], 1)], from: 0, to: 1), AddedRow([(x[0], .nan)], from: 0, to: 1),
            AddedRow([(x[0], 1)], from: .nan, to: 1),
        ] {
            session.add([row])
            #expect(throws: SolverSessionError.self) { try session.solve() }
            #expect(try session.solve() == .optimal && session.objectiveValue == 30)
        }
    }
}
