import Foundation

/// Files that a user names, written completely or not at all: a reader never sees half of one, however the process
/// ends.
///
/// A link is written through: its target is replaced, and it stays a link. Pipes and devices are written into. Files of
/// a run's own folder are written by ``OpenFolder``, which follows no link.
package enum WholeFile {
    package static func write(_ text: String, to url: URL) throws(DiskError) { try write(Data(text.utf8), to: url) }

    /// Writes under a hidden name beside the file's place and renames it there. Missing folders are made.
    package static func write(_ data: Data, to url: URL) throws(DiskError) {
        var there = stat()
        if stat(url.path, &there) == 0, !FileKind.isRegular(there) || printed(to: there) != nil {
            return try writeInto(there, at: url, data)
        }
        let target = try target(of: url)
        let folder = target.deletingLastPathComponent()
        try Folder.make(folder)
        do throws(DiskError) {
            try OpenFolder(folder).write(
                data, to: target.lastPathComponent, mode: there.st_nlink > 0 ? there.st_mode & 0o777 : nil)
        } catch {
            guard case .cannotWrite(_, let reason) = error else { throw error }
            throw .cannotWrite(path: url.path, reason: reason)
        }
    }

    /// The temporary place of a file until it is complete. The name is always the same, so that what a killed process
    /// left is written over.
    package static func draft(of url: URL) -> URL {
        url.deletingLastPathComponent().appendingPathComponent(draft(of: url.lastPathComponent))
    }

    static func draft(of name: String) -> String { ".\(name).part" }

    /// Whether a process that was killed may have left a file of this name.
    static func isDraft(_ name: String) -> Bool { name.hasPrefix(".") && name.hasSuffix(".part") }

    /// Moves a draft, complete and on the disk, to its place.
    package static func put(_ draft: URL, at url: URL) throws(DiskError) {
        guard rename(draft.path, url.path) != 0 else { return }
        let failure = SystemFailure()
        unlink(draft.path)
        throw .cannotWrite(path: url.path, reason: failure.reason)
    }

    // MARK: The target

    /// A pipe, a device, or a file that this process prints to anyway: replacing it would take it away from whoever has
    /// it open.
    private static func writeInto(_ there: stat, at url: URL, _ data: Data) throws(DiskError) {
        do throws(SystemFailure) {
            if let number = printed(to: there) { return try Descriptor.write(data, to: number) }
            let file = open(url.path, O_WRONLY | O_CLOEXEC | O_NOCTTY)
            guard file >= 0 else { throw SystemFailure() }
            try Descriptor.fill(file, with: data, isDurable: false)
        } catch {
            // A reader that closes early, such as `head`, has what it wanted.
            if error.isOfReaderGone { return }
            throw .cannotWrite(path: url.path, reason: error.reason)
        }
    }

    /// Standard output or error, if it is that file, as under the name `/dev/stdout`.
    private static func printed(to file: stat) -> Int32? {
        [STDOUT_FILENO, STDERR_FILENO].first {
            var mine = stat()
            return fstat($0, &mine) == 0 && FileKind.isRegular(mine) && FileKind.isSame(mine, file)
        }
    }

    /// The file at the end of links, which need not exist.
    private static func target(of url: URL) throws(DiskError) -> URL {
        var place = url
        for _ in 0..<mostLinks {
            var found = stat()
            guard lstat(place.path, &found) == 0, FileKind.isLink(found),
                let next = try? FileManager.default.destinationOfSymbolicLink(atPath: place.path)
            else { return place }
            place =
                next.hasPrefix("/")
                ? URL(fileURLWithPath: next) : place.deletingLastPathComponent().appendingPathComponent(next)
        }
        throw .cannotWrite(path: url.path, reason: "its links lead round in a circle")
    }

    /// As many as the system itself follows.
    private static let mostLinks = 40
}
