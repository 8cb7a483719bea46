import CaseFiles
import Foundation

public enum ResultFolderError: Error, Equatable, CustomStringConvertible {
    case notEmpty(path: String)
    case cannotWrite(path: String, reason: String)

    public var description: String {
        switch self {
        case .notEmpty(let path):
            "the output folder '\(path)' is not empty, and results are never overwritten. Name another with --output, or "
                + "remove it first."
        case .cannotWrite(let path, let reason): "cannot write '\(path)': \(reason)"
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
        let content = (try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []
        guard content.isEmpty else { throw ResultFolderError.notEmpty(path: path) }
        try Self.make(url)
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
        try Self.make(url)
    }

    private static func make(_ url: URL) throws {
        do {
            try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        } catch {
            throw ResultFolderError.cannotWrite(path: url.path, reason: error.localizedDescription)
        }
    }

    public func write(_ result: some RunResult, startedAt: Date) throws {
        for (file, table) in result.tables { try write(table.text, to: file) }
        for (file, svg) in result.figures { try write(svg, to: file) }
        let manifest = JSONText.of(result.manifest(startedAt: startedAt)) + "\n"
        try write(manifest, to: "manifest.json")
        try write(ReportPage(ResultFiles(tables: result.tables, manifest: manifest)).text, to: ReportPage.file)
    }

    /// Whole or not at all: a reader never sees half a file.
    private func write(_ text: String, to file: String) throws {
        let path = url.appendingPathComponent(file)
        do {
            try FileManager.default.createDirectory(
                at: path.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: path, options: .atomic)
        } catch {
            throw ResultFolderError.cannotWrite(path: path.path, reason: error.localizedDescription)
        }
    }
}
