import Foundation
import LinearModels

extension BilevelProblem {
    /// What a decision pays in rational numbers: whether an answer that was found is one, and does not hang on
    /// rounding. Where the decision is settled, products are linear terms.
    ///
    /// - Parameters:
    ///   - share: of what the follower's costs are by nature, by which it may miss its least cost: decisions at which
    ///     it is of two minds are known to so many digits only.
    ///   - ties: against the leader only where its rows hold no variable of the follower.
    /// - Returns: the leader's objective in its own sense; nil where there is no answer, or none was found in time.
    func confirmedValue(
        at decision: [Double], _ ties: TieRule, share: Double, before deadline: Date
    ) throws -> Double? {
        func folded(_ objective: Objective) -> [Double] {
            objective.products.reduce(into: objective.y) { $0[$1.y] += $1.factor * decision[$1.x] }
        }
        func addRows(_ rows: [Row], named name: String, _ y: [LinearModels.Variable], to model: inout LinearModel)
            throws
        {
            for (i, row) in rows.enumerated() {
                let terms = zip(row.y, y).filter { $0.0 != 0 }.map { $0 * $1 }
                guard !terms.isEmpty else { continue }
                let side = zip(row.x, decision).reduce(row.side) { $0 - $1.0 * $1.1 }
                switch row.sense {
                case .atMost: try model.add(sum(terms) <= side, named: "\(name)\(i)")
                case .equal: try model.add(sum(terms) == side, named: "\(name)\(i)")
                case .atLeast: try model.add(sum(terms) >= side, named: "\(name)\(i)")
                }
            }
        }
        func solve(_ model: LinearModel, _ y: [LinearModels.Variable]) -> RationalSession? {
            let session = RationalSession(model)
            session.deadline = deadline
            let integers = zip(self.y, y).filter(\.0.isInteger).map(\.1)
            let status = integers.isEmpty ? session.solve() : session.solve(whole: integers)
            return status == .optimal ? session : nil
        }
        func linear(_ factors: [Double], _ y: [LinearModels.Variable]) -> LinearExpression {
            sum(zip(factors, y).filter { $0.0 != 0 }.map { $0 * $1 })
        }
        let alone = (leader.rows + follower.rows).filter { !$0.holdsY }
        guard alone.allSatisfy({ Self.holds($0, at: decision) }) else { return nil }
        var model = LinearModel()
        let variables = try y.map { try model.variable($0.name, in: $0.lower...$0.upper) }
        try addRows(follower.rows, named: "follower", variables, to: &model)
        var whole = model
        let sign = follower.objective.isMaximised ? -1.0 : 1
        let costs = folded(follower.objective).map { sign * $0 }
        try model.minimise(linear(costs, variables))
        guard let answer = solve(model, variables) else { return nil }

        try addRows(leader.rows, named: "leader", variables, to: &whole)
        if costs.contains(where: { $0 != 0 }) {
            let room = share * max(abs(answer.objectiveValue), answer.objectiveMagnitude)
            try whole.add(linear(costs, variables) <= answer.objectiveValue + room, named: "least")
        }
        let gains = folded(leader.objective)
        try leader.objective.isMaximised == (ties == .optimistic)
            ? whole.maximise(linear(gains, variables)) : whole.minimise(linear(gains, variables))
        guard let all = solve(whole, variables) else { return nil }
        let objective = leader.objective
        let own = zip(objective.x, decision).reduce(objective.constant) { $0 + $1.0 * $1.1 }
        return objective.xProducts.reduce(own + all.objectiveValue) {
            $0 + $1.factor * decision[$1.first] * decision[$1.second]
        }
    }

    /// Whether a row over decisions alone holds, within a solver's tolerance.
    private static func holds(_ row: Row, at decision: [Double]) -> Bool {
        let terms = zip(row.x, decision).map { $0 * $1 }
        let excess = terms.reduce(0, +) - row.side
        let room = 1e-7 * terms.reduce(max(1, abs(row.side))) { max($0, abs($1)) }
        return switch row.sense {
        case .atMost: excess <= room
        case .equal: abs(excess) <= room
        case .atLeast: excess >= -room
        }
    }
}
