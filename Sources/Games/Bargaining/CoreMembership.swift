/// Whether a payoff keeps every coalition from leaving.
public struct CoreMembership: Sendable, Equatable {
    /// The coalition that gains most by leaving, or loses least.
    public let mostAggrieved: Grievance
    /// What the payoff gives away beyond the value of everybody; below zero where something is left.
    public let surplus: Double
    /// The payoff divides what there is, and no coalition gains by leaving, up to the oracle's accuracy.
    public let isMember: Bool

    /// The coalition that would leave.
    public var leaves: Coalition? { isStable ? nil : mostAggrieved.coalition }
    private let isStable: Bool

    /// - Parameter payoff: one number per player.
    public init(of payoff: [Double], in oracle: some CoalitionOracle) throws {
        try oracle.check(payoff)
        mostAggrieved = try oracle.mostAggrieved(by: payoff)
        surplus = try payoff.reduce(0, +) - oracle.value(of: oracle.everybody)
        let tolerance = 2 * oracle.accuracy
        isStable = mostAggrieved.excess <= tolerance
        isMember = isStable && abs(surplus) <= tolerance
    }
}
