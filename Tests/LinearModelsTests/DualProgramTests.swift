import LinearModels
import TestSupport
import Testing

/// The dual of a program whose costs hold parameters, with the parameters as variables.
@Suite struct DualProgramTests {
    /// A feasible program with bounds and rows of every kind, and two parameters in its costs.
    private struct Program {
        var model = LinearModel()
        var parameters: [Parameter] = []
        var variables: [Variable] = []
        var bounds: [(Double, Double)] = []
        var rows: [(factors: [Double], lower: Double, upper: Double)] = []

        init(seed: Int, hasIntegers: Bool) throws {
            var numbers = SeededNumbers(seed: UInt64(seed) + 1)
            parameters = try (0..<2).map { try model.parameter("p\($0)", value: 1) }
            var point: [Double] = []
            for j in 0..<5 {
                let value = Double(numbers.whole(-4...4))
                point.append(value)
                let (down, up) = (Double(numbers.whole(0...3)), Double(numbers.whole(1...3)))
                let isInteger = numbers.whole(0...2) == 0
                switch numbers.whole(0...5) {
                case 0: bounds.append((-.infinity, .infinity))
                case 1: bounds.append((value - down, .infinity))
                case 2: bounds.append((-.infinity, value + up))
                case 3: bounds.append((value, value))
                default: bounds.append((value - down, value + up))
                }
                variables.append(
                    try model.variable(
                        "x\(j)", in: bounds[j].0...bounds[j].1, kind: isInteger && hasIntegers ? .integer : .continuous)
                )
            }
            for i in 0..<4 {
                var factors = variables.map { _ in Double(numbers.whole(-3...3)) }
                factors[i] += 4
                let left = sum(zip(factors, variables).map { $0 * $1 })
                let activity = zip(factors, point).reduce(0) { $0 + $1.0 * $1.1 }
                let slack = Double(numbers.whole(0...3))
                switch numbers.whole(0...3) {
                case 0:
                    rows.append((factors, activity, activity))
                    try model.add(left == activity, named: "r\(i)")
                case 1:
                    rows.append((factors, activity - slack, .infinity))
                    try model.add(left >= activity - slack, named: "r\(i)")
                case 2:
                    rows.append((factors, -.infinity, activity + slack))
                    try model.add(left <= activity + slack, named: "r\(i)")
                default:
                    rows.append((factors, activity - slack, activity + 2))
                    try model.add(range(activity - slack, left, activity + 2), named: "r\(i)")
                }
            }
            var cost = LinearExpression(3) - 2 * parameters[0].linearExpression
            for (j, variable) in variables.enumerated() {
                cost += Double(numbers.whole(-3...3)) * variable
                cost += Double(numbers.whole(-2...2)) * (parameters[j % 2] * variable)
            }
            if numbers.whole(0...1) == 0 { try model.minimise(cost) } else { try model.maximise(cost) }
        }

        /// The optimum at values of the parameters.
        func solve(at values: [Double]) throws -> (status: SolveStatus, session: SolverSession) {
            let session = try SolverSession(model)
            for (parameter, value) in zip(parameters, values) { try session.set(parameter, to: value) }
            return (try session.solve(), session)
        }

        /// The program's dual with its parameters in a box, to be solved for the best bound on the program's optimum.
        func dual(over box: [ClosedRange<Double>]) throws -> (
            session: SolverSession, dual: DualProgram, prices: [Variable]
        ) {
            var whole = LinearModel()
            let prices = try box.enumerated().map { try whole.variable("p\($0)", in: $1) }
            let dual = try whole.addDual(of: model, parameters: prices, named: "dual")
            // At most the optimum of one that minimises, at least that of one that maximises.
            if model.sense == .minimise {
                try whole.maximise(dual.objective)
            } else {
                try whole.minimise(dual.objective)
            }
            return (try SolverSession(whole), dual, prices)
        }
    }

    @Test(arguments: 0..<300) func equalsTheProgramAtAnyParameters(seed: Int) throws {
        let program = try Program(seed: seed, hasIntegers: false)
        for values in [[1, 1], [-2, 0.5], [0, 3.0]] {
            let (status, session) = try program.solve(at: values)
            let (dualSession, dual, _) = try program.dual(over: values.map { $0...$0 })
            guard status == .optimal else {
                // Feasible by construction, so unbounded: then the dual has no point.
                #expect(status == .unbounded)
                #expect(try dualSession.solve() == .infeasible)
                continue
            }
            #expect(try dualSession.solve() == .optimal)
            let optimum = session.objectiveValue
            #expect(abs(dualSession.objectiveValue - optimum) <= 1e-7 * max(1, abs(optimum)))
            // Complementary slackness, which ties every optimal pair.
            let sign: Double = program.model.sense == .minimise ? 1 : -1
            for (j, (low, high)) in program.bounds.enumerated() where low < high {
                let reduced = sign * dualSession.value(of: dual.reducedCosts[j])
                let value = session.values[j]
                if value > low + 1e-6 { #expect(reduced <= 1e-6) }
                if value < high - 1e-6 { #expect(reduced >= -1e-6) }
            }
            for (i, row) in program.rows.enumerated() where row.lower < row.upper {
                let multiplier = sign * dualSession.value(of: dual.rowDuals[i])
                let activity = zip(row.factors, session.values).reduce(0) { $0 + $1.0 * $1.1 }
                if activity > row.lower + 1e-6 { #expect(multiplier <= 1e-6) }
                if activity < row.upper - 1e-6 { #expect(multiplier >= -1e-6) }
            }
        }
    }

    /// With the parameters free in a box: the largest optimum of all, against a grid. Of a program with integers it
    /// bounds nothing but the relaxation's.
    @Test(arguments: 0..<100) func findsTheParametersOfTheLargestOptimum(seed: Int) throws {
        let program = try Program(seed: seed, hasIntegers: false)
        let (session, _, prices) = try program.dual(over: [-1...2, 0...2])
        let status = try session.solve()
        let sign: Double = program.model.sense == .minimise ? 1 : -1
        var largest = -Double.infinity
        for a in stride(from: -1.0, through: 2, by: 0.5) {
            for b in stride(from: 0.0, through: 2, by: 0.5) {
                let (status, found) = try program.solve(at: [a, b])
                if status == .optimal { largest = max(largest, sign * found.objectiveValue) }
            }
        }
        guard status == .optimal else {
            #expect(largest == -.infinity)
            return
        }
        #expect(sign * session.objectiveValue >= largest - 1e-7)
        let (there, found) = try program.solve(at: prices.map { session.value(of: $0) })
        #expect(there == .optimal)
        #expect(abs(found.objectiveValue - session.objectiveValue) <= 1e-6)
    }

    @Test(arguments: 0..<100) func boundsAProgramWithIntegers(seed: Int) throws {
        let program = try Program(seed: seed, hasIntegers: true)
        let (status, session) = try program.solve(at: [1, 1])
        let (dualSession, _, _) = try program.dual(over: [1...1, 1...1])
        guard status == .optimal, try dualSession.solve() == .optimal else { return }
        let sign: Double = program.model.sense == .minimise ? 1 : -1
        #expect(sign * (session.objectiveValue - dualSession.objectiveValue) >= -1e-7)
    }

    /// By hand: `min p x, 1 <= x <= 3` costs `p` at least where `p > 0`, and `3 p` where `p < 0`; no row at all.
    @Test func withoutRows() throws {
        var model = LinearModel()
        let price = try model.parameter("price")
        let x = try model.variable("x", in: 1...3)
        try model.minimise(price * x)
        for (value, cost) in [(2.0, 2.0), (-2, -6)] {
            var whole = LinearModel()
            let p = try whole.variable("price", in: value...value)
            let dual = try whole.addDual(of: model, parameters: [p], named: "d")
            try whole.maximise(dual.objective)
            let session = try SolverSession(whole)
            #expect(try session.solve() == .optimal)
            #expect(abs(session.objectiveValue - cost) < 1e-12)
        }
    }

    /// A column in no row, whose constant cost alone decides whether there is an optimum.
    @Test(arguments: [1.0, -1]) func aColumnThatNothingHolds(cost: Double) throws {
        var model = LinearModel()
        let x = try model.variable("x")
        try model.minimise(cost * x)
        var whole = LinearModel()
        let idle = try whole.variable("idle", in: 0...1)
        let dual = try whole.addDual(of: model, parameters: [], named: "d")
        try whole.maximise(dual.objective + idle)
        #expect(try SolverSession(whole).solve() == (cost > 0 ? .optimal : .infeasible))
    }

    @Test func parametersStandInTheObjectiveAlone() throws {
        var model = LinearModel()
        let size = try model.parameter("size", value: 2)
        let x = try model.variable("x", from: .init(), to: .init(size))
        try model.minimise(-x)
        var whole = LinearModel()
        let p = try whole.variable("p")
        #expect(throws: ModelError.parameterOffObjective(location: "a bound of 'x'")) {
            try whole.addDual(of: model, parameters: [p], named: "d")
        }
        var rowed = LinearModel()
        let limit = try rowed.parameter("limit", value: 2)
        let y = try rowed.variable("y")
        try rowed.add(y <= limit, named: "cap")
        #expect(rowed.parameterOffObjective == "a side of constraint 'cap'")
        #expect(
            ModelError.parameterOffObjective(location: "a bound of 'x'").description
                == "a parameter stands in a bound of 'x', so the dual is not linear in the parameters: they may stand in "
                + "the objective alone.")
        var priced = LinearModel()
        let price = try priced.parameter("price")
        let z = try priced.variable("z", in: 0...1)
        try priced.minimise(price * z)
        #expect(throws: ModelError.self) { try whole.addDual(of: priced, parameters: [], named: "e") }
    }
}
