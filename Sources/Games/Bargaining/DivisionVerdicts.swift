/// A rule by which those who joined divide what they get.
public enum DivisionRule: String, Sendable, Hashable, Codable, CaseIterable {
    case nash, shapley, nucleolus, leastCore
}

/// What several rules give the players of one game, and who would leave.
public struct DivisionVerdicts: Sendable {
    public struct Division: Sendable {
        public let rule: DivisionRule
        /// One number per player.
        public let payoff: [Double]
        public let core: CoreMembership
    }

    /// In the order of ``DivisionRule``; Shapley value and nucleolus only where the game has a table.
    public let divisions: [Division]
    public let leastCore: LeastCore

    public subscript(rule: DivisionRule) -> Division? { divisions.first { $0.rule == rule } }

    /// - Parameter nash: the payoff of a bargain, one number per player.
    /// - Throws: ``BargainingError``.
    public init(of game: CooperativeGame, nash: [Double]) throws {
        try self.init(
            of: game, nash: nash,
            others: [(.shapley, ShapleyValue(of: game).payoff), (.nucleolus, Nucleolus(of: game).payoff)])
    }

    /// Of a game without a table.
    public init(of oracle: some CoalitionOracle, nash: [Double]) throws {
        try self.init(of: oracle, nash: nash, others: [])
    }

    private init(
        of oracle: some CoalitionOracle, nash: [Double], others: [(rule: DivisionRule, payoff: [Double])]
    ) throws {
        try oracle.check(nash)
        let leastCore = try LeastCore(of: oracle)
        let all = [(rule: .nash, payoff: nash)] + others + [(.leastCore, leastCore.payoff)]
        divisions = try all.map { rule, payoff in
            Division(rule: rule, payoff: payoff, core: try CoreMembership(of: payoff, in: oracle))
        }
        self.leastCore = leastCore
    }
}
