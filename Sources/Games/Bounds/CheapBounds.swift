import LinearModels

/// Bounds on the payoff that cost three solves.
public struct CheapBounds: Sendable, Codable {
    /// The leader chooses for the followers; infinite where nothing limits what it could earn so.
    public let highPoint: Double
    /// What followers pay at most at their best, less what the whole costs at least: `max F - W`; nil where it does not
    /// hold.
    public let payments: Double?
    /// The decision at which the followers' best costs them most; nil where the program for it does not tell.
    public let dearest: [Double]?
    /// Why there is no ``payments``.
    public let reservation: String?

    /// The lower of the two.
    public var best: (bound: Double, reasoning: Certificate.Reasoning) {
        if let payments, payments <= highPoint { return (payments, .payments) }
        return (highPoint, .highPoint)
    }

    /// Whether each was looked for to the end; else more work could tell more.
    public let isComplete: Bool

    /// - Parameter allowance: what all of it may take. What is not found by then is left out.
    public init(_ game: StackelbergGame, within allowance: WorkAllowance = WorkAllowance()) throws {
        (highPoint, payments, dearest, reservation, isComplete) = try allowance.grant {
            func found<Bound>(within share: Double, _ bound: () throws -> Bound) throws -> Bound? {
                try allowance.share(share).attempt(bound)
            }
            let program = try SingleLevelProgram(game, depth: .highPoint)
            // The payments are usually the tighter of the two, and take longer.
            let highest = try found(within: 0.4) { try Self.most(program, program.payoff) }
            let highPoint = highest ?? .infinity
            for follower in game.followers {
                guard let location = follower.model.parameterOffObjective else { continue }
                return (
                    highPoint, nil, nil,
                    "max F - W holds where decisions stand in costs alone, but \(location) of '\(follower.name)' holds one.",
                    highest != nil
                )
            }
            let paid = try found(within: 1) {
                let most = try Self.mostPaid(program)
                return (most, try Self.most(program, program.beside))
            }
            guard let (most, beside) = paid else {
                return (highPoint, nil, nil, "max F - W was not found within the work that was allowed.", false)
            }
            return (
                highPoint, most.map { $0.value + beside }, most?.decision,
                most == nil ? "no response of the followers was found whose cost is limited at every decision." : nil,
                highest != nil
            )
        }
    }

    /// The most of an objective over the program, products within their envelopes.
    private static func most(_ program: SingleLevelProgram, _ objective: LinearExpression) throws -> Double {
        var model = program.model
        try model.maximise(objective)
        var ranges = model.ranges
        _ = RangePropagation(model, ignoring: program.unwrittenRows).narrow(&ranges)
        let session = try SolverSession(model)
        for product in program.products {
            let decision = program.game.space.decisions[product.decision]
            let reach = program.model.reach(of: product.amount)
            product.envelope.write(
                factor: ColumnRange(decision.lower, decision.upper),
                quantity: ColumnRange(reach.lowerBound, reach.upperBound), into: session)
        }
        let squares = SquareRows(program.squares, in: session)
        for (i, square) in squares.squares.enumerated() {
            squares.writeChord(i, over: program.model.reach(of: 1.0 * square.root))
        }
        switch try squares.solve() {
        case .optimal: return session.provedBound(within: ranges)
        case .infeasible where session.hasProvedInfeasibility: return -.infinity
        default: return .infinity
        }
    }

    /// `max over p of (sum of the followers' optimal costs + what the leader earns from p alone)`, from above, each
    /// cost as often as the payoff holds it.
    ///
    /// For any one response `x` of every follower, `F(p) <= c(p) x` at all `p`. So the least, over responses, of the
    /// greatest `c(p) x` over `p` is a bound: whole numbers or not, and exact for linear followers (the minimax
    /// theorem). The greatest over `p` is a linear program, whose dual makes one program of it all.
    private static func mostPaid(_ program: SingleLevelProgram) throws -> (value: Double, decision: [Double]?)? {
        let game = program.game
        var dearest = LinearModel()
        let weights = try game.space.decisions.indices.map { try dearest.parameter("weight\($0)") }
        let prices = try game.space.addVariables(to: &dearest)
        try game.space.addRows(to: &dearest, prices)
        try dearest.maximise(sum(zip(weights, prices).map { $0 * $1 }))

        var model = LinearModel()
        let sold = try game.space.decisions.indices.map {
            try model.variable("@sold\($0)", in: -.infinity ... .infinity)
        }
        var balances = sold.map { (-1.0) * $0 }
        for (factor, decision) in program.alone {
            balances[decision] += LinearExpression(factor)
        }
        var cost = LinearExpression()
        for (k, follower) in game.followers.enumerated() {
            let block = try model.append(follower.model, named: "@\(k)")
            let form = game.form(
                of: follower.model, game.bindings.followers[k], times: program.payments[k].weight, firstVariable: 0)
            cost += form.own(over: block.variables)
            for term in form.mergedProducts { balances[term.parameter] += term.factor * block.variables[term.variable] }
        }
        let rows = try balances.enumerated().map { j, balance in try model.add(balance == 0, named: "@sold\(j)") }
        let dual = try model.addDual(of: dearest, parameters: sold, named: "@dearest")
        try model.minimise(cost + dual.objective)
        // Any response gives a bound, so branch and bound may end early.
        let session = try SolverSession(model, limits: SolveLimits(nodes: 200, gap: 1e-4))
        switch try session.attempt() {
        case .optimal, .limit(.some): break
        default: return nil
        }
        // A response that breaks rows by what is much beside their own numbers is none.
        guard model.largestShare(values: session.values) <= Certificate.tolerance else { return nil }
        // One more unit sold costs what it is charged at.
        let decision = session.usedBranchAndBound ? nil : rows.map { -session.dual(of: $0) }
        return (session.objectiveValue, decision.map(game.space.project))
    }
}
