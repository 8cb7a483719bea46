import ArgumentParser
import Studies

/// Runs work that Ctrl-C or a request to end may stop, and ends the process with the signal's exit code then.
///
/// - Parameter advice: what is said to the user who stopped it.
func interruptible<Result>(_ line: ProgressLine, advice: String, _ work: @escaping () throws -> Result) throws -> Result
{
    try interruptible(line, advice: advice) { _ in try work() }
}

/// The same of work that looks at the request by itself.
func interruptible<Result>(
    _ line: ProgressLine, advice: String, _ work: @escaping (StopRequest) throws -> Result
) throws -> Result {
    let signals = StopSignals(advice: advice)
    defer {
        signals.end()
        line.clear()
    }
    do {
        return try signals.heeded { try work(signals.request) }
    } catch is StudyStopped {
        line.clear()
        complain(advice)
        throw ExitCode(signals.exitCode)
    }
}
