import Foundation

/// A folder that one process works in. The system drops the lock when the process ends, however it ends.
///
/// The lock stands on a hidden file that holds the process's number and goes with the lock.
public final class FolderLock {
    static let fileName = ".lock"
    private let file: Int32
    private let path: String

    /// - Throws: ``DiskError/inUse(path:process:)`` where somebody holds the folder.
    public init(_ folder: URL) throws(DiskError) {
        path = folder.appendingPathComponent(Self.fileName).path
        // Whoever asks for the holder holds the lock for a moment, which is no use of the folder.
        for _ in 0..<Self.attempts {
            let file = open(path, O_RDWR | O_CREAT, 0o644)
            guard file >= 0 else { throw .cannotWrite(path: path, reason: SystemFailure().reason) }
            if flock(file, LOCK_EX | LOCK_NB) == 0, Self.isSame(file, path) {
                self.file = file
                ftruncate(file, 0)
                let number = "\(getpid())\n"
                _ = number.withCString { write(file, $0, number.utf8.count) }
                return
            }
            close(file)
            usleep(Self.pause)
        }
        throw .inUse(path: folder.path, process: Self.number(in: path))
    }

    deinit {
        unlink(path)
        close(file)
    }

    /// Whether a process holds the folder.
    public static func isHeld(_ folder: URL) -> Bool {
        let file = open(folder.appendingPathComponent(fileName).path, O_RDONLY)
        guard file >= 0 else { return false }
        defer { close(file) }
        return flock(file, LOCK_SH | LOCK_NB) != 0
    }

    private static let attempts = 20
    /// Microseconds.
    private static let pause: UInt32 = 10_000

    /// Between opening and locking, the former holder may have removed the file.
    private static func isSame(_ file: Int32, _ path: String) -> Bool {
        var mine = stat()
        var there = stat()
        return fstat(file, &mine) == 0 && stat(path, &there) == 0 && mine.st_ino == there.st_ino
            && mine.st_dev == there.st_dev
    }

    private static func number(in path: String) -> Int32? {
        (try? String(contentsOfFile: path, encoding: .utf8)).flatMap {
            Int32($0.trimmingCharacters(in: .whitespacesAndNewlines))
        }
    }
}
