import Synchronization

/// A column of a ``LinearModel``: a quantity that a solver chooses.
///
/// A variable is a handle. It knows its position and the model that made it, and nothing else; names, bounds and
/// kinds live in the model. Using it with another model is a ``ModelError``, not a wrong answer.
public struct Variable: Hashable, Sendable {
    /// Position among the model's variables, from 0.
    public let index: Int
    let model: ModelIdentity

    /// What values a variable may take between its bounds.
    public enum Kind: String, Hashable, Sendable, Codable {
        case continuous, integer, binary
    }
}

/// A number that may change between solves without changing the shape of the model.
///
/// Parameters may stand in objective coefficients, in bounds and in right-hand sides. Setting one touches only the
/// places where it stands (`SolverSession.set(_:to:)`).
public struct Parameter: Hashable, Sendable {
    /// Position among the model's parameters, from 0.
    public let index: Int
    let model: ModelIdentity
}

/// Handle of a row of a ``LinearModel``.
public struct Constraint: Hashable, Sendable {
    /// Position among the model's constraints, from 0.
    public let index: Int
    let model: ModelIdentity
}

/// Tells the variables of one model from those of another.
///
/// Copies of a model share their identity: what was made before the copy is valid in both.
struct ModelIdentity: Hashable, Sendable {
    private let number: UInt64
    private static let counter = Atomic<UInt64>(0)

    init() {
        number = Self.counter.wrappingAdd(1, ordering: .relaxed).newValue
    }
}
