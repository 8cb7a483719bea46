import Foundation
import LinearModels

/// Asks running work to stop, from any thread.
///
/// The work finds out where it looks: a search before every generation, a solver before every solve. Who waits for it
/// does not wait for that: see ``run(grace:_:)``.
public final class StopRequest: @unchecked Sendable {
    private let condition = NSCondition()
    private var made = false
    private var waiting: [ObjectIdentifier: @Sendable () -> Void] = [:]

    public init() {}

    public var isMade: Bool { condition.withLock { made } }

    public func make() {
        let calls = condition.withLock {
            made = true
            condition.broadcast()
            defer { waiting = [:] }
            return Array(waiting.values)
        }
        for call in calls { call() }
    }

    /// Calls once, from the thread that asks, when work is asked to stop: at once where it was already.
    func whenMade(wake owner: AnyObject, _ call: @escaping @Sendable () -> Void) {
        let isMade = condition.withLock {
            if !made { waiting[ObjectIdentifier(owner)] = call }
            return made
        }
        if isMade { call() }
    }

    func forget(_ owner: AnyObject) {
        condition.withLock { waiting[ObjectIdentifier(owner)] = nil }
    }

    /// Runs work on a thread of its own until it ends or is asked to stop, whichever comes first.
    ///
    /// Work that was asked to stop is given a moment to end by itself, and abandoned then: however large the step is
    /// that it is in the middle of, a model that is built or a program that is solved, the caller goes on. Abandoned
    /// work ends at its next solve, and what it comes to is dropped. So it must leave nothing half done behind it, as a
    /// store does that writes by transactions.
    ///
    /// - Parameters:
    ///   - grace: seconds that it has to end by itself.
    ///   - work: the caller must not touch what it uses until it has ended.
    /// - Throws: ``StudyStopped`` where it was asked to stop and did, or did not end in time; whatever the work throws
    ///   else.
    public func run<Result>(grace: TimeInterval = 1, _ work: @escaping () throws -> Result) throws -> Result {
        let job = Job(work)
        let started = WorkerThreads.start(1, name: "work that can be stopped", stackSize: 64 << 20) { [self] _ in
            defer { SolverSession.releaseThreadMemory() }
            Interruption.heeding({ self.isMade }) { job.run() }
            condition.withLock {
                job.isDone = true
                condition.broadcast()
            }
        }
        if started == 0 {
            // Without another thread it is done on this one, and ends at its next solve.
            Interruption.heeding({ self.isMade }) { job.run() }
            job.isDone = true
        }
        let isDone = condition.withLock {
            while !job.isDone, !made { condition.wait() }
            let deadline = Date(timeIntervalSinceNow: grace)
            while !job.isDone, condition.wait(until: deadline) {}
            return job.isDone
        }
        guard isDone, let result = job.result else { throw StudyStopped() }
        do {
            return try result.get()
        } catch is Interrupted {
            throw StudyStopped()
        }
    }

    /// Work that passes to a thread and its result that comes back; never used by two at once.
    private final class Job<Result>: @unchecked Sendable {
        private var work: (() throws -> Result)?
        var result: Swift.Result<Result, any Error>?
        var isDone = false

        init(_ work: @escaping () throws -> Result) { self.work = work }

        func run() {
            result = work.map { work in Swift.Result { try work() } }
            // What it holds, as solver sessions, belongs to this thread.
            work = nil
        }
    }
}

/// Work was asked to stop, and did. What was stored stays.
public struct StudyStopped: Error {}
