import Foundation
import Games
import LinearModels
import Metaheuristics
import Studies

/// Searches over algorithms, seeds and problems, under one budget that is counted for all alike.
public struct Comparison: Sendable {
    public let suite: BenchmarkSuite
    public let settings: ComparisonSettings
    /// In the order of problems, algorithms and seeds.
    public let runs: [Run]
    /// Seconds of processor time of each run. They are no part of the result.
    public let seconds: [Double]

    /// What a comparison tells while it runs.
    public struct Progress: Sendable {
        public let done: Int
        public let total: Int
        /// Runs of this call, and seconds since its start.
        public let fresh: Int
        public let seconds: Double

        public var secondsLeft: Double {
            fresh == 0 ? .infinity : seconds * Double(total - done) / Double(fresh)
        }
    }

    /// All runs in their order.
    public static func keys(_ suite: BenchmarkSuite, _ settings: ComparisonSettings) -> [RunKey] {
        suite.problems.flatMap { problem in
            settings.algorithms.flatMap { algorithm in
                (1...UInt64(settings.seeds)).map { RunKey(problem: problem.name, algorithm: algorithm, seed: $0) }
            }
        }
    }

    /// Names that a comparison takes where nobody names any: all, without those that cannot search some problem.
    public static func defaultAlgorithms(for suite: BenchmarkSuite) -> [String] {
        let general = MetaheuristicRegistry.all.map { $0.name }
        return suite.problems.allSatisfy { $0.whyNoPriceGame == nil } ? [SearchRegistry.defaultName] + general : general
    }

    /// Makes the runs that the journal does not hold yet.
    ///
    /// - Parameter progress: called after each run, on the thread that ended it; calls do not overlap.
    /// - Throws: ``ComparisonError`` for settings that make no comparison, and for a problem without an answer; or
    ///   whatever a run throws.
    public static func run(
        _ suite: BenchmarkSuite, _ settings: ComparisonSettings, journal: RunJournal,
        progress: @escaping @Sendable (Progress) -> Void = { _ in }
    ) throws -> Comparison {
        let keys = try complete(journal, suite, settings, progress)
        for problem in suite.problems {
            let runs = keys.filter { $0.problem == problem.name }.compactMap { journal.runs[$0] }
            guard runs.allSatisfy({ $0.best == nil }) else { continue }
            throw ComparisonError.noAnswer(
                problem: problem.name,
                reason: try problem.whyUnanswered(runs.reduce(0) { $0 + $1.evaluations }))
        }
        return Comparison(
            suite: try suite.solvedExactly(), settings: settings, runs: keys.compactMap { journal.runs[$0] },
            seconds: keys.map { journal.seconds[$0] ?? .nan })
    }

    /// Makes the runs of the part that the journal is of, as far as it does not hold them yet; see ``RunParts``.
    ///
    /// - Returns: how many runs the part has.
    /// - Throws: as ``run(_:_:journal:progress:)``, but for problems that none of its runs has answered: those of other
    ///   parts may have.
    public static func makePart(
        _ suite: BenchmarkSuite, _ settings: ComparisonSettings, journal: RunJournal,
        progress: @escaping @Sendable (Progress) -> Void = { _ in }
    ) throws -> Int {
        try complete(journal, suite, settings, progress).count
    }

    /// The runs of a part, of all where there is none, in their order.
    static func keys(_ part: WorkPart?, _ suite: BenchmarkSuite, _ settings: ComparisonSettings) -> [RunKey] {
        let all = keys(suite, settings)
        guard let part else { return all }
        return all.indices.filter(part.holds).map { all[$0] }
    }

    static func check(_ suite: BenchmarkSuite, _ settings: ComparisonSettings) throws {
        try settings.check()
        for name in settings.algorithms where SearchRegistry.named(name)?.climbs != nil {
            for problem in suite.problems {
                guard let reason = problem.whyNoPriceGame else { continue }
                throw ComparisonError.notAPriceGame(algorithm: name, problem: problem.name, reason: reason)
            }
        }
        // By division: the product may have no number.
        guard settings.seeds <= SearchLimits.runs.upperBound / max(1, suite.problems.count * settings.algorithms.count)
        else {
            throw ComparisonError.tooManyRuns(
                problems: suite.problems.count, algorithms: settings.algorithms.count, seeds: settings.seeds)
        }
        for name in settings.algorithms {
            for problem in suite.problems {
                try SearchRegistry.named(name)?.checkMemory(
                    population: settings.population, dimension: problem.dimension)
            }
        }
    }

    /// Processor seconds that all runs take on this machine, as a few evaluations of each problem let expect.
    public static func estimatedSeconds(_ suite: BenchmarkSuite, _ settings: ComparisonSettings) throws -> Double {
        try check(suite, settings)
        var probe = settings
        (probe.population, probe.evaluations) = (10, 20)
        let worker = RunWorker(suite, probe)
        let of = try suite.problems.map { problem in
            let made = try worker.make(RunKey(problem: problem.name, algorithm: "random", seed: 1))
            return made.seconds / Double(max(1, made.run.evaluations))
        }
        let runs = settings.algorithms.count * settings.seeds
        return of.reduce(0, +) * Double(settings.evaluations) * Double(runs)
    }

    /// Runs of one algorithm on one problem, by seed.
    public func runs(_ problem: Int, _ algorithm: Int) -> ArraySlice<Run> {
        let start = (problem * settings.algorithms.count + algorithm) * settings.seeds
        return runs[start..<start + settings.seeds]
    }

    /// Processor seconds an evaluation, over the runs of one algorithm on one problem.
    public func secondsAnEvaluation(_ problem: Int, _ algorithm: Int) -> Double {
        let start = (problem * settings.algorithms.count + algorithm) * settings.seeds
        let range = start..<start + settings.seeds
        return range.reduce(0) { $0 + seconds[$1] } / Double(range.reduce(0) { $0 + runs[$1].evaluations })
    }
}

extension Comparison {
    /// Makes what a journal lacks, and puts it in order.
    ///
    /// - Returns: its runs, in their order.
    private static func complete(
        _ journal: RunJournal, _ suite: BenchmarkSuite, _ settings: ComparisonSettings,
        _ progress: @escaping @Sendable (Progress) -> Void
    ) throws -> [RunKey] {
        try check(suite, settings)
        let keys = keys(journal.identity.part?.part, suite, settings)
        let missing = keys.filter { journal.runs[$0] == nil }
        for problem in suite.problems where missing.contains(where: { $0.problem == problem.name }) {
            guard let reason = try problem.whyHopeless() else { continue }
            try journal.withdraw()
            throw ComparisonError.noAnswer(problem: problem.name, reason: reason)
        }
        try make(missing, of: keys.count, in: suite, settings, journal: journal, progress)
        try journal.sort(by: keys)
        return keys
    }

    /// Makes runs on threads and enters each into the journal as it ends.
    private static func make(
        _ missing: [RunKey], of total: Int, in suite: BenchmarkSuite, _ settings: ComparisonSettings,
        journal: RunJournal,
        _ progress: @escaping @Sendable (Progress) -> Void
    ) throws {
        guard !missing.isEmpty else { return }
        let queue = try WorkQueue<RunKey, TimedRun>(threads: min(settings.workers, missing.count), name: "run") {
            let worker = RunWorker(suite, settings)
            return { try worker.make($0) }
        }
        let start = Date()
        var done = 0
        _ = try queue.answer(missing) { _, made in
            try journal.add(made.run, seconds: made.seconds)
            done += 1
            progress(
                Progress(
                    done: total - missing.count + done, total: total, fresh: done,
                    seconds: Date().timeIntervalSince(start)))
        }
    }
}

private struct TimedRun: Sendable {
    let run: Run
    /// Of processor time.
    let seconds: Double
}

/// Makes runs on one thread.
private final class RunWorker {
    private let suite: BenchmarkSuite
    private let settings: ComparisonSettings
    /// Runs come problem by problem, so one evaluator serves many of them.
    private var current: (name: String, searcher: ProblemSearcher)?

    init(_ suite: BenchmarkSuite, _ settings: ComparisonSettings) {
        self.suite = suite
        self.settings = settings
    }

    func make(_ key: RunKey) throws -> TimedRun {
        guard let problem = suite.problems.first(where: { $0.name == key.problem }),
            let entry = SearchRegistry.named(key.algorithm)
        else { preconditionFailure("runs are of problems and algorithms that were checked") }
        let searcher = try searcher(for: problem)
        let before = threadSeconds()
        let recorder = try searcher.search(
            entry,
            MetaheuristicSettings(
                population: settings.population, evaluations: settings.evaluations, seed: key.seed))
        return TimedRun(run: Run(key: key, recorder, on: problem), seconds: threadSeconds() - before)
    }

    private func searcher(for problem: BenchmarkProblem) throws -> ProblemSearcher {
        if let current, current.name == problem.name { return current.searcher }
        let searcher = try ProblemSearcher(problem)
        current = (problem.name, searcher)
        return searcher
    }
}

/// Processor time of this thread.
private func threadSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}
