import LinearModels

/// The least greatest excess of some coalitions over all payoffs.
///
/// Excesses do not change where every value of a player alone is taken from its payoff and its coalitions' values. So
/// payoffs here are gains over acting alone, in a unit in which values are of size one.
struct ExcessProgram {
    /// Gains over acting alone and the unit that they are measured in.
    struct Frame {
        /// What each gets alone.
        let alone: [Double]
        let unit: Double
        /// What all together gain, in units.
        let total: Double

        /// - Parameter unit: what counts as one; anything where nothing has a size.
        init(alone: [Double], everybody: Double, unit: Double) {
            self.alone = alone
            self.unit = unit > 0 ? unit : 1
            total = (everybody - alone.reduce(0, +)) / self.unit
        }

        /// The value of a coalition in gains and units.
        func gain(_ value: Double, of coalition: Coalition) -> Double { (value - coalition.share(of: alone)) / unit }
        func payoff(_ gains: [Double]) -> [Double] { zip(alone, gains).map { $0 + $1 * unit } }
    }

    struct Answer {
        let gains: [Double]
        let excess: Double
        /// Multipliers, by row: they sum to one, and where one is not nought the coalition has this excess at every
        /// optimum.
        let weights: [Double]
    }

    let frame: Frame
    /// Whether nobody may get less than alone.
    let keepsEachFromLeaving: Bool
    /// Coalitions whose excess is made small, and what they gain.
    private(set) var rows: [(coalition: Coalition, gain: Double)] = []
    /// Coalitions whose share is known.
    private var shares: [(coalition: Coalition, share: Double)] = []

    init(_ frame: Frame, keepsEachFromLeaving: Bool) {
        self.frame = frame
        self.keepsEachFromLeaving = keepsEachFromLeaving
    }

    func holds(_ coalition: Coalition) -> Bool { rows.contains { $0.coalition == coalition } }

    /// Does nothing where the coalition is there.
    mutating func add(_ coalition: Coalition, value: Double) {
        guard !holds(coalition) else { return }
        rows.append((coalition, frame.gain(value, of: coalition)))
    }

    /// Gives a coalition the share that leaves it an excess, for good.
    mutating func settle(_ coalition: Coalition, excess: Double) {
        guard let row = rows.first(where: { $0.coalition == coalition }) else { return }
        shares.append((coalition, row.gain - excess))
    }

    mutating func removeRows(where isSettled: (Coalition) -> Bool) { rows.removeAll { isSettled($0.coalition) } }

    func solve() throws -> Answer {
        var model = LinearModel()
        let least = keepsEachFromLeaving ? 0 : -Double.infinity
        let gains = try frame.alone.indices.map { try model.variable("gain\($0)", in: least ... .infinity) }
        let excess = try model.variable("excess", in: -.infinity ... .infinity)
        func share(_ coalition: Coalition) -> LinearExpression { sum(coalition.players.map { gains[$0] }) }
        try model.add(sum(gains) == frame.total, named: "everybody")
        for known in shares {
            try model.add(share(known.coalition) == known.share, named: "settled\(known.coalition.mask)")
        }
        let constraints = try rows.map { row in
            try model.add(share(row.coalition) + excess >= row.gain, named: "coalition\(row.coalition.mask)")
        }
        try model.minimise(excess)
        let session = try SolverSession(model)
        let status = try session.solve()
        guard status == .optimal else {
            throw BargainingError.unsolved(what: "the program of least excess", status: "\(status)")
        }
        return Answer(
            gains: gains.map(session.value(of:)), excess: session.value(of: excess),
            weights: constraints.map(session.dual(of:)))
    }
}
