import LinearModels

/// Answers decisions for one follower: by its parts where it has any and they suffice, else as a whole.
final class FollowerSolver {
    private let follower: Follower
    private let binding: ParameterBinding
    private let reference: [Double]
    private let parts: [BoundSession]
    private var split: FollowerParts? { follower.parts }
    /// The follower's own model. Where it has parts it is made when they first do not suffice: it is larger by far.
    private var loaded: (session: BoundSession, start: Basis)?
    /// Made when whole numbers of the follower are first asked for.
    private var knownAssignments: NearbyAssignments?
    /// What the last answer came from.
    private var isOfParts = false
    private var partValues: [Double] = []

    /// The follower's values in the last answer; meaningful only where it was optimal.
    private(set) var response: [Double]
    private(set) var cost = 0.0

    /// Where solves start.
    struct Bases {
        /// nil for that of the reference.
        var whole: Basis?
        var parts: [Basis]
    }

    /// - Parameters:
    ///   - index: of the follower in the game.
    ///   - reference: a decision from whose answer first solves start.
    init(_ index: Int, of game: StackelbergGame, reference: [Double]) throws {
        follower = game.followers[index]
        binding = game.bindings.followers[index]
        self.reference = reference
        parts = try zip(follower.parts?.models ?? [], game.bindings.parts[index]).map { try BoundSession($0, $1) }
        response = [Double](repeating: 0, count: follower.model.variableCount)
    }

    /// Answers the reference from nothing.
    func start() throws -> Bases {
        for part in parts {
            try part.set(reference)
            part.session.startFromSlackBasis()
            if try part.solve() == .optimal { partValues += part.session.values }
        }
        let bases = Bases(whole: nil, parts: parts.map(\.session.basis))
        isOfParts =
            partValues.count == split?.models.reduce(0) { $0 + $1.variableCount }
            && split?.compose(partValues, into: &response) == true
        if !isOfParts { response = try whole.session.session.values }
        return bases
    }

    private var whole: (session: BoundSession, start: Basis) {
        get throws {
            if let loaded { return loaded }
            let session = try BoundSession(follower.model, binding)
            try session.set(reference)
            session.session.startFromSlackBasis()
            _ = try session.solve()
            let whole = (session, session.session.basis)
            loaded = whole
            workOfStart = session.work
            return whole
        }
    }

    /// The session of the whole after ``answerAsWhole(_:from:unlessUnchanged:)``.
    var wholeSession: SolverSession {
        get throws { try whole.session.session }
    }

    private var assignments: NearbyAssignments {
        let assignments = knownAssignments ?? NearbyAssignments(follower.model)
        knownAssignments = assignments
        return assignments
    }

    /// The follower's optima, after it has answered as a whole at a cost.
    ///
    /// After branch and bound they are those with the same whole numbers where none with others cost as little: these
    /// a linear program tells apart, where a limit on what is paid leaves an integer program with room for rounding.
    func optima(cost: Double) throws -> WholeSystem.Choice {
        let session = try wholeSession
        if session.usedBranchAndBound, let held = try assignments.optima(near: session, within: []), held.count == 1 {
            return .init(held[0])
        }
        return try .init(optimaOf: session, cost: cost)
    }

    /// What the follower may answer at prices nearby: one of these, each of which is all answers that have something in
    /// common.
    ///
    /// - Parameters:
    ///   - shifts: how its costs may change.
    ///   - apart: whether answers with other whole numbers may be choices of their own.
    ///   - slack: how far above its least cost it may lie what it answers then, for want of anything better.
    /// - Returns: nil where nothing is known.
    func choices(
        within shifts: [SolverSession.Shift], apart: Bool, slack: (_ response: [Double]) -> Double
    ) throws -> [WholeSystem.Choice]? {
        let session = try wholeSession
        let nearby = try session.optima(within: shifts)
        if let nearby, !nearby.movesIntegers { return [.init(nearby, of: session)] }
        if apart, let held = try assignments.optima(near: session, within: shifts) { return held.map { .init($0) } }
        if let nearby { return [.init(nearby, of: session)] }
        let slack = slack(session.values)
        guard slack.isFinite, session.usedBranchAndBound else { return nil }
        return [try .init(optimaOf: session, cost: session.objectiveValue, slack: slack)]
    }

    /// Of all answers so far, see `SolverSession.work`, without those that a start is found by: they are asked for
    /// once, whenever that is.
    var work: Int {
        let own = (loaded?.session.work ?? 0) - workOfStart + (knownAssignments?.work ?? 0)
        return parts.reduce(own) { $0 + $1.work }
    }
    private var workOfStart = 0

    func forgetAnswers() { for session in parts + [loaded?.session].compactMap(\.self) { session.origin = nil } }

    func answer(_ decision: [Double], from bases: Bases, unlessUnchanged: Bool) throws -> SolveStatus {
        if split != nil, try answerByParts(decision, from: bases.parts, unlessUnchanged: unlessUnchanged) {
            isOfParts = true
            return .optimal
        }
        isOfParts = false
        return try answerAsWhole(decision, from: bases.whole, unlessUnchanged: unlessUnchanged)
    }

    /// The whole's own answer, with a basis and duals of its own.
    @discardableResult
    func answerAsWhole(_ decision: [Double], from basis: Basis?, unlessUnchanged: Bool) throws -> SolveStatus {
        let (whole, start) = try whole
        let status = try whole.answer(decision, from: basis ?? start, unlessUnchanged: unlessUnchanged)
        // What the parts found stays: a face of the whole does not change what it costs.
        if !isOfParts {
            response = whole.session.values
            cost = whole.session.objectiveValue
        }
        return status
    }

    /// - Returns: whether the parts' answers are an answer of the whole.
    private func answerByParts(_ decision: [Double], from bases: [Basis], unlessUnchanged: Bool) throws -> Bool {
        partValues.removeAll(keepingCapacity: true)
        cost = 0
        for (part, basis) in zip(parts, bases) {
            // What a part cannot do, the whole may know why.
            guard try part.answer(decision, from: basis, unlessUnchanged: unlessUnchanged) == .optimal,
                !part.session.usedBranchAndBound
            else { return false }
            partValues += part.session.values
            cost += part.session.objectiveValue
        }
        return split?.compose(partValues, into: &response) ?? false
    }

    /// Bases of the last answer, where there are any.
    func update(_ bases: inout Bases) {
        if isOfParts {
            bases.parts = parts.map(\.session.basis)
        } else if let whole = loaded?.session.session, !whole.usedBranchAndBound {
            bases.whole = whole.basis
        }
    }

    /// What other optima a follower has for a leader who would rather see one of them.
    enum Ties {
        case none
        /// There may be others, but none is better for it.
        case indifferent
        /// The response is another one now, that is better for it.
        case moved
        /// The leader minds nothing but what the follower's own objective counts, so that all optima are the same to
        /// it.
        case shared
        case unknown
    }

    /// Looks for an optimum that is better by a second objective over the follower's variables, and goes there.
    ///
    /// - Parameter mayMove: else it is only told whether there may be one.
    func breakTies(by gradient: ArraySlice<Double>, maximised: Bool, mayMove: Bool) throws -> Ties {
        guard isOfParts, let split else {
            let whole = try wholeSession
            guard !whole.usedBranchAndBound else {
                return Self.shares(whole.objectiveCoefficients, gradient, maximised) ? .shared : .unknown
            }
            let ties = try Self.breakTies(whole, by: gradient, maximised, mayMove)
            if ties == .moved { response = whole.values }
            return ties
        }
        guard let pulled = split.pullBack(gradient) else { return .unknown }
        var result = split.leavesBuyersOpen(partValues) ? Ties.indifferent : .none
        var first = 0
        for part in parts {
            let next = first + part.session.model.variableCount
            switch try Self.breakTies(part.session, by: pulled[first..<next], maximised, mayMove) {
            case .none: break
            case .indifferent: if result == .none { result = .indifferent }
            case .moved: result = .moved
            case .unknown, .shared: return .unknown
            }
            first = next
        }
        if result == .moved {
            partValues.removeAll(keepingCapacity: true)
            for part in parts { partValues += part.session.values }
            guard split.compose(partValues, into: &response) else { return .unknown }
        }
        return result
    }

    /// Whether a second objective is a positive multiple of the follower's own.
    private static func shares(_ own: [Double], _ gradient: ArraySlice<Double>, _ maximised: Bool) -> Bool {
        guard let largest = own.indices.max(by: { abs(own[$0]) < abs(own[$1]) }), own[largest] != 0 else {
            return gradient.allSatisfy { $0 == 0 }
        }
        let factor = gradient[gradient.startIndex + largest] / own[largest]
        guard maximised ? factor <= 0 : factor >= 0 else { return false }
        return zip(gradient, own).allSatisfy { abs($0 - factor * $1) <= 1e-12 * max(1, abs($0)) }
    }

    private static func breakTies(
        _ session: SolverSession, by gradient: ArraySlice<Double>, _ maximised: Bool, _ mayMove: Bool
    ) throws -> Ties {
        if !session.isOnFace {
            switch try session.otherOptima(betterBy: gradient, maximised: maximised) {
            case .none: return .none
            case .noBetter: return .indifferent
            case .perhapsBetter where mayMove: try session.enterFace()
            case .perhapsBetter: return .unknown
            }
        }
        switch try session.moveOverFace(betterBy: gradient, maximised: maximised) {
        case .stayed: return .indifferent
        case .moved: return .moved
        case .lost: return .unknown
        }
    }

    /// After ``breakTies(by:maximised:mayMove:)``, before anything else is asked.
    func leaveFaces() {
        for bound in parts + [loaded?.session].compactMap(\.self) where bound.session.isOnFace {
            bound.session.leaveFace()
            bound.origin = nil
        }
    }
}
