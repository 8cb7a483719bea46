import LinearModels

/// Parts of a problem in whose follower's rows real decisions stand.
extension BranchAndCut {
    /// Asks the follower at a relaxation's answer, or near it.
    func lookAtReal(_ part: BilevelPart, _ values: [Double]) throws {
        guard let real else { return }
        if split(part, atFractionOf: problem.integers, values) { return }
        let whole = rounded(values)
        guard case .point(let nearest, let margin) = try nearby(part, whole, aim: .cost) else {
            if !split(part, around: problem.integers, whole) { doubt(part) }
            return
        }
        // The relaxation's answer again, without what floating point makes of it.
        var part = part
        if problem.cost(nearest) - part.bound <= 1e-2 * near(part.bound) {
            part.bound = max(part.bound, problem.cost(nearest))
        }
        var point = nearest
        let leastMargin = leastMargin(of: part)
        if margin < leastMargin, !part.strict.isEmpty {
            // On the border of what the part holds. Where the border itself is an answer, that is the part's best.
            if let response = real.response(at: point), isBest(point, response) {
                improve(Answer(cost: problem.cost(point), point: point))
                return leave(part)
            }
            let limit = problem.cost(point) + Self.nearness * max(problem.unit, abs(problem.cost(point)))
            guard case .point(let inside, let margin) = try nearby(part, whole, aim: .margin(cost: limit)),
                margin >= leastMargin
            else {
                // Only where there is no margin at all these whole numbers leave nothing within the border. One that is
                // too small to be told, or too far from the best, may hold an answer.
                switch try nearby(part, whole, aim: .margin(cost: .infinity)) {
                case .nothing, .point(_, margin: 0): _ = split(part, around: problem.integers, whole)
                case .point, .unknown: if !split(part, around: problem.integers, whole) { doubt(part) }
                }
                return
            }
            point = inside
        }
        guard let response = real.response(at: point) else { return doubt(part) }
        guard isBest(point, response) else { return split(part, on: response.y) }
        let isAttained = nearest == point || problem.cost(point) <= problem.cost(nearest)
        improve(Answer(cost: problem.cost(point), point: point, isAttained: isAttained))
        leave(part)
    }

    /// By how much a row must be broken to count as broken, in the units of rows of whole numbers: the follower is
    /// asked at points of a computer's numbers, with room for what is rounded of them, and takes a row that is broken
    /// by less for one that holds.
    private func leastMargin(of part: BilevelPart) -> Double {
        let strict = Set(part.strict)
        let rows = keys.filter { strict.contains($0.value) }.map(\.key.row)
        return 4 * rows.reduce(0) { max($0, real?.room(ofRow: $1) ?? 0) }
    }

    private func isBest(_ point: [Double], _ response: FollowerAnswers.Response) -> Bool {
        problem.followerCost(Array(point[problem.leaders...])) <= response.cost
    }

    private enum Aim {
        case cost
        /// As far within rows that must be broken as a cost allows.
        case margin(cost: Double)
    }

    private enum Nearby {
        /// Also by how much the least broken of the rows is that must be.
        case point([Double], margin: Double)
        case nothing
        /// The solver had to be ended, or the numbers are beyond its reach.
        case unknown
    }

    /// A point of a part with given whole numbers, in rational numbers.
    private func nearby(_ part: BilevelPart, _ whole: [Double], aim: Aim) throws -> Nearby {
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
        switch session.solve() {
        case .optimal: break
        case .infeasible: return .nothing
        default: return .unknown
        }
        let point = variables.map { session.shortest(session.value(of: $0)) }
        // The greatest margin there is, to the last digit: whether it is none must not hang on a rounded point.
        if case .margin = aim { return .point(point, margin: session.value(of: margin)) }
        let least = part.strict.reduce(Double.infinity) { least, key in
            let cut = program.cut(key)
            return min(least, cut.upper - cut.terms.reduce(0) { $0 + $1.factor * point[$1.column] })
        }
        return .point(point, margin: least)
    }
}

/// What a follower of whole numbers answers at real decisions, in rational numbers.
final class RealFollower {
    private let problem: WholeProblem
    private let session: RationalSession
    private let decisions: [(column: Int, variable: Variable)]
    private let rows: [Constraint]
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
        var rows: [Constraint] = []
        for (i, row) in problem.followerRows.enumerated() {
            var left = sum(row.y.map { $0.factor * y[$0.column] })
            for term in row.x {
                guard let link = decisions.first(where: { $0.column == term.column }) else { continue }
                left += term.factor * link.variable
            }
            rows.append(try model.add(left >= row.side, named: "r\(i)"))
        }
        self.rows = rows
        let costs = zip(problem.followerCosts, y).filter { $0.0 != 0 }.map { $0.0 * $0.1 }
        try model.minimise(costs.isEmpty ? LinearExpression() : sum(costs))
        session = RationalSession(model)
        self.decisions = decisions
        self.y = y
    }

    /// By how much a row of the follower may be broken and count as kept.
    func room(ofRow row: Int) -> Double { session.room(of: rows[row]) }

    /// - Returns: nil where there is no answer, or none was found.
    func response(at point: [Double]) -> FollowerAnswers.Response? {
        for (column, variable) in decisions { session.bound(variable, from: point[column], to: point[column]) }
        guard session.solve(whole: y) == .optimal else { return nil }
        let values = y.map { session.value(of: $0).rounded() }
        return .init(cost: problem.followerCost(values), y: values)
    }
}
