import LinearModels

/// The responses among which the worst is looked for, and what the leader makes of each.
protocol ResponseField {
    typealias Served = (answer: WorstResponse.Answer, gradient: [Double])

    /// For each of the followers' columns, whether its follower's responses may be mixed: those of a linear program
    /// may, those of an integer one not.
    var mayMix: [Bool] { get }
    /// The leader's objective over the followers' columns.
    var payments: [Double] { get }
    /// Whether more of the objective is better for the leader.
    var sense: LinearModel.Sense { get }
    /// Linear forms of the followers' columns that the leader feels, such as its rows.
    var rowCount: Int { get }
    /// Responses to be looked at in any case, such as one for each assignment of whole numbers.
    var starts: [[Double]] { get }
    /// Whether there are no others.
    var startsAreAll: Bool { get }

    /// A weighted sum of those, over the followers' columns.
    func combination(_ weights: [Double]) -> [Double]

    /// The responses that are extreme in a direction of the followers' columns; nil where there are none.
    func extreme(along direction: [Double], sense: LinearModel.Sense) throws -> [Double]?

    /// The leader's dispatch for one response, with the gradient of its value; nil where it has none.
    func serve(_ response: [Double]) throws -> Served?

    /// For a response that the leader cannot serve: the same for one close to the last that it can, on the way there
    /// from one that it can; nil where what lies between is no response.
    func serve(towards response: [Double], from served: [Double]) throws -> Served?
}

extension ResponseField {
    func serve(towards response: [Double], from served: [Double]) throws -> Served? { nil }
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
    var starts: [[Double]] { [] }
    var startsAreAll: Bool { false }

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

    func serve(_ response: [Double]) throws -> Served? {
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
    /// The followers' columns of whole numbers.
    private let wholeNumbers: [Int]
    /// Whether a response was met that the leader cannot serve.
    private(set) var hasUnserved = false
    private let activities: [Remainder.FixedActivity]
    /// What is sold at each price, over the followers' columns.
    private let quantities: [[(column: Int, value: Double)]]
    private let dispatch: (_ response: [Double]) throws -> Served?
    /// Where nobody has a choice, what all answer; elsewhere one of the answers.
    private let base: [Double]
    private let blocks: [Block]

    /// A follower with a choice.
    private struct Block {
        let columns: Range<Int>
        /// What it may answer lies in one of these.
        let areas: [Area]
    }

    private struct Area {
        /// One answer of it.
        let base: [Double]
        /// Columns of the follower in which others differ, and the program that they are of; none where there is none.
        let free: [Int]
        let session: SolverSession?

        init(_ choice: WholeSystem.Choice, of model: LinearModel, parameters: [Double], base: [Double]) throws {
            self.base = base
            guard choice.hasTies else {
                (free, session) = ([], nil)
                return
            }
            let small = model.freezing(choice.face, limits: choice.limits, parameters: parameters)
            free = small.columns
            session = free.isEmpty ? nil : try SolverSession(small.model)
        }

        /// Its answer that is extreme in a direction of the follower's columns.
        func extreme(along direction: ArraySlice<Double>, sense: LinearModel.Sense) throws -> [Double]? {
            guard let session else { return base }
            session.setObjective(
                coefficients: free.map { direction[direction.startIndex + $0] }, constant: 0, sense: sense)
            guard try session.attempt() == .optimal else { return nil }
            var answer = base
            for (place, column) in free.enumerated() { answer[column] = session.values[place] }
            return answer
        }
    }

    private static let mostStarts = 32

    /// - Parameters:
    ///   - choices: of each follower, one of which it takes.
    ///   - base: everybody's answers.
    ///   - dispatch: the leader's for one response, with the gradient of its value.
    init(
        _ game: StackelbergGame, choices: [[WholeSystem.Choice]], parameters: [[Double]], base: [Double],
        payments: [Double], activities: [Remainder.FixedActivity],
        quantities: [[(column: Int, value: Double)]],
        dispatch: @escaping (_ response: [Double]) throws -> Served?
    ) throws {
        mayMix = game.mayMix
        wholeNumbers = game.system.integers.map(\.index).filter { $0 < game.offset(of: game.followers.count).column }
        sense = game.system.sense
        self.payments = payments
        self.activities = activities
        self.quantities = quantities
        self.dispatch = dispatch
        var base = base
        var blocks: [Block] = []
        for (k, choices) in choices.enumerated() where choices.count > 1 || choices.contains(where: \.hasTies) {
            let model = game.followers[k].model
            let first = game.offset(of: k).column
            let columns = first..<first + model.variableCount
            let own = Array(base[columns])
            let areas = try choices.map {
                try Area($0, of: model, parameters: parameters[k], base: $0.values ?? own)
            }
            base.replaceSubrange(columns, with: areas[0].base)
            if areas.count > 1 || areas[0].session != nil { blocks.append(Block(columns: columns, areas: areas)) }
        }
        self.base = base
        self.blocks = blocks
        let open = blocks.filter { $0.areas.count > 1 }
        let combinations = open.reduce(1) { $0.cappedProduct($1.areas.count) }
        startsAreAll =
            combinations <= Self.mostStarts && blocks.allSatisfy { $0.areas.allSatisfy { $0.session == nil } }
        func taking(_ area: Area, in block: Block, else response: [Double]) -> [Double] {
            var response = response
            response.replaceSubrange(block.columns, with: area.base)
            return response
        }
        if open.isEmpty {
            starts = []
        } else if combinations <= Self.mostStarts {
            starts = open.reduce([base]) { responses, block in
                responses.flatMap { response in block.areas.map { taking($0, in: block, else: response) } }
            }
        } else {
            starts =
                [base] + open.flatMap { block in block.areas.dropFirst().map { taking($0, in: block, else: base) } }
        }
    }

    let starts: [[Double]]
    let startsAreAll: Bool
    var rowCount: Int { activities.count + quantities.count }

    /// Of followers' programs, see `SolverSession.work`.
    var work: Int { blocks.flatMap(\.areas).reduce(0) { $0 + ($1.session?.work ?? 0) } }

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
            let direction = direction[block.columns]
            var best: (value: Double, answer: [Double])?
            for area in block.areas {
                guard let answer = try area.extreme(along: direction, sense: sense) else { return nil }
                let value = zip(direction, answer).reduce(0) { $0 + $1.0 * $1.1 }
                if let best, sense == .minimise ? value >= best.value : value <= best.value { continue }
                best = (value, answer)
            }
            if let best { response.replaceSubrange(block.columns, with: best.answer) }
        }
        return response
    }

    func serve(_ response: [Double]) throws -> Served? {
        let served = try dispatch(response)
        if served == nil { hasUnserved = true }
        return served
    }

    /// The leader's value is concave on the way, so that where it falls at all, it falls most at the end.
    func serve(towards response: [Double], from served: [Double]) throws -> Served? {
        // Responses between others with the same whole numbers are responses, if both are of one area.
        guard wholeNumbers.allSatisfy({ response[$0].rounded() == served[$0].rounded() }) else { return nil }
        var (near, far) = (0.0, 1.0)
        var last: Served?
        for _ in 0..<Self.halvings {
            let middle = 0.5 * (near + far)
            if let found = try dispatch(zip(served, response).map { $0 + middle * ($1 - $0) }) {
                (near, last) = (middle, found)
            } else {
                far = middle
            }
        }
        return last
    }

    private static let halvings = 12
}
