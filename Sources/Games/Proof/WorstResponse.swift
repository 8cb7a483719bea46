import LinearModels

/// Looks over the followers' optimal faces for the response that pays the leader least.
///
/// The leader's best value is concave in the response (the value function of a minimum-cost linear program), so its
/// least value is at a vertex of the faces. From a response, the leader's duals give the gradient; the faces' worst
/// point along it is the next response, whose value is no better for the leader. Such a descent ends at a vertex that
/// is worst to first order; which one depends on where it starts, so there are many starts, always the same ones.
/// Exact where the leader's payoff is linear over the tied responses; otherwise the least value found.
///
/// Responses that the leader cannot serve are left out, as they are where ties are broken for the leader.
struct WorstResponse {
    typealias Answer = (value: Double, values: [Double])

    /// The system, confined to the faces, with the leader's objective.
    let session: SolverSession
    let faces: [(face: OptimalFace, columnOffset: Int, rowOffset: Int)]
    /// For each of the followers' columns, which come first, whether its follower's responses may be mixed: those of a
    /// linear program may, those of an integer one not.
    let mayMix: [Bool]
    /// How many rows are followers'; they come first.
    let followerRows: Int

    private var followerColumns: Int { mayMix.count }
    private let coefficients: [Double]
    private let constant: Double
    private var sense: LinearModel.Sense { session.model.sense }

    /// Rounds of one descent; each but the last is worse for the leader than the one before.
    private static let rounds = 20
    /// Pairs of opposite starts beside those that the leader's objective gives.
    private static let pairs = 15
    /// How far they lie off the gradient, in turn: small steps find neighbours, great ones forget the gradient.
    private static let amplitudes = [0.5, 2, 8]

    init(
        _ session: SolverSession, faces: [(face: OptimalFace, columnOffset: Int, rowOffset: Int)], mayMix: [Bool],
        followerRows: Int
    ) {
        self.session = session
        self.faces = faces
        self.mayMix = mayMix
        self.followerRows = followerRows
        coefficients = session.objectiveCoefficients
        constant = session.objectiveConstant
    }

    /// The worst answer found, and whether it was looked for to the end: not where the work that was allowed is spent.
    ///
    /// - Parameter best: the answer that ``session`` has just given: the one that pays the leader most.
    func search(from best: Answer) throws -> (answer: Answer, isSettled: Bool) {
        var visited = Visited(worst: best)
        do {
            try search(from: best, &visited)
            return (visited.worst, true)
        } catch is WorkSpent {
            return (visited.worst, false)
        }
    }

    private func search(from best: Answer, _ visited: inout Visited) throws {
        defer { session.setObjective(coefficients: coefficients, constant: constant, sense: sense) }
        // Starts: the gradient at the leader's favourite response, payments alone, and both ways off the gradient in
        // directions without a pattern.
        let marginal = session.gradient(ofFirst: followerColumns, throughRowsFrom: followerRows)
        let size = marginal.reduce(0) { max($0, abs($1)) }
        var noise = Noise()
        let first = direction(&noise, size: 1)
        guard let low = try extreme(along: first, sense: .minimise),
            let high = try extreme(along: first, sense: .maximise)
        else { return }
        // Where both ends of a direction without a pattern are one, all tied responses are one to the leader.
        let ends = [low, high].map { end in zip(first, end).reduce(0) { $0 + $1.0 * $1.1 } }
        if abs(ends[0] - ends[1]) <= 1e-9 * max(1, abs(ends[0])) { return }

        // Between two responses the leader's duals are those of both sides; at an end they may be one-sided.
        let middle = (0..<followerColumns).map { mayMix[$0] ? 0.5 * (low[$0] + high[$0]) : low[$0] }
        if let (_, gradient) = try serve(middle) { try descend(along: gradient, &visited) }
        try descend(along: marginal, &visited)
        try descend(along: Array(coefficients[..<followerColumns]), &visited)
        for pair in 0..<Self.pairs {
            let reach = (size > 0 ? size : 1) * Self.amplitudes[pair % Self.amplitudes.count]
            let step = direction(&noise, size: reach)
            try descend(along: zip(marginal, step).map { $0 + $1 }, &visited)
            try descend(along: zip(marginal, step).map { $0 - $1 }, &visited)
        }
    }

    /// A direction without a pattern among those that the leader feels: its payments, and what its rows take from the
    /// followers' columns.
    private func direction(_ noise: inout Noise, size: Double) -> [Double] {
        let largest = coefficients[..<followerColumns].reduce(0) { max($0, abs($1)) }
        let weights = (followerRows..<session.model.constraintCount).map { _ in size * noise.next() }
        let rows = session.combination(ofFirst: followerColumns, ofRowsFrom: followerRows, weights: weights)
        let payments = (largest > 0 ? size / largest : 0) * noise.next()
        return zip(rows, coefficients).map { $0 + payments * $1 }
    }

    private func isWorse(_ a: Double, _ b: Double) -> Bool { sense == .minimise ? a > b : a < b }

    /// What all descents have seen so far.
    private struct Visited {
        var worst: Answer
        var responses: Set<[Double]> = []
    }

    /// Follows gradients to worse and worse responses, until one has been seen or is no worse.
    private func descend(along start: [Double], _ visited: inout Visited) throws {
        var gradient = start
        var last: Double?
        for _ in 0..<Self.rounds {
            guard let values = try extreme(along: gradient, sense: sense == .minimise ? .maximise : .minimise) else {
                return
            }
            let response = Array(values[..<followerColumns])
            guard visited.responses.insert(response).inserted, let (answer, next) = try serve(response) else { return }
            if isWorse(answer.value, visited.worst.value) { visited.worst = answer }
            if let last, !isWorse(answer.value, last) { return }
            last = answer.value
            gradient = next
        }
    }

    /// The leader's dispatch for one response, with the gradient of its value; nil where it has none.
    private func serve(_ response: [Double]) throws -> (answer: Answer, gradient: [Double])? {
        let frozen = response.enumerated().map { (index: $0.offset, value: $0.element) }
        session.restrict(to: [(OptimalFace(columns: frozen, rows: [], hasTies: false), 0, 0)])
        defer { session.restrict(to: faces) }
        guard try session.solve() == .optimal else { return nil }
        let gradient = session.gradient(ofFirst: followerColumns, throughRowsFrom: followerRows)
        return ((session.objectiveValue, session.values), gradient)
    }

    /// The point of the faces that is extreme in a direction of the followers' columns; the leader's objective is put
    /// back.
    private func extreme(along direction: [Double], sense: LinearModel.Sense) throws -> [Double]? {
        let idle = [Double](repeating: 0, count: session.model.variableCount - followerColumns)
        session.setObjective(coefficients: direction + idle, constant: 0, sense: sense)
        let found = try session.solve() == .optimal
        let values = session.values
        session.setObjective(coefficients: coefficients, constant: constant, sense: self.sense)
        return found ? values : nil
    }
}
