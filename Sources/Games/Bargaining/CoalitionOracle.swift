/// The coalition that a payoff gives most reason to leave.
public struct Grievance: Sendable, Equatable {
    public let coalition: Coalition
    /// What the coalition can get by itself less what the payoff gives its members.
    public let excess: Double

    public init(coalition: Coalition, excess: Double) {
        self.coalition = coalition
        self.excess = excess
    }
}

/// A cooperative game that can be asked about coalitions, for games with too many to list.
///
/// Values are profits, in one unit that all players can pass on to each other: more is better.
public protocol CoalitionOracle {
    /// Names, two at least and ``Coalition/mostPlayers`` at most.
    var players: [String] { get }
    /// How far an excess may be off, in the unit of values.
    var accuracy: Double { get }
    /// What the members of a coalition can get without the others; nothing for the empty one.
    func value(of coalition: Coalition) throws -> Double
    /// The greatest excess among all coalitions but the empty one and that of everybody.
    ///
    /// - Parameter payoff: one number per player.
    func mostAggrieved(by payoff: [Double]) throws -> Grievance
}

extension CoalitionOracle {
    public var everybody: Coalition { .everybody(of: players.count) }

    /// - Throws: ``BargainingError`` unless the payoff has one finite number per player.
    func check(_ payoff: [Double]) throws {
        guard payoff.count == players.count else {
            throw BargainingError.wrongCount(what: "a payoff", expected: players.count, found: payoff.count)
        }
        for (name, share) in zip(players, payoff) where !share.isFinite {
            throw BargainingError.notANumber(what: "the payoff of '\(name)'")
        }
    }
}
