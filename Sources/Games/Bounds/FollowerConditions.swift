import LinearModels

/// By which conditions a follower is known to be at its best, in a program where the decision is a variable.
public enum FollowerConditions: Sendable, Equatable {
    /// Strong duality: exact for linear followers whose costs alone hold decisions.
    case duality
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
}
