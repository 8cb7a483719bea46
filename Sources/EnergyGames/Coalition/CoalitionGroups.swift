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

    /// By number of members, then in file order.
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
        let names = game.players
        let masks = game.values.indices.dropFirst().sorted {
            ($0.nonzeroBitCount, $0) < ($1.nonzeroBitCount, $1)
        }
        values = masks.map { mask in
            let coalition = Coalition(mask: UInt64(mask))
            return Group(
                members: coalition.players.map { names[$0] }, gain: game.value(of: coalition),
                received: coalition.share(of: agreement.gains))
        }
        // Where nobody trades nobody bargains.
        var weights = agreement.weights ?? names.map { _ in 1 }
        if weights.allSatisfy({ $0 == 0 }) { weights = names.map { _ in 1 } }
        let nash = NashBargaining.split(game.value(of: game.everybody), by: weights)
        let verdicts = try DivisionVerdicts(of: game, nash: nash)
        isCoreEmpty = verdicts.leastCore.isCoreEmpty
        let agreed = ("agreement", agreement.gains, try CoreMembership(of: agreement.gains, in: game))
        divisions = ([agreed] + verdicts.divisions.map { ($0.rule.words, $0.payoff, $0.core) }).map {
            name, gains, core in
            let leaving = core.leaves.map { group in
                (members: group.players.map { names[$0] }, complaint: core.mostAggrieved.excess)
            }
            return Division(name: name, gains: gains, leaving: leaving)
        }
    }
}

extension DivisionRule {
    /// As tables call it.
    fileprivate var words: String { self == .leastCore ? "least core" : rawValue }
}
