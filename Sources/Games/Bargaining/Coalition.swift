/// A set of players, as one bit for each: of up to ``mostPlayers``, numbered from 0.
///
/// Coalitions are ordered by their bits as a number, so that lists of them are the same each time.
public struct Coalition: Hashable, Comparable, Sendable {
    public static let mostPlayers = 62

    /// Bit `i` is set where player `i` is a member.
    public let mask: UInt64

    public init(mask: UInt64 = 0) { self.mask = mask }

    /// - Precondition: players are numbered from 0 and below ``mostPlayers``.
    public init(_ players: some Sequence<Int>) {
        mask = players.reduce(0) { mask, player in
            precondition((0..<Self.mostPlayers).contains(player), "no player has the number \(player)")
            return mask | 1 << UInt64(player)
        }
    }

    /// The grand coalition of so many players.
    public static func everybody(of count: Int) -> Coalition { Coalition(0..<count) }

    public var count: Int { mask.nonzeroBitCount }
    public var isEmpty: Bool { mask == 0 }
    /// In their order.
    public var players: [Int] { (0..<Self.mostPlayers).filter(contains) }

    public func contains(_ player: Int) -> Bool { mask >> UInt64(player) & 1 == 1 }
    public func union(_ other: Coalition) -> Coalition { Coalition(mask: mask | other.mask) }
    public func intersection(_ other: Coalition) -> Coalition { Coalition(mask: mask & other.mask) }
    public func subtracting(_ other: Coalition) -> Coalition { Coalition(mask: mask & ~other.mask) }

    /// What the members get of a payoff with one number per player.
    public func share(of payoff: [Double]) -> Double {
        var share = 0.0
        for i in payoff.indices where contains(i) { share += payoff[i] }
        return share
    }

    public static func < (a: Coalition, b: Coalition) -> Bool { a.mask < b.mask }
}
