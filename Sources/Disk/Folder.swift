import Foundation

/// Folders that runs write into.
package enum Folder {
    /// Whether there is a folder of this name.
    package static func isThere(_ url: URL) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder) && isFolder.boolValue
    }

    /// Makes a folder, and the missing folders above it.
    package static func make(_ url: URL) throws(DiskError) {
        do {
            try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        } catch {
            throw .cannotWrite(path: url.path, reason: error.localizedDescription)
        }
    }

    /// Makes a folder that does not exist yet, and the missing folders above it.
    ///
    /// - Returns: false if the name exists already.
    package static func makeNew(_ url: URL) throws(DiskError) -> Bool {
        try make(url.deletingLastPathComponent())
        if mkdir(url.path, 0o755) == 0 { return true }
        if errno == EEXIST { return false }
        throw .cannotWrite(path: url.path, reason: SystemFailure().reason)
    }

    /// Names of the content of a folder, except the locks and unfinished files of processes that were killed; none if
    /// there is no folder.
    ///
    /// Those are plain files with one name. A link or a pipe of such a name belongs to somebody else, and counts.
    package static func content(of url: URL) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []).filter { name in
            guard name == FolderLock.fileName || WholeFile.isDraft(name) else { return true }
            var found = stat()
            return lstat(url.appendingPathComponent(name).path, &found) == 0 && !FileKind.isOwn(found)
        }
    }

    /// The first of some names that exists and is no plain file, such as a link that leads out of the folder; nil if
    /// each is a plain file or does not exist.
    ///
    /// - Parameter isWritten: whether the files are written into, so that none may have a second name elsewhere.
    package static func foreign(among names: [String], in url: URL, isWritten: Bool) -> String? {
        names.first { name in
            var found = stat()
            guard lstat(url.appendingPathComponent(name).path, &found) == 0 else { return false }
            return !(isWritten ? FileKind.isOwn(found) : FileKind.isRegular(found))
        }
    }
}
