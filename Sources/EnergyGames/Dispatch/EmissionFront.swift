import LinearModels

/// The cost of emitting less: one program, of which only the limit of the emission is changed.
struct EmissionFront {
    private let dispatch: Dispatch
    private let limits: SolveLimits
    private let solver: ExternalSolver?
    private var capped: LinearModel
    /// Kept between the points; nil where another solver takes each as it comes.
    private let session: SolverSession?
    private let cap: Parameter
    /// The least emission, as far as it is proven and found.
    private let least: (found: Double, bound: Double, isProvedByDuality: Bool)

    init(_ dispatch: Dispatch, limits: SolveLimits, using solver: ExternalSolver?) throws {
        guard !dispatch.emission.isConstant else { throw DispatchError.noEmission }
        self.dispatch = dispatch
        self.limits = limits
        self.solver = solver
        var cleanest = dispatch.built.model
        try cleanest.minimise(dispatch.emission)
        let answer = try dispatch.answer(cleanest, .emission, limits: limits, using: solver)
        least = (answer.emission, answer.bound, answer.isProvedByDuality)
        var capped = dispatch.built.model
        cap = try capped.parameter("emission_limit", value: answer.emission)
        try capped.add(dispatch.emission <= LinearExpression(ParameterExpression(cap)), named: "emission_limit")
        self.capped = capped
        session = try solver == nil ? SolverSession(capped, limits: limits) : nil
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
    mutating func points(
        _ count: Int, from first: DispatchAnswer, note: (Int, DispatchAnswer) -> Void
    ) throws -> [DispatchAnswer] {
        guard first.emission - least.found > 1e-6 * max(1, abs(first.emission)) else { return [first] }
        var points = [first]
        for k in 1..<max(2, count) {
            let share = Double(k) / Double(max(2, count) - 1)
            let limit = k == count - 1 ? least.found : first.emission + share * (least.found - first.emission)
            points.append(try cheapest(upTo: limit))
            note(k, points[k])
        }
        return points
    }
}
