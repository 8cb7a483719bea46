import Foundation

/// How processes that work on one search or certificate reach each other, such as by MPI. Rank 0 asks and stores; the
/// others, its helpers, answer.
///
/// Messages between two ranks arrive whole and in their order. One thread at a time uses it.
package protocol RankTransport: Sendable {
    /// Ranks beside rank 0: 1 … helpers.
    var helpers: Int { get }

    /// - Throws: ``RankError/lost(rank:reason:)`` where the rank cannot be reached.
    func send(_ message: Data, to rank: Int) throws

    /// A message that has come, with its sender; nil where none has.
    func receive() throws -> (message: Data, rank: Int)?
}

/// Waits for messages: awake at first, since most come soon, and then with pauses that leave the core to others, of a
/// twentieth of what was waited.
struct RankPatience {
    private var rounds = 0
    /// Microseconds.
    private var paused: UInt32 = 0

    mutating func wait() {
        rounds += 1
        guard rounds >= 200 else {
            sched_yield()
            return
        }
        let pause = min(max(paused / 20, 20), 1000)
        paused = min(paused + pause, 1_000_000)
        usleep(pause)
    }

    mutating func hasHeard() { (rounds, paused) = (0, 0) }
}

/// Why ranks cannot go on together.
package enum RankError: Error, Equatable, CustomStringConvertible {
    case lost(rank: Int, reason: String)
    /// What happened there, in words.
    case failed(rank: Int, reason: String)
    case unreadable(rank: Int)

    package var description: String {
        switch self {
        case .lost(let rank, let reason): "rank \(rank) is lost: \(reason)."
        case .failed(let rank, let reason): "rank \(rank) cannot answer: \(reason)"
        case .unreadable(let rank): "what rank \(rank) sent cannot be read. Start all ranks from one program."
        }
    }
}
