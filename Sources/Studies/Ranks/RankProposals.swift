import Foundation
import Games

/// A chunk of what a search asks for together.
struct ProposalChunk: Equatable {
    let anchor: [Double]?
    let proposals: [Proposal]

    init(anchor: [Double]?, proposals: [Proposal]) { (self.anchor, self.proposals) = (anchor, proposals) }

    func data() throws -> Data {
        var bytes = ByteWriter()
        bytes.put(anchor)
        bytes.put(proposals.count)
        for proposal in proposals {
            // Decisions are many and short to answer; where a climb starts is sent as text, which keeps every bit too.
            if case .decision(let decision) = proposal {
                bytes.put(Optional(decision))
            } else {
                bytes.put(nil)
                bytes.put(try JSONEncoder().encode(proposal))
            }
        }
        return bytes.data
    }

    init(_ data: Data) throws {
        var bytes = ByteReader(data)
        anchor = try bytes.numbers()
        proposals = try (0..<bytes.count()).map { _ in
            if let decision = try bytes.numbers() { return .decision(decision) }
            return try JSONDecoder().decode(Proposal.self, from: bytes.data())
        }
        try bytes.end()
    }
}

/// What came of a proposal.
package struct RankAnswer: Sendable, Equatable {
    package let answer: Proposal.Answer
    /// Why there is no payoff, in words, as far as that is known.
    package let failure: String?

    init(_ answer: Proposal.Answer, failure: String?) { (self.answer, self.failure) = (answer, failure) }

    init(_ answer: EvaluationPool.Answer) {
        self.init(answer.short, failure: answer.payoff == nil ? answer.evaluation?.outcome.sentence : nil)
    }

    static func data(_ answers: [RankAnswer]) -> Data {
        var bytes = ByteWriter()
        bytes.put(answers.count)
        for answer in answers {
            bytes.put(Optional(answer.answer.decision))
            bytes.put(answer.answer.payoff.map { [$0] })
            bytes.put(answer.answer.effort)
            bytes.put(answer.failure ?? "")
        }
        return bytes.data
    }

    static func list(_ data: Data) throws -> [RankAnswer] {
        var bytes = ByteReader(data)
        let answers = try (0..<bytes.count()).map { _ in
            let (decision, payoff) = (try bytes.numbers() ?? [], try bytes.numbers()?.first)
            let answer = Proposal.Answer(decision: decision, payoff: payoff, effort: try bytes.integer())
            let failure = try bytes.text()
            return RankAnswer(answer, failure: failure.isEmpty ? nil : failure)
        }
        try bytes.end()
        return answers
    }
}

extension RankWorker {
    /// Answers what a search asks for.
    package static func proposals(to game: StackelbergGame, threads: Int) throws -> RankWorker {
        let pool = try EvaluationPool(game, workers: threads)
        return RankWorker(threads: threads) { data in
            let chunk = try ProposalChunk(data)
            return RankAnswer.data(try pool.answer(chunk.proposals, near: chunk.anchor).map(RankAnswer.init))
        }
    }
}

extension RankLeader {
    /// Answers proposals, in their order; see ``answer(_:stop:ask:read:)``.
    func answer(_ proposals: [Proposal], near anchor: [Double]?, stop: StopRequest?) throws -> [RankAnswer] {
        try answer(
            proposals.count, stop: stop,
            ask: { try ProposalChunk(anchor: anchor, proposals: Array(proposals[$0])).data() }, read: RankAnswer.list)
    }
}
