import Foundation
import LinearModels

/// Tasks that threads share, each thread with a worker of its own that it makes once; fewer threads than asked for
/// where the system gives fewer, and the caller's own where it gives none.
///
/// A batch is shared out task by task as threads come free. Where an answer depends on its task alone, and not on what
/// its worker did before, the answers are the same however the batch was shared.
///
///     let queue = try WorkQueue(threads: 4, name: "evaluator") {
///         let evaluator = try Evaluator(game)
///         return { decision in try evaluator.evaluate(decision) }
///     }
///     let evaluations = try queue.answer(decisions)
///
/// Batches are handed in by one thread at a time, and without threads by the one that made the queue.
package final class WorkQueue<Task: Sendable, Answer: Sendable>: Sendable {
    package typealias Worker = (Task) throws -> Answer

    private let board = Board()
    /// Where the system gave no thread.
    private let alone: Alone?
    private let stop: StopRequest?

    /// Starts the threads, and waits until each has its worker.
    ///
    /// - Parameters:
    ///   - stop: once made, nothing is waited for any more. Threads give up what they are at when they next look, and
    ///     end.
    ///   - makeWorker: called on each thread. What it makes stays on that thread, as solver sessions must.
    /// - Throws: whatever `makeWorker` throws; ``StudyStopped``.
    package init(
        threads: Int, name: String, stop: StopRequest? = nil, makeWorker: @escaping @Sendable () throws -> Worker
    ) throws {
        self.stop = stop
        let board = board
        let started = WorkerThreads.start(threads, name: name) { _ in Self.work(on: board, stop, makeWorker) }
        guard started > 0 else {
            alone = Alone(worker: try makeWorker())
            return
        }
        alone = nil
        stop?.whenMade(wake: board) { board.close() }
        do {
            try board.waitUntilReady(started)
        } catch {
            close()
            throw error
        }
    }

    deinit { close() }

    private func close() {
        stop?.forget(board)
        board.close()
    }

    /// Answers tasks, in their order.
    ///
    /// - Parameter note: called with each answer and its index as it comes. Calls do not overlap.
    /// - Throws: the error of the first task that failed, or of `note`, once what was begun has ended: nothing is begun
    ///   after an error. ``StudyStopped`` where it was asked to stop.
    package func answer(
        _ tasks: [Task], note: @escaping (_ index: Int, _ answer: Answer) throws -> Void = { _, _ in }
    ) throws -> [Answer] {
        guard !tasks.isEmpty else { return [] }
        guard let alone else { return try board.post(tasks, note) }
        do {
            return try Self.heeding(stop) {
                try tasks.enumerated().map { index, task in
                    let answer = try alone.worker(task)
                    try note(index, answer)
                    return answer
                }
            }
        } catch is Interrupted {
            throw StudyStopped()
        }
    }

    // MARK: Threads

    private static func work(
        on board: Board, _ stop: StopRequest?, _ makeWorker: @escaping @Sendable () throws -> Worker
    ) {
        defer { SolverSession.releaseThreadMemory() }
        // The worker must be gone before the thread's GLPK memory is released.
        heeding(stop) { answerTasks(of: board, makeWorker) }
    }

    @inline(never)
    private static func answerTasks(of board: Board, _ makeWorker: () throws -> Worker) {
        let worker: Worker
        do {
            worker = try makeWorker()
            board.reportReady(nil)
        } catch {
            board.reportReady(error)
            return
        }
        while let (index, task) = board.take() { board.hand(Result { try worker(task) }, at: index) }
    }

    private static func heeding<Value>(_ stop: StopRequest?, _ body: () throws -> Value) rethrows -> Value {
        guard let stop else { return try body() }
        return try Interruption.heeding({ stop.isMade }, body)
    }

    /// A worker on the thread that hands the tasks in.
    private final class Alone: @unchecked Sendable {
        let worker: Worker

        init(worker: @escaping Worker) { self.worker = worker }
    }
}

extension WorkQueue {
    /// Where tasks are posted and answers handed in. All state is behind one lock.
    private final class Board: @unchecked Sendable {
        private let condition = NSCondition()
        private var tasks: [Task] = []
        private var note: (Int, Answer) throws -> Void = { _, _ in }
        private var answers: [Answer?] = []
        private var next = 0
        private var running = 0
        private var missing = 0
        /// The error of the least index; that of `note` counts as its answer's.
        private var failure: (index: Int, error: any Error)?
        private var ready = 0
        private var notReady: (any Error)?
        private var isClosed = false

        func reportReady(_ error: (any Error)?) {
            condition.withLock {
                ready += 1
                notReady = notReady ?? error
                condition.broadcast()
            }
        }

        func waitUntilReady(_ workers: Int) throws {
            try condition.withLock {
                while ready < workers, !isClosed { condition.wait() }
                if isClosed { throw StudyStopped() }
                if let notReady { throw notReady }
            }
        }

        func post(_ batch: [Task], _ note: @escaping (Int, Answer) throws -> Void) throws -> [Answer] {
            try condition.withLock {
                tasks = batch
                self.note = note
                answers = Array(repeating: nil, count: batch.count)
                (next, missing, failure) = (0, batch.count, nil)
                condition.broadcast()
                while !isClosed, missing > 0, failure == nil || running > 0 { condition.wait() }
                // What it holds is the caller's.
                self.note = { _, _ in }
                // Closed while somebody waits: it was asked to stop.
                if isClosed { throw StudyStopped() }
                if let failure { throw failure.error }
                return answers.compactMap(\.self)
            }
        }

        func take() -> (index: Int, task: Task)? {
            condition.withLock {
                while next >= tasks.count || failure != nil, !isClosed { condition.wait() }
                // What nobody waits for is not begun.
                guard !isClosed else { return nil }
                defer { (next, running) = (next + 1, running + 1) }
                return (next, tasks[next])
            }
        }

        func hand(_ result: Result<Answer, any Error>, at index: Int) {
            condition.withLock {
                guard !isClosed else { return }
                do {
                    let answer = try result.get()
                    answers[index] = answer
                    try note(index, answer)
                } catch {
                    if index < failure?.index ?? .max { failure = (index, error) }
                }
                (running, missing) = (running - 1, missing - 1)
                condition.broadcast()
            }
        }

        func close() {
            condition.withLock {
                isClosed = true
                condition.broadcast()
            }
        }
    }
}
