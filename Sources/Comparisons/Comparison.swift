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
    /// - Throws: ``ComparisonError`` for settings that make no comparison, and for a problem without an answer; or whatever a run throws.
    public static func run(
        _ suite: BenchmarkSuite, _ settings: ComparisonSettings, journal: RunJournal,
        progress: @escaping @Sendable (Progress) -> Void = { _ in }
    ) throws -> Comparison {
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
        let keys = keys(suite, settings)
        let missing = keys.filter { journal.runs[$0] == nil }
        for problem in suite.problems where missing.contains(where: { $0.problem == problem.name }) {
            guard let reason = try problem.whyHopeless() else { continue }
            try journal.withdraw()
            throw ComparisonError.noAnswer(problem: problem.name, reason: reason)
        }
        let desk = RunDesk(suite, settings, missing, held: keys.count - missing.count, journal, progress)
        try desk.work(threads: min(settings.workers, max(1, missing.count)))
        try journal.sort(by: keys)
        for problem in suite.problems {
            let runs = keys.filter { $0.problem == problem.name }.compactMap { journal.runs[$0] }
            guard runs.allSatisfy({ $0.best == nil }) else { continue }
            throw ComparisonError.noAnswer(
                problem: problem.name,
                reason: try problem.whyUnanswered(runs.reduce(0) { $0 + $1.evaluations }))
        }
        return Comparison(
            suite: suite, settings: settings, runs: keys.compactMap { journal.runs[$0] },
            seconds: keys.map { journal.seconds[$0] ?? .nan })
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

/// Where threads fetch runs to make and hand them in. All state is behind one lock.
private final class RunDesk: @unchecked Sendable {
    private let suite: BenchmarkSuite
    private let settings: ComparisonSettings
    private let missing: [RunKey]
    private let held: Int
    private let journal: RunJournal
    private let progress: @Sendable (Comparison.Progress) -> Void
    private let start = Date()
    private let condition = NSCondition()
    private var next = 0
    private var done = 0
    private var failure: (any Error)?

    init(
        _ suite: BenchmarkSuite, _ settings: ComparisonSettings, _ missing: [RunKey], held: Int, _ journal: RunJournal,
        _ progress: @escaping @Sendable (Comparison.Progress) -> Void
    ) {
        self.suite = suite
        self.settings = settings
        self.missing = missing
        self.held = held
        self.journal = journal
        self.progress = progress
    }

    func work(threads: Int) throws {
        WorkerThreads.run(threads, name: "run") {
            self.makeRuns()
            // Evaluators are gone by now, as they must be before their thread's GLPK memory is released.
            SolverSession.releaseThreadMemory()
        }
        condition.lock()
        defer { condition.unlock() }
        if let failure { throw failure }
    }

    @inline(never)
    private func makeRuns() {
        // Runs come problem by problem, so one evaluator serves many of them.
        var current: (name: String, searcher: ProblemSearcher)?
        while let key = take() {
            do {
                guard let problem = suite.problems.first(where: { $0.name == key.problem }),
                    let entry = SearchRegistry.named(key.algorithm)
                else { continue }
                let searcher: ProblemSearcher
                if let current, current.name == key.problem {
                    searcher = current.searcher
                } else {
                    searcher = try ProblemSearcher(problem)
                    current = (key.problem, searcher)
                }
                let before = threadSeconds()
                let recorder = try searcher.search(
                    entry,
                    MetaheuristicSettings(
                        population: settings.population, evaluations: settings.evaluations, seed: key.seed))
                hand(Run(key: key, recorder, on: problem), seconds: threadSeconds() - before)
            } catch {
                fail(error)
            }
        }
    }

    private func take() -> RunKey? {
        condition.lock()
        defer { condition.unlock() }
        guard next < missing.count, failure == nil else { return nil }
        defer { next += 1 }
        return missing[next]
    }

    private func hand(_ run: Run, seconds: Double) {
        condition.lock()
        defer { condition.unlock() }
        do {
            try journal.add(run, seconds: seconds)
        } catch {
            failure = failure ?? error
        }
        done += 1
        progress(
            Comparison.Progress(
                done: held + done, total: held + missing.count, fresh: done,
                seconds: Date().timeIntervalSince(start)))
    }

    private func fail(_ error: any Error) {
        condition.lock()
        defer { condition.unlock() }
        failure = failure ?? error
    }
}

/// Processor time of this thread.
private func threadSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}
