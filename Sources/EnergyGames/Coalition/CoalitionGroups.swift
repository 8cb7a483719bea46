import Games

/// What every group of parties would gain by itself, and how ways to divide the gain stand against that.
public struct CoalitionGroups: Sendable {
    /// Parties that act together, apart from the others.
    public struct Group: Sendable {
        public let members: [String]
        /// CNY over the horizon, against what they cost alone.
        public let gain: Double
        /// What an agreement of all gives them.
        public let received: Double
    }

    /// A way to divide what all gain.
    public struct Division: Sendable {
        public let name: String
        /// CNY over the horizon, one number per party.
        public let gains: [Double]
        /// Who would gain the most more by leaving; nil where nobody would.
        public let leaving: (members: [String], complaint: Double)?
    }

    /// By number of members, then in file order: all groups, or beyond twelve parties those that were met while
    /// divisions were judged.
    public let values: [Group]
    /// That of the agreement first.
    public let divisions: [Division]
    /// Whether no division keeps everybody.
    public let isCoreEmpty: Bool

    /// - Parameters:
    ///   - game: what every group gains.
    ///   - agreement: what was agreed on.
    /// - Throws: `BargainingError`.
    public init(_ game: CooperativeGame, _ agreement: CoalitionAgreement) throws {
        try self.init(
            game, agreement, listed: game.values.indices.dropFirst().map { Coalition(mask: UInt64($0)) },
            judged: { try DivisionVerdicts(of: game, nash: $0) })
    }

    /// Of more parties than groups can be listed of: who would leave is found by one program.
    public init(_ program: CoalitionProgram, _ agreement: CoalitionAgreement) throws {
        try self.init(
            program, agreement,
            listed: program.players.indices.map { Coalition([$0]) } + [program.everybody],
            judged: { try DivisionVerdicts(of: program, nash: $0) })
    }

    private init(
        _ game: some CoalitionOracle, _ agreement: CoalitionAgreement, listed: [Coalition],
        judged: (_ nash: [Double]) throws -> DivisionVerdicts
    ) throws {
        let names = game.players
        // Where nobody trades nobody bargains.
        var weights = agreement.weights ?? names.map { _ in 1 }
        if weights.allSatisfy({ $0 == 0 }) { weights = names.map { _ in 1 } }
        let nash = NashBargaining.split(try game.value(of: game.everybody), by: weights)
        let verdicts = try judged(nash)
        isCoreEmpty = verdicts.leastCore.isCoreEmpty
        let agreed = ("agreement", agreement.gains, try CoreMembership(of: agreement.gains, in: game))
        divisions = ([agreed] + verdicts.divisions.map { ($0.rule.words, $0.payoff, $0.core) }).map {
            name, gains, core in
            let leaving = core.leaves.map { group in
                (members: group.players.map { names[$0] }, complaint: core.mostAggrieved.excess)
            }
            return Division(name: name, gains: gains, leaving: leaving)
        }
        let met = [agreed.2.mostAggrieved.coalition] + verdicts.divisions.map(\.core.mostAggrieved.coalition)
        values = try Set(listed + met).sorted { ($0.count, $0.mask) < ($1.count, $1.mask) }.map { coalition in
            Group(
                members: coalition.players.map { names[$0] }, gain: try game.value(of: coalition),
                received: coalition.share(of: agreement.gains))
        }
    }
}

extension DivisionRule {
    /// As tables call it.
    fileprivate var words: String { self == .leastCore ? "least core" : rawValue }
}
