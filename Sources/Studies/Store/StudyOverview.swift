import Disk
import Foundation

/// What can be told of a study without going on with it.
public struct StudyOverview: Sendable {
    public enum State: String, Sendable, Codable {
        /// A process works on it.
        case running
        /// It waits to be gone on with.
        case stopped
        /// Its result is written.
        case done
    }

    public let folder: URL
    public let card: StudyCard
    public let evaluations: Int
    public let best: Double?
    public let state: State

    /// - Throws: ``StudyStoreError`` or `DiskError` where the folder holds no study that can be read.
    public init(_ folder: URL) throws {
        let path = folder.appendingPathComponent(StudyStore.fileName).path
        let read = try StudySchema.look(at: path) {
            (
                card: try StudySchema.card($0, path: path), last: try StudySchema.lastGeneration($0, path: path),
                answer: try StoredPhase.answer($0), isFinished: try StudySchema.isFinished($0)
            )
        }
        self.folder = folder
        card = read.card
        evaluations = read.last.evaluations
        // What the answer was proved to pay, once it was.
        best = read.answer ?? read.last.best
        state = read.isFinished ? .done : FolderLock.isHeld(folder) ? .running : .stopped
    }

    /// The files that a study was begun with, the case file first; none where a folder holds no study.
    ///
    /// - Throws: ``StudyStoreError`` or `DiskError` where there is one that cannot be read.
    public static func inputs(of folder: URL) throws -> (card: StudyCard, inputs: [FileCopy])? {
        let path = folder.appendingPathComponent(StudyStore.fileName).path
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        return try StudySchema.look(at: path) { try StudySchema.read($0, path: path) }
    }

    /// Folders with studies in a folder, itself included, at any depth, in the order of their paths.
    public static func folders(in folder: URL) -> [URL] {
        var found: [URL] = []
        var waiting = [folder]
        while let url = waiting.popLast() {
            guard let names = try? FileManager.default.contentsOfDirectory(atPath: url.path) else { continue }
            if names.contains(StudyStore.fileName) { found.append(url) }
            for name in names {
                let inner = url.appendingPathComponent(name)
                // Links are not followed: they may lead round in a circle.
                let values = try? inner.resourceValues(forKeys: [.isDirectoryKey, .isSymbolicLinkKey])
                if values?.isDirectory == true, values?.isSymbolicLink != true { waiting.append(inner) }
            }
        }
        return found.sorted { $0.path < $1.path }
    }
}
