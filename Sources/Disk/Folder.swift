import Foundation

/// Folders that runs write into.
public enum Folder {
    /// Makes a folder, and those it stands in.
    public static func make(_ url: URL) throws(DiskError) {
        do {
            try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        } catch {
            throw .cannotWrite(path: url.path, reason: error.localizedDescription)
        }
    }

    /// Makes a folder that nobody has made yet, and those it stands in.
    ///
    /// - Returns: false where something of that name is there.
    public static func makeNew(_ url: URL) throws(DiskError) -> Bool {
        try make(url.deletingLastPathComponent())
        if mkdir(url.path, 0o755) == 0 { return true }
        if errno == EEXIST { return false }
        throw .cannotWrite(path: url.path, reason: SystemFailure().reason)
    }

    /// Names of what is in a folder, but for the locks and unfinished files of processes that were killed; none where there is no folder.
    ///
    /// Those are plain files with one name. A link or a pipe of such a name is somebody else's, and counts.
    public static func content(of url: URL) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []).filter { name in
            guard name == FolderLock.fileName || WholeFile.isDraft(name) else { return true }
            var found = stat()
            return lstat(url.appendingPathComponent(name).path, &found) == 0 && !FileKind.isOwn(found)
        }
    }

    /// The first of some names under which something stands that is no plain file, such as a link that leads out of the folder; nil where
    /// each is a file or nothing.
    ///
    /// - Parameter isWritten: whether the files are written into, so that none may have a second name elsewhere.
    public static func foreign(among names: [String], in url: URL, isWritten: Bool) -> String? {
        names.first { name in
            var found = stat()
            guard lstat(url.appendingPathComponent(name).path, &found) == 0 else { return false }
            return !(isWritten ? FileKind.isOwn(found) : FileKind.isRegular(found))
        }
    }
}
