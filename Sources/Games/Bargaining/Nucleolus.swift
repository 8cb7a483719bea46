import LinearModels

/// The payoff whose excesses, sorted from the greatest on, are lexicographically least among all that give nobody less
/// than alone (Schmeidler, 1969).
///
/// One linear program a level (Kopelowitz, 1967; Maschler, Peleg and Shapley, 1979): it makes the greatest excess of
/// the coalitions that are left small. By complementary slackness a coalition with a multiplier above zero has
/// this excess at every optimum, so that it is settled; so is what the settled ones determine by sums of their shares.
/// Each level settles one independent coalition or more, until they determine every player's payoff.
///
/// It needs the game's table: which coalitions are left has no short description that an oracle could be asked about.
public struct Nucleolus: Sendable {
    /// The coalitions that were settled together.
    public struct Level: Sendable {
        public let excess: Double
        public let coalitions: [Coalition]
    }

    /// One number per player.
    public let payoff: [Double]
    /// By falling excess.
    public let levels: [Level]

    /// - Throws: ``BargainingError/noImputation(shortfall:)`` where all together get less than each alone.
    public init(of game: CooperativeGame) throws {
        let count = game.players.count
        let alone = (0..<count).map { game.values[1 << $0] }
        let sum = alone.reduce(0, +)
        let whole = game.value(of: game.everybody)
        guard whole >= sum - game.accuracy * Double(count) else {
            throw BargainingError.noImputation(shortfall: sum - whole)
        }
        let unit = game.values.indices.reduce(game.accuracy) { unit, mask in
            max(unit, abs(game.values[mask] - Coalition(mask: UInt64(mask)).share(of: alone)))
        }
        let frame = ExcessProgram.Frame(alone: alone, everybody: max(whole, sum), unit: unit)
        var program = ExcessProgram(frame, keepsEachFromLeaving: true)
        var span = CoalitionSpan(playerCount: count)
        span.add(game.everybody)
        var isSettled = game.values.indices.map { span.holds(Coalition(mask: UInt64($0))) }
        var levels: [Level] = []
        var payoff = alone
        while span.rank < count {
            let answer = try Self.leastExcess(of: game, &program) { !isSettled[$0] }
            payoff = frame.payoff(answer.gains)
            let tight = zip(program.rows, answer.weights).filter { $1 > ExcessProgram.leastWeight }
                .map(\.0.coalition).sorted()
            for coalition in tight where !span.holds(coalition) {
                span.add(coalition)
                program.settle(coalition, excess: answer.excess)
            }
            for mask in isSettled.indices where !isSettled[mask] {
                isSettled[mask] = span.holds(Coalition(mask: UInt64(mask)))
            }
            program.removeRows { isSettled[Int($0.mask)] }
            levels.append(Level(excess: answer.excess * frame.unit, coalitions: tight))
        }
        self.payoff = payoff
        self.levels = levels
    }

    /// Adds coalitions to the program until none that is left has a greater excess.
    private static func leastExcess(
        of game: CooperativeGame, _ program: inout ExcessProgram, among isLeft: (Int) -> Bool
    ) throws -> ExcessProgram.Answer {
        if program.rows.isEmpty {
            let worst = game.mostAggrieved(by: program.frame.alone, among: isLeft).coalition
            program.add(worst, value: game.value(of: worst))
        }
        while true {
            try Interruption.check()
            let answer = try program.solve()
            let worst = game.mostAggrieved(by: program.frame.payoff(answer.gains), among: isLeft)
            if worst.excess <= answer.excess * program.frame.unit + game.accuracy || program.holds(worst.coalition) {
                return answer
            }
            program.add(worst.coalition, value: game.value(of: worst.coalition))
        }
    }
}

/// The coalitions whose share of any payoff is determined by the shares of some.
struct CoalitionSpan {
    /// In echelon form: the first number that is not nought of each is one, and nought in all others.
    private var basis: [(pivot: Int, row: [Double])] = []
    private let playerCount: Int

    init(playerCount: Int) { self.playerCount = playerCount }

    var rank: Int { basis.count }
    func holds(_ coalition: Coalition) -> Bool { pivot(of: rest(of: coalition)) == nil }

    mutating func add(_ coalition: Coalition) {
        var row = rest(of: coalition)
        guard let pivot = pivot(of: row) else { return }
        let scale = 1 / row[pivot]
        for j in row.indices { row[j] *= scale }
        for k in basis.indices {
            let factor = basis[k].row[pivot]
            guard factor != 0 else { continue }
            for j in row.indices { basis[k].row[j] -= factor * row[j] }
        }
        basis.append((pivot, row))
    }

    /// What is left of a coalition when multiples of the basis are taken away.
    private func rest(of coalition: Coalition) -> [Double] {
        var row = (0..<playerCount).map { coalition.contains($0) ? 1.0 : 0 }
        for (pivot, base) in basis {
            let factor = row[pivot]
            guard factor != 0 else { continue }
            for j in row.indices { row[j] -= factor * base[j] }
        }
        return row
    }

    /// The place of the greatest number; nil where all are nought. Those that are not are quotients of small
    /// determinants, far from rounding.
    private func pivot(of row: [Double]) -> Int? {
        guard let pivot = row.indices.max(by: { abs(row[$0]) < abs(row[$1]) }), abs(row[pivot]) > 1e-7 else {
            return nil
        }
        return pivot
    }
}
