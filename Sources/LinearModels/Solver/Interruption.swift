/// Solves whose answer nobody waits for any more, and how they come to know.
///
/// Whoever may lose interest in what a piece of code computes wraps it in ``heeding(_:_:)``. Every ``SolverSession``
/// that is used inside looks before each solve, and at each node of branch and bound, whatever has called it; code
/// between solves may look by itself with ``check()``. An answer never depends on it: there is the same one as without,
/// or none.
public enum Interruption {
    /// Whether the code that is running may be given up; nil where nobody asks.
    @TaskLocal static var isAskedFor: (@Sendable () -> Bool)?

    /// Runs code that ends with ``Interrupted`` at its next solve once it is asked to.
    ///
    /// - Parameter isAskedFor: called often and from the thread of the code.
    public static func heeding<Result>(
        _ isAskedFor: @escaping @Sendable () -> Bool, _ body: () throws -> Result
    ) rethrows -> Result {
        try $isAskedFor.withValue(isAskedFor, operation: body)
    }

    /// Whether the code that calls this has been asked to end.
    public static var isMade: Bool { isAskedFor?() == true }

    /// - Throws: ``Interrupted`` where the code that calls this has been asked to end.
    public static func check() throws {
        if isMade { throw Interrupted() }
    }
}

/// A computation was asked to end before it had an answer.
public struct Interrupted: Error, Equatable, CustomStringConvertible {
    public init() {}

    public var description: String { "stopped before there was an answer." }
}
