import Foundation
import Studies

/// Ctrl-C and the request to end (SIGTERM), while a study runs.
///
/// While the search runs, they ask it to stop, and wait for it only a moment: the unfinished generation is dropped. At
/// other times, such as while a result is proved, and when they come again, the process ends at once: the stored study
/// is complete at every moment. Some programs send a signal to a process and to its group, so a second signal within a
/// second is the same request.
final class StopSignals: @unchecked Sendable {
    let request = StopRequest()
    private let advice: String
    private let lock = NSLock()
    private var isHeeded = false
    private var received = SIGINT
    private var receivedAt = Date.distantPast
    /// The thread that waits for signals; nil if there is none, or it has ended.
    private var waiter: pthread_t?
    private var isOver = false

    private static var handled: sigset_t {
        var set = sigset_t()
        sigemptyset(&set)
        for number in [SIGINT, SIGTERM] where !isIgnored(number) { sigaddset(&set, number) }
        return set
    }

    /// - Parameter advice: what to print if the process ends at once.
    init(advice: String) {
        self.advice = advice
        // Later threads inherit this mask, so that the waiting thread gets every signal.
        let set = Self.handled
        withUnsafePointer(to: set) { _ = pthread_sigmask(SIG_BLOCK, $0, nil) }
        let isStarted = WorkerThreads.start(1, name: "signals", stackSize: 1 << 19) { _ in self.wait(for: set) } == 1
        // Without a thread for them, the signals keep their default action: the stored study is complete at every
        // moment.
        if !isStarted { withUnsafePointer(to: set) { _ = pthread_sigmask(SIG_UNBLOCK, $0, nil) } }
    }

    /// If the parent process made this one ignore a signal, as a shell does in the background, it stays ignored.
    private static func isIgnored(_ number: Int32) -> Bool {
        let former = signal(number, SIG_DFL)
        guard unsafeBitCast(former, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self) else { return false }
        signal(number, SIG_IGN)
        return true
    }

    private func wait(for signals: sigset_t) {
        var signals = signals
        guard
            lock.withLock({
                if !isOver { waiter = pthread_self() }
                return !isOver
            })
        else { return }
        while true {
            var number: Int32 = 0
            let code = sigwait(&signals, &number)
            if lock.withLock({ isOver }) { return }
            if code == 0 { receive(number) }
        }
    }

    /// The exit code of the process after it has stopped.
    var exitCode: Int32 { lock.withLock { Self.exitCode(received) } }

    /// Runs work until it ends or is asked to stop, see `StopRequest.run`.
    func heeded<Result>(_ work: @escaping () throws -> Result) throws -> Result {
        lock.withLock { isHeeded = true }
        defer { lock.withLock { isHeeded = false } }
        return try request.run(work)
    }

    /// Restores the default action of the signals.
    func end() {
        lock.withLock {
            isOver = true
            // It waits for signals, and then checks whether the work is over.
            if let waiter { pthread_kill(waiter, SIGTERM) }
            waiter = nil
        }
        var set = Self.handled
        pthread_sigmask(SIG_UNBLOCK, &set, nil)
    }

    private func receive(_ number: Int32) {
        lock.lock()
        defer { lock.unlock() }
        guard Date().timeIntervalSince(receivedAt) > 1 else { return }
        guard isHeeded, !request.isMade else {
            complain(advice)
            _exit(Self.exitCode(number))
        }
        (received, receivedAt) = (number, Date())
        request.make()
    }

    private static func exitCode(_ signal: Int32) -> Int32 {
        signal == SIGTERM ? ExitCodes.terminated : ExitCodes.interrupted
    }
}
