import Disk
import Foundation

/// Where the files of a case are read from: its folder, or copies of them, such as those in a study.
struct CaseFolder {
    private let url: URL
    private let copies: [FileCopy]?
    /// What was read already, of the case or of one of its days.
    let parsed = ParsedTables()

    init(_ url: URL) {
        self.url = url
        copies = nil
    }

    init(copies: [FileCopy], of url: URL) {
        self.url = url
        self.copies = copies
    }

    /// The target of a path that leads out of the folder, by dots or by a link.
    func pathOutside(_ path: String) -> String? {
        let file = url.appendingPathComponent(path).standardizedFileURL
        let folder = url.standardizedFileURL
        func isWithin(_ file: URL, _ folder: URL) -> Bool {
            file.pathComponents.starts(with: folder.pathComponents)
        }
        guard isWithin(file, folder) else { return file.path }
        let (real, realFolder) = (file.resolvingSymlinksInPath(), folder.resolvingSymlinksInPath())
        return copies != nil || isWithin(real, realFolder) ? nil : real.path
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

/// Tables of a folder, each read once however many days of a case refer to it.
final class ParsedTables {
    /// A file as it is read with a format.
    struct Key: Hashable {
        let file: String
        let format: CSVFormat
    }

    struct Table {
        /// nil where there is none to be read.
        var file: FileCopy?
        /// nil where it cannot be read, which the log says already.
        var text: CSVText?
    }

    var tables: [Key: Table] = [:]
}
