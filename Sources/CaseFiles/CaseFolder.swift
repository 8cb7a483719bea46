import Disk
import Foundation

/// Where the files of a case are read from: its folder, or the copies that somebody kept of them.
struct CaseFolder {
    private let url: URL
    private let copies: [FileCopy]?

    init(_ url: URL) {
        self.url = url
        copies = nil
    }

    init(copies: [FileCopy], of url: URL) {
        self.url = url
        self.copies = copies
    }

    func has(_ path: String) -> Bool {
        copies.map { $0.contains { $0.path == path } }
            ?? FileManager.default.fileExists(atPath: url.appendingPathComponent(path).path)
    }

    /// - Parameter path: relative to the folder.
    func read(_ path: String, limit: Int, log: DiagnosticLog) -> FileCopy? {
        if let copies { return copies.first { $0.path == path } }
        return TextFile.content(url.appendingPathComponent(path), file: path, limit: limit, log: log)
            .map { FileCopy(path: path, content: $0) }
    }
}
