import Games
import Metaheuristics

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

    public init(name: String, function: TestProblem) {
        self.name = name
        content = .function(function)
        space = function.space
        isMaximised = false
        bestKnown = 0
    }

    /// - Parameter isMaximised: false where the payoff is the negative of the value that the problem is stated in.
    public init(name: String, game: StackelbergGame, isMaximised: Bool, bestKnown: Double?) throws {
        self.name = name
        content = .game(game)
        space = try SearchSpace(lower: game.space.lower, upper: game.space.upper)
        self.isMaximised = isMaximised
        self.bestKnown = bestKnown
    }

    /// The decision that is answered where a point is proposed: nearest under caps and orderings, with whole numbers where they are asked for.
    func answered(_ point: [Double]) -> [Double] {
        guard case .game(let game) = content, !point.isEmpty else { return point }
        return game.space.project(point)
    }

    public var dimension: Int { space.dimension }

    /// What searches minimise, in the problem's own sense, and back.
    public func value(ofLoss loss: Double) -> Double { isMaximised ? 0 - loss : loss }
    public func loss(ofValue value: Double) -> Double { isMaximised ? 0 - value : value }

    /// How far a loss is from a reference: relative to the reference, absolute where that is below 1.
    public static func gap(_ loss: Double, to reference: Double) -> Double {
        loss == reference ? 0 : (loss - reference) / max(1, abs(reference))
    }
}

/// Answers the points of a problem on one thread.
final class ProblemEvaluator {
    private let problem: BenchmarkProblem
    private let evaluator: Evaluator?

    init(_ problem: BenchmarkProblem) throws {
        self.problem = problem
        if case .game(let game) = problem.content { evaluator = try Evaluator(game) } else { evaluator = nil }
    }

    /// Solves of games start from the answer to this decision: the best known is near what a search asks next.
    func anchor(at best: [Double]) throws { try evaluator?.anchor(at: best.isEmpty ? nil : problem.answered(best)) }

    /// To be minimised; infinite where a decision has no payoff.
    func loss(at point: [Double]) throws -> Double {
        switch problem.content {
        case .function(let function): function.value(at: point)
        case .game: try evaluator?.evaluate(point).payoff.map { 0 - $0 } ?? .infinity
        }
    }
}
