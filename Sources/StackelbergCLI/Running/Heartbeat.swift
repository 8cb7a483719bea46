import Foundation

/// What the program is doing, told again and again: a line every ten seconds where there is no terminal, and the
/// seconds that it has taken where there is one. So nothing that takes long is silent.
final class Heartbeat: @unchecked Sendable {
    /// Of the process, on standard error.
    static let shared = Heartbeat { StandardStream.error.writeInPassing($0 + "\n") }
    /// On the line of a terminal.
    static let terminal = Heartbeat(every: 1, countsAnew: true) {
        StandardStream.error.writeInPassing("\r  \($0)\u{1B}[K")
    }

    private let seconds: Int
    private let countsAnew: Bool
    private let write: @Sendable (String) -> Void
    private let lock = NSLock()
    private var text: String?
    private var ticks = 0
    private var timer: (any DispatchSourceTimer)?

    /// - Parameter countsAnew: whether seconds count from what is done now on, and not from the beginning.
    init(every seconds: Int = 10, countsAnew: Bool = false, _ write: @escaping @Sendable (String) -> Void) {
        self.seconds = seconds
        self.countsAnew = countsAnew
        self.write = write
    }

    /// Notes what is done now; it is written if it is still going on at the next beat.
    func say(_ text: String) {
        lock.withLock {
            if countsAnew { ticks = 0 }
            self.text = text
            guard timer == nil else { return }
            let timer = DispatchSource.makeTimerSource(queue: .global(qos: .utility))
            timer.schedule(deadline: .now() + .seconds(seconds), repeating: .seconds(seconds))
            timer.setEventHandler { [weak self] in self?.beat() }
            timer.activate()
            self.timer = timer
        }
    }

    /// Nothing is done that takes time.
    func stop() {
        lock.withLock {
            timer?.cancel()
            (timer, text, ticks) = (nil, nil, 0)
        }
    }

    func beat() {
        let line: String? = lock.withLock {
            guard let text else { return nil }
            ticks += 1
            return "\(text) (\(ticks * seconds) s)"
        }
        if let line { write(line) }
    }
}
