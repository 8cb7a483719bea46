import ArgumentParser
import LinearModels

/// How far the joint program of sizes and operation is solved.
struct ExactOptions: ParsableArguments {
    @Option(
        help: """
            Seconds for the joint program of sizes and operation, which also ends within 0.01 % of the optimum. They limit nothing else: \
            a search has its evaluations, and each day's operation is solved to the optimum.
            """)
    var exactSeconds = 60.0

    func validate() throws {
        guard exactSeconds > 0, exactSeconds <= 1e6 else {
            throw ValidationError("--exact-seconds \(exactSeconds): write a number above 0, at most 1000000.")
        }
    }

    var limits: SolveLimits { Self.limits(seconds: exactSeconds) }

    /// Nodes are not counted: the seconds are the limit, or nothing but the gap.
    static func limits(seconds: Double?) -> SolveLimits { SolveLimits(nodes: .max, gap: 1e-4, seconds: seconds) }
}
