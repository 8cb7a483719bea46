import ArgumentParser
import Games
import Studies

/// Which prices are the answer of a search.
struct AnswerOptions: ParsableArguments {
    enum Rule: String, ExpressibleByArgument, CaseIterable {
        case certain, optimistic
    }

    @Option(
        help: """
            certain: the prices that pay most whichever way ties go. optimistic: those that pay most by the case's tie \
            rule, as the literature compares them.
            """)
    var ties = Rule.certain
    @Option(help: "Step of the grid on which prices are written, in money per kWh; default: the case's own.")
    var tick: TypedNumber?

    func settings(_ settings: StudySettings) throws -> StudySettings {
        var settings = settings
        settings.answer = ties == .certain ? .bankable : .byTies
        settings.tick = try tick?.number("--tick", in: 1e-9...1e9)
        if let size = settings.tick, Tick(size) == nil {
            throw ValidationError(
                "--tick \(size) has more than \(Tick.mostDecimals) decimals. Take a step that can be printed, such as 0.0001."
            )
        }
        return settings
    }
}
