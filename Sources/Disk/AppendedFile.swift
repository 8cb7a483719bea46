import Foundation

/// Files that grow at their end, line by line.
public enum AppendedFile {
    /// Appends in one write, so that a line is cut short at most, and never mixed with another.
    public static func append(_ data: Data, to url: URL) throws(DiskError) {
        let file = open(url.path, O_WRONLY | O_CREAT | O_APPEND, 0o644)
        guard file >= 0 else { throw .cannotWrite(path: url.path, reason: SystemFailure().reason) }
        defer { close(file) }
        guard data.withUnsafeBytes({ systemWrite(file, $0.baseAddress, $0.count) }) == data.count else {
            throw .cannotWrite(path: url.path, reason: SystemFailure().reason)
        }
    }
}
