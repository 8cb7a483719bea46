import LinearModels

/// Parts of a problem in whose follower's rows real decisions stand.
extension BranchAndCut {
    /// Margins by which a row counts as broken, in the units of rows of whole numbers.
    private static let leastMargin = 1e-7

    /// Asks the follower at a relaxation's answer, or near it.
    func lookAtReal(_ part: BilevelPart, _ values: [Double]) throws {
        guard let real else { return }
        if split(part, atFractionOf: problem.integers, values) { return }
        let whole = rounded(values)
        guard let exact = try nearby(part, whole, aim: .cost) else {
            if !split(part, around: problem.integers, whole) { doubt(part) }
            return
        }
        // The relaxation's answer again, without what floating point makes of it.
        var part = part
        if problem.cost(exact.point) - part.bound <= 1e-2 * near(part.bound) {
            part.bound = max(part.bound, problem.cost(exact.point))
        }
        var point = exact.point
        if exact.margin < Self.leastMargin, !part.strict.isEmpty {
            // On the border of what the part holds. Where the border itself is an answer, that is the part's best.
            if let response = real.response(at: point), isBest(point, response) {
                improve(Answer(cost: problem.cost(point), point: point))
                return leave(part)
            }
            let limit = problem.cost(point) + Self.nearness * max(problem.unit, abs(problem.cost(point)))
            guard let inside = try nearby(part, whole, aim: .margin(cost: limit)), inside.margin >= Self.leastMargin
            else {
                // These whole numbers leave nothing within the border, or too little to be told.
                let any = try nearby(part, whole, aim: .margin(cost: .infinity))
                if any.map({ $0.margin >= Self.leastMargin }) ?? false { return doubt(part) }
                _ = split(part, around: problem.integers, whole)
                return
            }
            point = inside.point
        }
        guard let response = real.response(at: point) else { return doubt(part) }
        guard isBest(point, response) else { return split(part, on: response.y) }
        improve(Answer(cost: problem.cost(point), point: point, isAttained: exact.point == point))
        leave(part)
    }

    private func isBest(_ point: [Double], _ response: FollowerAnswers.Response) -> Bool {
        problem.followerCost(Array(point[problem.leaders...])) <= response.cost
    }

    private enum Aim {
        case cost
        /// As far within rows that must be broken as a cost allows.
        case margin(cost: Double)
    }

    /// A point of a part with given whole numbers, in rational numbers.
    ///
    /// - Returns: nil where there is none; else also by how much the least broken of the rows is that must be.
    private func nearby(
        _ part: BilevelPart, _ whole: [Double], aim: Aim
    ) throws -> (point: [Double], margin: Double)? {
        var model = LinearModel()
        let variables = try problem.columns.enumerated().map { j, column in
            let range = column.isInteger ? whole[j]...whole[j] : part.lower[j]...part.upper[j]
            return try model.variable("v\(j)", in: range)
        }
        let margin = try model.variable("margin", in: 0...1)
        func left(_ terms: [WholeProblem.Term]) -> LinearExpression {
            sum(terms.map { $0.factor * variables[$0.column] })
        }
        for (i, row) in problem.rows.enumerated() where !row.terms.isEmpty {
            try model.add(range(row.lower, left(row.terms), row.upper), named: "r\(i)")
        }
        for key in part.rows {
            let cut = program.cut(key)
            guard !cut.terms.isEmpty else { continue }
            let isStrict = part.strict.contains(key)
            try model.add(
                range(cut.lower, isStrict ? left(cut.terms) + margin : left(cut.terms), cut.upper), named: "p\(key)")
        }
        let cost = left(problem.costs.enumerated().filter { $0.element != 0 }.map { ($0.offset, $0.element) })
        switch aim {
        case .cost: try model.minimise(cost)
        case .margin(let limit):
            if limit.isFinite, !problem.costs.allSatisfy({ $0 == 0 }) {
                try model.add(cost <= limit, named: "limit")
            }
            try model.maximise(margin)
        }
        let session = RationalSession(model)
        session.room = .none
        guard session.solve() == .optimal else { return nil }
        let point = variables.map { session.shortest(session.value(of: $0)) }
        let least = part.strict.reduce(Double.infinity) { least, key in
            let cut = program.cut(key)
            return min(least, cut.upper - cut.terms.reduce(0) { $0 + $1.factor * point[$1.column] })
        }
        return (point, least)
    }
}

/// What a follower of whole numbers answers at real decisions, in rational numbers.
final class RealFollower {
    private let problem: WholeProblem
    private let session: RationalSession
    private let decisions: [(column: Int, variable: Variable)]
    private let y: [Variable]

    init(_ problem: WholeProblem) throws {
        self.problem = problem
        var model = LinearModel()
        let decisions = try problem.linking.map { column in
            (column: column, variable: try model.variable("x\(column)", in: -.infinity ... .infinity))
        }
        let y = try problem.followers.map { j in
            try model.variable("y\(j)", in: problem.columns[j].lower...problem.columns[j].upper)
        }
        for (i, row) in problem.followerRows.enumerated() {
            var left = sum(row.y.map { $0.factor * y[$0.column] })
            for term in row.x {
                guard let link = decisions.first(where: { $0.column == term.column }) else { continue }
                left += term.factor * link.variable
            }
            try model.add(left >= row.side, named: "r\(i)")
        }
        let costs = zip(problem.followerCosts, y).filter { $0.0 != 0 }.map { $0.0 * $0.1 }
        try model.minimise(costs.isEmpty ? LinearExpression() : sum(costs))
        session = RationalSession(model)
        self.decisions = decisions
        self.y = y
    }

    /// - Returns: nil where there is no answer, or none was found.
    func response(at point: [Double]) -> FollowerAnswers.Response? {
        for (column, variable) in decisions { session.bound(variable, from: point[column], to: point[column]) }
        guard session.solve(whole: y) == .optimal else { return nil }
        let values = y.map { session.value(of: $0).rounded() }
        return .init(cost: problem.followerCost(values), y: values)
    }
}
