import CaseFiles
import Disk
import Foundation
import Studies
import Writing

/// The runs of a comparison on disk: one line of JSON a finished run, appended whole before the next begins.
///
/// Whatever kills the process, finished runs stay; a line cut short by it is cut off when the journal is opened again.
/// Times stand in a file of their own, since they differ from one computer to the next and runs do not.
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
        /// nil for a whole comparison, and one that may grow.
        public var part: Part?

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

    /// Which runs a part holds: those that the deal of all runs of this selection gives it.
    public struct Part: Codable, Equatable, Sendable {
        public let part: WorkPart
        public let algorithms: [String]
        public let seeds: Int

        public init(_ part: WorkPart, of settings: ComparisonSettings) {
            self.part = part
            algorithms = settings.algorithms
            seeds = settings.seeds
        }

        var names: String { algorithms.joined(separator: ",") }
    }

    public let folder: URL
    let identity: Identity
    public private(set) var runs: [RunKey: Run] = [:]
    /// Seconds of processor time of each run.
    public private(set) var seconds: [RunKey: Double] = [:]
    private let lock: FolderLock

    /// Opens the journal of a folder, or begins one.
    ///
    /// - Parameter reads: whether it is read alone; then the folder is there, and need not be one that can be written.
    /// - Throws: ``JournalError`` where the folder holds something else or another comparison, `DiskError` where
    ///   another process works in it or nothing can be written there.
    public init(_ folder: URL, _ identity: Identity, reads: Bool = false) throws {
        (self.folder, self.identity) = (folder, identity)
        if !reads { try Folder.make(folder) }
        lock = try FolderLock(folder, reads: reads)
        let card = folder.appendingPathComponent(Self.identityFile)
        if let data = try lock.folder.read(Self.identityFile) {
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
            try write(encoder.encode(identity) + Data("\n".utf8), to: Self.identityFile)
        }
        try read()
    }

    /// Appends a finished run: its time first, so that no run is without one.
    public func add(_ run: Run, seconds time: Double) throws {
        try lock.check()
        try lock.folder.append(Data(Self.timeLine(run, time).utf8), to: Self.timesFile)
        try lock.folder.append(try JSONLines.line(run), to: Self.runsFile)
        runs[run.key] = run
        seconds[run.key] = time
    }

    /// Puts the lines into an order, those it does not name last: the journal of a complete comparison does not show in
    /// which order its runs ended.
    public func sort(by order: [RunKey]) throws {
        let named = Set(order)
        let others = runs.keys.filter { !named.contains($0) }.sorted { a, b in
            (a.problem, a.algorithm, a.seed) < (b.problem, b.algorithm, b.seed)
        }
        let sorted = (order + others).compactMap { runs[$0] }
        let times = sorted.map { Self.timeLine($0, seconds[$0.key] ?? .nan) }.joined()
        let header = CSVLine.text(["problem", "algorithm", "seed", "evaluations", "processor_seconds"])
        try write(Data((header + times).utf8), to: Self.timesFile)
        try write(sorted.reduce(into: Data()) { $0 += try JSONLines.line($1) }, to: Self.runsFile)
    }

    /// Takes over runs that were made elsewhere, in the place of those it has.
    func take(_ others: [RunKey: (run: Run, seconds: Double)]) {
        for (key, made) in others { (runs[key], seconds[key]) = (made.run, made.seconds) }
    }

    /// Writes a file into the folder, as long as that is there.
    public func write(_ data: Data, to path: String) throws(DiskError) {
        try lock.check()
        try lock.folder.write(data, to: path)
    }

    /// Takes the card of a comparison away that made no run, so that its folder is free again.
    func withdraw() throws(DiskError) {
        if runs.isEmpty { try lock.folder.remove(Self.identityFile) }
    }

    /// Removes what former work left under a name.
    public func removeTree(_ name: String) throws(DiskError) {
        try lock.check()
        try lock.folder.removeTree(name)
    }

    private static func timeLine(_ run: Run, _ seconds: Double) -> String {
        CSVLine.text([
            run.key.problem, run.key.algorithm, "\(run.key.seed)", "\(run.evaluations)", "\(seconds)",
        ])
    }

    // MARK: Reading

    private func read() throws {
        do {
            for run in try JSONLines.read(Self.runsFile, in: lock.folder, repairs: !lock.isReadOnly) as [Run] {
                if let reason = run.fault { throw JournalError.contradictory(path: folder.path, run: run.key, reason) }
                runs[run.key] = run
            }
        } catch let damage as JSONLines.Damage {
            throw JournalError.damaged(path: folder.appendingPathComponent(Self.runsFile).path, line: damage.line)
        }
        let times = String(decoding: try lock.folder.read(Self.timesFile) ?? Data(), as: UTF8.self)
        for line in times.split(separator: "\n") {
            guard let cells = CSVLine.cells(of: line), cells.count == 5, let seed = UInt64(cells[2]),
                let time = Double(cells[4])
            else { continue }
            seconds[RunKey(problem: cells[0], algorithm: cells[1], seed: seed)] = time
        }
    }

    /// The card of a folder; nil where it has none.
    static func identity(of folder: URL) throws -> Identity? {
        guard let data = try OpenFolder(folder).read(identityFile) else { return nil }
        guard let found = try? JSONDecoder().decode(Identity.self, from: data) else {
            throw JournalError.unreadable(path: folder.appendingPathComponent(identityFile).path)
        }
        return found
    }

    static func difference(_ found: Identity, _ wanted: Identity) -> String {
        let pairs: [(String, String, String)] = [
            ("the suite", found.suite, wanted.suite),
            ("the suite's version", "\(found.version)", "\(wanted.version)"),
            ("the population", "\(found.population)", "\(wanted.population)"),
            ("the evaluations", "\(found.evaluations)", "\(wanted.evaluations)"),
            ("the program's version", found.program, wanted.program),
            ("the part", found.part?.part.description ?? "none", wanted.part?.part.description ?? "none"),
            ("the seeds of all parts", "\(found.part?.seeds ?? 0)", "\(wanted.part?.seeds ?? 0)"),
            ("the list of algorithms", found.part?.names ?? "none", wanted.part?.names ?? "none"),
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
    /// A run whose numbers no search can have given.
    case contradictory(path: String, run: RunKey, _ reason: String)

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
        case .contradictory(let path, let run, let reason):
            "\(path)/\(RunJournal.runsFile): the run of \(run.algorithm) on \(run.problem) with seed \(run.seed) \(reason). Remove its "
                + "line to have that run made again."
        }
    }
}
