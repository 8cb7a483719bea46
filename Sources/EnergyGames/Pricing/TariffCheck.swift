import Games

/// What a tariff pays on every scenario that was drawn, beside what it pays on those that are kept.
public struct TariffCheck: Sendable {
    /// What those that are kept are worth.
    public let kept: Double
    /// What all that were drawn are; nil where somebody has no answer on one of them.
    public let all: Double?
    /// Days on which somebody has no answer.
    public let failures: [String]

    /// How much more ``kept`` is than ``all``, as a share of that.
    public var error: Double? { all.map { (kept - $0) / max(1e-10, abs($0)) } }

    /// - Parameters:
    ///   - game: of the scenarios that are kept.
    ///   - days: every scenario that was drawn, as a day of its own.
    ///   - decision: one number per price that is decided.
    ///   - kept: what it pays on those that are kept.
    public init(_ game: EnergyGame, on days: [TypicalDay], decision: [Double], kept: Double) throws {
        self.kept = kept
        var payoffs: [Double] = []
        var failures: [String] = []
        // Day by day: a game of all would hold hundreds of them at a time.
        for day in days {
            let own = try EnergyGame(
                name: day.name, system: day.system, operatorName: game.operatorName, prices: game.prices,
                ties: game.game.ties)
            if let payoff = try Evaluator(own.game).evaluate(decision).payoff {
                payoffs.append(payoff)
            } else {
                failures.append(day.name)
            }
        }
        all = failures.isEmpty ? game.risk.worth(of: payoffs, weights: days.map(\.weight)) : nil
        self.failures = failures
    }
}
