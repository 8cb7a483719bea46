import Foundation
import Games

/// Answers what a search asks for, generation by generation: from the store as far as that goes, then by the game, each
/// answer committed before the search gets it.
///
/// Whatever a search asks for through here is never computed twice for its payoff, in whatever order and number it
/// asks, as long as it asks for the same when it is given the same.
public final class StudyEvaluations {
    private let game: StackelbergGame
    private let pool: EvaluationPool
    private let ranks: RankLeader?
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
        savings: Evaluator.Savings = .all, ranks: RankLeader? = nil
    ) throws {
        self.game = game
        self.ranks = ranks
        self.store = store
        self.stop = stop
        pool = try EvaluationPool(game, workers: ranks == nil ? workers : 1, savings: savings, stop: stop)
    }

    /// Answers the proposals of a generation, in their order.
    ///
    /// - Parameter anchor: see `EvaluationPool/answer(_:near:)`.
    /// - Throws: ``StudyStopped`` where it was asked to stop, ``StudyStoreError/otherDecisions(path:generation:)``
    ///   where the store holds answers to others, and whatever a store or an evaluation throws.
    public func answer(_ proposals: [Proposal], near anchor: [Double]?) throws -> [Proposal.Answer] {
        if stop?.isMade == true { throw StudyStopped() }
        let generation = try stored(proposals) ?? computed(proposals, near: anchor)
        number += 1
        seconds += generation.seconds
        lastFailure = generation.failure ?? lastFailure
        return proposals.indices.map { k in
            let decision = generation.decisions[k]
            return Proposal.Answer(
                // What a climb found is inside the space, and to project it once more could change its last digits.
                decision: proposals[k].isDecision ? game.space.project(decision) : decision,
                payoff: generation.payoffs[k], effort: generation.efforts[k])
        }
    }

    /// Everything about the answer to one decision. It is computed, since the store keeps payoffs alone, and not
    /// counted.
    public func evaluation(of decision: [Double], near anchor: [Double]?) throws -> Evaluation? {
        try pool.evaluate([decision], near: anchor).first
    }

    /// Whether no decision at all can be answered: a follower cannot do what it must, and decisions change nothing but
    /// what it pays.
    var isHopeless: Bool {
        get throws {
            guard case .noResponse(let name, .infeasible) = try evaluation(of: game.space.middle, near: nil)?.outcome
            else { return false }
            return game.followers.allSatisfy { $0.name != name || $0.model.parameterOffObjective == nil }
        }
    }

    private func stored(_ proposals: [Proposal]) throws -> StoredGeneration? {
        guard let store, let generation = try store.generation(number) else { return nil }
        guard generation.proposals == proposals else {
            throw StudyStoreError.otherDecisions(path: store.folder.relativePath, generation: number)
        }
        guard generation.decisions.allSatisfy({ $0.count == game.space.count }) else {
            throw StudyStoreError.damaged(
                path: store.folder.appendingPathComponent(StudyStore.fileName).path,
                reason: "the decisions of generation \(number) are not of this case")
        }
        return generation
    }

    private func computed(_ proposals: [Proposal], near anchor: [Double]?) throws -> StoredGeneration {
        let start = Date()
        let answers =
            try ranks?.answer(proposals, near: anchor, stop: stop)
            ?? pool.answer(proposals, near: anchor).map(RankAnswer.init)
        let generation = StoredGeneration(
            proposals: proposals,
            decisions: zip(proposals, answers).map { proposal, answer in
                if case .decision(let asked) = proposal { asked } else { answer.answer.decision }
            },
            payoffs: answers.map(\.answer.payoff), efforts: answers.map(\.answer.effort),
            failure: answers.last { $0.answer.payoff == nil }?.failure,
            seconds: Date().timeIntervalSince(start))
        try store?.add(generation)
        return generation
    }
}
