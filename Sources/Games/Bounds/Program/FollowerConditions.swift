import LinearModels

/// By which conditions a follower is known to be at its best, in a program where the decision is a variable.
public enum FollowerConditions: Sendable, Equatable {
    /// Strong duality: exact for linear followers whose costs alone hold decisions.
    case duality
    /// The same, where it has whole numbers that never matter (``Follower/linearEquivalent(in:_:)``).
    case dualityWithoutWholeNumbers
    /// A zero in each pair of slack and dual: exact for linear followers, wherever decisions stand.
    case complementarity
    /// No response known costs it less: valid with whole numbers, and exact as responses are added.
    case responses
    /// None: whole numbers, and decisions in bounds or sides. Only a decision by itself can be answered.
    case none

    init(_ follower: Follower) {
        switch (follower.model.hasIntegers, follower.model.parameterOffObjective != nil) {
        case (false, false): self = .duality
        case (false, true): self = .complementarity
        case (true, false): self = .responses
        case (true, true): self = .none
        }
    }

    /// What a bound rests on, in words.
    func ground(of name: String, isExact: Bool) -> String {
        switch self {
        case .duality: "\(name): a linear program, held at its best by strong duality."
        case .dualityWithoutWholeNumbers:
            "\(name): its whole numbers forbid only what never pays at any decision; a linear program but for them, held at its best by strong duality."
        case .complementarity:
            isExact
                ? "\(name): a linear program, held at its best by complementarity."
                : "\(name): decisions stand in its bounds or sides; it is not held at its best here, which leaves the bound valid and weak."
        case .responses:
            "\(name): has whole numbers, so its relaxation's duality proves nothing; held below the cost of responses that it has."
        case .none:
            "\(name): has whole numbers, and decisions in bounds or sides; not held at its best, single decisions aside."
        }
    }
}
