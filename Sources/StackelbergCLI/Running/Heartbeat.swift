import Foundation

/// What the program is doing, as a line every ten seconds, where no terminal shows it at once: a log then tells that a
/// long run goes on, and how far it is.
final class Heartbeat: @unchecked Sendable {
    /// Of the process, on standard error.
    static let shared = Heartbeat { StandardStream.error.writeInPassing($0 + "\n") }

    private static let seconds = 10
    private let write: @Sendable (String) -> Void
    private let lock = NSLock()
    private var text: String?
    private var ticks = 0
    private var timer: (any DispatchSourceTimer)?

    init(_ write: @escaping @Sendable (String) -> Void) { self.write = write }

    /// Notes what is done now; it is written if it is still going on at the next beat.
    func say(_ text: String) {
        lock.withLock {
            self.text = text
            guard timer == nil else { return }
            let timer = DispatchSource.makeTimerSource(queue: .global(qos: .utility))
            timer.schedule(deadline: .now() + .seconds(Self.seconds), repeating: .seconds(Self.seconds))
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
            return "\(text) (\(ticks * Self.seconds) s)"
        }
        if let line { write(line) }
    }
}
