import Games
import Metaheuristics
import Networks
import Studies

/// A problem of a suite, ready to be searched.
public struct BenchmarkProblem: Sendable {
    public enum Content: Sendable {
        case function(TestProblem)
        case game(StackelbergGame)
        case network(NetworkPricing)
    }

    public let name: String
    public let content: Content
    public let space: SearchSpace
    /// Whether the problem's own value is better when greater.
    public let isMaximised: Bool
    /// In the problem's own sense; nil where none is known.
    public private(set) var bestKnown: Double?
    /// Solves the problem exactly, where that may be done in a minute; nil where it was not.
    private let optimum: @Sendable () throws -> Double?
    /// Why the middle of the space has no answer, in words, and whether no decision has one; nil where nobody can tell.
    private let reason: @Sendable () throws -> (sentence: String, isOfEveryDecision: Bool)?

    /// How followers break ties; nil where there are none.
    public var ties: TieRule? {
        switch content {
        case .function: nil
        case .game(let game): game.ties
        case .network: .optimistic
        }
    }

    public init(name: String, function: TestProblem) {
        self.name = name
        content = .function(function)
        space = function.space
        isMaximised = false
        bestKnown = 0
        optimum = { nil }
        reason = { nil }
    }

    /// - Parameters:
    ///   - isMaximised: false where the payoff is the negative of the value that the problem is stated in.
    ///   - bestKnown: nil where none is known.
    ///   - reason: why the middle of the space has no answer, in words, and whether no decision has one; nil where
    ///     nobody can tell.
    ///   - optimum: solves the problem exactly where no best value is known; nil where it cannot.
    public init(
        name: String, game: StackelbergGame, isMaximised: Bool, bestKnown: Double?,
        reason: @escaping @Sendable () throws -> (sentence: String, isOfEveryDecision: Bool)? = { nil },
        optimum: @escaping @Sendable () throws -> Double? = { nil }
    ) throws {
        self.name = name
        content = .game(game)
        space = try SearchSpace(lower: game.space.lower, upper: game.space.upper)
        self.isMaximised = isMaximised
        self.bestKnown = bestKnown
        self.optimum = optimum
        self.reason = reason
    }

    public init(name: String, network: NetworkPricing, bestKnown: Double?) throws {
        self.name = name
        content = .network(network)
        space = try network.searchSpace
        isMaximised = true
        self.bestKnown = bestKnown
        optimum = { nil }
        reason = { nil }
    }

    /// The problem with its optimum as the best known value, where none is known and it can be solved.
    func solvedExactly() throws -> BenchmarkProblem {
        guard bestKnown == nil else { return self }
        var problem = self
        problem.bestKnown = try optimum()
        return problem
    }

    /// The decision that is answered where a point is proposed: nearest under caps and orderings, with whole numbers
    /// where they are asked for.
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
            example =
                " At the middle of every decision \(try Evaluator(game).evaluate(game.space.middle).outcome.sentence)"
        }
        return "none of the \(evaluations) decisions tried could be answered.\(example)"
    }

    /// Why a search for prices cannot take part; nil where it can.
    public var whyNoPriceGame: String? {
        switch content {
        case .function: return "it is a function"
        case .network: return nil
        case .game(let game):
            do {
                _ = try PriceGame(game)
                return nil
            } catch {
                return error.description
            }
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
        case .network(let network): return try TollStudy(network).search(entry, settings)
        }
    }

    private func search(
        _ game: StackelbergGame, _ entry: SearchRegistry.Entry, _ settings: MetaheuristicSettings
    ) throws -> Recorder {
        var loop = SearchLoop(try entry.start(game, settings).search, budget: settings.evaluations)
        var recorder = Recorder(budget: settings.evaluations)
        while let generation = try loop.next(answer: answer) {
            for (proposal, answer) in zip(generation.proposals, generation.answers) where answer.effort > 0 {
                let point = if case .decision(let point) = proposal { point } else { answer.decision }
                recorder.record(point, answer.payoff.map { 0 - $0 } ?? .infinity, effort: answer.effort)
            }
        }
        return recorder
    }

    private func answer(_ proposals: [Proposal], near anchor: [Double]?) throws -> [Proposal.Answer] {
        guard let answerer else { preconditionFailure("only games have proposals") }
        try answerer.anchor(at: anchor)
        return try proposals.map { try answerer.answer($0).short }
    }
}
