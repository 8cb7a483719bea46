import CaseFiles
import EnergyGames
import Foundation
import Games
import LinearModels
import ResultFiles
import Studies
import Writing

/// Decided sizes: what they cost a year, every check on it, and how far they are from the exact optimum.
public struct SizingResult: RunResult {
    public let source: Case
    public let sizing: SizingGame
    /// The search that found the sizes; nil where they are those of the joint program.
    public let study: Study?
    /// What the joint program of sizes and operation gave.
    public let exact: ExactSizing
    public let system: SizedSystem
    public let proof: ResponseProof
    /// What the sizes cost on every scenario that was drawn; nil where these were not given.
    public let scenarioCheck: ScenarioCheck?
    /// Wall-clock seconds of all that came before this: no part of the result.
    private let seconds: Double
    private let begun: Date

    /// The sizes that a search found, re-proved.
    ///
    /// - Parameters:
    ///   - every: the case with every scenario that was drawn, to say what the sizes cost on all of them.
    ///   - jointSeconds: what the joint program took.
    public init(
        _ source: Case, _ sizing: SizingGame, _ study: Study, exact: ExactSizing, onEveryScenario every: Case? = nil,
        jointSeconds: Double = 0
    ) throws {
        try self.init(
            source, sizing, study.best, study: study, exact: exact, every: every, seconds: study.seconds + jointSeconds)
    }

    /// The sizes of the joint program, each day's operation answered anew by the game.
    ///
    /// - Throws: ``SizingFailure`` where the joint program gave no sizes, or the game has no answer to them.
    public init(
        _ source: Case, _ sizing: SizingGame, exact: ExactSizing, onEveryScenario every: Case? = nil, seconds: Double
    ) throws {
        guard let best = exact.best else { throw SizingFailure.noSizes(exact.status) }
        let evaluation = try Evaluator(sizing.game).evaluate(best.sizes)
        guard evaluation.payoff != nil else { throw SizingFailure.noOperation(evaluation.outcome.sentence) }
        try self.init(source, sizing, evaluation, study: nil, exact: exact, every: every, seconds: seconds)
    }

    private init(
        _ source: Case, _ sizing: SizingGame, _ evaluation: Evaluation, study: Study?, exact: ExactSizing, every: Case?,
        seconds: Double
    ) throws {
        self.source = source
        self.sizing = sizing
        self.study = study
        self.exact = exact
        self.seconds = seconds
        begun = Date()
        proof = try ResponseProof(of: evaluation, in: sizing.game)
        system = try SizedSystem(sizing, sizes: evaluation.decision, values: evaluation.values)
        let cost = -proof.payoff
        scenarioCheck = try every.map { try ScenarioCheck($0, sizes: evaluation.decision, kept: cost) }
    }

    /// CNY per year: investment and operation, as the game answered the sizes.
    public var cost: Double { -proof.payoff }

    /// How much more the sizes cost than the joint program's, as a share of those; nil where it found none.
    public var distance: Double? { exact.best.map { (cost - $0.cost) / max(1e-10, abs($0.cost)) } }

    public var verdicts: [Verdict] {
        var verdicts = [Verdict(proof), Verdict(system.days.map(\.audit)), accounts, jointProgram]
        for day in system.days { verdicts += day.fleets.map { Verdict($0, in: source.currency, on: day.day.name) } }
        return verdicts
    }

    /// Ledgers of all days with the investment against what was minimised.
    private var accounts: Verdict {
        let gap = abs(system.cost - cost) / max(1, abs(cost))
        return Verdict(
            name: "accounts add up", holds: gap <= ResponseProof.tolerance,
            detail: "tables and objective differ by \(NumberText.csv(gap)) relative")
    }

    /// The game and the joint program are two ways to the same number: no sizes cost less than the bound, and the joint
    /// program's own cost no more than it says.
    private var jointProgram: Verdict {
        let name = "joint program agrees"
        guard let best = exact.best else {
            let hasAnswer = if case .limit = exact.status { true } else { false }
            return Verdict(
                name: name, holds: hasAnswer,
                detail: hasAnswer ? "it found no sizes within its limits" : "it is \(exact.status), but there are sizes"
            )
        }
        let slack = ResponseProof.tolerance * max(1, abs(best.cost))
        let isAbove = cost >= best.bound - slack
        let isBelow = study != nil || cost <= best.cost + slack
        let numbers =
            "\(NumberText.grouped(cost, decimals: 2)) here, \(NumberText.grouped(best.cost, decimals: 2)) there, "
            + "no sizes below \(NumberText.grouped(best.bound, decimals: 2)) \(source.currency)/a"
        return Verdict(name: name, holds: isAbove && isBelow, detail: numbers)
    }

    public func manifest(startedAt: Date) -> Manifest {
        var manifest = Manifest(
            of: self, startedAt: startedAt, seconds: seconds + Date().timeIntervalSince(begun))
        manifest.settings = study?.settings
        manifest.cost = cost
        manifest.searchSeconds = study?.seconds
        return manifest
    }
}

/// Why there are no sizes.
public enum SizingFailure: Error, Equatable, CustomStringConvertible {
    case noSizes(SolveStatus)
    case noOperation(String)

    public var description: String {
        switch self {
        case .noSizes(.limit):
            "no sizes were found within the limits of the joint program. Allow it more with --exact-seconds, or search with --algorithm."
        case .noSizes(let status):
            "no sizes serve all days: the joint program is \(status). Widen the ranges of sizes, or allow a shortage."
        case .noOperation(let outcome): "the sizes of the joint program cannot be operated: \(outcome)"
        }
    }
}
