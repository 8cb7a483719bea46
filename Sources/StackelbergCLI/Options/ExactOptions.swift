import ArgumentParser
import Games
import LinearModels

/// Limits of the joint program of sizes and operation.
struct ExactOptions: ParsableArguments {
    @Option(
        help: """
            Seconds for the joint program of sizes and operation, which also ends at an optimality gap of 0.01 %. They \
            limit nothing else: a search has its evaluations, and each day's operation is solved to the optimum.
            """)
    var exactSeconds: TypedNumber = 60.0

    var limits: SolveLimits {
        get throws { Self.limits(seconds: try exactSeconds.seconds("--exact-seconds", in: SearchLimits.seconds)) }
    }

    /// Nodes are not limited: only the seconds, if given, and the gap are.
    static func limits(seconds: Double?) -> SolveLimits { SolveLimits(nodes: .max, gap: 1e-4, seconds: seconds) }
}
