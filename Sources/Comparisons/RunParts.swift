import Disk
import Foundation
import Studies

/// The runs of all parts of a comparison, which were made apart.
public struct RunParts {
    private let runs: [RunKey: (run: Run, seconds: Double)]
    private let order: [RunKey]

    /// Reads and checks the folders of the parts.
    ///
    /// - Parameters:
    ///   - paths: in any order.
    ///   - identity: of the whole comparison.
    /// - Throws: ``PartsError`` where these are not all parts of this comparison, each once and done; ``JournalError``
    ///   where one is damaged, `DiskError` where a process works in one.
    public init(
        _ paths: [String], of identity: RunJournal.Identity, _ suite: BenchmarkSuite, _ settings: ComparisonSettings
    ) throws {
        try Comparison.check(suite, settings)
        let parts = try paths.map { (path: $0, part: try Self.part(at: $0, of: identity, settings)) }
        try WorkPart.check(parts.map { ($0.path, $0.part.part) })
        order = Comparison.keys(suite, settings)
        runs = try parts.reduce(into: [:]) { runs, entry in
            let own = try Self.runs(of: entry.part, at: entry.path, identity, suite, settings)
            runs.merge(own) { _, made in made }
        }
    }

    /// Takes them over into the journal of the whole, in the place of those it has.
    public func enter(_ journal: RunJournal) throws {
        journal.take(runs)
        try journal.sort(by: order)
    }

    /// What part of a comparison a folder holds.
    private static func part(
        at path: String, of identity: RunJournal.Identity, _ settings: ComparisonSettings
    ) throws -> RunJournal.Part {
        let url = URL(fileURLWithPath: path)
        guard Folder.isThere(url) else { throw PartsError.noPart(path: path, reason: "is no folder") }
        guard let found = try RunJournal.identity(of: url) else {
            throw PartsError.noPart(path: path, reason: "holds no part of a comparison")
        }
        guard let part = found.part else {
            throw PartsError.noPart(path: path, reason: "holds a comparison, but no part of one")
        }
        let wanted = identity.with(RunJournal.Part(part.part, of: settings))
        guard found == wanted else {
            throw PartsError.other(
                path: path, part: part.part, difference: RunJournal.difference(found, wanted))
        }
        return part
    }

    private static func runs(
        of part: RunJournal.Part, at path: String, _ identity: RunJournal.Identity, _ suite: BenchmarkSuite,
        _ settings: ComparisonSettings
    ) throws -> [RunKey: (run: Run, seconds: Double)] {
        let journal = try RunJournal(URL(fileURLWithPath: path), identity.with(part), reads: true)
        let keys = Comparison.keys(part.part, suite, settings)
        let own = Set(keys)
        if let other = journal.runs.keys.first(where: { !own.contains($0) }) {
            throw PartsError.notItsOwn(
                path: path, part: part.part,
                piece: "the run of \(other.algorithm) on \(other.problem) with seed \(other.seed)")
        }
        guard journal.runs.count == keys.count else {
            throw PartsError.unfinished(
                path: path, part: part.part, done: "it has \(journal.runs.count) of \(keys.count) runs")
        }
        return journal.runs.reduce(into: [:]) { runs, entry in
            runs[entry.key] = (entry.value, journal.seconds[entry.key] ?? .nan)
        }
    }
}

extension RunJournal.Identity {
    fileprivate func with(_ part: RunJournal.Part) -> Self {
        var identity = self
        identity.part = part
        return identity
    }
}
