import CSQLite
import Disk
import Foundation

/// An open SQLite file: statements with values, and rows read back.
///
/// A layer over the system's library that has what a study needs and no more. It makes no threads and keeps no
/// descriptors open.
///
///     let database = try Database(path: path)
///     try database.write {
///         try database.execute("INSERT INTO input (path) VALUES (?)", ["case.yaml"])
///     }
///     let paths = try database.rows("SELECT path FROM input").map { $0["path"]?.text }
///
/// A database is used by one thread at a time.
final class Database {
    enum Access {
        /// Makes the file where there is none.
        case readAndWrite
        case read
        /// Reads a file that nobody writes to. It leaves no trace beside the file.
        case readUnchanging
    }

    private let handle: OpaquePointer

    /// - Parameter access: what will be done with the file.
    /// - Throws: ``DatabaseError``; `DiskError` where no more files can be opened.
    init(path: String, _ access: Access = .readAndWrite) throws {
        let (name, flags) =
            switch access {
            case .readAndWrite: (path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE)
            case .read: (path, SQLITE_OPEN_READONLY)
            case .readUnchanging:
                (URL(fileURLWithPath: path).absoluteString + "?immutable=1", SQLITE_OPEN_READONLY | SQLITE_OPEN_URI)
            }
        guard Self.hasDescriptors else {
            throw DiskError.cannotWrite(
                path: path, reason: "too many files are open, or too few are allowed (ulimit -n).")
        }
        var opened: OpaquePointer?
        let code = sqlite3_open_v2(name, &opened, flags | SQLITE_OPEN_FULLMUTEX, nil)
        guard code == SQLITE_OK, let opened else {
            defer { sqlite3_close_v2(opened) }
            throw DatabaseError(opened, code)
        }
        handle = opened
        // Whoever lists studies reads for a moment.
        sqlite3_busy_timeout(handle, 10_000)
    }

    deinit { sqlite3_close_v2(handle) }

    /// SQLite needs some at a time that nobody foresees, and tells no lack of them apart from a lack of rights.
    private static var hasDescriptors: Bool {
        let opened = (0..<8).map { _ in open("/dev/null", O_RDONLY | O_CLOEXEC) }
        for file in opened where file >= 0 { close(file) }
        return opened.allSatisfy { $0 >= 0 }
    }

    // MARK: Transactions

    /// Reads everything as it is at one moment.
    func read<Result>(_ body: (Database) throws -> Result) throws -> Result {
        try transaction("BEGIN DEFERRED", body)
    }

    /// Does all or nothing.
    func write<Result>(_ body: (Database) throws -> Result) throws -> Result {
        try transaction("BEGIN IMMEDIATE", body)
    }

    private func transaction<Result>(_ begin: String, _ body: (Database) throws -> Result) throws -> Result {
        try execute(begin)
        do {
            let result = try body(self)
            try execute("COMMIT")
            return result
        } catch {
            // Some errors have ended the transaction already.
            if sqlite3_get_autocommit(handle) == 0 { try? execute("ROLLBACK") }
            throw error
        }
    }

    // MARK: Statements

    /// Runs one or several statements.
    ///
    /// - Parameter values: of the first statement's question marks.
    func execute(_ statements: String, _ values: [Value?] = []) throws {
        try run(statements, values) { _ in }
    }

    /// The rows of a query.
    func rows(_ query: String, _ values: [Value?] = []) throws -> [Row] {
        var rows: [Row] = []
        try run(query, values) { rows.append(Row($0)) }
        return rows
    }

    func tableExists(_ name: String) throws -> Bool {
        try !rows("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", [.text(name)]).isEmpty
    }

    func columnExists(_ name: String, in table: String) throws -> Bool {
        try !rows("SELECT 1 FROM pragma_table_info(?) WHERE name = ?", [.text(table), .text(name)]).isEmpty
    }

    private func run(_ statements: String, _ values: [Value?], _ found: (OpaquePointer) -> Void) throws {
        var values = values
        try statements.withCString { start in
            var next: UnsafePointer<CChar>? = start
            while let text = next, text.pointee != 0 {
                var prepared: OpaquePointer?
                try check(sqlite3_prepare_v2(handle, text, -1, &prepared, &next))
                // Blanks and comments are no statement.
                guard let prepared else { continue }
                defer { sqlite3_finalize(prepared) }
                for (k, value) in values.enumerated() { try bind(value, to: prepared, at: Int32(k + 1)) }
                values = []
                var code = sqlite3_step(prepared)
                while code == SQLITE_ROW {
                    found(prepared)
                    code = sqlite3_step(prepared)
                }
                guard code == SQLITE_DONE else { throw DatabaseError(handle, code) }
            }
        }
    }

    private func bind(_ value: Value?, to statement: OpaquePointer, at position: Int32) throws {
        // SQLite makes a copy of its own.
        let copying = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
        switch value {
        case nil: try check(sqlite3_bind_null(statement, position))
        case .integer(let number): try check(sqlite3_bind_int64(statement, position, Int64(number)))
        case .real(let number): try check(sqlite3_bind_double(statement, position, number))
        case .text(var text):
            // Its length is given, since a text may hold a zero.
            let length = Int32(text.utf8.count)
            try check(
                text.withUTF8 { bytes in
                    bytes.withMemoryRebound(to: CChar.self) {
                        sqlite3_bind_text(statement, position, $0.baseAddress, length, copying)
                    }
                })
        case .bytes(let data) where data.isEmpty: try check(sqlite3_bind_zeroblob(statement, position, 0))
        case .bytes(let data):
            let code = data.withUnsafeBytes {
                sqlite3_bind_blob64(statement, position, $0.baseAddress, UInt64($0.count), copying)
            }
            try check(code)
        }
    }

    private func check(_ code: Int32) throws {
        guard code == SQLITE_OK else { throw DatabaseError(handle, code) }
    }
}

extension Database {
    /// What a column holds, or a statement is given.
    enum Value: Equatable {
        case integer(Int)
        case real(Double)
        case text(String)
        case bytes(Data)

        // What is of another kind, as in a file that somebody else has written to, is nil.

        var integer: Int? { if case .integer(let number) = self { number } else { nil } }
        var number: Double? {
            switch self {
            case .integer(let number): Double(number)
            case .real(let number): number
            default: nil
            }
        }
        var text: String? { if case .text(let text) = self { text } else { nil } }
        var bytes: Data? { if case .bytes(let data) = self { data } else { nil } }
    }

    /// The values of a query's row, by the names of its columns.
    struct Row {
        private let values: [String: Value]

        fileprivate init(_ statement: OpaquePointer) {
            var values: [String: Value] = [:]
            for column in 0..<sqlite3_column_count(statement) {
                guard let name = sqlite3_column_name(statement, column).map({ String(cString: $0) }) else { continue }
                values[name] = Self.value(statement, column)
            }
            self.values = values
        }

        /// nil for NULL, and for a column that the query has not.
        subscript(_ column: String) -> Value? { values[column] }

        private static func value(_ statement: OpaquePointer, _ column: Int32) -> Value? {
            switch sqlite3_column_type(statement, column) {
            case SQLITE_INTEGER: return .integer(Int(sqlite3_column_int64(statement, column)))
            case SQLITE_FLOAT: return .real(sqlite3_column_double(statement, column))
            case SQLITE_TEXT, SQLITE_BLOB:
                let isText = sqlite3_column_type(statement, column) == SQLITE_TEXT
                // The bytes first: their number is that of the form in which they were asked for last.
                let start = sqlite3_column_blob(statement, column)
                let bytes = UnsafeRawBufferPointer(
                    start: start, count: start == nil ? 0 : Int(sqlite3_column_bytes(statement, column)))
                return isText ? .text(String(decoding: bytes, as: UTF8.self)) : .bytes(Data(bytes))
            default: return nil
            }
        }
    }
}

extension Database.Value: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
    init(stringLiteral text: String) { self = .text(text) }
    init(integerLiteral number: Int) { self = .integer(number) }
}

/// What SQLite refuses.
struct DatabaseError: Error {
    /// Such as `SQLITE_FULL`, without what further digits say.
    let code: Int32
    let message: String

    fileprivate init(_ handle: OpaquePointer?, _ code: Int32) {
        self.code = code & 0xFF
        message = String(cString: handle == nil ? sqlite3_errstr(code) : sqlite3_errmsg(handle))
    }
}
