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

    /// Names of what is in a folder, but for the locks and unfinished files of processes that were killed; none where there is no folder.
    public static func content(of url: URL) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? [])
            .filter { $0 != FolderLock.fileName && !WholeFile.isDraft($0) }
    }
}
