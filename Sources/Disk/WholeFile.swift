import Foundation

/// Files that are written whole or not at all: a reader never sees half of one, whatever ends the process.
public enum WholeFile {
    public static func write(_ text: String, to url: URL) throws(DiskError) { try write(Data(text.utf8), to: url) }

    /// Writes under a hidden name beside the file's place and renames it there. Folders on the way are made.
    public static func write(_ data: Data, to url: URL) throws(DiskError) {
        try Folder.make(url.deletingLastPathComponent())
        let draft = draft(of: url)
        do {
            try writeThrough(data, to: draft.path)
        } catch {
            unlink(draft.path)
            throw .cannotWrite(path: url.path, reason: error.reason)
        }
        try put(draft, at: url)
    }

    /// Where a file stands until it is whole. The name is always the same, so that what a killed process left is written over.
    public static func draft(of url: URL) -> URL {
        url.deletingLastPathComponent().appendingPathComponent(".\(url.lastPathComponent).part")
    }

    /// Whether a process that was killed may have left a file of this name.
    static func isDraft(_ name: String) -> Bool { name.hasPrefix(".") && name.hasSuffix(".part") }

    /// Puts a draft that is whole and on the disk in its place.
    public static func put(_ draft: URL, at url: URL) throws(DiskError) {
        guard rename(draft.path, url.path) != 0 else { return }
        let failure = SystemFailure()
        unlink(draft.path)
        throw .cannotWrite(path: url.path, reason: failure.reason)
    }

    private static func writeThrough(_ data: Data, to path: String) throws(SystemFailure) {
        let file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
        guard file >= 0 else { throw SystemFailure() }
        var failure: SystemFailure?
        data.withUnsafeBytes { bytes in
            var done = 0
            while done < bytes.count, failure == nil {
                let count = systemWrite(file, bytes.baseAddress?.advanced(by: done), bytes.count - done)
                if count > 0 { done += count } else if errno != EINTR { failure = SystemFailure() }
            }
        }
        if failure == nil, fsync(file) != 0 { failure = SystemFailure() }
        // A network's disk may tell only here that it is full.
        if close(file) != 0, failure == nil { failure = SystemFailure() }
        if let failure { throw failure }
    }
}

/// What the system said of a call that failed.
struct SystemFailure: Error {
    let reason: String

    init() { reason = String(cString: strerror(errno)) }
}

/// The system's `write`, which a method of the same name hides.
func systemWrite(_ file: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int { write(file, bytes, count) }
