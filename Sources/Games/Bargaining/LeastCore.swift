import LinearModels

/// The payoffs whose greatest excess is as small as can be (Maschler, Peleg and Shapley, 1979).
///
///     min epsilon  with  x(S) >= v(S) - epsilon  for all coalitions S,  x(everybody) = v(everybody)
///
/// Coalitions are added as the oracle names them. The core is empty where epsilon is above zero.
public struct LeastCore: Sendable {
    /// The greatest excess, in the unit of values.
    public let epsilon: Double
    /// One of the payoffs that have it, one number per player.
    public let payoff: [Double]
    /// A collection that proves it: coalitions with weights above zero that sum to one, each player in as much weight
    /// `b` as every other, and `sum(weight * v(S)) - b * v(everybody) = epsilon`.
    public let proof: [(coalition: Coalition, weight: Double)]
    /// No payoff satisfies all coalitions.
    public let isCoreEmpty: Bool
    /// How many coalitions were looked at.
    public let coalitionCount: Int

    /// - Throws: ``BargainingError``, and what the oracle throws.
    public init(of oracle: some CoalitionOracle) throws {
        let count = oracle.players.count
        try CooperativeGame.check(oracle.players, most: Coalition.mostPlayers)
        let everybody = oracle.everybody
        let alone = try (0..<count).map { try oracle.value(of: Coalition([$0])) }
        let whole = try oracle.value(of: everybody)
        let surplus = (whole - alone.reduce(0, +)) / Double(count)
        let first = try oracle.mostAggrieved(by: alone.map { $0 + surplus })
        let frame = ExcessProgram.Frame(
            alone: alone, everybody: whole, unit: max(abs(surplus) * Double(count), abs(first.excess), oracle.accuracy))
        var program = ExcessProgram(frame, keepsEachFromLeaving: false)
        // Each player and those beside it: they leave epsilon no way down without end.
        for i in 0..<count {
            program.add(Coalition([i]), value: alone[i])
            let others = everybody.subtracting(Coalition([i]))
            program.add(others, value: try oracle.value(of: others))
        }
        program.add(first.coalition, value: try oracle.value(of: first.coalition))
        while true {
            try Interruption.check()
            let answer = try program.solve()
            let payoff = frame.payoff(answer.gains)
            let worst = try oracle.mostAggrieved(by: payoff)
            // A coalition that comes again is one that the solver takes for satisfied.
            guard worst.excess <= answer.excess * frame.unit + oracle.accuracy || program.holds(worst.coalition)
            else {
                program.add(worst.coalition, value: try oracle.value(of: worst.coalition))
                continue
            }
            epsilon = worst.excess
            self.payoff = payoff
            proof = zip(program.rows, answer.weights).filter { $1 > ExcessProgram.leastWeight }
                .map { ($0.coalition, $1) }.sorted { $0.coalition < $1.coalition }
            isCoreEmpty = epsilon > oracle.accuracy
            coalitionCount = program.rows.count
            return
        }
    }
}

extension ExcessProgram {
    /// Multipliers are quotients of determinants of matrices of zeros and ones. Of 13 rows, those of a table's games,
    /// such a determinant is 9477 at most, so that no multiplier above rounding is smaller.
    static let leastWeight = 1e-6
}
