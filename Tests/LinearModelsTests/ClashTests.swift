import TestSupport
import Testing

@testable import LinearModels

/// Clashing rules against hand-made programs, and against paths without a solver: `x_i - x_j <= c` has a solution where
/// no circle of such rules sums to less than nothing.
@Suite struct ClashTests {
    @Test func twoRulesOfMany() throws {
        var model = LinearModel()
        let x = try model.variable("x", in: 0...3)
        let y = try model.variable("y", in: 0...10)
        try model.add(x + y <= 20, named: "loose")
        try model.add(x >= 5, named: "want")
        try model.add(y >= 2, named: "other")
        let clash = try #require(try model.clash(at: []))
        #expect(clash.rules.map(\.name) == ["x", "want"] && clash.rules.map(\.kind) == [.upperBound, .row])
        #expect(clash.isIrreducible && !clash.isOfWholeNumbers)
        let changes = try #require(try model.leastChanges(at: []) { $0.name == "x" ? 1 : 2 })
        #expect(changes.map(\.rule.name) == ["x"] && changes[0].limit == 3 && abs(changes[0].amount - 2) < 1e-9)
        #expect(try model.changing(changes).hasSolution(at: []) == true)
        // Where the bound must stand, the row gives way instead; where both must, nothing mends it.
        let others = try #require(try model.leastChanges(at: []) { $0.name == "x" ? nil : 1 })
        #expect(others.map(\.rule.name) == ["want"] && abs(others[0].amount + 2) < 1e-9)
        #expect(try model.leastChanges(at: []) { ["x", "want"].contains($0.name) ? nil : 1 } == nil)
    }

    @Test func aModelWithASolutionHasNone() throws {
        var model = LinearModel()
        let x = try model.variable("x", in: 0...3)
        try model.add(x >= 2, named: "want")
        #expect(try model.clash(at: []) == nil)
        #expect(try model.leastChanges(at: []) { _ in 1 } == [])
    }

    /// An odd sum of even numbers: only whole numbers clash.
    @Test func wholeNumbersThatClash() throws {
        var model = LinearModel()
        let a = try model.variable("a", kind: .binary)
        let b = try model.variable("b", kind: .binary)
        let c = try model.variable("c", kind: .binary)
        try model.add(2 * a + 2 * b == 3, named: "odd")
        try model.add(a + b + c <= 3, named: "loose")
        let clash = try #require(try model.clash(at: []))
        #expect(clash.isOfWholeNumbers && clash.isIrreducible)
        #expect(clash.rules.map(\.name).sorted() == ["a", "b", "odd"])
        let changes = try #require(try model.leastChanges(at: []) { $0.kind == .row ? 1 : nil })
        #expect(changes.count == 1 && changes[0].rule.name == "odd" && abs(abs(changes[0].amount) - 1) < 1e-6)
    }

    @Test func parametersStandAsTheyAreSet() throws {
        var model = LinearModel()
        let most = try model.parameter("most", in: 0...9)
        let x = try model.variable("x", from: ParameterExpression(0), to: ParameterExpression(most))
        try model.add(x >= 5, named: "want")
        #expect(try model.clash(at: [7]) == nil && model.hasRulesWithParameters)
        #expect(try model.clash(at: [4])?.rules.map(\.name) == ["x", "want"])
        #expect(try model.clash(at: [4]) { $0.kind == .upperBound }?.rules.map(\.name) == ["want"])
    }

    private struct Difference { let from: Int, to: Int, most: Double }

    /// Bellman and Ford: whether some circle sums to less than nothing.
    private func hasSolution(_ rules: [Difference], count: Int) -> Bool {
        var distance = [Double](repeating: 0, count: count)
        for _ in 0..<count {
            for rule in rules { distance[rule.to] = min(distance[rule.to], distance[rule.from] + rule.most) }
        }
        return rules.allSatisfy { distance[$0.to] <= distance[$0.from] + $0.most + 1e-9 }
    }

    @Test(arguments: 0..<60) func differencesAgainstPaths(seed: Int) throws {
        var numbers = SeededNumbers(seed: UInt64(seed))
        let count = numbers.whole(3...7)
        let rules = (0..<numbers.whole(6...20)).map { _ -> Difference in
            let from = numbers.whole(0...count - 1)
            return Difference(
                from: from, to: (from + numbers.whole(1...count - 1)) % count, most: Double(numbers.whole(-4...9)))
        }
        var model = LinearModel()
        let x = try (0..<count).map { try model.variable("x\($0)", in: -.infinity ... .infinity) }
        for (k, rule) in rules.enumerated() { try model.add(x[rule.to] - x[rule.from] <= rule.most, named: "r\(k)") }
        let clash = try model.clash(at: [])
        #expect((clash == nil) == hasSolution(rules, count: count))
        guard let clash else { return }
        #expect(clash.isIrreducible)
        let chosen = clash.rules.compactMap { Int($0.name.dropFirst()) }
        #expect(!hasSolution(chosen.map { rules[$0] }, count: count))
        for left in chosen { #expect(hasSolution(chosen.filter { $0 != left }.map { rules[$0] }, count: count)) }

        let changes = try #require(try model.leastChanges(at: []) { _ in 1 })
        var mended = rules
        for change in changes {
            let k = try #require(Int(change.rule.name.dropFirst()))
            mended[k] = Difference(from: rules[k].from, to: rules[k].to, most: rules[k].most + change.amount)
        }
        #expect(hasSolution(mended, count: count))
        // The least: no circle apart from the others may cost more than it lacks.
        let lacking = chosen.reduce(0) { $0 + rules[$1].most }
        #expect(changes.reduce(0) { $0 + $1.amount } >= -lacking - 1e-6)
    }
}
