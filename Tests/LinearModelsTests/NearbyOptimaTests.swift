import LinearModels
import TestSupport
import Testing

/// What is told of the optima of all objectives nearby, against counting and by hand.
@Suite struct NearbyOptimaTests {
    /// Whether a point keeps to what is told.
    private static func keeps(_ point: [Double], _ nearby: NearbyOptima, _ activity: (Int) -> Double) -> Bool {
        nearby.face.columns.allSatisfy { abs(point[$0.index] - $0.value) <= 1e-6 }
            && nearby.face.rows.allSatisfy { abs(activity($0.index) - $0.value) <= 1e-6 }
            && nearby.rows.allSatisfy { row in
                row.coefficients.reduce(0) { $0 + $1.value * point[$1.column] } <= row.upper + 1e-6
            }
    }

    /// Two homes buy ten each, at one of two prices. The first home's prices are equal, so that nobody knows which it
    /// takes; those of the second differ by 0.02, and each may move by 0.001. What the first may gain, ten times 0.002,
    /// would pay for more than a unit at the second's dearer price: but the homes have nothing to do with each other.
    @Test func whatOneGainsPaysForNoOther() throws {
        var model = LinearModel()
        let bought = try (0..<4).map { try model.variable("bought\($0)", in: 0...10) }
        try model.add(bought[0] + bought[1] == 10, named: "first")
        try model.add(bought[2] + bought[3] == 10, named: "second")
        try model.minimise(0.3 * bought[0] + 0.3 * bought[1] + 0.5 * bought[2] + 0.52 * bought[3])
        let session = try SolverSession(model)
        #expect(try session.solve() == .optimal)
        func nearby(_ length: Double) throws -> NearbyOptima {
            try #require(
                try session.optima(
                    within: (0..<4).map { SolverSession.Shift(coefficients: [($0, 1)], length: length) }))
        }
        let near = try nearby(0.001)
        #expect(near.face.columns.map(\.index) == [3] && near.face.columns[0].value == 0)
        #expect(near.face.hasTies && near.rows.isEmpty)
        // Within 0.01 the second may be indifferent too.
        #expect(try nearby(0.0101).face.columns.isEmpty)
        #expect(try nearby(0.0099).face.columns.map(\.index) == [3])
    }

    /// Ten are bought at two prices of 1 or at a third of 1.03, and may be used for 0.99 each. Where the first two may
    /// be 0.02 off, the cheaper of them is between 0.98 and 1.02: never above the third, and sometimes below the use.
    @Test(arguments: [4.0, 20]) func whoeverIsCheaperCounts(most: Double) throws {
        var model = LinearModel()
        let first = try model.variable("first", in: 0...most)
        let second = try model.variable("second", in: 0...20)
        let third = try model.variable("third", in: 0...20)
        let use = try model.variable("use", in: 0...5)
        try model.add(first + second + third - use == 10, named: "balance")
        try model.minimise(first + second + 1.03 * third - 0.99 * use)
        let session = try SolverSession(model)
        #expect(try session.solve() == .optimal && abs(session.objectiveValue - 10) < 1e-9)
        let shifts = (0..<2).map { SolverSession.Shift(coefficients: [($0, 1)], length: 0.02) }
        let nearby = try #require(try session.optima(within: shifts))
        #expect(nearby.face.columns.map(\.index) == [2])
        for (a, b) in [(-0.02, 0.02), (0.02, -0.02), (0.01, 0.015)] {
            session.setObjective(coefficients: [1 + a, 1 + b, 1.03, -0.99], constant: 0, sense: .minimise)
            #expect(try session.solve() == .optimal)
            #expect(Self.keeps(session.values, nearby) { _ in 10 })
        }
    }

    /// Programs side by side, with prices of their own and one in common: each optimum at each of many shifts, by
    /// counting, is one that is told of.
    @Test(arguments: [false, true]) func holdsForEveryOptimum(integers: Bool) throws {
        var random = SeededNumbers(seed: integers ? 52 : 51)
        var (told, grouped) = (0, 0)
        for number in 0..<1500 {
            let parts = (0..<random.whole(1...3)).map { _ in TinyProgram.random(&random, integers: integers) }
            let candidates = parts.map { $0.candidates() }
            guard candidates.allSatisfy({ !$0.isEmpty }) else { continue }
            var model = LinearModel()
            var objective = LinearExpression()
            var variables: [[Variable]] = []
            for (k, part) in parts.enumerated() {
                let block = try model.append(part.model().model, named: "p\(k)")
                variables.append(block.variables)
                for (cost, variable) in zip(part.costs, block.variables) { objective += cost * variable }
            }
            try model.minimise(objective)
            let session = try SolverSession(model)
            guard try session.solve() == .optimal, !session.usedBranchAndBound else { continue }
            let sizes = parts.map(\.count)
            let firsts = sizes.indices.map { sizes[..<$0].reduce(0, +) }
            let count = sizes.reduce(0, +)
            let length = [0.3, 0.5, 0.7][random.whole(0...2)]
            // What has no cost in the model is no price either.
            let mayShift = parts.flatMap { part in
                part.costs.indices.map { !part.isInteger[$0] || part.costs[$0] != 0 }
            }
            var shifts = (0..<count).filter { _ in random.whole(0...3) > 0 }.filter { mayShift[$0] }.map {
                SolverSession.Shift(coefficients: [($0, 1)], length: length)
            }
            let common = firsts.filter { mayShift[$0] }.map { ($0, Double(random.whole(-1...1))) }
            shifts.append(.init(coefficients: common, length: length))
            guard let nearby = try session.optima(within: shifts) else { continue }
            told += 1
            if nearby.face.hasTies, !nearby.face.columns.isEmpty { grouped += 1 }
            for trial in 0..<30 {
                var costs = parts.map(\.costs)
                for shift in shifts {
                    let factor = trial < 20 ? Double(random.whole(0...1) * 2 - 1) : random.uniform(in: -1...1)
                    for (column, value) in shift.coefficients {
                        let k = firsts.lastIndex { $0 <= column } ?? 0
                        costs[k][column - firsts[k]] += factor * shift.length * value
                    }
                }
                // All combinations of the parts' optima.
                var points: [[Double]] = [[]]
                for k in parts.indices {
                    let values = candidates[k].map { point in zip(costs[k], point).reduce(0) { $0 + $1.0 * $1.1 } }
                    let best = values.min() ?? .nan
                    let optima = zip(candidates[k], values).filter { $0.1 <= best + 1e-9 }.map(\.0)
                    points = points.flatMap { head in optima.prefix(6).map { head + $0 } }
                }
                for point in points.prefix(40) {
                    func activity(_ i: Int) -> Double {
                        var row = i
                        for (k, part) in parts.enumerated() {
                            if row < part.rows.count {
                                return zip(part.rows[row].coefficients, point[firsts[k]...]).reduce(0) {
                                    $0 + $1.0 * $1.1
                                }
                            }
                            row -= part.rows.count
                        }
                        return .nan
                    }
                    #expect(Self.keeps(point, nearby, activity), "program \(number), \(point)")
                }
            }
        }
        #expect(told > 100 && grouped > 40)
    }
}
