import Games

/// What sizes cost a year on every scenario that was drawn, beside what they cost on those that are kept.
public struct ScenarioCheck: Sendable {
    /// CNY per year, investment and expected operation: on the scenarios that are kept.
    public let kept: Double
    /// The same on all that were drawn; nil where a day of them cannot be operated.
    public let all: Double?
    /// Days that cannot be operated.
    public let failures: [String]

    /// How much more ``kept`` is than ``all``, as a share of that.
    public var error: Double? { all.map { (kept - $0) / max(1e-10, abs($0)) } }

    /// - Parameters:
    ///   - days: every scenario that was drawn, as a day of its own.
    ///   - discountRate: a year, as a fraction.
    ///   - sizes: one number per decision.
    ///   - kept: CNY per year, on the scenarios that are kept.
    public init(days: [TypicalDay], discountRate: Double, sizes: [Double], kept: Double) throws {
        self.kept = kept
        var cost = 0.0
        var failures: [String] = []
        // Day by day: a game of all would hold hundreds of them at a time.
        for (k, day) in days.enumerated() {
            let sizing = try SizingGame(name: day.name, days: [day], discountRate: discountRate)
            if k == 0 { cost += sizing.annualInvestment(at: sizes) }
            if let payoff = try Evaluator(sizing.game).evaluate(sizes).payoff {
                cost -= payoff + sizing.annualInvestment(at: sizes)
            } else {
                failures.append(day.name)
            }
        }
        all = failures.isEmpty ? cost : nil
        self.failures = failures
    }
}
