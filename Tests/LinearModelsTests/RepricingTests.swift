import LinearModels
import TestSupport
import Testing

/// One session re-priced many times against counting, and against a session made anew.
@Suite struct RepricingTests {
    @Test(arguments: [false, true])
    func freshSessionsAgreeWithCounting(integers: Bool) throws {
        var random = SeededNumbers(seed: 11)
        var (feasible, branched) = (0, 0)
        for number in 0..<600 {
            let tiny = TinyProgram.random(&random, integers: integers)
            let session = try SolverSession(tiny.model().model)
            let status = try session.solve()
            try expectOptimum(of: tiny, session, status, "program \(number)")
            feasible += status == .optimal ? 1 : 0
            branched += session.branchedSolves
        }
        // The sample must hold both kinds, and must need branching, or the test proves little.
        #expect((200...580).contains(feasible))
        #expect(integers ? branched > 30 : branched == 0)
    }

    @Test(arguments: [false, true])
    func repricedSessionsAgreeWithCounting(integers: Bool) throws {
        var random = SeededNumbers(seed: 12)
        var infeasible = 0
        for number in 0..<150 {
            let first = TinyProgram.random(&random, integers: integers)
            let (model, set) = try first.parametric()
            let session = try SolverSession(model)
            for step in 0..<6 {
                let tiny = step == 0 ? first : first.repriced(&random)
                try set(session, tiny)
                let status = try session.solve()
                try expectOptimum(of: tiny, session, status, "program \(number), step \(step)")
                let fresh = try SolverSession(tiny.model().model)
                #expect(try fresh.solve() == status, "program \(number), step \(step)")
                infeasible += status == .infeasible ? 1 : 0
                if status == .optimal {
                    #expect(model.largestViolation(values: session.values[...], parameters: session.parameters) < 1e-7)
                    let objective = model.objectiveValue(values: session.values[...], parameters: session.parameters)
                    #expect(abs(objective - session.objectiveValue) < 1e-7)
                }
            }
        }
        #expect((50...800).contains(infeasible))
    }

    private func expectOptimum(
        of tiny: TinyProgram, _ session: SolverSession, _ status: SolveStatus, _ place: String
    ) throws {
        if let optimum = tiny.optimum(over: tiny.candidates()) {
            #expect(status == .optimal, "\(place)")
            #expect(abs(session.objectiveValue - optimum) < 1e-7, "\(place): counted \(optimum)")
        } else {
            #expect(status == .infeasible, "\(place)")
        }
    }

    /// A session has no hidden limit on how often it is re-priced, and one as large as a district's is quick.
    @Test func manyRepricingsOfAModelOfWorkingSize() throws {
        let model = try BlockModel(rows: 200, columns: 900)
        let session = try SolverSession(model.model)
        try session.solve()
        var pivots = session.iterations
        for round in 1...40 {
            for (k, price) in model.prices.enumerated() {
                try session.set(price, to: BlockModel.price(k) * (1 + 0.02 * Double((k * 7 + round * 3) % 11)))
            }
            #expect(try session.solve() == .optimal)
        }
        pivots = session.iterations - pivots
        let fresh = try SolverSession(model.model)
        for (k, value) in session.parameters.enumerated() { try fresh.set(model.prices[k], to: value) }
        try fresh.solve()
        #expect(abs(fresh.objectiveValue - session.objectiveValue) < 1e-6 * abs(fresh.objectiveValue))
        // Warm: on average far fewer pivots than from the start.
        #expect(pivots / 40 < fresh.iterations / 2)
    }
}

/// A transport-like model: `rows` demands, each met by its share of the columns, under a few common limits.
struct BlockModel {
    var model = LinearModel()
    var prices: [Parameter] = []

    static func price(_ k: Int) -> Double { 1 + Double((k * 37) % 101) / 100 }

    init(rows: Int, columns: Int) throws {
        var variables: [Variable] = []
        var cost = LinearExpression()
        for k in 0..<columns {
            let x = try model.variable("x\(k)", in: 0...Double(3 + k % 5))
            let price = try model.parameter("p\(k)", value: Self.price(k))
            cost += price * x
            variables.append(x)
            prices.append(price)
        }
        let demands = rows - 10
        for i in 0..<demands {
            let supply = sum(stride(from: i, to: columns, by: demands).map { variables[$0] })
            try model.add(supply >= Double(2 + i % 4), named: "demand\(i)")
        }
        for i in 0..<10 {
            try model.add(sum(stride(from: i, to: columns, by: 10).map { variables[$0] }) <= 80, named: "limit\(i)")
        }
        try model.minimise(cost)
    }
}
