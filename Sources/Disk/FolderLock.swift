import Foundation

/// A folder that one process works in. The system drops the lock when the process ends, however it ends.
///
/// The lock is on a hidden file, which contains the process's number and is removed with the lock.
package final class FolderLock: Sendable {
    static let fileName = ".lock"
    /// The folder, kept open.
    package let folder: OpenFolder
    /// -1 where the folder cannot be written and has no lock.
    private let file: Int32
    /// Whether it was opened to be read alone, since it cannot be written.
    package let isReadOnly: Bool

    /// - Parameter reads: whether the folder is to be read alone. Then it may be one that this process cannot write,
    ///   such as another user's, or on a file system that is mounted to be read.
    /// - Throws: ``DiskError/inUse(path:process:)`` if another process holds the folder.
    package init(_ url: URL, reads: Bool = false) throws(DiskError) {
        let path = url.appendingPathComponent(Self.fileName).path
        // A process that asks for the holder has the lock for a moment, without using the folder.
        for _ in 0..<Self.attempts {
            let folder = try OpenFolder(url)
            let file = openat(
                folder.file, Self.fileName, O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0o644)
            if file < 0, reads, [EROFS, EACCES, EPERM].contains(errno) {
                self.file = try Self.shared(folder, path)
                self.folder = folder
                isReadOnly = true
                return
            }
            guard file >= 0 else {
                let reason = errno == ELOOP ? SystemFailure.foreign.reason : SystemFailure().reason
                throw .cannotWrite(path: path, reason: reason)
            }
            var found = stat()
            guard fstat(file, &found) == 0, FileKind.isRegular(found), found.st_nlink <= 1 else {
                close(file)
                throw .cannotWrite(path: path, reason: SystemFailure.foreign.reason)
            }
            if flock(file, LOCK_EX | LOCK_NB) == 0, Self.isSame(file, in: folder), folder.isInPlace {
                self.folder = folder
                self.file = file
                isReadOnly = false
                ftruncate(file, 0)
                let number = "\(getpid())\n"
                _ = number.withCString { write(file, $0, number.utf8.count) }
                return
            }
            close(file)
            usleep(Self.pause)
        }
        throw .inUse(path: url.path, process: Self.number(in: path))
    }

    /// The lock of a folder that cannot be written, shared with others who read it; -1 where it has none.
    private static func shared(_ folder: OpenFolder, _ path: String) throws(DiskError) -> Int32 {
        let file = openat(folder.file, fileName, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard file >= 0 else { return -1 }
        guard flock(file, LOCK_SH | LOCK_NB) == 0 else {
            close(file)
            throw .inUse(path: folder.url.path, process: number(in: path))
        }
        return file
    }

    deinit {
        guard !isReadOnly else {
            if file >= 0 { close(file) }
            return
        }
        // If the file was removed, another process may have made a new one.
        if Self.isSame(file, in: folder) { unlinkat(folder.file, Self.fileName, 0) }
        close(file)
    }

    /// Call it before anything is written by the folder's path.
    ///
    /// - Throws: ``DiskError/gone(path:)`` if the folder or the lock was removed or replaced.
    package func check() throws(DiskError) {
        guard folder.isInPlace, Self.isSame(file, in: folder) else { throw .gone(path: folder.url.path) }
    }

    /// Whether a process holds the folder.
    package static func isHeld(_ folder: URL) -> Bool {
        let file = open(
            folder.appendingPathComponent(fileName).path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard file >= 0 else { return false }
        defer { close(file) }
        return flock(file, LOCK_SH | LOCK_NB) != 0
    }

    private static let attempts = 20
    /// Microseconds.
    private static let pause: UInt32 = 10_000

    /// Between opening and locking, the former holder may have removed the file.
    private static func isSame(_ file: Int32, in folder: OpenFolder) -> Bool {
        var mine = stat()
        var there = stat()
        return fstat(file, &mine) == 0 && fstatat(folder.file, fileName, &there, AT_SYMLINK_NOFOLLOW) == 0
            && FileKind.isSame(mine, there)
    }

    private static func number(in path: String) -> Int32? {
        (try? String(contentsOfFile: path, encoding: .utf8)).flatMap {
            Int32($0.trimmingCharacters(in: .whitespacesAndNewlines))
        }
    }
}
