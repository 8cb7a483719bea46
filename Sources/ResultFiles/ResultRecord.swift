import Foundation

/// The tables and the manifest of a run, as they are about to be written or from its folder: all that a page is made
/// of.
///
///     let record = try ResultRecord(folder: URL(fileURLWithPath: "results/my-park-ga-s1"))
///     print(record.manifest.payoff ?? .nan)
public struct ResultRecord: Sendable {
    public let manifest: Manifest
    /// By file name.
    public let tables: [String: ResultTable]

    /// What a run has in memory.
    package init(tables: [ResultTable], manifest: Manifest) {
        self.manifest = manifest
        self.tables = Dictionary(tables.map { ($0.file, $0) }) { first, _ in first }
    }

    /// What a run left behind.
    ///
    /// - Throws: ``ReportError``
    public init(folder: URL) throws {
        func text(_ file: URL) throws -> String {
            do {
                return try String(contentsOf: file, encoding: .utf8)
            } catch { throw ReportError.unreadable(path: file.relativePath, reason: error.localizedDescription) }
        }
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        guard files.contains(Manifest.file), files.contains(where: { $0.hasSuffix(".csv") }) else {
            throw ReportError.noResult(path: folder.relativePath)
        }
        let manifest = try Manifest(json: text(folder.appendingPathComponent(Manifest.file)))
        let tables = try files.filter { $0.hasSuffix(".csv") }.map { file in
            try ResultTable(file: file, text: text(folder.appendingPathComponent(file)))
        }
        self.init(tables: tables, manifest: manifest)
    }

    package func table<Schema: TableSchema>(_ schema: Schema.Type) -> ResultTable? { tables[schema.file] }

    /// Groups whose second word is a party, those of the leader first: it stands last in tables, and is what a reader
    /// looks for.
    package func leaderFirst(_ groups: [(key: [String], rows: [Int])]) -> [(key: [String], rows: [Int])] {
        groups.filter { $0.key[1] == manifest.leader } + groups.filter { $0.key[1] != manifest.leader }
    }
}

/// Why there is no page.
public enum ReportError: Error, Equatable, CustomStringConvertible {
    case noResult(path: String)
    case unreadable(path: String, reason: String)
    case damaged(file: String, reason: String)

    public var description: String {
        switch self {
        case .noResult(let path):
            "'\(path)' holds no result: it has no manifest.json with tables beside it. Name a folder that price, size, sweep or compare "
                + "wrote."
        case .unreadable(let path, let reason): "\(path): cannot be read: \(reason)"
        case .damaged(let file, let reason): "\(file): \(reason) Run the command again that wrote it."
        }
    }
}
