import Games
import Metaheuristics
import Studies

/// A problem of a suite, ready to be searched.
public struct BenchmarkProblem: Sendable {
    public enum Content: Sendable {
        case function(TestProblem)
        case game(StackelbergGame)
    }

    public let name: String
    public let content: Content
    public let space: SearchSpace
    /// Whether the problem's own value is better when greater.
    public let isMaximised: Bool
    /// In the problem's own sense.
    public let bestKnown: Double?
    /// Why the middle of the space has no answer, in words, and whether no decision has one; nil where nobody can tell.
    private let reason: @Sendable () throws -> (sentence: String, isOfEveryDecision: Bool)?

    public init(name: String, function: TestProblem) {
        self.name = name
        content = .function(function)
        space = function.space
        isMaximised = false
        bestKnown = 0
        reason = { nil }
    }

    /// - Parameters:
    ///   - isMaximised: false where the payoff is the negative of the value that the problem is stated in.
    ///   - reason: why the middle of the space has no answer, in words, and whether no decision has one; nil where nobody can tell.
    public init(
        name: String, game: StackelbergGame, isMaximised: Bool, bestKnown: Double?,
        reason: @escaping @Sendable () throws -> (sentence: String, isOfEveryDecision: Bool)? = { nil }
    ) throws {
        self.name = name
        content = .game(game)
        space = try SearchSpace(lower: game.space.lower, upper: game.space.upper)
        self.isMaximised = isMaximised
        self.bestKnown = bestKnown
        self.reason = reason
    }

    /// The decision that is answered where a point is proposed: nearest under caps and orderings, with whole numbers where they are asked for.
    func answered(_ point: [Double]) -> [Double] {
        guard case .game(let game) = content, !point.isEmpty else { return point }
        return game.space.project(point)
    }

    public var dimension: Int { space.dimension }

    /// Why no decision at all has an answer, as far as the middle of the space tells; nil where some may have one.
    func whyHopeless() throws -> String? {
        guard case .game(let game) = content,
            try Evaluator(game).evaluate(game.space.middle).payoff == nil, let found = try reason(),
            found.isOfEveryDecision
        else { return nil }
        return found.sentence
    }

    /// Why none of the decisions that were tried has an answer.
    ///
    /// - Parameter evaluations: that were tried.
    func whyUnanswered(_ evaluations: Int) throws -> String {
        if let found = try reason() { return found.sentence }
        var example = ""
        if case .game(let game) = content {
            example = " At the middle of every decision \(try Evaluator(game).evaluate(game.space.middle).outcome.sentence)"
        }
        return "none of the \(evaluations) decisions tried could be answered.\(example)"
    }

    /// Why a search for prices cannot take part; nil where it can.
    public var whyNoPriceGame: String? {
        guard case .game(let game) = content else { return "it is a function" }
        do {
            _ = try PriceGame(game)
            return nil
        } catch {
            return error.description
        }
    }

    /// What searches minimise, in the problem's own sense, and back.
    public func value(ofLoss loss: Double) -> Double { isMaximised ? 0 - loss : loss }
    public func loss(ofValue value: Double) -> Double { isMaximised ? 0 - value : value }

    /// How far a loss is from a reference: relative to the reference, absolute where that is below 1.
    public static func gap(_ loss: Double, to reference: Double) -> Double {
        loss == reference ? 0 : (loss - reference) / max(1, abs(reference))
    }
}

/// Searches a problem on one thread.
final class ProblemSearcher {
    private let problem: BenchmarkProblem
    private let answerer: ProposalAnswerer?

    init(_ problem: BenchmarkProblem) throws {
        self.problem = problem
        if case .game(let game) = problem.content { answerer = try ProposalAnswerer(game) } else { answerer = nil }
    }

    /// One whole search.
    func search(_ entry: SearchRegistry.Entry, _ settings: MetaheuristicSettings) throws -> Recorder {
        switch problem.content {
        case .function(let function):
            return Recorder.minimise(entry.base, in: problem.space, settings) { function.value(at: $0) }
        case .game(let game): return try search(game, entry, settings)
        }
    }

    private func search(
        _ game: StackelbergGame, _ entry: SearchRegistry.Entry, _ settings: MetaheuristicSettings
    ) throws -> Recorder {
        var search = try entry.start(game, settings).search
        var recorder = Recorder(budget: settings.evaluations)
        var schedule = AnchorSchedule()
        while recorder.remaining > 0 {
            let proposals = search.ask().prefix(recorder.remaining)
            guard !proposals.isEmpty else { break }
            let best = recorder.bestPoint.isEmpty ? nil : problem.answered(recorder.bestPoint)
            schedule.update(evaluations: recorder.evaluations, best: best)
            try answerer?.anchor(at: schedule.anchor)
            var answers: [Proposal.Answer] = []
            for proposal in proposals {
                guard let (evaluation, effort) = try answerer?.answer(proposal) else { break }
                let (decision, payoff) = (evaluation.decision, evaluation.payoff)
                answers.append(Proposal.Answer(decision: decision, payoff: payoff, effort: effort))
                let point = if case .decision(let point) = proposal { point } else { decision }
                recorder.record(point, payoff.map { 0 - $0 } ?? .infinity, effort: effort)
            }
            search.tell(answers)
        }
        return recorder
    }
}
