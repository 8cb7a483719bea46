/// A game whose players can join: what every coalition can get by itself, as a table.
///
/// Values are profits in a unit that players can pass on to each other, for example the gain over acting alone.
public struct CooperativeGame: Sendable, CoalitionOracle {
    /// With more, the table has too many entries to be worth listing: see ``CoalitionOracle``.
    public static let mostPlayers = 12

    public let players: [String]
    /// One number per coalition, by its mask; the first, of nobody, is 0.
    public let values: [Double]
    public let accuracy: Double

    /// - Parameters:
    ///   - players: two to ``mostPlayers`` names.
    ///   - values: one number per coalition, by its mask.
    ///   - accuracy: how far a value may be off; nil for what rounding makes of the greatest one.
    /// - Throws: ``BargainingError``.
    public init(players: [String], values: [Double], accuracy: Double? = nil) throws {
        try Self.check(players, most: Self.mostPlayers)
        guard values.count == 1 << players.count else {
            throw BargainingError.wrongCount(what: "the table", expected: 1 << players.count, found: values.count)
        }
        for (mask, value) in values.enumerated() where !value.isFinite {
            let names = Coalition(mask: UInt64(mask)).players.map { players[$0] }.joined(separator: ", ")
            throw BargainingError.notANumber(what: "the value of the coalition of \(names)")
        }
        guard values[0] == 0 else { throw BargainingError.valueOfNobody(values[0]) }
        self.players = players
        self.values = values
        self.accuracy = accuracy ?? 1e-9 * values.reduce(0) { max($0, abs($1)) }
    }

    /// - Parameter value: of each coalition, asked in the order of their masks; not of the empty one.
    public init(players: [String], accuracy: Double? = nil, value: (Coalition) throws -> Double) throws {
        try Self.check(players, most: Self.mostPlayers)
        let values = try (0..<(1 << players.count)).map { mask in
            mask == 0 ? 0 : try value(Coalition(mask: UInt64(mask)))
        }
        try self.init(players: players, values: values, accuracy: accuracy)
    }

    /// The table of what an oracle answers.
    public init(listing oracle: some CoalitionOracle) throws {
        try self.init(players: oracle.players, accuracy: oracle.accuracy, value: oracle.value(of:))
    }

    static func check(_ players: [String], most: Int) throws {
        guard players.count >= 2 else { throw BargainingError.tooFewPlayers(players.count) }
        guard players.count <= most else { throw BargainingError.tooManyPlayers(players.count, most: most) }
        var names: Set<String> = []
        for name in players where !names.insert(name).inserted { throw BargainingError.duplicateName(name) }
    }

    /// - Precondition: the coalition's members are players of this game.
    public func value(of coalition: Coalition) -> Double { values[Int(coalition.mask)] }

    public func mostAggrieved(by payoff: [Double]) throws -> Grievance {
        try check(payoff)
        return mostAggrieved(by: payoff) { _ in true }
    }

    /// The greatest excess among some coalitions; the first of those that are equal.
    ///
    /// - Precondition: at least one, beside nobody and everybody, is asked about.
    func mostAggrieved(by payoff: [Double], among isAsked: (Int) -> Bool) -> Grievance {
        var shares = [Double](repeating: 0, count: values.count)
        var worst = (mask: 0, excess: -Double.infinity)
        for mask in 1..<(values.count - 1) {
            let last = Int.bitWidth - 1 - mask.leadingZeroBitCount
            shares[mask] = shares[mask ^ 1 << last] + payoff[last]
            let excess = values[mask] - shares[mask]
            if excess > worst.excess, isAsked(mask) { worst = (mask, excess) }
        }
        return Grievance(coalition: Coalition(mask: UInt64(worst.mask)), excess: worst.excess)
    }
}

extension CooperativeGame {
    /// Whether all together get more than each alone.
    public var isEssential: Bool {
        value(of: everybody) - players.indices.reduce(0) { $0 + values[1 << $1] } > accuracy
    }

    /// Two coalitions apart who lose by joining; nil where there are none, in a superadditive game.
    public var loseByJoining: (Coalition, Coalition)? {
        for union in 1..<values.count {
            // All parts of the union but for their order: those with its first player.
            let rest = union & (union - 1)
            var part = rest
            while part > 0 {
                if values[part] + values[union ^ part] > values[union] + accuracy {
                    return (Coalition(mask: UInt64(union ^ part)), Coalition(mask: UInt64(part)))
                }
                part = (part - 1) & rest
            }
        }
        return nil
    }

    public var isSuperadditive: Bool { loseByJoining == nil }

    /// Whether a player adds no less to a coalition than to a part of it, so that the core is not empty and holds the
    /// Shapley value (Shapley, "Cores of convex games", 1971).
    public var isConvex: Bool {
        for mask in values.indices {
            for i in players.indices where mask >> i & 1 == 0 {
                for j in (i + 1)..<max(i + 1, players.count) where mask >> j & 1 == 0 {
                    let (one, other) = (values[mask | 1 << i], values[mask | 1 << j])
                    if one + other > values[mask | 1 << i | 1 << j] + values[mask] + accuracy { return false }
                }
            }
        }
        return true
    }
}
