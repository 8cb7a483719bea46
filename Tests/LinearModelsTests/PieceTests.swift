import TestSupport
import Testing

@testable import LinearModels

/// A model in pieces that share no row has the optimum of the whole, which is also found by trying every vertex.
@Suite struct PieceTests {
    /// Tiny programs beside each other, their variables in turn: those of the first come first, fourth, and so on.
    private static func beside(
        _ programs: [TinyProgram], price: Bool = false
    ) throws -> (model: LinearModel, places: [[Variable]]) {
        var model = LinearModel()
        var places = programs.map { _ in [Variable]() }
        for k in 0..<3 {
            for (n, program) in programs.enumerated() where k < program.count {
                let (low, high) = program.bounds[k]
                places[n].append(
                    try model.variable(
                        "x\(k)_\(n)", in: low...high, kind: program.isInteger[k] ? .integer : .continuous))
            }
        }
        var cost = LinearExpression(0.25)
        for (n, program) in programs.enumerated() {
            for (i, row) in program.rows.enumerated() {
                let form = sum(zip(row.coefficients, places[n]).map { $0 * $1 })
                try model.add(form, between: .init(row.lower), and: .init(row.upper), named: "row\(i)_\(n)")
            }
            let sign = program.maximises ? -1.0 : 1
            cost += sum(zip(program.costs, places[n]).map { sign * $0 * $1 })
            guard price else { continue }
            cost += try model.parameter("price\(n)", value: Double(n)) * places[n][0]
        }
        try model.minimise(cost)
        return (model, places)
    }

    @Test func optimaAddUp() throws {
        var random = SeededNumbers(seed: 11)
        for round in 0..<120 {
            let programs = (0..<6).map { _ in TinyProgram.random(&random, integers: round.isMultiple(of: 2)) }
            let (model, _) = try Self.beside(programs)
            let pieces = try model.pieces(ofAtMost: 3)
            #expect(pieces.allSatisfy { $0.model.variableCount <= 3 })
            #expect(pieces.flatMap(\.columns).sorted() == Array(0..<model.variableCount))
            #expect(pieces.flatMap(\.rows).sorted() == Array(0..<model.constraintCount))
            let optima = programs.map { $0.optimum(over: $0.candidates()) }
            var total: Double? = 0
            for piece in pieces {
                let session = try SolverSession(piece.model)
                total = try session.solve() == .optimal ? total.map { $0 + session.objectiveValue } : nil
            }
            guard optima.allSatisfy({ $0 != nil }) else {
                #expect(total == nil)
                continue
            }
            let expected = zip(programs, optima).reduce(0.25) { sum, next in
                sum + (next.0.maximises ? -1 : 1) * ((next.1 ?? 0) - next.0.constant)
            }
            #expect(abs((total ?? .infinity) - expected) < 1e-7)
        }
    }

    @Test func smallOnesAreTogetherAndKeepTheirOrder() throws {
        var random = SeededNumbers(seed: 3)
        let programs = (0..<10).map { _ in TinyProgram.random(&random, integers: false) }
        let (model, _) = try Self.beside(programs, price: true)
        #expect(try model.pieces(ofAtMost: model.variableCount).count == 1)
        let pieces = try model.pieces(ofAtMost: 9)
        #expect(pieces.count > 1 && pieces.allSatisfy { $0.model.variableCount <= 9 })
        for piece in pieces {
            #expect(piece.columns == piece.columns.sorted())
            #expect(piece.model.variableNames == piece.columns.map { model.variableNames[$0] })
            // A piece knows the prices that stand in it, and no others.
            let numbers = Set(piece.model.variableNames.filter { $0.hasPrefix("x0") }.map { $0.dropFirst(3) })
            #expect(Set(piece.model.parameters.map { piece.model.name(of: $0).dropFirst(5) }) == numbers)
        }
    }

    @Test func whatIsTiedStaysTogether() throws {
        var model = LinearModel()
        let x = try (0..<8).map { try model.variable("x\($0)", in: 0...1) }
        for k in 0..<7 { try model.add(x[k] + x[k + 1] <= 1, named: "row\(k)") }
        try model.maximise(sum(x))
        let pieces = try model.pieces(ofAtMost: 2)
        #expect(pieces.count == 1 && pieces[0].model.constraintCount == 7)
    }

    @Test func aModelKnowsWhereItsPiecesStand() throws {
        var random = SeededNumbers(seed: 8)
        let programs = (0..<5).map { _ in TinyProgram.random(&random, integers: false) }
        let (model, _) = try Self.beside(programs, price: true)
        var larger = LinearModel()
        _ = try larger.variable("other")
        let block = try larger.append(model, in: model.pieces(ofAtMost: 3))
        #expect(block.variables.map { larger.name(of: $0) } == model.variableNames)
        try larger.minimise(block.objective)
        let (whole, parts) = (try SolverSession(model), try SolverSession(larger))
        guard try whole.solve() == .optimal else {
            #expect(try parts.solve() == .infeasible)
            return
        }
        #expect(try parts.solve() == .optimal && abs(parts.objectiveValue - whole.objectiveValue) < 1e-7)
    }
}
