import LinearModels

/// A game of players who each operate a block of their own and may trade with each other.
///
/// The value of a coalition is what its members save by trading among themselves: the sum of their costs alone less
/// their least joint cost. The coalition that a payoff aggrieves most is found by one mixed-integer program
///
///     min  sum_i cost_i(x_i) - (alone_i - payoff_i) b_i   with  A_i x_i <= a_i b_i,  b_i in {0, 1}
///
/// in which every bound and side of a player's block is multiplied with the binary that says whether it is a member,
/// and a trade is nought unless both its sides are members. Blocks may hold whole numbers.
///
/// Each block must have a solution of least cost without trade, and each trade a limit: a side's bounds or its rules.
/// Where variables have no bounds otherwise, what is left of a block that is out is the directions in which it has no
/// end; those cost nothing or more where the least cost alone exists, so that there is nothing in them.
///
/// It holds a solver's session, and like that stays on the thread where it was first asked.
public final class CoalitionProgram: CoalitionOracle {
    public struct Player: Sendable {
        public let name: String
        /// What the player may do, with its own cost to minimise, or its profit to maximise. Parameters count with the
        /// values that they have.
        public let block: LinearModel

        public init(name: String, block: LinearModel) {
            self.name = name
            self.block = block
        }
    }

    /// What one player hands to another: a variable of each one's block, equal in both.
    ///
    /// A variable may be negative, for trades whose direction is open.
    public struct Trade: Sendable {
        public let seller: Int
        public let sold: Variable
        public let buyer: Int
        public let bought: Variable

        public init(from seller: Int, _ sold: Variable, to buyer: Int, _ bought: Variable) {
            (self.seller, self.sold, self.buyer, self.bought) = (seller, sold, buyer, bought)
        }
    }

    public let players: [String]
    /// Of each player without trade.
    public let costsAlone: [Double]
    public let accuracy: Double
    /// Everything that players and coalitions may do; as it stands, what the program of a payoff of nothing is.
    public let model: LinearModel

    private let memberships: [Variable]
    private let payments: [Parameter]
    private let size: Constraint
    private let limits: SolveLimits
    private lazy var session = Result { try SolverSession(model, limits: limits) }
    private var known: [Coalition: Double] = [:]

    /// - Parameter limits: of one solve.
    /// - Throws: ``BargainingError`` for a block or a trade that is not as it must be, and ``ModelError``.
    public init(_ players: [Player], trades: [Trade], limits: SolveLimits = SolveLimits()) throws {
        self.players = players.map(\.name)
        self.limits = limits
        try CooperativeGame.check(self.players, most: Coalition.mostPlayers)
        let traded = try Self.checkedTrades(trades, of: players)
        let alone = try zip(players, traded).map { try Self.operationAlone(of: $0, trades: $1, limits: limits) }
        costsAlone = alone.map(\.cost)

        var model = LinearModel()
        memberships = try players.indices.map { try model.variable("member\($0 + 1)", in: 0...1, kind: .binary) }
        payments = try players.indices.map { try model.parameter("payment\($0 + 1)") }
        size = try model.add(range(1, sum(memberships), Double(players.count - 1)), named: "size")
        var blocks: [[Variable]] = []
        var cost = LinearExpression()
        for (i, player) in players.enumerated() {
            let block = try model.append(player.block, switchedBy: memberships[i], named: "player\(i + 1)")
            blocks.append(block.variables)
            cost += Self.sign(of: player.block) * block.objective
        }
        for (k, trade) in trades.enumerated() {
            let (lower, upper) = try Self.limits(of: trade, among: players, limits)
            let (sold, bought) = (blocks[trade.seller][trade.sold.index], blocks[trade.buyer][trade.bought.index])
            try model.add(sold == bought, named: "trade\(k + 1)")
            for (side, member) in [("seller", memberships[trade.seller]), ("buyer", memberships[trade.buyer])] {
                try model.add(sold - lower * member >= 0, named: "trade\(k + 1).least.\(side)")
                try model.add(sold - upper * member <= 0, named: "trade\(k + 1).most.\(side)")
            }
        }
        for (payment, member) in zip(payments, memberships) { cost += payment * member }
        try model.minimise(cost)
        self.model = model
        accuracy = 1e-7 * alone.reduce(0) { $0 + $1.size }
    }

    /// The cost of a coalition's members alone less their least joint cost.
    public func value(of coalition: Coalition) throws -> Double {
        guard coalition.count > 1 else { return 0 }
        if let value = known[coalition] { return value }
        let session = try session.get()
        for (i, member) in memberships.enumerated() {
            let place = coalition.contains(i) ? 1.0 : 0
            session.rebound(member, from: place, to: place)
        }
        session.reside(size, from: 0, to: Double(players.count))
        defer {
            for member in memberships { session.rebound(member, from: 0, to: 1) }
            session.reside(size, from: 1, to: Double(players.count - 1))
        }
        try session.set(payments) { _ in 0 }
        try solve(session, "the joint operation of \(names(of: coalition).joined(separator: ", "))")
        let value = coalition.share(of: costsAlone) - session.objectiveValue
        known[coalition] = value
        return value
    }

    public func mostAggrieved(by payoff: [Double]) throws -> Grievance {
        try check(payoff)
        let session = try session.get()
        try session.set(payments) { payoff[$0] - costsAlone[$0] }
        try solve(session, "the program of the most aggrieved coalition")
        let claimed = -session.objectiveValue
        let coalition = Coalition(memberships.indices.filter { session.value(of: memberships[$0]) > 0.5 })
        // A solver takes a binary for whole that nearly is, which a great bound makes much of: what the members get
        // when their places are fixed is what counts.
        let excess = try value(of: coalition) - coalition.share(of: payoff)
        let size = payoff.reduce(0) { max($0, abs($1)) }
        guard abs(claimed - excess) <= accuracy + 1e-7 * size else {
            throw BargainingError.inaccurate(coalition: names(of: coalition), claimed: claimed, found: excess)
        }
        return Grievance(coalition: coalition, excess: excess)
    }

    private func solve(_ session: SolverSession, _ what: String) throws {
        let status = try session.solve()
        guard status == .optimal else { throw BargainingError.unsolved(what: what, status: "\(status)") }
    }

    private func names(of coalition: Coalition) -> [String] { coalition.players.map { players[$0] } }
}

/// What blocks and trades must be.
extension CoalitionProgram {
    private static func sign(of block: LinearModel) -> Double { block.sense == .minimise ? 1 : -1 }

    /// - Returns: by player, its variables that stand in trades.
    private static func checkedTrades(_ trades: [Trade], of players: [Player]) throws -> [[Variable]] {
        var traded = players.map { _ in [Variable]() }
        let owned = players.map { Set($0.block.variables) }
        for (k, trade) in trades.enumerated() {
            guard players.indices.contains(trade.seller), players.indices.contains(trade.buyer) else {
                throw BargainingError.noSuchTrader(trade: k)
            }
            guard trade.seller != trade.buyer else {
                throw BargainingError.tradesWithItself(player: players[trade.seller].name)
            }
            for (i, variable) in [(trade.seller, trade.sold), (trade.buyer, trade.bought)] {
                let player = players[i]
                guard owned[i].contains(variable) else { throw BargainingError.foreignTrade(player: player.name) }
                let name = player.block.name(of: variable)
                guard !traded[i].contains(variable) else {
                    throw BargainingError.tradedTwice(player: player.name, variable: name)
                }
                traded[i].append(variable)
                let (lower, upper) = player.block.presentBounds(of: variable)
                guard lower <= 0, upper >= 0 else {
                    throw BargainingError.cannotRefuseTrade(
                        player: player.name, variable: name, lower: lower, upper: upper)
                }
            }
        }
        return traded
    }

    /// A player's least cost without trade, and the size of what it is the sum of.
    private static func operationAlone(
        of player: Player, trades: [Variable], limits: SolveLimits
    ) throws -> (cost: Double, size: Double) {
        let session = try SolverSession(player.block, limits: limits)
        for variable in trades { session.rebound(variable, from: 0, to: 0) }
        switch try session.solve() {
        case .optimal:
            let size = player.block.largestTerm(values: session.values[...], parameters: session.parameters)
            return (sign(of: player.block) * session.objectiveValue, max(size, abs(session.objectiveValue)))
        case .infeasible: throw BargainingError.cannotActAlone(player: player.name)
        case .unbounded: throw BargainingError.unboundedAlone(player: player.name)
        case let status:
            throw BargainingError.unsolved(what: "the operation of '\(player.name)' alone", status: "\(status)")
        }
    }

    /// Where a trade can be: within the bounds on both sides, and where these have no end, within what the rules of
    /// either side leave.
    private static func limits(
        of trade: Trade, among players: [Player], _ limits: SolveLimits
    ) throws -> (lower: Double, upper: Double) {
        let sides = [(players[trade.seller].block, trade.sold), (players[trade.buyer].block, trade.bought)]
        let bounds = sides.map { $0.presentBounds(of: $1) }
        var lower = max(bounds[0].lower, bounds[1].lower)
        var upper = min(bounds[0].upper, bounds[1].upper)
        for (block, variable) in sides where lower == -.infinity || upper == .infinity {
            let session = try SolverSession(block.withoutIntegrality, limits: limits)
            var direction = [Double](repeating: 0, count: block.variableCount)
            direction[variable.index] = 1
            if upper == .infinity {
                session.setObjective(coefficients: direction, constant: 0, sense: .maximise)
                if try session.solve() == .optimal { upper = max(0, session.objectiveValue) }
            }
            if lower == -.infinity {
                session.setObjective(coefficients: direction, constant: 0, sense: .minimise)
                if try session.solve() == .optimal { lower = min(0, session.objectiveValue) }
            }
        }
        guard lower.isFinite, upper.isFinite else {
            throw BargainingError.unboundedTrade(
                seller: players[trade.seller].name, buyer: players[trade.buyer].name,
                variable: players[trade.seller].block.name(of: trade.sold))
        }
        return (lower, upper)
    }
}
