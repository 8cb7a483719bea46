import LinearModels

/// A lower-level problem written for another solver, with the optimum that this engine finds for it.
public struct ExportedProblem: Sendable, Equatable {
    public let status: SolveStatus
    /// Optimal objective as written in the file, or the best that limits let be found; nil without any.
    public let objective: Double?

    public init(status: SolveStatus, objective: Double?) {
        self.status = status
        self.objective = objective
    }

    /// Writes a program, then solves it.
    package init(_ model: LinearModel, limits: SolveLimits, to path: String, format: ModelFileFormat) throws {
        let session = try SolverSession(model, limits: limits)
        try session.write(to: path, format: format)
        let program = try SolvedProgram(solving: session)
        self.init(status: program.status, objective: program.session?.objectiveValue)
    }
}

extension StackelbergGame {
    /// Writes a party's problem at a decision.
    ///
    /// - Parameters:
    ///   - party: position among the game's ``parties``.
    ///   - decision: one number per decision; projected into the space first.
    public func exportParty(
        _ party: Int, at decision: [Double], to path: String, format: ModelFileFormat
    ) throws -> ExportedProblem {
        let party = parties[party]
        let model = try model(of: party)
        let session = try session(
            for: model, ParameterBinding(model, to: space, of: party.name), at: space.project(decision))
        try session.write(to: path, format: format)
        let status = try session.solve()
        return ExportedProblem(status: status, objective: status == .optimal ? session.objectiveValue : nil)
    }

    /// Writes the leader's dispatch at a decision: the whole system with the followers' responses fixed.
    ///
    /// - Throws: ``ResponseProofError/nothingToProve`` where the decision has no payoff, ``GameError/squaresInFile``
    ///   where the leader's objective is no linear one.
    public func exportLeader(
        at decision: [Double], to path: String, format: ModelFileFormat
    ) throws -> ExportedProblem {
        guard squares.isEmpty else { throw GameError.squaresInFile }
        let evaluation = try Evaluator(self).evaluate(decision)
        guard evaluation.payoff != nil else { throw ResponseProofError.nothingToProve }
        let session = try session(for: system, bindings.system, at: evaluation.decision)
        let responses = offset(of: followers.count).column
        let fixed = (0..<responses).map { (index: $0, value: evaluation.values[$0]) }
        session.restrict(to: [(OptimalFace(columns: fixed, rows: [], hasTies: false), 0, 0)])
        try session.write(to: path, format: format)
        let status = try session.solve()
        return ExportedProblem(status: status, objective: status == .optimal ? session.objectiveValue : nil)
    }

    /// A session of its own for one of the game's models, at a decision.
    func session(
        for model: LinearModel, _ binding: ParameterBinding, at decision: [Double]
    ) throws -> SolverSession {
        let session = try SolverSession(model)
        for (parameter, value) in zip(model.parameters, binding.select(from: decision)) {
            try session.set(parameter, to: value)
        }
        return session
    }
}
