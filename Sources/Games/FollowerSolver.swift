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

    /// The answer came from branch and bound, so that nothing is known of other optima.
    var isBranched: Bool { !isOfParts && whole.session.answerIsBranched }

    /// Bases of the last answer, where there are any.
    func update(_ bases: inout Bases) {
        if isOfParts {
            bases.parts = parts.map(\.session.basis)
        } else if !whole.session.answerIsBranched {
            bases.whole = whole.session.basis
        }
    }

    /// Whether another optimum may be better by a second objective over the follower's variables.
    func otherOptima(betterBy gradient: ArraySlice<Double>, maximised: Bool) throws -> OtherOptima {
        guard isOfParts, let split else {
            return try whole.session.otherOptima(betterBy: gradient, maximised: maximised)
        }
        guard let pulled = split.pullBack(gradient) else { return .perhapsBetter }
        var verdict = OtherOptima.none
        var first = 0
        for part in parts {
            let next = first + part.session.model.variableCount
            switch try part.session.otherOptima(betterBy: pulled[first..<next], maximised: maximised) {
            case .none: break
            case .noBetter: verdict = .noBetter
            case .perhapsBetter: return .perhapsBetter
            }
            first = next
        }
        return verdict
    }

    /// Several answers differ only in who buys from whom.
    var leavesBuyersOpen: Bool { isOfParts && split?.leavesBuyersOpen(partValues) == true }
}
