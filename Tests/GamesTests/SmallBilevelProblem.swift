import Games
import LinearModels

/// A bilevel problem in algebraic form, as textbooks print them: the leader chooses `x` in a box, the follower answers
/// with `y`.
///
/// Objectives are `constant + cx x + cy y + sum(q x_i y_j)`; rows are `ax x + ay y (<=, ==, >=) side`.
struct SmallBilevelProblem: Sendable {
    struct Bounds: Sendable {
        var lower: Double
        var upper: Double
        var isInteger = false
    }

    struct Objective: Sendable {
        var maximised = false
        var constant = 0.0
        var x: [Double]
        var y: [Double]
        /// Products `factor * x[i] * y[j]`.
        var products: [(i: Int, j: Int, factor: Double)] = []
    }

    struct Row: Sendable {
        enum Sense: String, Sendable {
            case atMost = "<="
            case equal = "=="
            case atLeast = ">="
        }
        var x: [Double]
        var y: [Double]
        var sense: Sense
        var side: Double

        var holdsY: Bool { y.contains { $0 != 0 } }
    }

    /// A decision and what the leader's objective is there.
    struct Point: Sendable {
        var value: Double
        var x: [Double]
    }

    var name: String
    var source: String
    var x: [Bounds]
    var y: [Bounds]
    var upper: Objective
    var lower: Objective
    var upperRows: [Row] = []
    var lowerRows: [Row] = []
    /// The best decision where ties are broken for the leader.
    var optimistic: Point
    /// The best decision where ties are broken against the leader; nil where unknown or not attained.
    var pessimistic: Point?

    var hasIntegerLeader: Bool { x.contains(where: \.isInteger) }

    /// The leader's objective in the problem's own sense, from the payoff of the game.
    func value(ofPayoff payoff: Double) -> Double { upper.maximised ? payoff : -payoff }

    // MARK: Conversion

    /// The problem as a game: `x` are parameters of costs and right-hand sides, the system is the follower's rows and
    /// then the leader's.
    func game(ties: TieRule = .optimistic) throws -> StackelbergGame {
        var caps: [MeanCap] = []
        var rows: [Row] = []
        for row in upperRows {
            if let cap = meanCap(row, named: "cap\(caps.count)", besides: caps) {
                caps.append(cap)
            } else {
                rows.append(row)
            }
        }
        let space = try DecisionSpace(
            x.enumerated().map { Decision(name: "x\($0)", lower: $1.lower, upper: $1.upper, unit: "1") }, meanCaps: caps
        )

        var follower = LinearModel()
        let (parameters, answer) = try addFollower(to: &follower)
        let cost = expression(lower, parameters, answer)
        try follower.minimise(lower.maximised ? -cost : cost)

        var system = LinearModel()
        let (shared, response) = try addFollower(to: &system)
        if rows.contains(where: { !$0.holdsY }) {
            let zero = try system.variable("leader.zero", in: 0...0)
            try add(rows, named: "leader", to: &system, shared, response, zero)
        } else {
            try add(rows, named: "leader", to: &system, shared, response, nil)
        }
        let objective = expression(upper, shared, response)
        if upper.maximised { try system.maximise(objective) } else { try system.minimise(objective) }
        return try StackelbergGame(
            name: name, space: space, followers: [Follower(name: "follower", model: follower)], system: system,
            ties: ties)
    }

    /// A row on the leader's variables alone with equal positive coefficients is a cap on their mean.
    private func meanCap(_ row: Row, named name: String, besides caps: [MeanCap]) -> MeanCap? {
        let indices = row.x.indices.filter { row.x[$0] != 0 }
        guard !row.holdsY, row.sense == .atMost, let first = indices.first, row.x[first] > 0,
            indices.allSatisfy({ row.x[$0] == row.x[first] }),
            caps.allSatisfy({ Set($0.indices).isDisjoint(with: indices) })
        else { return nil }
        return MeanCap(name: name, indices: indices, maximum: row.side / row.x[first] / Double(indices.count))
    }

    private func addFollower(to model: inout LinearModel) throws -> ([Parameter], [Variable]) {
        let parameters = try x.enumerated().map { try model.parameter("x\($0)", value: 0.5 * ($1.lower + $1.upper)) }
        let variables = try y.enumerated().map { j, bounds in
            try model.variable(
                "y\(j)", in: bounds.lower...bounds.upper, kind: bounds.isInteger ? .integer : .continuous)
        }
        let zero = try lowerRows.contains { !$0.holdsY } ? model.variable("follower.zero", in: 0...0) : nil
        try add(lowerRows, named: "follower", to: &model, parameters, variables, zero)
        return (parameters, variables)
    }

    /// Adds rows; those without `y` hold the variable that is always zero, since a row needs one.
    private func add(
        _ rows: [Row], named name: String, to model: inout LinearModel, _ x: [Parameter], _ y: [Variable],
        _ zero: Variable?
    ) throws {
        for (i, row) in rows.enumerated() {
            var left = LinearExpression()
            for (factor, parameter) in zip(row.x, x) { left += factor * parameter }
            for (factor, variable) in zip(row.y, y) { left += factor * variable }
            if !row.holdsY, let zero { left += zero }
            switch row.sense {
            case .atMost: try model.add(left <= row.side, named: "\(name)\(i)")
            case .equal: try model.add(left == row.side, named: "\(name)\(i)")
            case .atLeast: try model.add(left >= row.side, named: "\(name)\(i)")
            }
        }
    }

    private func expression(_ objective: Objective, _ x: [Parameter], _ y: [Variable]) -> LinearExpression {
        var sum = LinearExpression(objective.constant)
        for (factor, parameter) in zip(objective.x, x) { sum += factor * parameter }
        for (factor, variable) in zip(objective.y, y) { sum += factor * variable }
        for (i, j, factor) in objective.products { sum += factor * (x[i] * y[j]) }
        return sum
    }
}
