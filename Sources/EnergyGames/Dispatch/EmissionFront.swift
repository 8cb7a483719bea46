import LinearModels

/// What is known of a front already, from the cheapest operation on. Each step is a function of those before it.
public struct FrontProgress: Sendable {
    /// A program of the front that was solved.
    public enum Step: Sendable, Codable {
        case cheapest(DispatchAnswer.Record)
        case least(LeastEmission)
        case point(Point)
    }

    /// The least emission, as far as it is found and proven, kg.
    public struct LeastEmission: Sendable, Codable {
        let found: Double
        let bound: Double
        let isProvedByDuality: Bool
    }

    /// A point beyond the cheapest.
    public struct Point: Sendable, Codable {
        let record: DispatchAnswer.Record
        /// The next point starts from it; nil where another solver takes each as it comes.
        let basis: Basis?
    }

    var cheapest: DispatchAnswer.Record?
    var least: LeastEmission?
    var points: [Point] = []

    public init(_ steps: [Step] = []) {
        for step in steps {
            switch step {
            case .cheapest(let record): cheapest = record
            case .least(let emission): least = emission
            case .point(let point): points.append(point)
            }
        }
    }
}

/// The cost of emitting less: one program, of which only the limit of the emission is changed.
struct EmissionFront {
    private let dispatch: Dispatch
    private let limits: SolveLimits
    private let solver: ExternalSolver?
    private var capped: LinearModel
    /// Kept between the points; nil where another solver takes each as it comes.
    private let session: SolverSession?
    private let cap: Parameter
    let least: FrontProgress.LeastEmission

    /// - Parameter known: the least emission, where it was found already.
    init(
        _ dispatch: Dispatch, limits: SolveLimits, using solver: ExternalSolver?,
        least known: FrontProgress.LeastEmission? = nil
    ) throws {
        guard !dispatch.emission.isConstant else { throw DispatchError.noEmission }
        self.dispatch = dispatch
        self.limits = limits
        self.solver = solver
        least = try known ?? Self.least(dispatch, limits, solver)
        var capped = dispatch.built.model
        cap = try capped.parameter("emission_limit", value: least.found)
        try capped.add(dispatch.emission <= LinearExpression(ParameterExpression(cap)), named: "emission_limit")
        self.capped = capped
        session = try solver == nil ? SolverSession(capped, limits: limits) : nil
    }

    private static func least(
        _ dispatch: Dispatch, _ limits: SolveLimits, _ solver: ExternalSolver?
    ) throws -> FrontProgress.LeastEmission {
        var cleanest = dispatch.built.model
        try cleanest.minimise(dispatch.emission)
        let answer = try dispatch.answer(cleanest, .emission, limits: limits, using: solver)
        return .init(found: answer.emission, bound: answer.bound, isProvedByDuality: answer.isProvedByDuality)
    }

    /// The limit may be missed by what solvers round.
    private func rounded(_ emission: Double) -> Double { emission + 1e-7 * max(1, abs(emission)) }

    private mutating func cheapest(upTo emission: Double) throws -> DispatchAnswer {
        guard let session else {
            try capped.set(cap, to: rounded(emission))
            return try dispatch.answer(capped, .cost, limits: limits, using: solver)
        }
        try session.set(cap, to: rounded(emission))
        return try DispatchAnswer(dispatch, SolvedProgram(solving: session), .cost)
    }

    /// The cheapest of the operations that emit least.
    mutating func cleanest() throws -> DispatchAnswer {
        var answer = try cheapest(upTo: least.found)
        answer.aim = .emission
        (answer.bound, answer.isProvedByDuality) = (least.bound, least.isProvedByDuality)
        return answer
    }

    /// From the cheapest operation to the cleanest.
    ///
    /// - Parameters:
    ///   - known: points beyond the cheapest that were found already.
    ///   - note: called with each point and its number as it comes.
    ///   - keep: called with each point that was not known.
    mutating func points(
        _ count: Int, from first: DispatchAnswer, known: [FrontProgress.Point] = [],
        note: (Int, DispatchAnswer) -> Void, keep: (FrontProgress.Point) throws -> Void = { _ in }
    ) throws -> [DispatchAnswer] {
        guard first.emission - least.found > 1e-6 * max(1, abs(first.emission)) else { return [first] }
        var points = [first]
        var basis: Basis?
        for k in 1..<max(2, count) {
            if k <= known.count, let answer = DispatchAnswer(dispatch, known[k - 1].record) {
                points.append(answer)
                basis = known[k - 1].basis
            } else {
                let share = Double(k) / Double(max(2, count) - 1)
                let limit = k == count - 1 ? least.found : first.emission + share * (least.found - first.emission)
                // With fresh factors, so that a point depends on the one before it and on nothing else.
                if let basis { session?.restore(basis) }
                points.append(try cheapest(upTo: limit))
                basis = session?.basis
                try keep(.init(record: points[k].record, basis: basis))
            }
            note(k, points[k])
        }
        return points
    }
}
