import Disk
import Foundation
import ResultFiles
import Studies

public enum ResultFolderError: Error, Equatable, CustomStringConvertible {
    case notEmpty(path: String)
    /// A folder that a command was asked to make.
    case taken(path: String)
    case holdsStudy(path: String)

    public var description: String {
        switch self {
        case .notEmpty(let path):
            "the output folder '\(path)' is not empty, and results are never overwritten. Name another with --output, or "
                + "remove it first."
        case .taken(let path):
            "'\(path)' is there already and not an empty folder, and nothing is overwritten. Name another folder, or "
                + "remove it first."
        case .holdsStudy(let path):
            "the output folder '\(path)' holds a run that is not done. Go on with it: stackelberg resume \(path). Or name another folder with "
                + "--output."
        }
    }
}

/// A run that is stored step by step, and that `resume` may go on with.
package enum UnfinishedRun: String, CaseIterable {
    case dispatch, cooperation, certificate

    /// The file that says what was begun: the case, and what was asked for.
    package var card: String { "\(rawValue).json" }
}

/// The folder that a run leaves behind: tidy tables, figures and a manifest.
///
/// It belongs to the run from before it is found empty until the run ends: who comes later gets an error. The tables
/// hold nothing that changes between equal runs; time stamps and seconds live in the manifest alone.
public struct ResultFolder: Sendable {
    public let url: URL
    /// Held while the run lasts.
    package let lock: FolderLock

    /// A folder that the user named: it may not exist yet, or be empty.
    ///
    /// - Throws: ``ResultFolderError`` where something is in it, `DiskError` where another process works in it.
    public init(at path: String) throws {
        url = URL(fileURLWithPath: path)
        try Folder.make(url)
        lock = try FolderLock(url)
        try Self.checkEmpty(url, path: path)
    }

    /// The first free folder `parent/name`, `parent/name-2`, ….
    public init(in parent: String, name: String) throws {
        url =
            try Self.candidates(in: parent, name: name).first { try Folder.makeNew($0) } ?? URL(fileURLWithPath: parent)
        lock = try FolderLock(url)
        // Somebody may have been faster.
        try Self.checkEmpty(url, path: url.relativePath)
    }

    /// The folder of a study that goes on.
    public init(of store: StudyStore) { self.init(url: store.folder, lock: store.lock) }

    /// The folder of a dispatch, a negotiation or a certificate that goes on.
    ///
    /// - Throws: `DiskError` where another process works in it.
    package init(goingOnAt url: URL) throws { self.init(url: url, lock: try FolderLock(url)) }

    init(url: URL, lock: FolderLock) { (self.url, self.lock) = (url, lock) }

    /// `parent/name`, `parent/name-2`, … without an end.
    static func candidates(in parent: String, name: String) -> some Sequence<URL> {
        let name = FileName.of(name)
        return (1...Int.max).lazy.map {
            URL(fileURLWithPath: parent).appendingPathComponent($0 == 1 ? name : "\(name)-\($0)")
        }
    }

    static func checkEmpty(_ url: URL, path: String) throws(ResultFolderError) {
        let content = Folder.content(of: url)
        let unfinished = [StudyStore.fileName] + UnfinishedRun.allCases.map(\.card)
        // A study stays where it was stored; its manifest is written when all is done.
        let isDone = content.contains(Manifest.file)
        guard isDone || !unfinished.contains(where: content.contains) else { throw .holdsStudy(path: path) }
        guard content.isEmpty else { throw .notEmpty(path: path) }
    }

    public func write(_ result: some RunResult, startedAt: Date) throws {
        let tables = result.tables
        for table in tables { try write(table.text, to: table.file) }
        for (file, svg) in result.figures { try write(svg, to: file) }
        // The page tells no seconds, and those of the manifest count the page.
        let page = try ReportPage(
            run: ResultRecord(tables: tables, manifest: result.manifest(startedAt: startedAt)))
        try write(result.manifest(startedAt: startedAt).json, to: Manifest.file)
        try write(page.text, to: ReportPage.file)
    }

    /// Names of the files that a result leaves in its folder.
    public static func files(of result: some RunResult) -> [String] {
        result.tables.map(\.file) + result.figures.map(\.file) + [Manifest.file, ReportPage.file]
    }

    private func write(_ text: String, to file: String) throws(DiskError) {
        try lock.check()
        try lock.folder.write(text, to: file)
    }
}
