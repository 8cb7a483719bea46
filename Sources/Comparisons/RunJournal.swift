import Disk
import Foundation

/// The runs of a comparison on disk: one line of JSON a finished run, appended whole before the next begins.
///
/// Whatever kills the process, finished runs stay; a line cut short by it is cut off when the journal is opened again. Times stand in
/// a file of their own, since they differ from one computer to the next and runs do not.
public final class RunJournal {
    public static let runsFile = "runs.jsonl"
    public static let timesFile = "times.csv"
    static let identityFile = "comparison.json"

    /// What runs must share to stand in one journal.
    public struct Identity: Codable, Equatable, Sendable {
        public let suite: String
        public let version: Int
        /// Checksum of the suite's files.
        public let checksum: String
        public let population: Int
        public let evaluations: Int
        /// Version of the program that made the runs.
        public let program: String

        public init(
            suite: String, version: Int, checksum: String, population: Int, evaluations: Int, program: String
        ) {
            self.suite = suite
            self.version = version
            self.checksum = checksum
            self.population = population
            self.evaluations = evaluations
            self.program = program
        }
    }

    public let folder: URL
    public private(set) var runs: [RunKey: Run] = [:]
    /// Seconds of processor time of each run.
    public private(set) var seconds: [RunKey: Double] = [:]
    private let lock: FolderLock

    /// Opens the journal of a folder, or begins one.
    ///
    /// - Throws: ``JournalError`` where the folder holds something else or another comparison, `DiskError` where another process works in
    ///   it or nothing can be written there.
    public init(_ folder: URL, _ identity: Identity) throws {
        self.folder = folder
        try Folder.make(folder)
        lock = try FolderLock(folder)
        let card = folder.appendingPathComponent(Self.identityFile)
        if let data = try? Data(contentsOf: card) {
            guard let found = try? JSONDecoder().decode(Identity.self, from: data) else {
                throw JournalError.unreadable(path: card.path)
            }
            guard found == identity else {
                throw JournalError.other(path: folder.path, difference: Self.difference(found, identity))
            }
        } else {
            guard Folder.content(of: folder).isEmpty else { throw JournalError.notEmpty(path: folder.path) }
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
            try WholeFile.write(encoder.encode(identity) + Data("\n".utf8), to: card)
        }
        try read()
    }

    /// Appends a finished run: its time first, so that no run is without one.
    public func add(_ run: Run, seconds time: Double) throws {
        try AppendedFile.append(Data(Self.timeLine(run, time).utf8), to: folder.appendingPathComponent(Self.timesFile))
        try AppendedFile.append(try Self.line(run), to: folder.appendingPathComponent(Self.runsFile))
        runs[run.key] = run
        seconds[run.key] = time
    }

    /// Puts the lines into an order, those it does not name last: the journal of a complete comparison does not show in which order its
    /// runs ended.
    public func sort(by order: [RunKey]) throws {
        let named = Set(order)
        let others = runs.keys.filter { !named.contains($0) }.sorted { a, b in
            (a.problem, a.algorithm, a.seed) < (b.problem, b.algorithm, b.seed)
        }
        let sorted = (order + others).compactMap { runs[$0] }
        let times = sorted.map { Self.timeLine($0, seconds[$0.key] ?? .nan) }.joined()
        try WholeFile.write(
            Data("problem,algorithm,seed,evaluations,processor_seconds\n".utf8) + Data(times.utf8),
            to: folder.appendingPathComponent(Self.timesFile))
        try WholeFile.write(
            sorted.reduce(into: Data()) { $0 += try Self.line($1) }, to: folder.appendingPathComponent(Self.runsFile))
    }

    private static func line(_ run: Run) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(run) + Data("\n".utf8)
    }

    private static func timeLine(_ run: Run, _ seconds: Double) -> String {
        "\(run.key.problem),\(run.key.algorithm),\(run.key.seed),\(run.evaluations),\(seconds)\n"
    }

    // MARK: Reading

    private func read() throws {
        let url = folder.appendingPathComponent(Self.runsFile)
        let data = (try? Data(contentsOf: url)) ?? Data()
        let newline = UInt8(ascii: "\n")
        // What follows the last line feed was being written when the process ended.
        let whole = data.lastIndex(of: newline).map { data[...$0] } ?? data[..<data.startIndex]
        let decoder = JSONDecoder()
        for (i, line) in whole.split(separator: newline).enumerated() {
            guard let run = try? decoder.decode(Run.self, from: line) else {
                throw JournalError.damaged(path: url.path, line: i + 1)
            }
            runs[run.key] = run
        }
        if whole.count < data.count { try WholeFile.write(Data(whole), to: url) }
        let times = (try? String(contentsOf: folder.appendingPathComponent(Self.timesFile), encoding: .utf8)) ?? ""
        for line in times.split(separator: "\n") {
            let cells = line.split(separator: ",")
            guard cells.count == 5, let seed = UInt64(cells[2]), let time = Double(cells[4]) else { continue }
            seconds[RunKey(problem: String(cells[0]), algorithm: String(cells[1]), seed: seed)] = time
        }
    }

    private static func difference(_ found: Identity, _ wanted: Identity) -> String {
        let pairs: [(String, String, String)] = [
            ("the suite", found.suite, wanted.suite),
            ("the suite's version", "\(found.version)", "\(wanted.version)"),
            ("the population", "\(found.population)", "\(wanted.population)"),
            ("the evaluations", "\(found.evaluations)", "\(wanted.evaluations)"),
            ("the program's version", found.program, wanted.program),
        ]
        for (what, before, now) in pairs where before != now { return "\(what) was \(before) and is \(now)" }
        return "the suite's files have changed since"
    }
}

public enum JournalError: Error, Equatable, CustomStringConvertible {
    case notEmpty(path: String)
    case unreadable(path: String)
    case other(path: String, difference: String)
    case damaged(path: String, line: Int)

    public var description: String {
        switch self {
        case .notEmpty(let path):
            "the output folder '\(path)' holds something that is no comparison, and nothing is overwritten. Name another "
                + "with --output."
        case .unreadable(let path):
            "'\(path)' cannot be read as the card of a comparison. Name another folder with --output."
        case .other(let path, let difference):
            "the folder '\(path)' holds another comparison: \(difference). Runs of both do not compare. Name another folder "
                + "with --output."
        case .damaged(let path, let line):
            "\(path):\(line)  this line is no run. Remove the line to have that run made again."
        }
    }
}
