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
    private static let costTolerance = 1e-9

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
        mayMix = game.followers.flatMap { Array(repeating: !$0.model.hasIntegers, count: $0.model.variableCount) }
    }

    /// Of all solves so far, see `SolverSession.work`.
    var work: Int { bound.work }

    /// - Parameters:
    ///   - followers: sessions that have just answered the decision, each optimally.
    ///   - costs: their optimal costs.
    ///   - basis: of the leader's own part, to start from.
    func answer(
        _ decision: [Double], _ ties: TieRule, followers: [SolverSession], costs: [Double], leader basis: Basis
    ) throws -> (answer: Result<Answer, Failure>, hasTies: Bool, isSettled: Bool) {
        let session = bound.session
        var faces: [(face: OptimalFace, columnOffset: Int, rowOffset: Int)] = []
        var caps: [(coefficients: [(column: Int, value: Double)], upper: Double)] = []
        var hasTies = false
        try bound.set(decision)
        // Followers' blocks hold as many basic variables as rows, and so does the leader's own part: together they are
        // a basis.
        session.startFromSlackBasis()
        session.restore(basis, columnOffset: leader.column, rowOffset: leader.row)
        for (k, follower) in followers.enumerated() {
            let (column, row) = offsets[k]
            if follower.usedBranchAndBound {
                let coefficients = follower.objectiveCoefficients.enumerated()
                    .map { (column: column + $0.offset, value: $0.element) }
                let slack = Self.costTolerance * max(1, abs(costs[k]))
                caps.append((coefficients, costs[k] - follower.objectiveConstant + slack))
                hasTies = true
            } else {
                let face = try follower.optimalFace()
                hasTies = hasTies || face.hasTies
                faces.append((face, column, row))
                session.restore(follower.basis, columnOffset: column, rowOffset: row)
            }
        }
        session.restrict(to: faces)
        session.cap(caps)
        defer {
            session.release()
            session.releaseCaps()
        }
        if let squares {
            let isMaximised = (sense == .maximise) == (ties == .optimistic)
            return (try squares.search(at: decision, towards: isMaximised ? .maximise : .minimise), hasTies, true)
        }
        let status = try bound.solve()
        guard status == .optimal else { return (.failure(Failure(status: status)), hasTies, true) }
        var answer = (value: session.objectiveValue, values: session.values)
        var isSettled = true
        if ties == .pessimistic, hasTies {
            let search = WorstResponse(session, faces: faces, mayMix: mayMix, followerRows: leader.row)
            (answer, isSettled) = try search.search(from: answer)
        }
        return (.success(Answer(value: answer.value, values: answer.values)), hasTies, isSettled)
    }
}
