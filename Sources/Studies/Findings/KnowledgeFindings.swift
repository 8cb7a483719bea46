import Games
import LinearModels

/// What it is worth to know which scenario comes before prices are posted, and to have prices that are made for all.
///
/// Each scenario is priced alone, by a search of the same kind, so that what it pays then is found and not proved; a
/// proven bound stands beside it. As no prices for all are left out there, no scenario pays less alone than at the best
/// of these.
public struct KnowledgeFindings: Sendable {
    /// A scenario that is known to come.
    public struct Alone: Sendable, Equatable, Codable {
        /// The best prices found for it.
        public let decision: [Double]
        public let payoff: Double
        /// No prices pay more in it; infinite where no bound was found.
        public let bound: Double
    }

    /// By scenario.
    public let scenarios: [Alone]
    /// The answer to prices that are made for the scenarios' mean: nil where they have none, or no prices were found
    /// for it. It has no payoff where these prices leave somebody without an answer in some scenario.
    public let forecast: Evaluation?
    /// Wall-clock seconds.
    public let seconds: [(phase: AnswerPhase, seconds: Double)]

    private struct State: Codable {
        /// Prices for the mean; empty where there are none.
        var forecast: [Double]?
        var scenarios: [Alone] = []
    }

    /// - Parameters:
    ///   - game: of all scenarios.
    ///   - best: the best prices known for it.
    ///   - payoffs: what these pay in each scenario.
    ///   - settings: of the search for them. The searches here have half of its evaluations each: all together take
    ///     about half of its work, as scenarios are smaller by as much as there are more of them.
    ///   - alone: the game of one scenario.
    ///   - forecast: the game of their mean; nil where they have none.
    ///   - store: of the study; what it holds is not computed again.
    ///   - progress: called when the phase begins.
    public init(
        _ game: StackelbergGame, _ best: Evaluation, paying payoffs: [Double], _ settings: StudySettings,
        alone: (Int) throws -> StackelbergGame, forecast: () throws -> StackelbergGame?, store: StudyStore? = nil,
        progress: @escaping (AnswerPhase) -> Void = { _ in }
    ) throws {
        var settings = settings
        settings.evaluations = max(settings.population, settings.evaluations / 2)
        var phases = PhaseRun(store: store, progress: progress)
        let state = try phases.outcome(
            of: .knowledge, from: State(), isDone: { $0.scenarios.count == payoffs.count && $0.forecast != nil }
        ) { state in
            guard let forecastPrices = state.forecast else {
                state.forecast =
                    try forecast().flatMap { try Self.prices(of: $0, settings, known: [best.decision]) }?.decision ?? []
                return
            }
            let k = state.scenarios.count
            let one = try alone(k)
            let known = [best.decision, forecastPrices].filter { $0.count == game.space.count }
            var found: (decision: [Double], payoff: Double) = (best.decision, payoffs[k])
            if let other = try Self.prices(of: one, settings, known: known), other.payoff > found.payoff {
                found = other
            }
            let bounds = try CheapBounds(one, within: WorkAllowance(PriceFindings.leastWork(of: one)))
            state.scenarios.append(
                Alone(decision: found.decision, payoff: found.payoff, bound: bounds.best.bound))
        }
        self.scenarios = state.scenarios
        let decision = state.forecast ?? []
        self.forecast = decision.isEmpty ? nil : try Evaluator(game).evaluate(decision)
        seconds = phases.seconds
    }

    /// The best of prices that are known, of those that a search finds, and of those that climbs from both come to; nil
    /// where none of them has an answer.
    private static func prices(
        of game: StackelbergGame, _ settings: StudySettings, known: [[Double]]
    ) throws -> (decision: [Double], payoff: Double)? {
        let evaluator = try Evaluator(game)
        var best: (decision: [Double], payoff: Double)?
        func take(_ evaluation: Evaluation) {
            guard let payoff = evaluation.payoff, payoff > best?.payoff ?? -.infinity else { return }
            best = (evaluation.decision, payoff)
        }
        var starts = known
        // What pays for certain is not asked for here.
        var own = settings
        own.evaluations = settings.share(in: game)
        own.answer = .byTies
        do {
            starts.append(try Study.run(game, own).best.decision)
        } catch let error as StudyError where error.isWithoutAnswer {}
        for start in starts { take(try evaluator.evaluate(start)) }
        guard game.space.count > 0, let prices = try? PriceGame(game) else { return best }
        let climb = try PriceClimb(prices, evaluator)
        let directions = game.space.decisions.indices.map { PriceClimb.Direction(rising: [$0]) }
        let limit = max(leastClimb, settings.evaluations / 4)
        for start in starts {
            take(try climb.climb(from: .init(point: start, directions: directions, limit: limit)).evaluation)
        }
        return best
    }

    /// Evaluations that a climb may take at least.
    private static let leastClimb = 10
}
