/// How much a piece of code may solve, counted and not timed, so that it ends at the same place on every machine.
///
/// Work is counted in pivots of the simplex method, each as many units as the program has rows and columns: what a
/// pivot takes grows with these. Loading a program, beginning a solve and choosing a node of branch and bound count as
/// a few pivots. Whoever wraps code in ``grant(to:)`` has every ``SolverSession`` used inside count, whatever has
/// called it, and end with ``WorkSpent`` where nothing is left. Until then an answer does not depend on the allowance.
///
/// What need not end at the same place each time, as a certificate that is given some seconds, may have a deadline
/// instead.
public final class WorkAllowance: @unchecked Sendable {
    /// The allowance of the code that is running; nil where nobody counts.
    @TaskLocal static var current: WorkAllowance?

    public let limit: Int
    package let deadline: ContinuousClock.Instant?
    /// Used on one thread alone, that of the code that it is granted to.
    public private(set) var spent = 0
    /// What this one is a part of.
    private var whole: WorkAllowance?

    /// - Parameter limit: units of work.
    public init(_ limit: Int = .max) {
        self.limit = limit
        deadline = nil
    }

    /// By the clock, from now on.
    public init(seconds: Double) {
        limit = .max
        deadline = .now + .seconds(min(max(0, seconds), 1e9))
    }

    /// By the clock; nil for no end.
    package init(until deadline: ContinuousClock.Instant?) {
        limit = .max
        self.deadline = deadline
    }

    /// Units that are left, of this allowance and of those that it is part of.
    public var left: Int {
        if let deadline, deadline <= .now { return 0 }
        return max(0, min(limit - spent, whole?.left ?? .max))
    }

    /// What a solve may take by the clock, in milliseconds; nil where none counts.
    var milliseconds: Int32? {
        let own = deadline.map { deadline in
            let (seconds, attoseconds) = (deadline - .now).components
            return Int32(clamping: max(1, seconds * 1000 + attoseconds / 1_000_000_000_000_000))
        }
        return [own, whole?.milliseconds].compactMap(\.self).min()
    }

    /// A part of what is left, to be granted within this one.
    public func share(_ fraction: Double) -> WorkAllowance {
        if let deadline {
            let (seconds, attoseconds) = (deadline - .now).components
            return WorkAllowance(seconds: fraction * (Double(seconds) + 1e-18 * Double(attoseconds)))
        }
        let units = fraction * Double(left)
        return WorkAllowance(units < 1e18 ? Int(units) : .max)
    }

    /// Runs code on this allowance, as a part of the one that the caller runs on.
    public func grant<Result>(to body: () throws -> Result) rethrows -> Result {
        whole = Self.current
        defer { whole = nil }
        return try Self.$current.withValue(self, operation: body)
    }

    /// What code comes to on this allowance; nil also where that does not suffice.
    public func attempt<Result>(_ body: () throws -> Result?) throws -> Result? {
        do {
            return try grant(to: body)
        } catch is WorkSpent {
            return nil
        }
    }

    func charge(_ work: Int) {
        spent += work
        whole?.charge(work)
    }

    /// - Throws: ``WorkSpent`` where nothing is left.
    public func check() throws {
        if left == 0 { throw WorkSpent() }
    }

    /// - Throws: ``WorkSpent`` where the code that is running has nothing left.
    package static func checkCurrent() throws { try current?.check() }

    /// What building and loading a program counts, in pivots.
    static let loading = 40
    /// What a solve counts beside its pivots: setting up and factorising.
    static let solving = 4
    /// What a step within a node of branch and bound counts beside its pivots: there are a handful a node.
    static let branching = 1
}

/// Code came to the end of its ``WorkAllowance`` before it had an answer.
public struct WorkSpent: Error, Equatable, CustomStringConvertible {
    public init() {}

    public var description: String { "the work that was allowed is spent, and there is no answer yet." }
}

/// Amounts of work that no number holds count as the greatest one.
extension Int {
    package func cappedSum(_ other: Int) -> Int {
        let (sum, isTooMuch) = addingReportingOverflow(other)
        return isTooMuch ? .max : sum
    }

    package func cappedProduct(_ other: Int) -> Int {
        let (product, isTooMuch) = multipliedReportingOverflow(by: other)
        return isTooMuch ? .max : product
    }
}
