import Energy
import Games
import LinearModels

/// The least-cost operation of an energy system in which nobody is led: a central system, or all parties of a case
/// acting together.
///
///     min  sum over parties of cost        (or of emission, and then of cost)
///
/// Payments between the parties cancel, so prices that somebody would decide change nothing: what is traded at them is
/// paid with nothing. See systems C and D, papers 003 (section 3) and 002 (eq. 22-36).
///
/// ```swift
/// let dispatch = try Dispatch(system)
/// let answer = try dispatch.solve()
/// print(answer.cost, answer.solution.parties[0].totalEmission)
/// ```
public struct Dispatch: Sendable {
    /// What is made as small as possible.
    public enum Aim: String, Sendable, Codable, CaseIterable {
        /// CNY over the horizon.
        case cost
        /// kg over the horizon; among operations of the same emission the one that costs least.
        case emission
    }

    public let system: EnergySystem
    /// All parties in one model, whose objective is their cost.
    public let built: BuiltSystem
    /// CNY over the horizon, payments between parties left out.
    let cost: LinearExpression
    /// kg over the horizon.
    let emission: LinearExpression
    /// Whether payments are left out because their prices are to be decided.
    public let leavesPaymentsOut: Bool
    /// Whether charges between parties are left out: nothing holds their quantities where payments cancel.
    public let leavesChargesOut: Bool

    /// - Throws: ``DispatchError/sizeToDecide(path:)`` where a size is a range, ``DispatchError/partyElsewhere(name:)``
    ///   where somebody trades who is not there, and what building a party throws.
    public init(_ system: EnergySystem) throws {
        let names = Set(system.parties.map(\.name))
        // A supply outside has a price.
        let known = system.choices.isEmpty ? names : names.union([EnergySystem.outsider])
        // What comes from nowhere would cost nothing.
        if let away = system.trades.flatMap({ [$0.seller, $0.buyer] }).first(where: { !known.contains($0) }) {
            throw DispatchError.partyElsewhere(name: away)
        }
        var own = system
        for k in own.trades.indices {
            own.trades[k].price = own.trades[k].price.leavingPostedOut(steps: system.time.steps)
        }
        own.charges.removeAll { names.contains($0.seller) }
        leavesChargesOut = own.charges.count < system.charges.count
        leavesPaymentsOut = system.trades.contains { if case .posted = $0.price { true } else { false } }
        self.system = own
        let parties = own.parties.map(\.name)
        built = try own.build(parties, minimising: parties)
        if let size = built.ledgers.flatMap(\.sizes).first {
            throw DispatchError.sizeToDecide(path: size.decision.name)
        }
        cost = sum(
            built.ledgers.flatMap(\.costs).filter { !parties.contains($0.counterparty ?? "") }.map(\.amount))
        emission = sum(built.ledgers.map(\.totalEmission))
    }

    // MARK: Solving

    /// The best operation.
    ///
    /// - Parameters:
    ///   - limits: of each program that is solved.
    ///   - solver: what solves them; GLPK where it is nil.
    /// - Throws: ``DispatchError`` where there is none, or none was found within the limits; what a solver throws.
    public func solve(
        _ aim: Aim = .cost, limits: SolveLimits = SolveLimits(), using solver: ExternalSolver? = nil
    ) throws -> DispatchAnswer {
        switch aim {
        case .cost: return try answer(built.model, aim, limits: limits, using: solver)
        case .emission:
            var front = try EmissionFront(self, limits: limits, using: solver)
            return try front.cleanest()
        }
    }

    /// Trade-offs between cost and emission: the least cost at evenly spaced limits of the emission, from that of the
    /// cheapest operation down to the least possible (epsilon-constraint method).
    ///
    /// - Parameters:
    ///   - count: of points, 2 at least. Fewer come where the cheapest operation is the cleanest already.
    ///   - cheapest: the operation of least cost, where it is known; it is solved otherwise.
    ///   - known: what an earlier run kept of the same front.
    ///   - note: called with each point and its number as it comes.
    ///   - keep: called with what was solved and was not known. An earlier run and one that goes on from what it kept
    ///     find the same to the bit.
    public func front(
        _ count: Int, from cheapest: DispatchAnswer? = nil, limits: SolveLimits = SolveLimits(),
        using solver: ExternalSolver? = nil, known: FrontProgress = FrontProgress(),
        note: (Int, DispatchAnswer) -> Void = { _, _ in }, keep: (FrontProgress.Step) throws -> Void = { _ in }
    ) throws -> [DispatchAnswer] {
        var first = cheapest ?? known.cheapest.flatMap { DispatchAnswer(self, $0) }
        if first == nil {
            first = try solve(.cost, limits: limits, using: solver)
            if let first { try keep(.cheapest(first.record)) }
        }
        guard let first else { return [] }
        note(0, first)
        var front = try EmissionFront(self, limits: limits, using: solver, least: known.least)
        if known.least == nil { try keep(.least(front.least)) }
        return try front.points(count, from: first, known: known.points, note: note) { try keep(.point($0)) }
    }

    /// Writes the program of least cost for another solver.
    public func export(
        to path: String, format: ModelFileFormat, limits: SolveLimits = SolveLimits()
    ) throws -> ExportedProblem {
        try ExportedProblem(built.model, limits: limits, to: path, format: format)
    }

    /// - Parameter model: the built model with the rows and the objective that are to be answered.
    func answer(
        _ model: LinearModel, _ aim: Aim, limits: SolveLimits, using solver: ExternalSolver?
    ) throws -> DispatchAnswer {
        try DispatchAnswer(self, SolvedProgram(model, limits: limits, using: solver), aim)
    }
}

extension SolvedProgram {
    /// The session of a solution.
    ///
    /// - Throws: ``DispatchError`` where there is none.
    func found() throws(DispatchError) -> SolverSession {
        if let session { return session }
        switch status {
        case .infeasible: throw .infeasible
        case .unbounded: throw .unbounded
        case .optimal, .limit: throw .notFound
        }
    }
}

/// Why there is no dispatch.
public enum DispatchError: Error, Equatable, CustomStringConvertible {
    case sizeToDecide(path: String)
    case partyElsewhere(name: String)
    case infeasible
    case unbounded
    /// The limits ended the solver before it had any operation.
    case notFound
    /// Nothing emits, or what emits is not changed by any decision.
    case noEmission

    public var description: String {
        switch self {
        case .sizeToDecide(let path):
            "\(path) is to be decided, but a dispatch operates what is there. Give it as a number, or ask for sizes, as "
                + "`size` does."
        case .partyElsewhere(let name):
            "the model of \(name) is elsewhere, so that the operation of all is not known. Take a distributed method of `cooperate`."
        case .infeasible: "the system cannot be operated: its rules cannot all be satisfied."
        case .unbounded:
            "the cost can fall without end. Look for a price below 0 of something that can be taken without limit."
        case .notFound: "no operation was found within the limits. Allow more seconds, or a greater gap."
        case .noEmission:
            "no emission depends on how the case is operated. Give carriers an emission_factor, or minimise the cost."
        }
    }
}
