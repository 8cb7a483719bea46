import LinearModels

extension BilevelProblem {
    /// The problem as a game: `x` are parameters of costs and right-hand sides, the system is the follower's rows and
    /// then the leader's.
    ///
    /// A leader's row on real `x` alone with equal factors, such as a cap on the mean price, becomes part of the
    /// decision space, so that every decision keeps to it; other rows of the leader leave a decision that breaks them
    /// without a payoff. A leader who minimises has the negative of its objective as payoff: see
    /// ``value(ofPayoff:)``.
    ///
    /// - Throws: ``BilevelProblemError/unboundedLeader(variable:)`` where a variable of the leader has no end.
    public func game(ties: TieRule = .optimistic) throws -> StackelbergGame {
        if let variable = openVariables.first {
            throw BilevelProblemError.unboundedLeader(variable: x[variable].name)
        }
        return try game(ties: ties, within: x.map { $0.lower...$0.upper })
    }

    /// Variables of the leader that lack a bound.
    var openVariables: [Int] { x.indices.filter { !x[$0].lower.isFinite || !x[$0].upper.isFinite } }

    /// - Parameter box: where the leader's variables are, or what stands for that where one has no end. Caps are rows
    ///   then.
    func game(ties: TieRule, within box: [ClosedRange<Double>]) throws -> StackelbergGame {
        var caps: [MeanCap] = []
        var rows: [Row] = []
        for row in leader.rows {
            if openVariables.isEmpty, let cap = meanCap(row, named: "cap\(caps.count)", besides: caps) {
                caps.append(cap)
            } else {
                rows.append(row)
            }
        }
        let decisions = zip(x, box).map {
            Decision(name: $0.name, lower: $1.lowerBound, upper: $1.upperBound, unit: "1", isInteger: $0.isInteger)
        }
        let space = try DecisionSpace(decisions, meanCaps: caps)

        var linear = leader.objective
        let quadratic = quadraticPart
        linear.products = quadratic.products
        return try StackelbergGame(
            name: name, space: space, followers: [Follower(name: "follower", model: followerModel(box))],
            squares: quadratic.squares, ties: ties
        ) { system, blocks in
            // Of the block, a variable that is always zero comes after all `y`.
            let (shared, response) = (blocks[0].parameters, Array(blocks[0].variables.prefix(y.count)))
            let zero = try rows.contains { !$0.holdsY } ? system.variable("leader.zero", in: 0...0) : nil
            try add(rows, named: "leader", to: &system, shared, response, zero)
            let objective = expression(linear, shared, response)
            if leader.objective.isMaximised { try system.maximise(objective) } else { try system.minimise(objective) }
        }
    }

    /// What is quadratic in the leader's objective, as squares, and the products of both sides' variables that are left
    /// beside them.
    ///
    /// Products by themselves are held by envelopes, which are weak. So they join the squares where those that the
    /// leader gains from, which are what makes a problem hard, grow no more by it: `(x - y)²` is one square, and
    /// convex. By the interlacing of eigenvalues they never grow fewer.
    private var quadraticPart: (squares: [Square], products: [Product]) {
        let objective = leader.objective
        let own =
            objective.xProducts
            + objective.yProducts.map {
                OwnProduct(first: x.count + $0.first, second: x.count + $0.second, factor: $0.factor)
            }
        guard !own.isEmpty else { return ([], objective.products) }
        let mixed = objective.products.map { OwnProduct(first: $0.x, second: x.count + $0.y, factor: $0.factor) }
        let (apart, joint) = (squares(of: own), squares(of: own + mixed))
        func gains(_ squares: [Square]) -> Int { squares.count { ($0.factor > 0) == objective.isMaximised } }
        return gains(joint) > gains(apart) ? (apart, objective.products) : (joint, [])
    }

    /// Squares of products over the leader's variables, then the follower's, which are the system's first.
    private func squares(of products: [OwnProduct]) -> [Square] {
        QuadraticForm(products, count: x.count + y.count).squares().map { square in
            func terms(_ root: ArraySlice<Double>) -> [Square.Term] {
                root.enumerated().filter { $0.element != 0 }.map { .init(index: $0.offset, factor: $0.element) }
            }
            return Square(
                factor: square.factor, decisions: terms(square.root[..<x.count]),
                variables: terms(square.root[x.count...]))
        }
    }

    /// A row on real leader's variables alone with equal positive factors is a cap on their mean, unless it leaves no
    /// decision at all.
    private func meanCap(_ row: Row, named name: String, besides caps: [MeanCap]) -> MeanCap? {
        let indices = row.x.indices.filter { row.x[$0] != 0 }
        guard !row.holdsY, row.sense == .atMost, let first = indices.first, row.x[first] > 0,
            indices.allSatisfy({ row.x[$0] == row.x[first] && !x[$0].isInteger }),
            caps.allSatisfy({ Set($0.indices).isDisjoint(with: indices) })
        else { return nil }
        let count = Double(indices.count)
        let maximum = row.side / row.x[first] / count
        guard maximum >= indices.reduce(0, { $0 + x[$1].lower }) / count else { return nil }
        return MeanCap(name: name, indices: indices, maximum: maximum)
    }

    private func followerModel(_ box: [ClosedRange<Double>]) throws -> LinearModel {
        var model = LinearModel()
        let parameters = try zip(x, box).map { variable, range in
            try model.parameter(variable.name, value: 0.5 * (range.lowerBound + range.upperBound))
        }
        let variables = try y.map {
            try model.variable($0.name, in: $0.lower...$0.upper, kind: $0.isInteger ? .integer : .continuous)
        }
        let zero = try follower.rows.contains { !$0.holdsY } ? model.variable("follower.zero", in: 0...0) : nil
        try add(follower.rows, named: "follower", to: &model, parameters, variables, zero)
        let cost = expression(follower.objective, parameters, variables)
        try model.minimise(follower.objective.isMaximised ? -cost : cost)
        return model
    }

    /// Adds rows; those without `y` hold the variable that is always zero, since a row needs one.
    private func add(
        _ rows: [Row], named name: String, to model: inout LinearModel, _ x: [Parameter],
        _ y: [LinearModels.Variable], _ zero: LinearModels.Variable?
    ) throws {
        for (i, row) in rows.enumerated() {
            var left = LinearExpression()
            for (factor, parameter) in zip(row.x, x) where factor != 0 { left += factor * parameter }
            for (factor, variable) in zip(row.y, y) where factor != 0 { left += factor * variable }
            if !row.holdsY, let zero { left += zero }
            switch row.sense {
            case .atMost: try model.add(left <= row.side, named: "\(name)\(i)")
            case .equal: try model.add(left == row.side, named: "\(name)\(i)")
            case .atLeast: try model.add(left >= row.side, named: "\(name)\(i)")
            }
        }
    }

    private func expression(
        _ objective: Objective, _ x: [Parameter], _ y: [LinearModels.Variable]
    ) -> LinearExpression {
        var sum = LinearExpression(objective.constant)
        for (factor, parameter) in zip(objective.x, x) where factor != 0 { sum += factor * parameter }
        for (factor, variable) in zip(objective.y, y) where factor != 0 { sum += factor * variable }
        for product in objective.products { sum += product.factor * (x[product.x] * y[product.y]) }
        return sum
    }
}
