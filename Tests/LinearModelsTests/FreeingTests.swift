import LinearModels
import TestSupport
import Testing

/// Parameters that become variables, and models that become blocks of a larger one.
@Suite struct FreeingTests {
    /// A capacity at 3 a unit serves 10 units at 1 each, the rest at 7: worth building for all of it, since 3 + 1 < 7.
    private func plant(_ name: String, demand: Double, price: Double) throws -> (LinearModel, Parameter) {
        var model = LinearModel()
        let capacity = try model.parameter("capacity", in: 0...8)
        let own = try model.variable("\(name)own", from: .init(), to: .init(capacity))
        let bought = try model.variable("\(name)bought")
        try model.add(own + bought == demand, named: "\(name)demand")
        try model.minimise(own + price * bought + 3 * LinearExpression(ParameterExpression(capacity)))
        return (model, capacity)
    }

    @Test func theBestCapacityByHand() throws {
        let (model, capacity) = try plant("", demand: 10, price: 7)
        let session = try SolverSession(try model.freeing([(capacity, 0...8)]))
        #expect(try session.solve() == .optimal)
        // 8 built: 8 * (3 + 1) + 2 * 7.
        #expect(abs(session.objectiveValue - 46) < 1e-9)
        let freed = try #require(session.model.variable(named: "capacity"))
        #expect(abs(session.value(of: freed) - 8) < 1e-9 && freed.index == model.variableCount)
        #expect(session.model.parameterCount == 0)
        // At 3.5 nothing is worth 4.
        let (cheap, other) = try plant("", demand: 10, price: 3.5)
        let idle = try SolverSession(try cheap.freeing([(other, 0...8)]))
        #expect(try idle.solve() == .optimal)
        #expect(abs(idle.objectiveValue - 35) < 1e-9)
    }

    /// Parameters in every place where they may stand. The freed optimum is no worse than any value on a grid, and is
    /// what the parametric model gives at the freed values.
    @Test(arguments: 0..<60) func noFixedValueIsBetter(seed: Int) throws {
        var numbers = SeededNumbers(seed: UInt64(seed) + 1)
        var model = LinearModel()
        let p = try (0..<2).map { try model.parameter("p\($0)", value: 1) }
        func random() -> ParameterExpression {
            Double(numbers.whole(-2...2)) * ParameterExpression(p[0]) + Double(numbers.whole(-2...2))
                * ParameterExpression(p[1]) + ParameterExpression(Double(numbers.whole(-3...3)))
        }
        let x = try (0..<3).map { j -> Variable in
            let low = random()
            let kind: Variable.Kind = numbers.whole(0...2) == 0 ? .integer : .continuous
            return try model.variable("x\(j)", from: low, to: random() + ParameterExpression(6), kind: kind)
        }
        for i in 0..<3 {
            let left = sum(x.map { Double(numbers.whole(-2...2)) * $0 }) + x[i]
            let side = LinearExpression(random())
            do {
                switch numbers.whole(0...3) {
                case 0: try model.add(left == side, named: "r\(i)")
                case 1: try model.add(left >= side, named: "r\(i)")
                case 2: try model.add(range(-4, left - side, 3), named: "r\(i)")
                default: try model.add(left <= side, named: "r\(i)")
                }
            } catch ModelError.emptyConstraint {
                continue
            }
        }
        let costs = x.map { Double(numbers.whole(-3...3)) * $0 }
        try model.minimise(sum(costs) + LinearExpression(random()))
        let bounds = 0.0...3.0
        let freed = try SolverSession(try model.freeing(p.map { ($0, bounds) }))
        let status = try freed.solve()
        let session = try SolverSession(model)
        func fixed(_ a: Double, _ b: Double) throws -> Double? {
            try session.set(p[0], to: a)
            try session.set(p[1], to: b)
            return try session.solve() == .optimal ? session.objectiveValue : nil
        }
        var best = Double.infinity
        for a in stride(from: 0, through: 3, by: 0.25) {
            for b in stride(from: 0, through: 3, by: 0.25) { best = min(best, try fixed(a, b) ?? .infinity) }
        }
        guard status == .optimal else {
            #expect(best == .infinity)
            return
        }
        let values = try (0..<2).map { freed.value(of: try #require(freed.model.variable(named: "p\($0)"))) }
        #expect(freed.objectiveValue <= best + 1e-7)
        let there = try #require(try fixed(values[0], values[1]))
        #expect(abs(there - freed.objectiveValue) < 1e-6)
    }

    @Test func othersStayParameters() throws {
        var model = LinearModel()
        let price = try model.parameter("price", value: 2)
        let capacity = try model.parameter("capacity", in: 0...5)
        let x = try model.variable("x", from: .init(), to: .init(capacity))
        try model.minimise(price * x)
        let freed = try model.freeing([(capacity, 0...5)])
        #expect(freed.parameters.map(freed.name(of:)) == ["price"])
        #expect(throws: ModelError.freedInProduct(parameter: "price", variable: "x")) {
            try model.freeing([(price, 0...1)])
        }
        #expect(throws: ModelError.foreignParameter(what: "the list of freed parameters")) {
            try freed.freeing([(capacity, 0...1)])
        }
        #expect(
            ModelError.freedInProduct(parameter: "price", variable: "x").description
                == "the parameter 'price' multiplies 'x', so as a variable it would make the model quadratic.")
    }

    /// Two plants that share a capacity: what one parameter sets, both have.
    @Test func blocksShareParametersByName() throws {
        let (first, _) = try plant("a", demand: 4, price: 7)
        let (second, _) = try plant("b", demand: 6, price: 5)
        var whole = LinearModel()
        let one = try whole.append(first, named: "one")
        let two = try whole.append(second, named: "two")
        try whole.minimise(one.objective + 2 * two.objective)
        #expect(whole.parameterCount == 1 && whole.variable(named: "two.bown")?.index == 2)
        #expect(whole.range(of: whole.parameters[0]) == 0...8)
        let session = try SolverSession(whole)
        for capacity in [0.0, 3, 5, 8] {
            try session.set(whole.parameters[0], to: capacity)
            #expect(try session.solve() == .optimal)
            func cost(_ demand: Double, _ price: Double) -> Double {
                3 * capacity + min(capacity, demand) + price * max(0, demand - capacity)
            }
            #expect(abs(session.objectiveValue - cost(4, 7) - 2 * cost(6, 5)) < 1e-9)
        }
        #expect(throws: ModelError.duplicateName("one.aown")) { try whole.append(first, named: "one") }
    }

    @Test func reachGoesAsFarAsTheRangesOfParameters() throws {
        var model = LinearModel()
        let size = try model.parameter("size", in: 2...5)
        let x = try model.variable("x", from: -1 * ParameterExpression(size), to: .init(size))
        let wide = LinearExpression(2 * ParameterExpression(size)) - x
        #expect(model.reach(of: wide) == -1...15)
        #expect(model.reach(of: size - size) == 0...0)
        let price = try model.parameter("price", value: 1)
        #expect(model.reach(of: x + LinearExpression(ParameterExpression(price))) == -.infinity ... .infinity)
        #expect(throws: ModelError.infinite(what: "the range of parameter 'p'")) {
            try model.parameter("p", in: -.infinity...1)
        }
    }
}
