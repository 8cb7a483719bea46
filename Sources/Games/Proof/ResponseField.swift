import LinearModels

/// The responses among which the worst is looked for, and what the leader makes of each.
protocol ResponseField {
    /// For each of the followers' columns, whether its follower's responses may be mixed: those of a linear program
    /// may, those of an integer one not.
    var mayMix: [Bool] { get }
    /// The leader's objective over the followers' columns.
    var payments: [Double] { get }
    /// Whether more of the objective is better for the leader.
    var sense: LinearModel.Sense { get }
    /// Linear forms of the followers' columns that the leader feels, such as its rows.
    var rowCount: Int { get }

    /// A weighted sum of those, over the followers' columns.
    func combination(_ weights: [Double]) -> [Double]

    /// The responses that are extreme in a direction of the followers' columns; nil where there are none.
    func extreme(along direction: [Double], sense: LinearModel.Sense) throws -> [Double]?

    /// The leader's dispatch for one response, with the gradient of its value; nil where it has none.
    func serve(_ response: [Double]) throws -> (answer: WorstResponse.Answer, gradient: [Double])?
}

/// In the whole system, confined to the faces, with the leader's objective: responses that the leader cannot serve are
/// left out.
struct WholeField: ResponseField {
    let session: SolverSession
    let faces: [(face: OptimalFace, columnOffset: Int, rowOffset: Int)]
    let mayMix: [Bool]
    /// How many rows are followers'; they come first.
    private let followerRows: Int
    private let coefficients: [Double]
    private let constant: Double
    let payments: [Double]

    var sense: LinearModel.Sense { session.model.sense }
    var rowCount: Int { session.model.constraintCount - followerRows }

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
        payments = Array(coefficients[..<mayMix.count])
    }

    /// At the answer that the session has just given.
    var gradient: [Double] { session.gradient(ofFirst: mayMix.count, throughRowsFrom: followerRows) }

    func combination(_ weights: [Double]) -> [Double] {
        session.combination(ofFirst: mayMix.count, ofRowsFrom: followerRows, weights: weights)
    }

    func extreme(along direction: [Double], sense: LinearModel.Sense) throws -> [Double]? {
        let idle = [Double](repeating: 0, count: session.model.variableCount - mayMix.count)
        session.setObjective(coefficients: direction + idle, constant: 0, sense: sense)
        defer { session.setObjective(coefficients: coefficients, constant: constant, sense: self.sense) }
        return try session.solve() == .optimal ? Array(session.values[..<mayMix.count]) : nil
    }

    func serve(_ response: [Double]) throws -> (answer: WorstResponse.Answer, gradient: [Double])? {
        let frozen = response.enumerated().map { (index: $0.offset, value: $0.element) }
        session.restrict(to: [(OptimalFace(columns: frozen, rows: [], hasTies: false), 0, 0)])
        defer { session.restrict(to: faces) }
        guard try session.solve() == .optimal else { return nil }
        return ((session.objectiveValue, session.values), gradient)
    }
}

/// Follower by follower, and the leader's own part for each response: far smaller programs.
///
/// What the leader cannot serve is told, since among responses that are looked for one by one it is no more than
/// skipped.
final class ApartField: ResponseField {
    let mayMix: [Bool]
    let payments: [Double]
    let sense: LinearModel.Sense
    /// Whether a response was met that the leader cannot serve.
    private(set) var hasUnserved = false
    private let activities: [Remainder.FixedActivity]
    /// What is sold at each price, over the followers' columns.
    private let quantities: [[(column: Int, value: Double)]]
    private let dispatch: (_ response: [Double]) throws -> (answer: WorstResponse.Answer, gradient: [Double])?
    /// Where nobody has a choice, what all answer.
    private let base: [Double]
    private let blocks: [Block]

    /// A follower with a choice.
    private struct Block {
        let first: Int
        let columns: [Int]
        let session: SolverSession
    }

    /// - Parameters:
    ///   - followers: which of them have a choice, and from what.
    ///   - base: everybody's answers.
    ///   - dispatch: the leader's for one response, with the gradient of its value.
    init(
        _ game: StackelbergGame, choices: [WholeSystem.Choice], parameters: [[Double]], base: [Double],
        payments: [Double], activities: [Remainder.FixedActivity],
        quantities: [[(column: Int, value: Double)]],
        dispatch: @escaping (_ response: [Double]) throws -> (answer: WorstResponse.Answer, gradient: [Double])?
    ) throws {
        mayMix = game.mayMix
        sense = game.system.sense
        self.base = base
        self.payments = payments
        self.activities = activities
        self.quantities = quantities
        self.dispatch = dispatch
        var blocks: [Block] = []
        for (k, choice) in choices.enumerated() where choice.hasTies {
            let small = game.followers[k].model.freezing(choice.face, limits: choice.limits, parameters: parameters[k])
            guard !small.columns.isEmpty else { continue }
            blocks.append(
                Block(
                    first: game.offset(of: k).column, columns: small.columns, session: try SolverSession(small.model)))
        }
        self.blocks = blocks
    }

    var rowCount: Int { activities.count + quantities.count }

    /// Of followers' programs, see `SolverSession.work`.
    var work: Int { blocks.reduce(0) { $0 + $1.session.work } }

    func combination(_ weights: [Double]) -> [Double] {
        var sum = [Double](repeating: 0, count: base.count)
        for (activity, weight) in zip(activities, weights) { activity.add(weight, to: &sum) }
        for (quantity, weight) in zip(quantities, weights.dropFirst(activities.count)) {
            for (column, value) in quantity { sum[column] += weight * value }
        }
        return sum
    }

    func extreme(along direction: [Double], sense: LinearModel.Sense) throws -> [Double]? {
        var response = base
        for block in blocks {
            block.session.setObjective(
                coefficients: block.columns.map { direction[block.first + $0] }, constant: 0, sense: sense)
            guard try block.session.attempt() == .optimal else { return nil }
            for (place, column) in block.columns.enumerated() {
                response[block.first + column] = block.session.values[place]
            }
        }
        return response
    }

    func serve(_ response: [Double]) throws -> (answer: WorstResponse.Answer, gradient: [Double])? {
        let served = try dispatch(response)
        if served == nil { hasUnserved = true }
        return served
    }
}
