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
    let session: Session
    let faces: [(face: OptimalFace, columnOffset: Int, rowOffset: Int)]
    /// How many columns and rows are followers'; they come first.
    let followerColumns: Int
    let followerRows: Int

    private let coefficients: [Double]
    private let constant: Double
    private var sense: LinearModel.Sense { session.model.sense }

    /// Rounds of one descent; each but the last is worse for the leader than the one before.
    private static let rounds = 20
    /// Pairs of opposite starts beside the two that the leader's objective gives.
    private static let pairs = 16

    init(
        _ session: Session, faces: [(face: OptimalFace, columnOffset: Int, rowOffset: Int)], followerColumns: Int,
        followerRows: Int
    ) {
        self.session = session
        self.faces = faces
        self.followerColumns = followerColumns
        self.followerRows = followerRows
        coefficients = session.objectiveCoefficients
        constant = session.objectiveConstant
    }

    /// The worst answer found.
    ///
    /// - Parameter best: the answer that ``session`` has just given: the one that pays the leader most.
    func search(from best: Answer) throws -> Answer {
        defer { session.setObjective(coefficients: coefficients, constant: constant, sense: sense) }
        // Starts: the gradient at the leader's favourite response, payments alone, and both ways off the gradient in
        // directions without a pattern.
        let marginal = session.gradient(ofFirst: followerColumns, throughRowsFrom: followerRows)
        let size = marginal.reduce(0) { max($0, abs($1)) }
        var noise = Noise()
        let first = marginal.map { _ in noise.next() }
        if try facesAreOnePoint(along: first) { return best }

        var worst = best
        try descend(along: marginal, to: &worst)
        try descend(along: Array(coefficients[..<followerColumns]), to: &worst)
        for _ in 0..<Self.pairs {
            let step = marginal.map { _ in (size > 0 ? size : 1) * noise.next() }
            try descend(along: zip(marginal, step).map { $0 + $1 }, to: &worst)
            try descend(along: zip(marginal, step).map { $0 - $1 }, to: &worst)
        }
        return worst
    }

    private func isWorse(_ a: Double, _ b: Double) -> Bool { sense == .minimise ? a > b : a < b }

    private func descend(along start: [Double], to worst: inout Answer) throws {
        var gradient = start
        var last: Answer?
        for _ in 0..<Self.rounds {
            guard let response = try extreme(along: gradient, sense: sense == .minimise ? .maximise : .minimise) else {
                return
            }
            if let last, last.values[..<followerColumns] == response[..<followerColumns] { return }
            let frozen = (0..<followerColumns).map { (index: $0, value: response[$0]) }
            session.restrict(to: [(OptimalFace(columns: frozen, rows: [], hasTies: false), 0, 0)])
            let isServed = try session.solve() == .optimal
            let answer = (value: session.objectiveValue, values: session.values)
            gradient = session.gradient(ofFirst: followerColumns, throughRowsFrom: followerRows)
            session.restrict(to: faces)
            guard isServed else { return }
            if isWorse(answer.value, worst.value) { worst = answer }
            if let last, !isWorse(answer.value, last.value) { return }
            last = answer
        }
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

    /// Whether the faces hold a single response: then both ends of a direction without a pattern are the same.
    private func facesAreOnePoint(along direction: [Double]) throws -> Bool {
        guard let low = try extreme(along: direction, sense: .minimise),
            let high = try extreme(along: direction, sense: .maximise)
        else { return false }
        return (0..<followerColumns).allSatisfy { abs(low[$0] - high[$0]) <= 1e-9 * max(1, abs(low[$0])) }
    }

    /// Numbers in -1 ... 1 without a pattern, the same ones every time.
    private struct Noise {
        private var state: UInt64 = 0x2545_F491_4F6C_DD1D

        mutating func next() -> Double {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return Double(state >> 11) * 0x1p-52 - 1
        }
    }
}
