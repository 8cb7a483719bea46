import Disk
import Foundation
import GRDB

/// An open file of a study.
///
/// The queue of a database is let go on another thread, which needs descriptors of its own. Where there can be no thread the system's library
/// waits for it without end, and where there are no descriptors it ends the process. Such a queue is closed, and kept until the process ends.
final class StudyDatabase {
    private let queue: DatabaseQueue

    init(path: String, configuration: Configuration) throws {
        // A database that cannot be opened lets its queue go at once.
        guard Self.hasDescriptors else {
            throw DiskError.cannotWrite(
                path: path, reason: "too many files are open, or too few are allowed (ulimit -n).")
        }
        queue = try DatabaseQueue(path: path, configuration: configuration)
    }

    deinit {
        try? queue.close()
        if !WorkerThreads.canMakeOne || !Self.hasDescriptors { Self.kept.keep(queue) }
    }

    private static var hasDescriptors: Bool {
        let opened = (0..<8).map { _ in open("/dev/null", O_RDONLY | O_CLOEXEC) }
        for file in opened where file >= 0 { Foundation.close(file) }
        return opened.allSatisfy { $0 >= 0 }
    }

    func read<Result>(_ body: (Database) throws -> Result) throws -> Result { try queue.read(body) }

    func write<Result>(_ body: (Database) throws -> Result) throws -> Result { try queue.write(body) }

    /// Outside of a transaction.
    func inDatabase<Result>(_ body: (Database) throws -> Result) throws -> Result { try queue.inDatabase(body) }

    func close() throws { try queue.close() }

    private static let kept = Kept()

    private final class Kept: @unchecked Sendable {
        private let lock = NSLock()
        private var queues: [DatabaseQueue] = []

        func keep(_ queue: DatabaseQueue) { lock.withLock { queues.append(queue) } }
    }
}
