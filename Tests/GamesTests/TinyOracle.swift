import LinearModels

/// Answers to a ``TinyGame`` by counting instead of optimising.
struct TinyOracle {
    let game: TinyGame
    let x: [Double]
    /// By party, its tied best responses: all of them where goods are whole, else the corners of the optimal face.
    let best: [[[Double]]]
    let costs: [Double]

    init(_ game: TinyGame, at x: [Double]) {
        self.game = game
        self.x = x
        var best: [[[Double]]] = []
        var costs: [Double] = []
        for party in game.parties {
            let answers = party.isInteger ? Self.wholePoints(of: party) : Self.corners(of: party)
            let least = answers.map { party.cost($0, at: x) }.min() ?? .infinity
            costs.append(least)
            best.append(answers.filter { party.cost($0, at: x) <= least + 1e-9 })
        }
        self.best = best
        self.costs = costs
    }

    /// All combinations of the parties' tied responses.
    var combinations: [[[Double]]] {
        best.reduce([[]]) { combinations, responses in
            combinations.flatMap { head in responses.map { head + [$0] } }
        }
    }

    /// The least payoff over tied responses: a concave function is least at a corner, so corners are enough.
    var pessimistic: Double { combinations.map { game.payoff($0, at: x) }.min() ?? .nan }

    /// The greatest payoff over tied responses. Between corners it may be greater than at them: then one linear
    /// program with `cost <= least cost` as a row.
    func optimistic() throws -> Double {
        if game.parties.allSatisfy(\.isInteger) { return combinations.map { game.payoff($0, at: x) }.max() ?? .nan }
        var model = LinearModel()
        let responses = try game.parties.enumerated().map { try game.add($1, named: "p\($0)", to: &model) }
        var payoff = LinearExpression()
        for (k, party) in game.parties.enumerated() {
            var cost = LinearExpression()
            for (j, y) in responses[k].enumerated() {
                cost += (party.extra[j] + x[party.price[j]]) * y
                payoff += x[party.price[j]] * y
            }
            // A cost that is zero everywhere makes no row.
            if party.upper.indices.contains(where: { party.extra[$0] + x[party.price[$0]] != 0 }) {
                try model.add(cost <= costs[k] + 1e-12, named: "cost\(k)")
            }
        }
        payoff -= try game.dispatch(&model, responses)
        try model.maximise(payoff)
        let session = try SolverSession(model)
        return try session.solve() == .optimal ? session.objectiveValue : .nan
    }

    static func wholePoints(of party: TinyGame.Party) -> [[Double]] {
        party.upper.reduce([[]]) { heads, upper in
            heads.flatMap { head in (0...Int(upper)).map { head + [Double($0)] } }
        }.filter(party.allows)
    }

    /// Corners: every choice of as many tight bounds and rows as there are goods.
    static func corners(of party: TinyGame.Party) -> [[Double]] {
        let count = party.upper.count
        var planes: [(factors: [Double], side: Double)] = party.rows.map { ($0.factors, $0.side) }
        for j in 0..<count {
            let unit = (0..<count).map { $0 == j ? 1.0 : 0 }
            planes.append((unit, 0))
            planes.append((unit, party.upper[j]))
        }
        var corners: [[Double]] = []
        func choose(_ from: Int, _ chosen: [Int]) {
            if chosen.count == count {
                if let point = solve(chosen.map { planes[$0] }), party.allows(point),
                    !corners.contains(where: { zip($0, point).allSatisfy { abs($0 - $1) < 1e-9 } })
                {
                    corners.append(point)
                }
                return
            }
            for next in from..<planes.count { choose(next + 1, chosen + [next]) }
        }
        choose(0, [])
        return corners
    }

    /// Gaussian elimination with pivots; nil for a singular system.
    static func solve(_ planes: [(factors: [Double], side: Double)]) -> [Double]? {
        let n = planes.count
        var rows = planes.map { $0.factors + [$0.side] }
        for column in 0..<n {
            guard let pivot = (column..<n).max(by: { abs(rows[$0][column]) < abs(rows[$1][column]) }),
                abs(rows[pivot][column]) > 1e-9
            else { return nil }
            rows.swapAt(column, pivot)
            for other in 0..<n where other != column {
                let factor = rows[other][column] / rows[column][column]
                for k in column...n { rows[other][k] -= factor * rows[column][k] }
            }
        }
        return (0..<n).map { rows[$0][n] / rows[$0][$0] }
    }
}
