import LinearModels

/// Answers decisions for one follower: by its parts where it has any and they suffice, else as a whole.
final class FollowerSolver {
    /// The follower's own model.
    let whole: BoundSession
    private let parts: [BoundSession]
    private let split: FollowerParts?
    /// What the last answer came from.
    private var isOfParts = false
    private var partValues: [Double] = []

    /// The follower's values in the last answer; meaningful only where it was optimal.
    private(set) var response: [Double]
    private(set) var cost = 0.0

    /// Where solves start.
    struct Bases {
        var whole: Basis
        var parts: [Basis]
    }

    init(_ follower: Follower, decisions: [String: Int]) throws {
        whole = try BoundSession(follower.model, decisions: decisions)
        split = follower.parts
        parts = try (split?.models ?? []).map { try BoundSession($0, decisions: decisions) }
        response = [Double](repeating: 0, count: follower.model.variableCount)
    }

    /// The bases of the answer to a decision, found from nothing.
    func bases(at reference: [Double]) throws -> Bases {
        for session in [whole] + parts {
            try session.set(reference)
            session.session.startFromSlackBasis()
            _ = try session.solve()
        }
        response = whole.session.values
        return Bases(whole: whole.session.basis, parts: parts.map(\.session.basis))
    }

    func forgetAnswers() { for session in [whole] + parts { session.isFresh = false } }

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
    func answerAsWhole(_ decision: [Double], from basis: Basis, unlessUnchanged: Bool) throws -> SolveStatus {
        let status = try whole.answer(decision, from: basis, unlessUnchanged: unlessUnchanged)
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
                !part.session.answerIsBranched
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
        } else if !whole.session.answerIsBranched {
            bases.whole = whole.session.basis
        }
    }

    /// What other optima a follower has for a leader who would rather see one of them.
    enum Ties {
        case none
        /// There may be others, but none is better for it.
        case indifferent
        /// The response is another one now, that is better for it.
        case moved
        /// The leader minds nothing but what the follower's own objective counts, so that all optima are the same to it.
        case shared
        case unknown
    }

    /// Looks for an optimum that is better by a second objective over the follower's variables, and goes there.
    ///
    /// - Parameter mayMove: else it is only told whether there may be one.
    func breakTies(by gradient: ArraySlice<Double>, maximised: Bool, mayMove: Bool) throws -> Ties {
        guard isOfParts, let split else {
            if whole.session.answerIsBranched, shares(gradient, maximised) { return .shared }
            guard !whole.session.answerIsBranched else { return .unknown }
            let ties = try Self.breakTies(whole.session, by: gradient, maximised, mayMove)
            if ties == .moved { response = whole.session.values }
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
    private func shares(_ gradient: ArraySlice<Double>, _ maximised: Bool) -> Bool {
        let own = whole.session.objectiveCoefficients
        guard let largest = own.indices.max(by: { abs(own[$0]) < abs(own[$1]) }), own[largest] != 0 else {
            return gradient.allSatisfy { $0 == 0 }
        }
        let factor = gradient[gradient.startIndex + largest] / own[largest]
        guard maximised ? factor <= 0 : factor >= 0 else { return false }
        return zip(gradient, own).allSatisfy { abs($0 - factor * $1) <= 1e-12 * max(1, abs($0)) }
    }

    private static func breakTies(
        _ session: Session, by gradient: ArraySlice<Double>, _ maximised: Bool, _ mayMove: Bool
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
        for bound in [whole] + parts where bound.session.isOnFace {
            bound.session.leaveFace()
            bound.isFresh = false
        }
    }
}
