import Foundation

/// Asks a running search to stop, from any thread.
public final class StopRequest: @unchecked Sendable {
    private let lock = NSLock()
    private var made = false

    public init() {}

    public var isMade: Bool { lock.withLock { made } }

    public func make() { lock.withLock { made = true } }
}

/// A search was asked to stop, and did. What was stored stays.
public struct StudyStopped: Error {}
