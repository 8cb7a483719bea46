import Disk
import Foundation
import GRDB

/// The tables of a study, and the file that they stand in.
///
///     study       one row: the card as JSON, and when the result was written
///     input       a row a file of the case, as it was read
///     generation  a row a generation: evaluations up to and with it, best payoff so far, seconds, payoffs and decisions as
///                 bytes, and as JSON what was asked for and spent where that was more than a decision each
///     phase       a row a phase after the search that has begun, see ``StoredPhase``
enum StudySchema {
    /// Counted up when the tables change.
    static let version = 1

    /// Writes a file with a study that has not begun.
    static func make(at path: String, _ card: StudyCard, _ inputs: [FileCopy]) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let text = String(decoding: try encoder.encode(card), as: UTF8.self)
        var configuration = Configuration()
        // A file that is not whole is thrown away, so that its journal need not survive the process, nor be found by the next.
        configuration.prepareDatabase { try $0.execute(sql: "PRAGMA journal_mode = MEMORY") }
        try guarding(path) {
            let database = try DatabaseQueue(path: path, configuration: configuration)
            try database.write { database in
                try database.execute(
                    sql: """
                        CREATE TABLE study (card TEXT NOT NULL, finished TEXT);
                        CREATE TABLE input (position INTEGER PRIMARY KEY, path TEXT NOT NULL, content BLOB NOT NULL);
                        CREATE TABLE generation (
                            number INTEGER PRIMARY KEY, evaluations INTEGER NOT NULL, best REAL, seconds REAL NOT NULL,
                            failure TEXT, payoffs BLOB NOT NULL, decisions BLOB NOT NULL, climbs BLOB);
                        \(StoredPhase.table);
                        PRAGMA user_version = \(version);
                        """)
                try database.execute(sql: "INSERT INTO study (card) VALUES (?)", arguments: [text])
                for (position, input) in inputs.enumerated() {
                    try database.execute(
                        sql: "INSERT INTO input (position, path, content) VALUES (?, ?, ?)",
                        arguments: [position, input.path, input.content])
                }
            }
            try database.close()
        }
    }

    /// Opens a file for a look.
    static func open(_ path: String) throws -> DatabaseQueue { try open(path, Configuration()) }

    /// Opens a file to write generations into.
    ///
    /// With a write-ahead log a commit costs a few tenths of a millisecond and needs no wait for the disk, which searches would feel that
    /// ask for one decision at a time. It survives the process; where the whole machine fails, the last commits may be missing, but those
    /// before them are whole, and what is missing is computed again.
    static func openToWrite(_ path: String) throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.prepareDatabase {
            try $0.execute(sql: "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL")
        }
        return try open(path, configuration)
    }

    private static func open(_ path: String, _ configuration: Configuration) throws -> DatabaseQueue {
        var configuration = configuration
        // Whoever lists studies reads for a moment.
        configuration.busyMode = .timeout(10)
        return try guarding(path) { try DatabaseQueue(path: path, configuration: configuration) }
    }

    /// Everything but the generations, of a file that is whole.
    static func read(_ database: Database, path: String) throws -> (StudyCard, [FileCopy]) {
        let faults = try String.fetchAll(database, sql: "PRAGMA quick_check(1)")
        guard faults == ["ok"] else {
            throw StudyStoreError.damaged(path: path, reason: faults.first ?? "it cannot be checked")
        }
        let card = try card(database, path: path)
        let inputs = try Row.fetchAll(database, sql: "SELECT path, content FROM input ORDER BY position").map {
            FileCopy(path: $0.value("path") ?? "", content: $0.value("content") ?? Data())
        }
        guard !inputs.isEmpty else { throw StudyStoreError.damaged(path: path, reason: "it holds no case") }
        return (card, inputs)
    }

    static func card(_ database: Database, path: String) throws -> StudyCard {
        let found = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
        guard found == version else {
            throw StudyStoreError.damaged(
                path: path, reason: "its tables have format \(found), and this program knows \(version)")
        }
        guard let text = try String.fetchOne(database, sql: "SELECT card FROM study"),
            let card = try? JSONDecoder().decode(StudyCard.self, from: Data(text.utf8))
        else { throw StudyStoreError.damaged(path: path, reason: "its card cannot be read") }
        return card
    }

    /// Number -1 before the first.
    static func lastGeneration(_ database: Database) throws -> (number: Int, evaluations: Int, best: Double?) {
        let row = try Row.fetchOne(
            database, sql: "SELECT number, evaluations, best FROM generation ORDER BY number DESC LIMIT 1")
        return (row?.value("number") ?? -1, row?.value("evaluations") ?? 0, row?.value("best"))
    }

    static func isFinished(_ database: Database) throws -> Bool {
        try String.fetchOne(database, sql: "SELECT finished FROM study") != nil
    }

    static func finish(_ database: Database) throws {
        try database.execute(sql: "UPDATE study SET finished = ?", arguments: [Date().formatted(.iso8601)])
    }

    /// SQLite's errors in the words of this program.
    static func guarding<Result>(_ path: String, _ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let error as DatabaseError {
            switch error.resultCode {
            case .SQLITE_FULL: throw DiskError.cannotWrite(path: path, reason: "the disk is full.")
            case .SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_ERROR, .SQLITE_MISMATCH, .SQLITE_CONSTRAINT:
                throw StudyStoreError.damaged(path: path, reason: error.message ?? "\(error.resultCode)")
            case .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM:
                throw DiskError.cannotWrite(path: path, reason: "it may not be written here.")
            default: throw DiskError.cannotWrite(path: path, reason: error.message ?? "\(error.resultCode)")
            }
        } catch let error as RowDecodingError {
            throw StudyStoreError.damaged(path: path, reason: "\(error)")
        }
    }
}

extension Row {
    /// The value of a column that was asked for; nil where it is of another kind, as in a file that somebody else has written to.
    func value<Value: DatabaseValueConvertible>(_ column: String) -> Value? {
        Value.fromDatabaseValue(self[column] as DatabaseValue)
    }
}
