import CaseFiles
import Comparisons
import Disk
import EnergyGames
import Foundation
import Metaheuristics
import Reports
import Studies

extension CompareCommand: ClusterCommandable {
    func clusterWork(_ words: [String], parts: Int?) throws -> ClusterWork {
        try self.parts.refuse()
        let suite = try BenchmarkSuite.read(URL(fileURLWithPath: suite))
        let settings = try settings(suite)
        return ClusterWork(
            command: "compare", words: ClusterWork.words(words, without: ["--output", "--workers"]),
            pieces: Comparison.keys(suite, settings).count, piece: "runs",
            seconds: try Comparison.estimatedSeconds(suite, settings), firstSeed: nil,
            merging: .into(folder: try output.free(or: Self.folder(of: suite))), workers: workers.threads)
    }
}

extension SweepCommand: ClusterCommandable {
    func clusterWork(_ words: [String], parts: Int?) throws -> ClusterWork {
        try self.parts.refuse()
        let axes = try over.map { try SweepAxis($0) }
        let grid = try SweepGrid(URL(fileURLWithPath: source.case), variant: source.variant, over: axes)
        let (first, limits) = (grid.points[0], try exactly.limits)
        let settings = try settings(first.source)
        let seconds =
            if let settings {
                try ClusterProbe.seconds(of: settings, in: first.source, exactly: limits.seconds)
            } else if first.source.isSizing {
                limits.seconds ?? 0
            } else {
                try ClusterProbe.seconds { _ = try solve(first, nil, limits) }
            }
        let name = "\(first.source.name)\(source.variant.map { "-\($0)" } ?? "")-\(Self.maker(settings))"
        return ClusterWork(
            command: "sweep", words: ClusterWork.words(words, without: ["--output", "--workers"]),
            pieces: grid.points.count, piece: "points", seconds: seconds * Double(grid.points.count), firstSeed: nil,
            merging: .into(folder: try result.output.free(or: "results/\(FileName.of(name))")),
            workers: search.workers.threads)
    }
}

extension SizeCommand: ClusterCommandable {
    /// Searches are restarted with other seeds: one a part.
    private static let usualSeeds = 8

    func clusterWork(_ words: [String], parts: Int?) throws -> ClusterWork {
        let source = try source.read()
        let limits = try exactly.limits
        guard !exact else {
            guard parts == nil else { throw ClusterError.oneProgram }
            return ClusterWork(
                command: "size", words: ClusterWork.words(words, without: ["--output", "--workers"]), pieces: 1,
                piece: "programs", seconds: limits.seconds ?? 0, firstSeed: nil, merging: .listing, workers: 1)
        }
        guard try !SizingGame(source).sizes.isEmpty else { throw ClusterError.nothingToSize(caseName: source.name) }
        let settings = try search.settings(source)
        let seeds = parts ?? Self.usualSeeds
        let seconds = try ClusterProbe.seconds(of: settings, in: source, exactly: limits.seconds)
        return ClusterWork(
            command: "size", words: ClusterWork.words(words, without: ["--output", "--workers", "--seed"]),
            pieces: seeds, piece: "searches", seconds: seconds * Double(seeds), firstSeed: settings.seed,
            merging: .listing, workers: search.workers.threads)
    }
}

extension PartOptions {
    /// - Throws: ``ClusterError`` where they are given: the scripts give them.
    fileprivate func refuse() throws {
        if part != nil { throw ClusterError.setByScripts(option: "--part") }
        if !merge.isEmpty { throw ClusterError.setByScripts(option: "--merge") }
    }
}

extension String? {
    /// The folder named, or another, where nothing is in the way of a result.
    fileprivate func free(or other: String) throws -> String {
        let path = self ?? other
        guard Folder.content(of: URL(fileURLWithPath: path)).isEmpty else {
            throw ResultFolderError.notEmpty(path: path)
        }
        return path
    }

    /// Of a part: one, where no number is asked for. Parts are dealt to cores, so that threads gain nothing.
    fileprivate var threads: Int { self.flatMap(Int.init) ?? 1 }
}

extension String {
    fileprivate var threads: Int { Optional(self).threads }
}

/// Measures a little of some work, to say how long all of it takes.
enum ClusterProbe {
    /// Evaluations that are timed.
    private static let evaluations = 20
    /// Work after a search is a small multiple of it.
    private static let phases = 3.0

    static func seconds(_ work: () throws -> Void) rethrows -> Double {
        let start = Date()
        try work()
        return Date().timeIntervalSince(start)
    }

    /// Of a search with what follows it, on one thread.
    static func seconds(of settings: StudySettings, in source: Case, exactly seconds: Double?) throws -> Double {
        let probe = StudySettings(algorithm: "random", population: 10, evaluations: evaluations)
        let game = source.isSizing ? try SizingGame(source).game : try EnergyGame(source).game
        let time = try self.seconds { _ = try Study.run(game, probe) }
        let search = time / Double(evaluations) * Double(settings.evaluations)
        return search * phases + (source.isSizing ? seconds ?? 0 : 0)
    }
}
