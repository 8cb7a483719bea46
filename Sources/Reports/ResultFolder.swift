import CaseFiles
import Disk
import Foundation
import Studies

public enum ResultFolderError: Error, Equatable, CustomStringConvertible {
    case notEmpty(path: String)
    case holdsStudy(path: String)

    public var description: String {
        switch self {
        case .notEmpty(let path):
            "the output folder '\(path)' is not empty, and results are never overwritten. Name another with --output, or "
                + "remove it first."
        case .holdsStudy(let path):
            "the output folder '\(path)' holds a study already. Go on with it: stackelberg resume \(path). Or name another folder with "
                + "--output."
        }
    }
}

/// The folder that a run leaves behind: tidy tables, figures and a manifest.
///
/// The tables hold nothing that changes between equal runs; time stamps and seconds live in the manifest alone.
public struct ResultFolder: Sendable {
    public let url: URL

    /// A folder that the user named: it may not exist yet, or be empty.
    public init(at path: String) throws {
        url = URL(fileURLWithPath: path)
        let content = Folder.content(of: url)
        guard !content.contains(StudyStore.fileName) else { throw ResultFolderError.holdsStudy(path: path) }
        guard content.isEmpty else { throw ResultFolderError.notEmpty(path: path) }
        try Folder.make(url)
    }

    /// The first free folder `parent/name`, `parent/name-2`, ….
    public init(in parent: String, name: String) throws {
        var candidate = URL(fileURLWithPath: parent).appendingPathComponent(name)
        var number = 2
        while FileManager.default.fileExists(atPath: candidate.path) {
            candidate = URL(fileURLWithPath: parent).appendingPathComponent("\(name)-\(number)")
            number += 1
        }
        url = candidate
        try Folder.make(url)
    }

    /// The folder of a study that goes on.
    public init(of store: StudyStore) { url = store.folder }

    public func write(_ result: some RunResult, startedAt: Date) throws {
        for (file, table) in result.tables { try write(table.text, to: file) }
        for (file, svg) in result.figures { try write(svg, to: file) }
        func manifest() -> String { JSONText.of(result.manifest(startedAt: startedAt)) + "\n" }
        // The page tells no seconds, and those of the manifest count the page.
        let page = try ReportPage(ResultFiles(tables: result.tables, manifest: manifest())).text
        try write(manifest(), to: "manifest.json")
        try write(page, to: ReportPage.file)
    }

    private func write(_ text: String, to file: String) throws(DiskError) {
        try WholeFile.write(text, to: url.appendingPathComponent(file))
    }
}
