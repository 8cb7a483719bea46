import ArgumentParser
import Studies

/// Runs work that Ctrl-C or a request to end may stop, and ends the process with the signal's exit code then.
///
/// - Parameter advice: what is said to the user who stopped it.
func interruptible<Result>(_ line: ProgressLine, advice: String, _ work: @escaping () throws -> Result) throws -> Result
{
    let signals = StopSignals(advice: advice)
    defer {
        signals.end()
        line.clear()
    }
    do {
        return try signals.heeded(work)
    } catch is StudyStopped {
        line.clear()
        complain(advice)
        throw ExitCode(signals.exitCode)
    }
}
