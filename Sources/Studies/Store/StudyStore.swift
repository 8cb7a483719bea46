import Disk
import Foundation

/// A study on disk: what it is, the files it was made from, and every generation, each committed before the next is
/// asked.
///
/// One SQLite file in the folder of the run holds all that is needed to go on, on its own. Whatever ends the process,
/// what was committed stays, and the running generation is all that is lost.
///
/// What the phases after a search come to is stored as it is, see ``PriceFindings``. The state of an algorithm is not
/// stored but lived through again: a search is a function of its seed and of the payoffs it is given, so giving it the
/// recorded ones gives its state to the last bit, whatever it consists of, at the cost of its own arithmetic. The
/// decisions that it asks for on the way are compared with those it once asked for. A stored state could not tell that
/// the program has changed.
///
/// While a study is not done, a log stands beside the file (`-wal`, `-shm`) that belongs to it; folders are copied or
/// moved as a whole.
public final class StudyStore {
    public static let fileName = "study.sqlite"

    public let folder: URL
    public let card: StudyCard
    /// The case's files as they were read, the case file first.
    public let inputs: [FileCopy]
    /// Generations in the store.
    public private(set) var generations: Int
    /// Evaluations in the store.
    public private(set) var evaluations: Int
    private var best: Double?
    /// Held while the store is open.
    package let lock: FolderLock
    private let database: Database
    private var path: String { folder.appendingPathComponent(Self.fileName).path }

    /// Begins a study. It is there with all its inputs, or not at all.
    ///
    /// - Throws: `DiskError` where another process works in the folder, or nothing can be written there.
    public static func begin(in folder: URL, _ card: StudyCard, inputs: [FileCopy]) throws -> StudyStore {
        try begin(in: FolderLock(folder), card, inputs: inputs)
    }

    /// Begins a study in a folder that is held already.
    package static func begin(in lock: FolderLock, _ card: StudyCard, inputs: [FileCopy]) throws -> StudyStore {
        let url = lock.folder.url.appendingPathComponent(fileName)
        let draft = WholeFile.draft(of: url)
        try lock.check()
        try lock.folder.remove(draft.lastPathComponent)
        do {
            try StudySchema.make(at: draft.path, card, inputs)
            try lock.check()
        } catch {
            try? lock.folder.remove(draft.lastPathComponent)
            throw error
        }
        try WholeFile.put(draft, at: url)
        return try StudyStore(lock)
    }

    /// Opens the study of a folder, to go on with it.
    ///
    /// - Throws: ``StudyStoreError`` where there is none that can be read, `DiskError` where another process works on
    ///   it.
    public convenience init(_ folder: URL) throws {
        guard FileManager.default.fileExists(atPath: folder.appendingPathComponent(Self.fileName).path) else {
            throw StudyStoreError.noStudy(path: folder.relativePath)
        }
        try self.init(FolderLock(folder))
    }

    private init(_ lock: FolderLock) throws {
        folder = lock.folder.url
        self.lock = lock
        let path = folder.appendingPathComponent(Self.fileName).path
        try StudySchema.checkFiles(at: path)
        database = try StudySchema.openToWrite(path)
        (card, inputs) = try StudySchema.guarding(path) { [database] in
            try database.read { try StudySchema.read($0, path: path) }
        }
        let last = try StudySchema.guarding(path) { [database] in
            try database.read { try StudySchema.lastGeneration($0, path: path) }
        }
        generations = last.number + 1
        evaluations = last.evaluations
        best = last.best
    }

    /// Appends a generation, in one transaction.
    ///
    /// - Throws: `DiskError` where it cannot be stored; the study is then as it was before.
    func add(_ generation: StoredGeneration) throws {
        let count = evaluations + generation.effort
        let best = (generation.payoffs.compactMap { $0 } + [self.best].compactMap { $0 }).max()
        try lock.check()
        try StudySchema.guarding(path) {
            try database.write { try generation.insert($0, number: generations, evaluations: count, best: best) }
        }
        generations += 1
        evaluations = count
        self.best = best
    }

    /// - Returns: nil behind the last one.
    func generation(_ number: Int) throws -> StoredGeneration? {
        try StudySchema.guarding(path) {
            try database.read { try StoredGeneration.fetch($0, number: number, path: path) }
        }
    }

    /// What a phase after the search has come to; nil where it has not begun.
    func phase(_ phase: AnswerPhase) throws -> StoredPhase? {
        try StudySchema.guarding(path) {
            try database.read { try StoredPhase.fetch($0, named: phase.rawValue) }
        }
    }

    /// Keeps what a phase has come to, in one transaction.
    func put(_ outcome: StoredPhase, of phase: AnswerPhase) throws {
        try lock.check()
        try StudySchema.guarding(path) {
            try database.write { try outcome.put($0, named: phase.rawValue) }
        }
    }

    public var isFinished: Bool {
        get throws { try StudySchema.guarding(path) { try database.read(StudySchema.isFinished) } }
    }

    /// Files that were written at the end and are no longer there.
    public var missingFiles: [String] {
        get throws {
            let noted = try StudySchema.guarding(path) { try database.read(StudySchema.files) }
            return try noted.filter { try lock.folder.read($0) == nil }
        }
    }

    /// Notes that the result is written, so that nothing is left to do.
    ///
    /// - Parameter files: their names in the folder.
    public func finish(files: [String] = []) throws {
        try lock.check()
        try StudySchema.guarding(path) { try database.write { try StudySchema.finish($0, files: files) } }
        // One file, which can be read where nothing may be written. Somebody who looks at it just now may prevent that,
        // which does no harm.
        try? database.execute("PRAGMA journal_mode = DELETE")
    }

    /// Removes the study of a case that has no answer, so that the same command may begin again when the case is
    /// mended. Nothing else can be asked of it then.
    package func discard() throws {
        try lock.check()
        for suffix in StudySchema.suffixes { try lock.folder.remove(Self.fileName + suffix) }
    }

    /// Why a search with this program would not be the one that was begun.
    public func checkVersion(program: String, solver: String) throws {
        guard (card.program, card.solver) == (program, solver) else {
            throw StudyStoreError.otherVersion(
                path: folder.relativePath, found: "\(card.program) with \(card.solver)",
                wanted: "\(program) with \(solver)")
        }
    }
}
