import Foundation
import Games

/// Answers what a search asks for, generation by generation: from the store as far as that goes, then by the game, each answer committed
/// before the search is told.
///
/// Whatever a search asks for through here is never computed twice for its payoff, in whatever order and number it asks, as long as it
/// asks for the same when it is told the same.
public final class StudyEvaluations {
    /// What became of a decision.
    public struct Answer: Sendable {
        /// Inside the space.
        public let decision: [Double]
        public let payoff: Double?
    }

    private let game: StackelbergGame
    private let pool: EvaluationPool
    private let store: StudyStore?
    private let stop: StopRequest?
    /// Generations answered.
    private var number = 0
    /// Wall-clock seconds that answering took, those of former processes included.
    public private(set) var seconds = 0.0
    /// What became of the last decision without a payoff.
    public private(set) var lastFailure = ""

    public init(
        _ game: StackelbergGame, workers: Int, store: StudyStore? = nil, stop: StopRequest? = nil,
        savings: Evaluator.Savings = .all
    ) throws {
        self.game = game
        self.store = store
        self.stop = stop
        pool = try EvaluationPool(game, workers: workers, savings: savings, stop: stop)
    }

    /// Answers the decisions of a generation, in their order.
    ///
    /// - Parameter anchor: see ``EvaluationPool/evaluate(_:near:)``.
    /// - Throws: ``StudyStopped`` where it was asked to stop, ``StudyStoreError/otherDecisions(path:generation:)`` where the store holds
    ///   answers to other decisions, and whatever a store or an evaluation throws.
    public func answer(_ decisions: [[Double]], near anchor: [Double]?) throws -> [Answer] {
        if stop?.isMade == true { throw StudyStopped() }
        let generation = try stored(decisions) ?? computed(decisions, near: anchor)
        number += 1
        seconds += generation.seconds
        lastFailure = generation.failure ?? lastFailure
        return zip(decisions, generation.payoffs).map { Answer(decision: game.space.project($0), payoff: $1) }
    }

    /// Everything about the answer to one decision. It is computed, since the store keeps payoffs alone, and not counted.
    public func evaluation(of decision: [Double], near anchor: [Double]?) throws -> Evaluation? {
        try pool.evaluate([decision], near: anchor).first
    }

    private func stored(_ decisions: [[Double]]) throws -> StoredGeneration? {
        guard let store, let generation = try store.generation(number) else { return nil }
        guard generation.decisions == decisions else {
            throw StudyStoreError.otherDecisions(path: store.folder.relativePath, generation: number)
        }
        return generation
    }

    private func computed(_ decisions: [[Double]], near anchor: [Double]?) throws -> StoredGeneration {
        let start = Date()
        let evaluations = try pool.evaluate(decisions, near: anchor)
        let generation = StoredGeneration(
            decisions: decisions, payoffs: evaluations.map(\.payoff),
            failure: evaluations.last { $0.payoff == nil }?.outcome.sentence, seconds: Date().timeIntervalSince(start))
        try store?.add(generation)
        return generation
    }
}
