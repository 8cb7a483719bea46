import Foundation
import TestSupport
import Testing

@testable import Disk
@testable import Studies

/// The layer over SQLite, against the values that went in and against Python's own one where the machine has it.
@Suite struct DatabaseTests {
    private static let values: [Database.Value?] = [
        nil, .integer(0), .integer(.max), .integer(.min), .real(0.1), .real(-1e308), .real(.leastNonzeroMagnitude),
        .text(""),
        .text("a'b\"c;--\n"), .text("zero\u{0}inside"), .text("\u{1F50C} \u{65E5}"), .bytes(Data()),
        .bytes(Data([0, 255, 39])), .bytes(Data(repeating: 7, count: 100_000)),
    ]

    @Test func valuesComeBack() throws {
        try TemporaryFolder.with { folder in
            let path = folder.appendingPathComponent("a.sqlite").path
            let database = try Database(path: path)
            try database.execute("CREATE TABLE t (k INTEGER, v)")
            try database.write {
                for (k, value) in Self.values.enumerated() {
                    try $0.execute("INSERT INTO t VALUES (?, ?)", [.integer(k), value])
                }
            }
            for access in [Database.Access.readAndWrite, .read, .readUnchanging] {
                let rows = try Database(path: path, access).read { try $0.rows("SELECT k, v FROM t ORDER BY k") }
                #expect(rows.map { $0["k"]?.integer } == Self.values.indices.map { $0 })
                #expect(rows.map { $0["v"] } == Self.values)
                #expect(rows.allSatisfy { $0["no such"] == nil })
            }
        }
    }

    @Test func aTransactionIsAllOrNothing() throws {
        struct Stop: Error {}
        try TemporaryFolder.with { folder in
            let database = try Database(path: folder.appendingPathComponent("a.sqlite").path)
            try database.execute("CREATE TABLE t (v INTEGER PRIMARY KEY); INSERT INTO t VALUES (1)")
            #expect(throws: Stop.self) {
                try database.write {
                    try $0.execute("INSERT INTO t VALUES (2)")
                    throw Stop()
                }
            }
            #expect(throws: DatabaseError.self) {
                try database.write { try $0.execute("INSERT INTO t VALUES (3); INSERT INTO t VALUES (1)") }
            }
            #expect(try database.rows("SELECT v FROM t").map { $0["v"] } == [1])
            // The next one is not within the last.
            try database.write { try $0.execute("INSERT INTO t VALUES (4)") }
            #expect(try database.rows("SELECT v FROM t ORDER BY v").map { $0["v"] } == [1, 4])
        }
    }

    @Test func whatThereIs() throws {
        try TemporaryFolder.with { folder in
            let database = try Database(path: folder.appendingPathComponent("a.sqlite").path)
            try database.execute("-- nothing\n; CREATE TABLE t (a, b); -- the end\n")
            #expect(try database.tableExists("t") && !database.tableExists("u"))
            #expect(try database.columnExists("b", in: "t") && !database.columnExists("c", in: "t"))
            #expect(try !database.columnExists("a", in: "u"))
        }
    }

    @Test func whatIsRefusedIsTold() throws {
        try TemporaryFolder.with { folder in
            let path = folder.appendingPathComponent("a.sqlite").path
            #expect(throws: DatabaseError.self) { try Database(path: path, .read).rows("SELECT 1") }
            let database = try Database(path: path)
            try database.execute("CREATE TABLE t (v)")
            do {
                _ = try database.rows("SELECT w FROM t")
                Issue.record("there is no w")
            } catch let error as DatabaseError {
                #expect(error.code == 1 && error.message == "no such column: w")
            }
            #expect(throws: DatabaseError.self) { try Database(path: path, .read).execute("INSERT INTO t VALUES (1)") }
            try Data("this is no table at all, whatever its name".utf8)
                .write(to: folder.appendingPathComponent("b.sqlite"))
            #expect(throws: DatabaseError.self) {
                try Database(path: folder.appendingPathComponent("b.sqlite").path).rows("SELECT * FROM t")
            }
        }
    }

    /// A reader sees the file as it was when it began, whatever is written meanwhile.
    @Test func readersSeeOneMoment() throws {
        try TemporaryFolder.with { folder in
            let path = folder.appendingPathComponent("a.sqlite").path
            let writer = try Database(path: path)
            try writer.execute("PRAGMA journal_mode = WAL; CREATE TABLE t (v); INSERT INTO t VALUES (1)")
            try Database(path: path, .read).read {
                #expect(try $0.rows("SELECT v FROM t").count == 1)
                try writer.write { try $0.execute("INSERT INTO t VALUES (2)") }
                #expect(try $0.rows("SELECT v FROM t").count == 1)
            }
            #expect(try Database(path: path, .read).rows("SELECT v FROM t").count == 2)
        }
    }

    /// What somebody else's program reads of the file.
    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/python3"), "no /usr/bin/python3 here"))
    func othersReadTheSame() throws {
        try TemporaryFolder.with { folder in
            let path = folder.appendingPathComponent("a.sqlite").path
            let database = try Database(path: path)
            try database.execute("CREATE TABLE t (v)")
            for value in Self.values { try database.execute("INSERT INTO t VALUES (?)", [value]) }
            let script = """
                import sqlite3, sys
                for v, in sqlite3.connect(sys.argv[1]).execute("SELECT v FROM t"):
                    print(v.hex() if isinstance(v, (bytes, float)) else v.encode().hex() if isinstance(v, str) else v, type(v).__name__)
                """
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
            process.arguments = ["-c", script, path]
            let pipe = Pipe()
            process.standardOutput = pipe
            try process.run()
            let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
            process.waitUntilExit()
            func hex(_ bytes: some Sequence<UInt8>) -> String {
                bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
            }
            let lines = output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
            try #require(lines.count == Self.values.count + 1)
            for (line, value) in zip(lines, Self.values) {
                switch value {
                case nil: #expect(line == "None NoneType")
                case .integer(let number): #expect(line == "\(number) int")
                case .real: #expect(line.hasSuffix(" float"))
                case .text(let text): #expect(line == "\(hex(text.utf8)) str")
                case .bytes(let data): #expect(line == "\(hex(data)) bytes")
                }
            }
        }
    }
}
