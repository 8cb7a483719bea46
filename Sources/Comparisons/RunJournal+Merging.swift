import Disk
import Foundation
import Studies

extension RunJournal {
    /// Takes over the runs of all parts of a comparison, which were made apart.
    ///
    /// - Parameter paths: the folders of the parts, in any order.
    /// - Throws: ``PartsError`` where these are not all parts of this comparison, each once and done; ``JournalError``
    ///   where one is damaged, `DiskError` where a process works in one. Nothing is taken over then.
    public func merge(_ paths: [String], _ suite: BenchmarkSuite, _ settings: ComparisonSettings) throws {
        do {
            for part in try journals(ofPartsAt: paths, suite, settings) { take(part) }
        } catch {
            try withdraw()
            throw error
        }
        try sort(by: Comparison.keys(suite, settings))
    }

    private func journals(
        ofPartsAt paths: [String], _ suite: BenchmarkSuite, _ settings: ComparisonSettings
    ) throws -> [RunJournal] {
        try Comparison.check(suite, settings)
        let parts = try paths.map { (path: $0, part: try identity(ofPartAt: $0, settings)) }
        try WorkPart.check(parts.map { ($0.path, $0.part.part) })
        return try parts.map { path, part in
            var identity = identity
            identity.part = part
            let journal = try RunJournal(URL(fileURLWithPath: path), identity, reads: true)
            try journal.checkRuns(of: part.part, path, suite, settings)
            return journal
        }
    }

    /// What part of this comparison a folder holds.
    private func identity(ofPartAt path: String, _ settings: ComparisonSettings) throws -> Part {
        let url = URL(fileURLWithPath: path)
        guard Folder.isThere(url) else { throw PartsError.noPart(path: path, reason: "is no folder") }
        guard let found = try Self.identity(of: url) else {
            throw PartsError.noPart(path: path, reason: "holds no part of a comparison")
        }
        guard let part = found.part else {
            throw PartsError.noPart(path: path, reason: "holds a comparison, but no part of one")
        }
        var wanted = identity
        wanted.part = Part(part.part, of: settings)
        guard found == wanted else {
            throw PartsError.other(path: path, part: part.part, difference: Self.difference(found, wanted))
        }
        return part
    }

    private func checkRuns(
        of part: WorkPart, _ path: String, _ suite: BenchmarkSuite, _ settings: ComparisonSettings
    ) throws {
        let keys = Comparison.keys(part, suite, settings)
        let own = Set(keys)
        if let other = runs.keys.first(where: { !own.contains($0) }) {
            throw PartsError.notItsOwn(
                path: path, part: part,
                piece: "the run of \(other.algorithm) on \(other.problem) with seed \(other.seed)")
        }
        guard runs.count == keys.count else {
            throw PartsError.unfinished(path: path, part: part, done: "it has \(runs.count) of \(keys.count) runs")
        }
    }
}
