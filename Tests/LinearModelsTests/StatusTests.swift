import LinearModels
import TestSupport
import Testing

/// Statuses, however a solve is reached: cold, warm, re-priced, with integers and without.
@Suite struct StatusTests {
    /// `x` between two parameters, `2 x + y = sum`, `y` in 0 ... 20, maximise `price * x`; `x` continuous or integer.
    private struct Movable {
        let session: SolverSession
        let low, high, sum, price: Parameter

        init(_ kind: Variable.Kind) throws {
            var model = LinearModel()
            low = try model.parameter("low", value: 0)
            high = try model.parameter("high", value: 4)
            sum = try model.parameter("sum", value: 10)
            price = try model.parameter("price", value: 1)
            let x = try model.variable("x", from: .init(low), to: .init(high), kind: kind)
            let y = try model.variable("y", in: 0...20)
            try model.add(2 * x + y == sum, named: "balance")
            try model.maximise(price * x + 0.5)
            session = try SolverSession(model)
        }

        func solve(low: Double, high: Double, sum: Double) throws -> SolveStatus {
            try session.set(self.low, to: low)
            try session.set(self.high, to: high)
            try session.set(self.sum, to: sum)
            return try session.solve()
        }
    }

    @Test(arguments: [Variable.Kind.continuous, .integer])
    func everyStatusFromEveryOther(kind: Variable.Kind) throws {
        // (low, high, sum), status, optimum
        let states: [((Double, Double, Double), SolveStatus, Double?)] = [
            ((0, 4, 10), .optimal, 4.5), ((3, 1, 10), .infeasible, nil), ((0, 4, 60), .infeasible, nil),
            ((-2, 9, 5), .optimal, kind == .integer ? 2.5 : 3), ((5, 5, 10), .optimal, 5.5),
            ((6, 9, 10), .infeasible, nil),
        ]
        let movable = try Movable(kind)
        for from in states.indices {
            for to in states.indices {
                for index in [from, to] {
                    let ((low, high, sum), status, optimum) = states[index]
                    #expect(try movable.solve(low: low, high: high, sum: sum) == status, "\(from) to \(to)")
                    if let optimum { #expect(abs(movable.session.objectiveValue - optimum) < 1e-9) }
                }
            }
        }
    }

    @Test(arguments: [Variable.Kind.continuous, .integer])
    func unboundedBothWaysAndBack(kind: Variable.Kind) throws {
        var model = LinearModel()
        let price = try model.parameter("price", value: 1)
        let x = try model.variable("x", in: -.infinity ... .infinity, kind: kind)
        let y = try model.variable("y", in: 0...3)
        try model.add(x - y >= 0.5, named: "above")
        try model.minimise(price * x + y)
        let session = try SolverSession(model)
        #expect(try session.solve() == .optimal)
        #expect(abs(session.objectiveValue - (kind == .integer ? 1 : 0.5)) < 1e-9)
        try session.set(price, to: -1)
        #expect(try session.solve() == .unbounded)
        // The search for a point left the objective as it was.
        #expect(session.objectiveCoefficients == [-1, 1])
        try session.set(price, to: 2)
        #expect(try session.solve() == .optimal)
        #expect(abs(session.objectiveValue - (kind == .integer ? 2 : 1)) < 1e-9)
    }

    /// The relaxation is unbounded, but no integer satisfies `2 x = 1`.
    @Test func infeasibleIntegersBelowAnUnboundedRelaxation() throws {
        for free in [true, false] {
            var model = LinearModel()
            let x = try model.variable("x", in: -5...5, kind: .integer)
            let y = try model.variable("y", in: 0...(free ? .infinity : 9))
            try model.add(2 * x == 1, named: "odd")
            try model.add(y + x >= -9, named: "loose")
            try model.maximise(y)
            #expect(try SolverSession(model).solve() == .infeasible)
        }
    }

    /// Infeasible in four ways: by the box, by the relaxation, by branching, by rounded bounds.
    @Test func infeasibleIntegerProgramsHaveOneStatus() throws {
        let builds: [(inout LinearModel, Variable, Variable) throws -> Void] = [
            { model, x, y in try model.add(x + y >= 7, named: "c") },
            { model, x, y in try model.add(2 * x + 2 * y == 3, named: "c") },
            { model, x, y in try model.add(range(0.2, x - y, 0.8), named: "c") },
            { model, x, _ in
                let z = try model.variable("z", in: 0.2...0.8, kind: .integer)
                try model.add(z + x >= 0, named: "c")
            },
        ]
        for build in builds {
            var model = LinearModel()
            let x = try model.variable("x", in: 0...3, kind: .integer)
            let y = try model.variable("y", in: 0...3, kind: .integer)
            try build(&model, x, y)
            try model.maximise(3 * x - y)
            let session = try SolverSession(model)
            let cold = session.basis
            #expect(try session.solve() == .infeasible)
            #expect(try session.solve() == .infeasible)
            session.restore(cold)
            #expect(try session.solve() == .infeasible)
            session.startFromSlackBasis()
            session.setObjective(coefficients: [-1, -1], constant: 0, sense: .minimise)
            #expect(try session.solve() == .infeasible)
        }
    }

    // MARK: Odd shapes

    @Test func noRows() throws {
        var model = LinearModel()
        let price = try model.parameter("price", value: 1)
        let x = try model.variable("x", in: -2...5)
        let n = try model.variable("n", in: 0.5...7.5, kind: .integer)
        try model.minimise(price * x - n + 1)
        let session = try SolverSession(model)
        #expect(try session.solve() == .optimal)
        #expect(session.objectiveValue == -8)
        #expect(session.value(of: n) == 7)
        #expect(session.reducedCost(of: x) == 1)
        try session.set(price, to: -1)
        #expect(try session.solve() == .optimal)
        #expect(session.value(of: x) == 5)
    }

    @Test func noRowsUnboundedAndInfeasible() throws {
        var model = LinearModel()
        let top = try model.parameter("top", value: -1)
        let x = try model.variable("x", from: .init(0), to: .init(top))
        let y = try model.variable("y", in: -.infinity...3)
        try model.minimise(x + y)
        let session = try SolverSession(model)
        #expect(try session.solve() == .infeasible)
        try session.set(top, to: 1)
        #expect(try session.solve() == .unbounded)
        session.cap([(coefficients: [(column: 1, value: -1)], upper: 4)])
        #expect(try session.solve() == .optimal)
        #expect(session.objectiveValue == -4)
    }

    @Test func nothingAtAll() throws {
        let empty = try SolverSession(LinearModel())
        #expect(try empty.solve() == .optimal)
        #expect(empty.objectiveValue == 0)
        var model = LinearModel()
        try model.maximise(LinearExpression(4.5))
        let constant = try SolverSession(model)
        #expect(try constant.solve() == .optimal)
        #expect(constant.objectiveValue == 4.5)
        #expect(try !constant.optimalFace().hasTies)
        constant.restore(constant.basis)
        #expect(try constant.solve() == .optimal)
    }

    @Test func noObjective() throws {
        var model = LinearModel()
        let x = try model.variable("x", in: -3...9)
        try model.add(x >= 4, named: "row")
        let session = try SolverSession(model)
        #expect(try session.solve() == .optimal)
        #expect((4...9).contains(session.value(of: x)))
        #expect(session.objectiveValue == 0)
    }

    /// GLPK's branch and bound refuses fractional bounds of integers; here they mean what they say.
    @Test func integersBetweenFractionalBounds() throws {
        var model = LinearModel()
        let high = try model.parameter("high", value: 3.7)
        let n = try model.variable("n", from: .init(-2.5), to: .init(high), kind: .integer)
        let m = try model.variable("m", in: 0...10, kind: .integer)
        try model.add(2 * n + 3 * m <= 10.5, named: "both")
        try model.maximise(2 * n + 2.9 * m)
        let session = try SolverSession(model)
        // By hand: n = 2, m = 2 gives 9.8; n = 3, m = 1 gives 8.9; n = -1, m = 4 gives 9.6; the others less.
        #expect(try session.solve() == .optimal)
        #expect(session.branchedSolves == 1)
        #expect(abs(session.objectiveValue - 9.8) < 1e-9)
        // n <= 1: n = -1.
        try session.set(high, to: 1.999)
        try session.solve()
        #expect(abs(session.objectiveValue - 9.6) < 1e-9)
        // What parameters miss of a whole number by rounding counts as that number.
        try session.set(high, to: 2 - 1e-12)
        try session.solve()
        #expect(abs(session.objectiveValue - 9.8) < 1e-9)
    }

    @Test func binariesStayBinariesWhateverTheirParameters() throws {
        var model = LinearModel()
        let high = try model.parameter("high", value: 8)
        let b = try model.variable("b", from: .init(-3), to: .init(high), kind: .binary)
        try model.add(b >= -5, named: "row")
        try model.maximise(b)
        let session = try SolverSession(model)
        try session.solve()
        #expect(session.value(of: b) == 1)
        try session.set(high, to: 0.5)
        try session.solve()
        #expect(session.value(of: b) == 0)
        try session.set(high, to: -0.5)
        #expect(try session.solve() == .infeasible)
        #expect(model.largestViolation(values: [-3], parameters: [8]) == 3)
        #expect(model.largestViolation(values: [4], parameters: [8]) == 3)
    }

    @Test func freeIntegers() throws {
        var model = LinearModel()
        let n = try model.variable("n", in: -.infinity ... .infinity, kind: .integer)
        try model.add(2 * n >= -7.5, named: "row")
        try model.minimise(n)
        let session = try SolverSession(model)
        #expect(try session.solve() == .optimal)
        #expect(session.value(of: n) == -3)
    }

    @Test func boundsThatCrossByRoundingMeet() throws {
        var model = LinearModel()
        let p = try model.parameter("p", value: 0.1)
        let x = try model.variable("x", from: .init(0.3), to: 3 * ParameterExpression(p))
        let y = try model.variable("y", from: 3 * ParameterExpression(p), to: .init(0.3))
        try model.add(x + y >= 0, named: "row")
        try model.minimise(x - y)
        let session = try SolverSession(model)
        #expect(try session.solve() == .optimal)
        #expect(abs(session.objectiveValue) < 1e-12)
        try session.set(p, to: 0.0999)
        #expect(try session.solve() == .infeasible)
    }

    // MARK: Limits

    @Test func iterationLimitsOfLinearPrograms() throws {
        let model = try BlockModel(rows: 60, columns: 200).model
        let session = try SolverSession(model, limits: SolveLimits(iterations: 3))
        #expect(try session.solve() == .limit(gap: nil))
        #expect(session.iterations <= 5 * 4)
        session.limits.iterations = nil
        #expect(try session.solve() == .optimal)
        // Nonsense limits are no limits to abort on.
        session.startFromSlackBasis()
        session.limits.iterations = -4
        #expect(try session.solve() == .limit(gap: nil))
        for seconds in [Double.nan, .infinity, 1e300] {
            session.limits = SolveLimits(seconds: seconds)
            #expect(try session.solve() == .optimal)
        }
        session.limits = SolveLimits(seconds: -1)
        session.startFromSlackBasis()
        #expect(try session.solve() == .limit(gap: nil))
    }

    /// A knapsack whose relaxation is far from integral: 15 items of nearly equal worth in 3 sacks.
    private func knapsack(maximises: Bool) throws -> LinearModel {
        var model = LinearModel()
        var random = SeededNumbers(seed: 5)
        var worth = LinearExpression(1000)
        var loads = [LinearExpression](repeating: LinearExpression(), count: 3)
        for k in 0..<15 {
            let take = try model.variable("take\(k)", kind: .binary)
            for sack in loads.indices { loads[sack] += Double(random.whole(20...60)) * take }
            worth += Double(random.whole(30...50)) * take
        }
        for (sack, load) in loads.enumerated() { try model.add(load <= 255, named: "sack\(sack)") }
        if maximises { try model.maximise(worth) } else { try model.minimise(-worth) }
        return model
    }

    @Test(arguments: [true, false])
    func nodeLimitsOfIntegerPrograms(maximises: Bool) throws {
        let model = try knapsack(maximises: maximises)
        let full = try SolverSession(model)
        #expect(try full.solve() == .optimal)
        #expect(full.branchedSolves == 1 && full.usedBranchAndBound)
        var gaps: [Double] = []
        for nodes in [0, 1, 5, 15, 40, 100, 100_000] {
            let session = try SolverSession(model, limits: SolveLimits(nodes: nodes))
            switch try session.solve() {
            case .limit(let gap?):
                gaps.append(gap)
                // The gap is a promise: the optimum is not farther off.
                let distance = abs(full.objectiveValue - session.objectiveValue) / abs(session.objectiveValue)
                #expect(distance <= gap + 1e-9)
                #expect(gap < 0.2)
                #expect(model.largestViolation(values: session.values[...], parameters: []) < 1e-6)
            case .limit(nil): #expect(nodes < 40)
            case .optimal: #expect(session.objectiveValue == full.objectiveValue)
            default: Issue.record("neither optimal nor limited")
            }
            // The limit lifted, the same session answers.
            session.limits = SolveLimits()
            #expect(try session.solve() == .optimal)
            #expect(abs(session.objectiveValue - full.objectiveValue) < 1e-7)
        }
        #expect(!gaps.isEmpty)
        #expect(gaps == gaps.sorted(by: >))
    }

    /// A search that may end near the optimum ends no farther from it than that, and says so.
    @Test(arguments: [true, false])
    func gapLimitsOfIntegerPrograms(maximises: Bool) throws {
        let model = try knapsack(maximises: maximises)
        let full = try SolverSession(model)
        #expect(try full.solve() == .optimal)
        var isEarly = false
        for allowed in [0.1, 1e-2, 1e-3, 1e-9] {
            let session = try SolverSession(model, limits: SolveLimits(gap: allowed))
            let status = try session.solve()
            let distance = abs(full.objectiveValue - session.objectiveValue) / abs(session.objectiveValue)
            switch status {
            case .limit(let gap?):
                #expect(gap <= allowed && distance <= gap + 1e-9)
                isEarly = true
            case .optimal: #expect(distance <= 1e-9)
            default: Issue.record("\(status)")
            }
        }
        #expect(isEarly)
    }

    @Test func timeLimitsOfIntegerPrograms() throws {
        let session = try SolverSession(knapsack(maximises: true))
        try session.solve()
        // The relaxation's basis is at hand, so only branching is stopped.
        session.limits = SolveLimits(seconds: 0)
        let status = try session.solve()
        #expect(status != .optimal && status != .infeasible && status != .unbounded)
    }

    /// The knapsack's optimum by counting its 2^15 sets.
    @Test func knapsackByCounting() throws {
        let model = try knapsack(maximises: true)
        var best = 0.0
        for set in 0..<(1 << 15) {
            let point = (0..<15).map { Double((set >> $0) & 1) }
            if model.largestViolation(values: point[...], parameters: []) == 0 {
                best = max(best, model.objectiveValue(values: point[...], parameters: []))
            }
        }
        let session = try SolverSession(model)
        try session.solve()
        #expect(session.objectiveValue == best)
    }
}
