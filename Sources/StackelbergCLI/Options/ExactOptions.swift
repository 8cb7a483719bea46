import ArgumentParser
import Games
import LinearModels

/// How far the joint program of sizes and operation is solved.
struct ExactOptions: ParsableArguments {
    @Option(
        help: """
            Seconds for the joint program of sizes and operation, which also ends within 0.01 % of the optimum. They limit nothing else: \
            a search has its evaluations, and each day's operation is solved to the optimum.
            """)
    var exactSeconds: TypedNumber = 60.0

    var limits: SolveLimits {
        get throws { Self.limits(seconds: try exactSeconds.seconds("--exact-seconds", in: SearchLimits.seconds)) }
    }

    /// Nodes are not counted: the seconds are the limit, or nothing but the gap.
    static func limits(seconds: Double?) -> SolveLimits { SolveLimits(nodes: .max, gap: 1e-4, seconds: seconds) }
}
