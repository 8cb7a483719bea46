import Synchronization

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
