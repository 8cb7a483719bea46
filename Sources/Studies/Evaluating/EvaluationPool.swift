import Foundation
import Games
import LinearModels

/// Threads that answer decisions, each with an evaluator of its own; fewer than asked for where the system gives fewer.
///
/// A batch is shared out decision by decision as threads come free; since an evaluation does not depend on what was
/// evaluated before, the answers are the same however the batch was shared.
public final class EvaluationPool: Sendable {
    private let board = Board()
    /// Answers where the system gave no thread; nil where threads do.
    private let stay: Stay?
    private let stop: StopRequest?

    /// Starts the threads and builds an evaluator on each.
    ///
    /// - Parameter stop: once made, nothing is waited for any more. Threads give up what they are at when they next look, and end.
    /// - Throws: whatever an evaluator throws when it is built; ``StudyStopped``.
    public init(_ game: StackelbergGame, workers: Int, savings: Evaluator.Savings = .all, stop: StopRequest? = nil)
        throws
    {
        self.stop = stop
        let board = board
        let started = WorkerThreads.start(workers, name: "evaluator") { _ in Self.work(on: board, game, savings, stop) }
        guard started > 0 else {
            stay = Stay(try ProposalAnswerer(game, savings: savings), stop)
            return
        }
        stay = nil
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

    /// Everything about an answer, and what it took in evaluations.
    public typealias Answer = (evaluation: Evaluation, effort: Int)

    /// Answers proposals, in their order.
    ///
    /// - Parameter anchor: a decision near them, such as the best so far, from whose answer solves start; nil for the middle of the space.
    /// - Throws: ``StudyStopped`` where it was asked to stop.
    public func answer(_ proposals: [Proposal], near anchor: [Double]? = nil) throws -> [Answer] {
        guard !proposals.isEmpty else { return [] }
        return try stay?.answer(proposals, anchor) ?? board.post(proposals, anchor)
    }

    /// Answers decisions, in their order; see ``answer(_:near:)``.
    public func evaluate(_ decisions: [[Double]], near anchor: [Double]? = nil) throws -> [Evaluation] {
        try answer(decisions.map { .decision($0) }, near: anchor).map(\.evaluation)
    }

    private static func work(
        on board: Board, _ game: StackelbergGame, _ savings: Evaluator.Savings, _ stop: StopRequest?
    ) {
        defer { SolverSession.releaseThreadMemory() }
        // The evaluator must be gone before the thread's GLPK memory is released.
        Interruption.heeding({ stop?.isMade == true }) {
            let answerer: ProposalAnswerer
            do {
                answerer = try ProposalAnswerer(game, savings: savings)
                board.reportReady(nil)
            } catch {
                board.reportReady(error)
                return
            }
            while let task = board.take() {
                board.hand(
                    Result { try Self.answer(task.proposal, near: task.anchor, answerer) }, at: task.place)
            }
        }
    }

    private static func answer(
        _ proposal: Proposal, near anchor: [Double]?, _ answerer: ProposalAnswerer
    ) throws -> Answer {
        try answerer.anchor(at: anchor)
        return try answerer.answer(proposal)
    }

    /// Answers on the thread that asks, which must be the one that made the pool.
    private final class Stay: @unchecked Sendable {
        private let answerer: ProposalAnswerer
        private let stop: StopRequest?

        init(_ answerer: ProposalAnswerer, _ stop: StopRequest?) { (self.answerer, self.stop) = (answerer, stop) }

        func answer(_ proposals: [Proposal], _ anchor: [Double]?) throws -> [Answer] {
            do {
                return try Interruption.heeding({ [stop] in stop?.isMade == true }) {
                    try proposals.map { try EvaluationPool.answer($0, near: anchor, answerer) }
                }
            } catch is Interrupted {
                throw StudyStopped()
            }
        }
    }
}

/// Where proposals are posted and answers handed in. All state is behind one lock.
private final class Board: @unchecked Sendable {
    private let condition = NSCondition()
    private var proposals: [Proposal] = []
    private var anchor: [Double]?
    private var next = 0
    private var answers: [Result<EvaluationPool.Answer, any Error>?] = []
    private var missing = 0
    private var ready = 0
    private var failure: (any Error)?
    private var isClosed = false

    func reportReady(_ error: (any Error)?) {
        condition.lock()
        defer { condition.unlock() }
        ready += 1
        failure = failure ?? error
        condition.broadcast()
    }

    func waitUntilReady(_ workers: Int) throws {
        condition.lock()
        defer { condition.unlock() }
        while ready < workers, !isClosed { condition.wait() }
        if isClosed { throw StudyStopped() }
        if let failure { throw failure }
    }

    func post(_ batch: [Proposal], _ anchor: [Double]?) throws -> [EvaluationPool.Answer] {
        condition.lock()
        defer { condition.unlock() }
        proposals = batch
        self.anchor = anchor
        answers = Array(repeating: nil, count: batch.count)
        next = 0
        missing = batch.count
        condition.broadcast()
        while missing > 0, !isClosed { condition.wait() }
        // Closed while somebody waits: it was asked to stop.
        if isClosed { throw StudyStopped() }
        return try answers.compactMap { try $0?.get() }
    }

    func take() -> (place: Int, proposal: Proposal, anchor: [Double]?)? {
        condition.lock()
        defer { condition.unlock() }
        while next >= proposals.count, !isClosed { condition.wait() }
        // What nobody waits for is not begun.
        guard !isClosed else { return nil }
        defer { next += 1 }
        return (next, proposals[next], anchor)
    }

    func hand(_ answer: Result<EvaluationPool.Answer, any Error>, at place: Int) {
        condition.lock()
        defer { condition.unlock() }
        answers[place] = answer
        missing -= 1
        if missing == 0 { condition.broadcast() }
    }

    func close() {
        condition.lock()
        defer { condition.unlock() }
        isClosed = true
        condition.broadcast()
    }
}
