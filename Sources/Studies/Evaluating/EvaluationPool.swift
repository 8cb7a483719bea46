import Games

/// Threads that answer decisions, each with an evaluator of its own; fewer than asked for where the system gives fewer.
///
/// An evaluation does not depend on what was evaluated before, so the answers are the same at any number of threads.
///
///     let pool = try EvaluationPool(game, workers: 4)
///     let payoffs = try pool.evaluate(decisions).map(\.payoff)
package final class EvaluationPool: Sendable {
    private let queue: WorkQueue<Task, Answer>

    private struct Task: Sendable {
        let proposal: Proposal
        let anchor: [Double]?
    }

    /// Starts the threads and builds an evaluator on each.
    ///
    /// - Parameter stop: once made, nothing is waited for any more. Threads give up what they are at when they next
    ///   look, and end.
    /// - Throws: whatever an evaluator throws when it is built; ``StudyStopped``.
    package init(_ game: StackelbergGame, workers: Int, savings: Evaluator.Savings = .all, stop: StopRequest? = nil)
        throws
    {
        queue = try WorkQueue(threads: workers, name: "evaluator", stop: stop) {
            let answerer = try ProposalAnswerer(game, savings: savings)
            return { task in
                try answerer.anchor(at: task.anchor)
                return try answerer.answer(task.proposal)
            }
        }
    }

    /// What came of a proposal.
    package struct Answer: Sendable {
        /// Everything about the answer to a decision; nil where a proposal was made sure of.
        package let evaluation: Evaluation?
        package let decision: [Double]
        package let payoff: Double?
        /// In evaluations.
        package let effort: Int

        /// As a search takes it.
        package var short: Proposal.Answer { .init(decision: decision, payoff: payoff, effort: effort) }
    }

    /// Answers proposals, in their order.
    ///
    /// - Parameter anchor: a decision near them, such as the best so far, from whose answer solves start; nil for the
    ///   middle of the space.
    /// - Throws: ``StudyStopped`` where it was asked to stop.
    package func answer(_ proposals: [Proposal], near anchor: [Double]? = nil) throws -> [Answer] {
        try queue.answer(proposals.map { Task(proposal: $0, anchor: anchor) })
    }

    /// Answers decisions, in their order; see ``answer(_:near:)``.
    package func evaluate(_ decisions: [[Double]], near anchor: [Double]? = nil) throws -> [Evaluation] {
        try answer(decisions.map { .decision($0) }, near: anchor).compactMap(\.evaluation)
    }
}
