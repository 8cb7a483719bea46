import Dispatch
import Foundation
import Studies

/// Ctrl-C and the request to end, while a study runs.
///
/// While the search runs, they ask it to stop, and it is not waited for longer than a moment: what it is in the middle of is dropped. At
/// other times, as while a result is proved, and when they come again, the process ends at once: what is stored is whole at every moment.
/// Some programs send a signal to a process and to its group, so that what follows within a second is the same request.
final class StopSignals: @unchecked Sendable {
    let request = StopRequest()
    private let advice: String
    private let lock = NSLock()
    private var isHeeded = false
    private var received = SIGINT
    private var receivedAt = Date.distantPast
    private var sources: [any DispatchSourceSignal] = []

    /// - Parameter advice: what to tell where the process ends at once.
    init(advice: String) {
        self.advice = advice
        for number in [SIGINT, SIGTERM] {
            let former = signal(number, SIG_IGN)
            // Whoever started this process to ignore the signal, as a shell does in the background, has a reason.
            guard unsafeBitCast(former, to: Int.self) != unsafeBitCast(SIG_IGN, to: Int.self) else { continue }
            // Until somebody listens a signal has its usual meaning: it must not be lost.
            signal(number, former)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            let isListening = DispatchSemaphore(value: 0)
            source.setEventHandler { [weak self] in self?.receive(number) }
            source.setRegistrationHandler { isListening.signal() }
            source.resume()
            isListening.wait()
            signal(number, SIG_IGN)
            sources.append(source)
        }
    }

    /// What the process ends with after it has stopped.
    var exitCode: Int32 { lock.withLock { Self.exitCode(received) } }

    /// Runs work until it ends or is asked to stop, see `StopRequest.run`.
    func heeded<Result>(_ work: @escaping () throws -> Result) throws -> Result {
        lock.withLock { isHeeded = true }
        defer { lock.withLock { isHeeded = false } }
        return try request.run(work)
    }

    /// Gives the signals their usual meaning back.
    func end() {
        for source in sources {
            source.cancel()
            signal(Int32(source.handle), SIG_DFL)
        }
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
