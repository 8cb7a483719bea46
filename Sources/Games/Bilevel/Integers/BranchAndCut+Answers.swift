import LinearModels

/// What the follower answers where the decisions that it sees are settled.
extension BranchAndCut {
    /// Asks the follower and settles the part, or splits it.
    ///
    /// - Parameter mayCut: whether a cut is wanted rather than a split.
    /// - Returns: a cut that the relaxation's answer breaks, where there is one: the part is then to be solved again.
    func settle(_ part: BilevelPart, at values: [Double], mayCut: Bool) throws -> HighPointProgram.Cut? {
        let point = rounded(values)
        guard let response = try answers.response(at: point) else {
            _ = split(part, around: problem.linking, point)
            return nil
        }
        let isFixed = problem.linking.allSatisfy { part.lower[$0] == part.upper[$0] }
        let worst = ties == .pessimistic ? try answers.worst(at: point, response) : nil
        try consider(point, response, worst)
        guard part.bound < threshold else {
            leave(part)
            return nil
        }
        let isWhole = problem.integers.allSatisfy { !isFractional($0, values[$0]) }
        let y = Array((isWhole ? point : values)[problem.leaders...])
        func isWithin(_ excess: Double, _ cost: Double) -> Bool { excess <= 1e-6 * max(1, abs(cost)) }
        // A limit that the part has already is not told again.
        let isBest =
            isWithin(problem.followerCost(y) - response.cost, response.cost)
            || part.rows.contains(key(cost: response.cost, isOpen: false))
        let isWorst = worst.map { isWithin($0.cost - leaderCost(of: y), $0.cost) } ?? true
        if isBest, isWhole, isWorst, holds(point) {
            // Nothing in this part is better than its relaxation, which is an answer.
            if best.map({ $0.cost <= part.bound + near($0.cost) }) ?? false { leave(part) } else { doubt(part) }
            return nil
        }
        // Nothing but what was considered is left of it.
        if isFixed { return nil }
        if !isBest {
            if mayCut, let cut = cuts?.cut(of: response.y, at: values) { return cut }
            split(part, on: response.y)
            return nil
        }
        if split(part, atFractionOf: problem.integers, values) { return nil }
        if let worst, !isWorst, !part.rows.contains(key(cost: worst.cost, isOpen: true)) {
            split(part, on: worst.y, worst: worst.cost)
            return nil
        }
        if !split(part, around: problem.linking, point) { doubt(part) }
        return nil
    }

    /// A part that nothing more is known of.
    func doubt(_ part: BilevelPart) {
        hangsOnRounding = true
        leave(part)
    }

    func leaderCost(of y: [Double]) -> Double {
        y.indices.reduce(0) { $0 + problem.costs[problem.leaders + $1] * y[$1] }
    }

    /// Whether all rows hold at a point: exactly where all is whole, and within rounding elsewhere.
    func holds(_ point: [Double]) -> Bool {
        problem.rows.allSatisfy { row in
            let activity = row.terms.reduce(0) { $0 + $1.factor * point[$1.column] }
            let room = 1e-6 * max(1, abs(activity))
            return activity >= row.lower - room && activity <= row.upper + room
        }
    }

    /// The best that a decision has for the leader, or with ties against it the worst.
    func consider(_ point: [Double], _ response: FollowerAnswers.Response, _ worst: FollowerAnswers.Response?) throws {
        if problem.isOpposed, problem.linking.count == problem.leaders {
            let answer = Array(point[..<problem.leaders]) + (worst ?? response).y
            if problem.cost(answer) < threshold { improve(Answer(cost: problem.cost(answer), point: answer)) }
            return
        }
        guard var found = try answers.best(at: point, response) else { return }
        if let worst { found.replaceSubrange(problem.leaders..., with: worst.y) }
        guard holds(found) else {
            hangsOnRounding = true
            return
        }
        improve(Answer(cost: problem.cost(found), point: found))
    }

    /// Tries a whole decision near a fractional one: rounded down, and then up as far as the leader's rows allow.
    func tryNear(_ values: [Double]) throws {
        var point = values
        for j in problem.linking { point[j] = (values[j] + 1e-6).rounded(.down) }
        let own = problem.rows.filter { row in row.terms.allSatisfy { $0.column < problem.leaders } }
        func fits() -> Bool {
            own.allSatisfy { row in
                let activity = row.terms.reduce(0) { $0 + $1.factor * point[$1.column] }
                return activity >= row.lower - 1e-7 && activity <= row.upper + 1e-7
            }
        }
        let open = problem.linking.filter { isFractional($0, values[$0]) }
        for j in open.sorted(by: { (values[$0] - point[$0], $1) > (values[$1] - point[$1], $0) }) {
            point[j] += 1
            if !fits() { point[j] -= 1 }
        }
        guard fits(), let response = try answers.response(at: point) else { return }
        let worst = ties == .pessimistic ? try answers.worst(at: point, response) : nil
        try consider(point, response, worst)
    }

    // MARK: Ends

    /// Finds out whether the follower, or the leader at no cost to the follower, gains without end.
    ///
    /// Numbers are rational: a direction in which something is gained for ever can be gone in whole numbers.
    func checkEnds() throws {
        let open = problem.columns.contains { !$0.lower.isFinite || !$0.upper.isFinite }
        guard open else { return }
        let followers = Set(problem.followers)
        func gain(_ costs: [Double], for columns: Set<Int>, _ rows: [WholeProblem.Row], keepsCost: Bool) throws -> Bool
        {
            var model = LinearModel()
            var steps: [Int: Variable] = [:]
            for j in columns.sorted() {
                let column = problem.columns[j]
                steps[j] = try model.variable(
                    "s\(j)", in: (column.lower.isFinite ? 0 : -1)...(column.upper.isFinite ? 0 : 1))
            }
            for (i, row) in rows.enumerated() {
                let terms = row.terms.compactMap { term in steps[term.column].map { term.factor * $0 } }
                guard !terms.isEmpty else { continue }
                try model.add(
                    range(row.lower.isFinite ? 0 : -.infinity, sum(terms), row.upper.isFinite ? 0 : .infinity),
                    named: "r\(i)")
            }
            let spending = zip(problem.followers, problem.followerCosts).compactMap { j, cost in
                cost == 0 ? nil : steps[j].map { cost * $0 }
            }
            if keepsCost, !spending.isEmpty { try model.add(sum(spending) <= 0, named: "cost") }
            let aim = columns.sorted().compactMap { j in costs[j] == 0 ? nil : steps[j].map { costs[j] * $0 } }
            guard !aim.isEmpty else { return false }
            try model.minimise(sum(aim))
            let session = RationalSession(model)
            session.room = .none
            return session.solve() == .optimal && session.objectiveValue < 0
        }
        let costs = (0..<problem.leaders).map { _ in 0.0 } + problem.followerCosts
        let own = problem.followerRows.map { row in
            WholeProblem.Row(
                terms: row.y.map { ($0.column + problem.leaders, $0.factor) }, lower: row.side, upper: .infinity)
        }
        if try gain(costs, for: followers, own, keepsCost: false) {
            throw try isPossible()
                ? CertificateError.followerUnbounded(follower: FollowerAnswers.name) : CertificateError.infeasible
        }
        let unseen = Set(problem.columns.indices).subtracting(problem.linking)
        guard try gain(problem.costs, for: unseen, problem.rows, keepsCost: true) else { return }
        // If there is any answer, the leader goes on from there; that there is none, is thrown.
        guard let feasible = try BranchAndCut(original.withoutLeadersObjective),
            try feasible.certify(.init(nodes: 10_000))?.best != nil
        else { return }
        throw CertificateError.unbounded
    }

    /// Whether any point keeps to all rows.
    private func isPossible() throws -> Bool {
        var model = LinearModel()
        let variables = try problem.columns.enumerated().map { j, column in
            try model.variable(
                "v\(j)", in: column.lower...column.upper, kind: column.isInteger ? .integer : .continuous)
        }
        for (i, row) in problem.rows.enumerated() where !row.terms.isEmpty {
            try model.add(
                range(row.lower, sum(row.terms.map { $0.factor * variables[$0.column] }), row.upper), named: "r\(i)")
        }
        return try SolverSession(model).solve() != .infeasible
    }
}

extension BilevelProblem {
    /// Any answer is as good as another one to the leader.
    var withoutLeadersObjective: BilevelProblem {
        get throws {
            try BilevelProblem(
                name: name, category: category, x: x, y: y,
                leader: .init(objective: .init(x: x.map { _ in 0 }, y: y.map { _ in 0 }), rows: leader.rows),
                follower: follower, optimistic: nil, isProven: false)
        }
    }
}
