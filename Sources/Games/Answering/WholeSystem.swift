import LinearModels

/// The leader and all followers in one model, each follower confined to its optima.
///
/// What is best or worst for the leader over all of the followers' optima, whatever their responses have to do with
/// each other.
final class WholeSystem {
    private let bound: BoundSession
    private let sense: LinearModel.Sense
    private let offsets: [(column: Int, row: Int)]
    /// Where the leader's own part begins.
    private let leader: (column: Int, row: Int)
    /// For each of the followers' columns, whether its follower is a linear program.
    private let mayMix: [Bool]
    /// Where the leader's objective holds squares of responses.
    private let squares: SquareSearch?

    /// How far above its optimum a branched follower's cost may lie, relative: rounding of branch and bound.
    fileprivate static let costTolerance = 1e-9

    struct Answer {
        /// The system's objective, without any squares.
        let value: Double
        let values: [Double]
    }

    /// Why there is no answer.
    struct Failure: Error { let status: SolveStatus }

    init(_ game: StackelbergGame) throws {
        if game.squaresOfResponses.isEmpty {
            bound = try BoundSession(game.system, game.bindings.system)
            squares = nil
        } else {
            // Their rows are written for each decision.
            let blank = game.squaresOfResponses.map { Square(factor: $0.factor, variables: $0.variables) }
            var model = game.system
            let variables = try SquareVariables(blank, decisions: [], columns: model.variables, in: &model)
            bound = try BoundSession(model, game.bindings.system)
            squares = SquareSearch(bound.session, game.squaresOfResponses, variables, system: game.system)
        }
        sense = game.system.sense
        offsets = game.followers.indices.map { game.offset(of: $0) }
        leader = game.offset(of: game.followers.count)
        mayMix = game.mayMix
    }

    /// Of all solves so far, see `SolverSession.work`.
    var work: Int { bound.work }

    /// What a follower may answer.
    struct Choice {
        /// What it must keep to.
        let face: OptimalFace
        /// Of linear forms of its columns.
        let limits: [FormLimit]
        /// To start from; nil where there is none.
        let basis: Basis?
        /// One of these answers; nil for the follower's own.
        let values: [Double]?

        var hasTies: Bool { face.hasTies || !limits.isEmpty }

        /// The optima of a session that has just answered, at a cost.
        ///
        /// - Parameter slack: how far above its optimum the cost of a follower that was branched may lie.
        init(optimaOf session: SolverSession, cost: Double, slack: Double = 0) throws {
            guard session.usedBranchAndBound else {
                face = try session.optimalFace()
                limits = []
                basis = session.basis
                values = nil
                return
            }
            face = OptimalFace(columns: [], rows: [], hasTies: true)
            let coefficients = session.objectiveCoefficients.enumerated().map { (column: $0.offset, value: $0.element) }
            let rounding = WholeSystem.costTolerance * max(1, abs(cost))
            limits = [
                FormLimit(coefficients: coefficients, upper: cost - session.objectiveConstant + rounding + slack)
            ]
            basis = nil
            values = nil
        }

        /// The optima of all objectives near that of a session.
        init(_ nearby: NearbyOptima, of session: SolverSession) {
            face = nearby.face
            limits = nearby.rows
            basis = session.basis
            values = nil
        }

        /// Those of them that have the same whole numbers.
        init(_ held: NearbyAssignments.Held) {
            face = held.nearby.face
            limits = held.nearby.rows
            basis = held.basis
            values = held.values
        }
    }

    /// What counts as worst: the least number, below which it need not be known, and how hard it is looked for.
    struct Measure {
        let worth: (WorstResponse.Answer) -> Double
        var floor = -Double.infinity
        /// Pairs of opposite starts.
        var pairs = 15
    }

    /// The best or worst answer of all, and how it was looked for.
    struct Found {
        let answer: Result<Answer, Failure>
        let hasTies: Bool
        /// Whether the worst was looked for to the end.
        var isSettled = true
        /// Whether the worst is known to be the worst, and not the worst found.
        var isExact = true
    }

    /// - Parameters:
    ///   - choices: of each follower.
    ///   - basis: of the leader's own part, to start from.
    ///   - measure: of the worst; nil for the leader's payoff.
    func answer(
        _ decision: [Double], _ ties: TieRule, choices: [Choice], leader basis: Basis, by measure: Measure? = nil
    ) throws -> Found {
        let session = bound.session
        try bound.set(decision)
        // Followers' blocks hold as many basic variables as rows, and so does the leader's own part: together they are
        // a basis.
        session.startFromSlackBasis()
        session.restore(basis, columnOffset: leader.column, rowOffset: leader.row)
        var faces: [(face: OptimalFace, columnOffset: Int, rowOffset: Int)] = []
        var caps: [(coefficients: [(column: Int, value: Double)], upper: Double)] = []
        for (choice, (column, row)) in zip(choices, offsets) {
            for limit in choice.limits {
                caps.append((limit.coefficients.map { (column + $0.column, $0.value) }, limit.upper))
            }
            faces.append((choice.face, column, row))
            if let basis = choice.basis { session.restore(basis, columnOffset: column, rowOffset: row) }
        }
        let hasTies = choices.contains(where: \.hasTies)
        session.restrict(to: faces)
        session.cap(caps)
        defer {
            session.release()
            session.releaseCaps()
        }
        if let squares {
            let isMaximised = (sense == .maximise) == (ties == .optimistic)
            return Found(
                answer: try squares.search(at: decision, towards: isMaximised ? .maximise : .minimise), hasTies: hasTies
            )
        }
        let status = try bound.solve()
        guard status == .optimal else { return Found(answer: .failure(Failure(status: status)), hasTies: hasTies) }
        var answer = (value: session.objectiveValue, values: session.values)
        guard ties == .pessimistic, hasTies else {
            return Found(answer: .success(Answer(value: answer.value, values: answer.values)), hasTies: hasTies)
        }
        let sign = sense == .maximise ? 1.0 : -1
        let field = WholeField(session, faces: faces, mayMix: mayMix, followerRows: leader.row)
        let search = WorstResponse(field: field, measure: measure ?? Measure { sign * $0.value })
        let (worst, isSettled, isExact) = try search.search(from: answer, gradient: field.gradient)
        answer = worst
        return Found(
            answer: .success(Answer(value: answer.value, values: answer.values)), hasTies: hasTies,
            isSettled: isSettled, isExact: isExact)
    }
}
