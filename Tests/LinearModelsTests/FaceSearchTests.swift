import LinearModels
import TestSupport
import Testing

/// Other optima told by reduced costs, and found by going over the optimal face, against counting.
@Suite struct FaceSearchTests {
    @Test(arguments: [false, true])
    func findsTheBestOptimumBySecondObjectives(integers: Bool) throws {
        var random = SeededNumbers(seed: 41)
        var (moved, told, unique) = (0, 0, 0)
        for number in 0..<800 {
            let tiny = TinyProgram.random(&random, integers: integers)
            let candidates = tiny.candidates()
            guard let optimum = tiny.optimum(over: candidates) else { continue }
            let session = try SolverSession(tiny.model().model)
            try session.solve()
            guard !session.usedBranchAndBound else { continue }
            let optima = candidates.filter { abs(tiny.objective(tiny.costs, at: $0) - optimum) < 1e-7 }

            for round in 0..<3 {
                let second = (0..<tiny.count).map { _ in Double(random.whole(-5...5)) }
                let maximised = random.whole(0...1) == 1
                let values = optima.map { tiny.objective(second, at: $0) }
                let best = (maximised ? values.max() : values.min()) ?? .nan
                if round == 0 {
                    let here = tiny.objective(second, at: session.values)
                    switch try session.otherOptima(betterBy: second[...], maximised: maximised) {
                    case .none:
                        let spread = (0..<tiny.count).map { j in
                            (optima.map { $0[j] }.max() ?? 0) - (optima.map { $0[j] }.min() ?? 0)
                        }
                        #expect(spread.allSatisfy { $0 < 1e-7 }, "program \(number)")
                        unique += 1
                    case .noBetter:
                        #expect(abs(here - best) < 1e-6, "program \(number)")
                        told += 1
                    case .perhapsBetter: break
                    }
                    try session.enterFace()
                }
                switch try session.moveOverFace(betterBy: second[...], maximised: maximised) {
                case .stayed, .moved:
                    #expect(abs(tiny.objective(second, at: session.values) - best) < 1e-6, "program \(number)")
                    #expect(abs(tiny.objective(tiny.costs, at: session.values) - optimum) < 1e-6)
                    moved += 1
                // A face of a relaxation may hold points that no integers reach.
                case .lost: #expect(integers, "program \(number)")
                }
            }
            session.leaveFace()
            #expect(try session.solve() == .optimal)
            #expect(abs(session.objectiveValue - optimum) < 1e-7)
        }
        #expect(moved > 500 && told > 20 && unique > 60)
    }
}

/// Rows that only tie integers without a cost may be left out at first: the answer is the same.
@Suite struct DeferredRowTests {
    /// Stores that may not charge and discharge at once, between prices that may be negative: there both at once would
    /// pay.
    @Test func storesAnswerAsWithAllRows() throws {
        var random = SeededNumbers(seed: 42)
        var branched = 0
        for number in 0..<60 {
            var model = LinearModel()
            let steps = 4
            let prices = (0..<steps).map { _ in Double(random.whole(number % 2 == 0 ? 1...9 : -5...5)) }
            var cost = LinearExpression()
            var before = LinearExpression(2)
            for t in 0..<steps {
                let charge = try model.variable("charge@\(t)", in: 0...3)
                let discharge = try model.variable("discharge@\(t)", in: 0...3)
                let energy = try model.variable("energy@\(t)", in: 0...6)
                let charges = try model.variable("charges@\(t)", kind: .binary)
                try model.add(energy - before - 0.9 * charge + 1.1 * discharge == 0, named: "balance@\(t)")
                try model.add(charge <= 3 * charges, named: "charge_only@\(t)")
                try model.add(discharge + 3 * charges <= 3, named: "discharge_only@\(t)")
                cost += prices[t] * charge - prices[t] * discharge
                before = energy.linearExpression
            }
            try model.minimise(cost)
            let (quick, plain) = (try SolverSession(model), try SolverSession(model))
            plain.defersIntegerRows = false
            #expect(try quick.solve() == .optimal && plain.solve() == .optimal)
            #expect(abs(quick.objectiveValue - plain.objectiveValue) < 1e-7, "store \(number)")
            #expect(model.largestViolation(values: quick.values[...], parameters: []) < 1e-7)
            branched += quick.usedBranchAndBound ? 1 : 0
        }
        #expect(branched > 5)
    }
}

/// A model with its first variables given, against the whole model with those fixed.
@Suite struct RemainderTests {
    @Test func isTheWholeWithTheFirstVariablesFixed() throws {
        var random = SeededNumbers(seed: 43)
        var compared = 0
        for number in 0..<200 {
            // Two rows of the first three variables alone, then three rows of all six.
            var model = LinearModel()
            let price = try model.parameter("price", value: Double(random.whole(1...4)))
            let variables = try (0..<6).map { try model.variable("x\($0)", in: 0...4) }
            func form(_ range: Range<Int>) -> LinearExpression {
                range.reduce(LinearExpression()) {
                    $0 + Double(random.whole(0...1) == 1 ? random.whole(1...3) : random.whole(-3 ... -1))
                        * variables[$1]
                }
            }
            for i in 0..<2 { try model.add(form(0..<3) <= Double(random.whole(2...9)), named: "first\(i)") }
            for i in 0..<3 { try model.add(form(0..<6) <= Double(random.whole(2...9)), named: "all\(i)") }
            try model.minimise(form(0..<6) + price * variables[1] + price * variables[4] + 1.5)

            let given = (0..<3).map { _ in random.uniform(in: 0...2) }
            let remainder = model.remainder(fromVariable: 3, fromConstraint: 2)
            func value(_ given: [Double]) throws -> (cost: Double, session: SolverSession)? {
                let session = try SolverSession(remainder.model)
                for activity in remainder.fixedActivities {
                    try session.set(activity.parameter, to: activity.sum(given))
                }
                guard try session.solve() == .optimal else { return nil }
                return (remainder.cost(of: given, parameters: session.parameters) + session.objectiveValue, session)
            }
            guard let found = try value(given) else { continue }
            var fixed = model
            for (j, x) in given.enumerated() { try fixed.add(variables[j] == x, named: "fixed\(j)") }
            let whole = try SolverSession(fixed)
            // The rows of the first variables alone are somebody else's: given values may break them.
            guard try whole.solve() == .optimal else { continue }
            #expect(abs(whole.objectiveValue - found.cost) < 1e-7, "model \(number)")

            // The gradient belongs to a convex function: no step may cost less than it says.
            var gradient = [Double](repeating: 0, count: 3)
            remainder.gradient(found.session, parameters: found.session.parameters, into: &gradient)
            for j in 0..<3 {
                for step in [-0.5, -1e-3, 1e-3, 0.5] {
                    var moved = given
                    moved[j] += step
                    guard let there = try value(moved) else { continue }
                    #expect(there.cost >= found.cost + gradient[j] * step - 1e-7, "model \(number)")
                }
            }
            compared += 1
        }
        #expect(compared > 60)
    }
}
