import EnergyGames
import Games
import LinearModels
import Writing

/// What can be told of a case once its models are built, before or by answering one decision.
public struct CaseCheck: Sendable {
    public let game: StackelbergGame
    /// What is odd: those of the reading, and of the models.
    public let warnings: [Diagnostic]
    /// The payoff at the middle of every decision; nil where that has no answer. Of several operators that of one, as
    /// if users who are indifferent favoured it.
    public let payoff: Double?
    /// Of several operators the payoff of each there, at one answer of the users; empty where there is one.
    public let payoffs: [Double?]
    /// Why the middle has none.
    public let infeasibility: Infeasibility?
    /// How the middle ended where there is neither.
    public let outcome: Evaluation.Outcome

    /// Whether some decision is known to have an answer, or may have one for all that is known.
    public var isSound: Bool {
        payoff != nil || infeasibility?.isOfEveryDecision == false && infeasibility?.extent != .dispatch
    }

    /// Whether it is not known if the case has an answer: a limit was reached at the middle of every decision.
    public var isOpen: Bool { outcome.isOpen && infeasibility == nil }

    /// Coefficients further apart than this lose digits.
    private static let widestRange = 1e8

    /// - Throws: what building the game throws.
    public init(_ source: Case) throws {
        var why: () throws -> Infeasibility? = { nil }
        var payoffs: [Double?] = []
        if source.isSizing {
            let sizing = try SizingGame(source)
            game = sizing.game
            why = { try sizing.infeasibility() ?? sizing.infeasibility(at: sizing.game.space.middle) }
        } else if source.isCentral {
            // Of parties that are elsewhere nothing is known.
            let system = source.system
            let dispatch = try Dispatch(system.part(of: system.parties.map(\.name)))
            game = try StackelbergGame(
                name: source.name, space: try DecisionSpace([]), followers: [], system: dispatch.built.model)
            why = { try dispatch.infeasibility() }
        } else if source.isCompetition {
            let competition = try EnergyCompetition(source)
            let games = competition.games
            let middle = games[0].game.space.middle
            payoffs = try RivalryEvaluator(competition.rivalry).evaluate(middle).payoffs
            let failing = try games.first { try Evaluator($0.game).evaluate(middle).payoff == nil }
            let energy = failing ?? games[0]
            game = energy.game
            why = { try energy.infeasibility(at: middle) }
        } else {
            let energy = try EnergyGame(source)
            game = energy.game
            why = { try energy.infeasibility(at: energy.game.space.middle) }
        }
        warnings = source.warnings + Self.warnings(of: game.system, in: source)
        let evaluation = try Evaluator(game).evaluate(game.space.middle)
        (payoff, outcome) = (evaluation.payoff, evaluation.outcome)
        self.payoffs = payoffs
        infeasibility = payoff == nil ? try why() : nil
    }

    private static func warnings(of model: LinearModel, in source: Case) -> [Diagnostic] {
        guard let (least, greatest) = model.extremeCoefficients, greatest.value > widestRange * least.value else {
            return []
        }
        func shown(_ coefficient: NamedCoefficient) -> String {
            "\(NumberText.rounded(coefficient.value)) of \(coefficient.variable) in \(coefficient.row)"
        }
        return [
            Diagnostic(
                .warning, at: SourceLocation(file: source.inputFiles.first?.lastPathComponent ?? ""),
                "coefficients of the model lie further apart than a solver's digits reach, from \(shown(least)) to \(shown(greatest)). "
                    + "Check the units and the smallest and largest numbers of these devices.")
        ]
    }
}
