import CSQLite
import Disk
import Foundation

/// The tables of a study, and the file that they stand in.
///
///     study       one row: the card as JSON, a checksum over it and the inputs, when the result was written, and its
///                 files
///     input       a row per file of the case, as it was read
///     generation  a row per generation: evaluations up to and with it, best payoff so far, seconds, payoffs and
///                 decisions as bytes, and as JSON what was asked for and spent where that was more than that
///     phase       a row per phase after the search that has begun, see ``StoredPhase``
enum StudySchema {
    /// Counted up when the tables change.
    static let version = 1

    /// Writes a file with a study that has not begun.
    static func make(at path: String, _ card: StudyCard, _ inputs: [FileCopy]) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let text = String(decoding: try encoder.encode(card), as: UTF8.self)
        try guarding(path) {
            let database = try Database(path: path)
            // A file that is not whole is thrown away, so that its journal need not survive the process, nor be found
            // by the next.
            try database.execute("PRAGMA journal_mode = MEMORY")
            try database.write { database in
                try database.execute(
                    """
                    CREATE TABLE study (card TEXT NOT NULL, finished TEXT, checksum TEXT, files TEXT);
                    CREATE TABLE input (position INTEGER PRIMARY KEY, path TEXT NOT NULL, content BLOB NOT NULL);
                    CREATE TABLE generation (
                        number INTEGER PRIMARY KEY, evaluations INTEGER NOT NULL, best REAL, seconds REAL NOT NULL,
                        failure TEXT, payoffs BLOB NOT NULL, decisions BLOB NOT NULL, climbs BLOB);
                    \(StoredPhase.table);
                    PRAGMA user_version = \(version);
                    """)
                try database.execute(
                    "INSERT INTO study (card, checksum) VALUES (?, ?)", [.text(text), .text(checksum(text, inputs))])
                for (position, input) in inputs.enumerated() {
                    try database.execute(
                        "INSERT INTO input (position, path, content) VALUES (?, ?, ?)",
                        [.integer(position), .text(input.path), .bytes(input.content)])
                }
            }
        }
    }

    /// Over all that a study is begun with.
    private static func checksum(_ card: String, _ inputs: [FileCopy]) -> String {
        var checksum = Checksum()
        for part in [Data(card.utf8)] + inputs.flatMap({ [Data($0.path.utf8), $0.content] }) {
            // Lengths first, so that no two rows of parts run into the same bytes.
            checksum.update(Data("\(part.count) ".utf8))
            checksum.update(part)
        }
        return checksum.hexadecimal
    }

    /// A study's file and those that SQLite puts beside it.
    static let suffixes = ["", "-wal", "-shm", "-journal"]

    /// - Parameter isWritten: whether they are to be written into.
    /// - Throws: ``StudyStoreError`` where something else stands at one of their places, such as a link that leads out
    ///   of the folder.
    static func checkFiles(at path: String, isWritten: Bool = true) throws {
        let url = URL(fileURLWithPath: path)
        let names = suffixes.map { url.lastPathComponent + $0 }
        let folder = url.deletingLastPathComponent()
        guard let foreign = Folder.foreign(among: names, in: folder, isWritten: isWritten) else { return }
        throw StudyStoreError.damaged(
            path: folder.appendingPathComponent(foreign).path,
            reason: "it is not a plain file with one name, but for example a link or a pipe")
    }

    // MARK: Looking

    /// Looks at a file. That writes nothing into its folder, whoever works on it, and makes nothing where there is
    /// none.
    static func look<Result>(at path: String, _ body: (Database) throws -> Result) throws -> Result {
        func size(_ path: String) -> Int? {
            (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? nil
        }
        try checkFiles(at: path, isWritten: false)
        guard size(path) != nil else {
            throw StudyStoreError.noStudy(path: URL(fileURLWithPath: path).deletingLastPathComponent().relativePath)
        }
        if (size(path + "-wal") ?? 0) == 0 {
            // SQLite would make a write-ahead log to look into it. There is no log, so the file holds everything.
            do {
                return try Database(path: path, .readUnchanging).read(body)
            } catch let error as DatabaseError where error.code == SQLITE_CANTOPEN {
                // This SQLite knows no such names.
                return try lookAtCopy(of: path, body)
            } catch {
                return try guarding(path) { throw error }
            }
        }
        // The index to a log may have been left behind, as in a copy, and SQLite would make a new one: it does so
        // beside a copy.
        if size(path + "-shm") == nil { return try lookAtCopy(of: path, body) }
        return try guarding(path) { try Database(path: path, .read).read(body) }
    }

    private static func lookAtCopy<Result>(
        of path: String, _ body: (Database) throws -> Result
    ) throws -> Result {
        let files = FileManager.default
        let folder = files.temporaryDirectory.appendingPathComponent("stackelberg-look-\(UUID().uuidString)")
        defer { try? files.removeItem(at: folder) }
        try Folder.make(folder)
        let copy = folder.appendingPathComponent("copy.sqlite").path
        do {
            for suffix in ["", "-wal"] where files.fileExists(atPath: path + suffix) {
                try files.copyItem(atPath: path + suffix, toPath: copy + suffix)
            }
        } catch {
            throw DiskError.cannotRead(path: path, reason: error.localizedDescription)
        }
        return try guarding(path) { try Database(path: copy).read(body) }
    }

    // MARK: Working

    /// Opens a file to write generations into.
    ///
    /// With a write-ahead log a commit costs a few tenths of a millisecond and needs no wait for the disk, which
    /// would slow down searches that ask for one decision at a time. The log survives the process. If the whole machine
    /// fails, the last commits may be missing; the earlier ones are whole, and what is missing is computed again.
    static func openToWrite(_ path: String) throws -> Database {
        try guarding(path) {
            let database = try Database(path: path)
            try database.execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL")
            return database
        }
    }

    /// Everything but the generations, of a file that is whole.
    static func read(_ database: Database, path: String) throws -> (StudyCard, [FileCopy]) {
        let faults = try database.rows("PRAGMA quick_check(1)").map { $0["quick_check"]?.text }
        guard faults == ["ok"] else {
            throw StudyStoreError.damaged(path: path, reason: (faults.first ?? nil) ?? "it cannot be checked")
        }
        let card = try card(database, path: path)
        let inputs = try database.rows("SELECT path, content FROM input ORDER BY position").map {
            FileCopy(path: $0["path"]?.text ?? "", content: $0["content"]?.bytes ?? Data())
        }
        guard !inputs.isEmpty else { throw StudyStoreError.damaged(path: path, reason: "it holds no case") }
        // Studies of an earlier program have none.
        if try database.columnExists("checksum", in: "study") {
            let row = try database.rows("SELECT card, checksum FROM study").first
            guard row?["checksum"]?.text == checksum(row?["card"]?.text ?? "", inputs) else {
                throw StudyStoreError.damaged(
                    path: path, reason: "the case or the settings in it were changed after it was begun")
            }
        }
        return (card, inputs)
    }

    static func card(_ database: Database, path: String) throws -> StudyCard {
        let found = try database.rows("PRAGMA user_version").first?["user_version"]?.integer ?? 0
        guard found == version else {
            throw StudyStoreError.damaged(
                path: path, reason: "its tables have format \(found), and this program knows \(version)")
        }
        guard let text = try database.rows("SELECT card FROM study").first?["card"]?.text,
            let card = try? JSONDecoder().decode(StudyCard.self, from: Data(text.utf8))
        else { throw StudyStoreError.damaged(path: path, reason: "its card cannot be read") }
        if let fault = card.fault { throw StudyStoreError.damaged(path: path, reason: fault) }
        return card
    }

    /// Number -1 before the first.
    static func lastGeneration(
        _ database: Database, path: String
    ) throws -> (number: Int, evaluations: Int, best: Double?) {
        let ends = try database.rows("SELECT count(*) AS count, min(number) AS least FROM generation").first
        guard
            let row = try database.rows(
                "SELECT number, evaluations, best FROM generation ORDER BY number DESC LIMIT 1"
            ).first
        else { return (-1, 0, nil) }
        guard let number = row["number"]?.integer, let evaluations = row["evaluations"]?.integer,
            let count = ends?["count"]?.integer, ends?["least"] == 0, number == count - 1,
            row["best"] == nil || row["best"]?.number != nil,
            (0...mostEvaluations).contains(evaluations)
        else {
            throw StudyStoreError.damaged(path: path, reason: "its generations are not counted from 0 on without gaps")
        }
        return (number, evaluations, row["best"]?.number)
    }

    /// More than any budget allows, a climb that was begun within it included.
    static let mostEvaluations = 1_000_000_000_000

    static func isFinished(_ database: Database) throws -> Bool {
        try database.rows("SELECT finished FROM study").first?["finished"] != nil
    }

    /// - Parameter files: names of the files that were written.
    static func finish(_ database: Database, files: [String]) throws {
        try database.execute("UPDATE study SET finished = ?", [.text(Date().formatted(.iso8601))])
        guard try database.columnExists("files", in: "study") else { return }
        let list = String(decoding: try JSONEncoder().encode(files), as: UTF8.self)
        try database.execute("UPDATE study SET files = ?", [.text(list)])
    }

    /// Names of the files that were written at the end; none where they were not noted.
    static func files(_ database: Database) throws -> [String] {
        guard try database.columnExists("files", in: "study"),
            let list = try database.rows("SELECT files FROM study").first?["files"]?.text
        else { return [] }
        return (try? JSONDecoder().decode([String].self, from: Data(list.utf8))) ?? []
    }

    /// SQLite's errors in the words of this program.
    static func guarding<Result>(_ path: String, _ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let error as DatabaseError {
            switch error.code {
            case SQLITE_FULL: throw DiskError.cannotWrite(path: path, reason: "the disk is full.")
            case SQLITE_CORRUPT, SQLITE_NOTADB, SQLITE_ERROR, SQLITE_MISMATCH, SQLITE_CONSTRAINT:
                throw StudyStoreError.damaged(path: path, reason: error.message)
            case SQLITE_READONLY, SQLITE_CANTOPEN, SQLITE_PERM:
                throw DiskError.cannotWrite(path: path, reason: "it may not be written here.")
            default: throw DiskError.cannotWrite(path: path, reason: error.message)
            }
        }
    }
}
