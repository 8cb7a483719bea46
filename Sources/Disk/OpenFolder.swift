import Foundation

/// A folder that is kept open. All work is done in this very folder, even if its path leads elsewhere by now, and never
/// follows a link out of it.
package final class OpenFolder: Sendable {
    package let url: URL
    let file: Int32

    /// Opens a folder. A link that the user named is followed; a link inside the folder is not.
    package init(_ url: URL) throws(DiskError) {
        self.url = url
        file = open(url.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard file >= 0 else { throw .cannotWrite(path: url.path, reason: SystemFailure().reason) }
    }

    deinit { close(file) }

    /// Whether the path still leads to this folder: it may have been removed, moved or replaced.
    package var isInPlace: Bool {
        var mine = stat()
        var there = stat()
        return fstat(file, &mine) == 0 && stat(url.path, &there) == 0 && FileKind.isSame(mine, there)
    }

    // MARK: Files

    /// Writes a complete file or none at all. Missing folders are made.
    ///
    /// - Parameter path: inside the folder, such as `figures/payoff.svg`.
    package func write(_ text: String, to path: String) throws(DiskError) { try write(Data(text.utf8), to: path) }

    package func write(_ data: Data, to path: String) throws(DiskError) { try write(data, to: path, mode: nil) }

    /// - Parameter mode: the file's permissions; nil for the default.
    func write(_ data: Data, to path: String, mode: mode_t?) throws(DiskError) {
        try inFolder(of: path) { (folder, name) throws(SystemFailure) in
            let draft = WholeFile.draft(of: name)
            // An existing file is never written into: it may be a link, a pipe, or a second name of another file.
            if unlinkat(folder, draft, 0) != 0, errno != ENOENT { throw SystemFailure() }
            let file = openat(folder, draft, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o644)
            guard file >= 0 else { throw SystemFailure() }
            do throws(SystemFailure) {
                if let mode { fchmod(file, mode) }
                try Descriptor.fill(file, with: data, isDurable: true)
                guard renameat(folder, draft, folder, name) == 0 else { throw SystemFailure() }
            } catch {
                unlinkat(folder, draft, 0)
                throw error
            }
        }
    }

    /// Appends. A line may be cut short, but is never mixed with another: whoever writes into a folder has its lock.
    package func append(_ data: Data, to path: String) throws(DiskError) {
        try inFolder(of: path) { (folder, name) throws(SystemFailure) in
            let file = openat(
                folder, name, O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0o644)
            guard file >= 0 else { throw SystemFailure() }
            guard FileKind.isOwn(file) else {
                close(file)
                throw .foreign
            }
            // A full disk takes the beginning of a line without a complaint; only writing the rest tells the reason.
            try Descriptor.fill(file, with: data, isDurable: false)
        }
    }

    /// - Returns: nil if there is no such file.
    /// - Throws: ``DiskError/cannotRead(path:reason:)`` if it is something else, such as a link or a pipe.
    package func read(_ path: String) throws(DiskError) -> Data? {
        let place = url.appendingPathComponent(path).path
        let file = openat(self.file, path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        if file < 0, errno == ENOENT { return nil }
        guard file >= 0 else { throw .cannotRead(path: place, reason: SystemFailure().reason) }
        defer { close(file) }
        guard FileKind.isOwn(file) else { throw .cannotRead(path: place, reason: SystemFailure.foreign.reason) }
        do throws(SystemFailure) { return try Descriptor.content(of: file) } catch {
            throw .cannotRead(path: place, reason: error.reason)
        }
    }

    /// Removes a file, if there is one.
    package func remove(_ path: String) throws(DiskError) {
        try inFolder(of: path) { (folder, name) throws(SystemFailure) in
            if unlinkat(folder, name, 0) != 0, errno != ENOENT { throw SystemFailure() }
        }
    }

    /// Removes the file or folder of a name, with all its content. Links are removed, and not followed.
    package func removeTree(_ name: String) throws(DiskError) {
        do throws(SystemFailure) { try Self.removeTree(name, in: file) } catch {
            throw .cannotWrite(path: url.appendingPathComponent(name).path, reason: error.reason)
        }
    }

    private static func removeTree(_ name: String, in folder: Int32) throws(SystemFailure) {
        if unlinkat(folder, name, 0) == 0 || errno == ENOENT { return }
        let inner = openat(folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard inner >= 0, let entries = fdopendir(inner) else { throw SystemFailure() }
        defer { closedir(entries) }
        var names: [String] = []
        while let entry = readdir(entries) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        for name in names { try removeTree(name, in: inner) }
        guard unlinkat(folder, name, AT_REMOVEDIR) == 0 else { throw SystemFailure() }
    }

    // MARK: Paths

    /// Calls a body with the folder that a path leads to and the last name in it, making missing folders.
    private func inFolder(
        of path: String, _ body: (_ folder: Int32, _ name: String) throws(SystemFailure) -> Void
    ) throws(DiskError) {
        let names = path.split(separator: "/").map(String.init)
        let place = url.appendingPathComponent(path).path
        guard let last = names.last, !names.contains("."), !names.contains("..") else {
            throw .cannotWrite(path: place, reason: "it leads out of its folder")
        }
        var folder = file
        defer { if folder != file { close(folder) } }
        do throws(SystemFailure) {
            for name in names.dropLast() {
                if mkdirat(folder, name, 0o755) != 0, errno != EEXIST { throw SystemFailure() }
                let next = openat(folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
                guard next >= 0 else { throw SystemFailure() }
                if folder != file { close(folder) }
                folder = next
            }
            try body(folder, last)
        } catch { throw .cannotWrite(path: place, reason: error.reason) }
    }
}
