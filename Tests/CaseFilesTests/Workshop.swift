import CaseFiles
import Foundation

/// Files of a case written to a folder of their own, and read.
enum Workshop {
    /// Runs a body with the folder that holds the files, and removes it afterwards.
    static func withFolder<Result>(_ files: [String: Data], _ body: (URL) throws -> Result) throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("case-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for (path, data) in files {
            let url = folder.appendingPathComponent(path)
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try data.write(to: url)
        }
        return try body(folder)
    }

    static func read(_ files: [String: String], variant: String? = nil) throws -> Case {
        try withFolder(files.mapValues { Data($0.utf8) }) { try CaseReader.read($0, variant: variant) }
    }

    /// What a case is refused for, as lines of text; nothing where it is read.
    static func complaints(_ files: [String: Data], variant: String? = nil) throws -> [String] {
        try withFolder(files) { folder in
            do {
                _ = try CaseReader.read(folder, variant: variant)
                return []
            } catch let error as CaseFileError {
                return error.diagnostics.map(\.rendered)
            }
        }
    }

    static func complaints(_ files: [String: String], variant: String? = nil) throws -> [String] {
        try complaints(files.mapValues { Data($0.utf8) }, variant: variant)
    }
}
