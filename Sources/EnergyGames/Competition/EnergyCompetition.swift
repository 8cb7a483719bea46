import Energy
import Games

/// Operators who post prices to the same users, each of whom buys where it is cheapest.
///
/// From one operator's view, the prices of its rivals are given: it has an ``EnergyGame`` whose system is its own party
/// and all users. What users trade with its rivals is there at fixed prices, with a partner outside.
///
/// What an operator can give at most, by its devices and its grid, limits what users can buy from it: each may take its
/// share by what it could use at most. So nobody is asked for more of a carrier than its devices could give of it alone
/// in a step, and who is dear still sells where the cheaper one has no more.
public struct EnergyCompetition: Sendable {
    public let system: EnergySystem
    public let operators: [CompetingOperator]
    public let rivalry: Rivalry
    /// Each operator's game over everybody's prices; what its solutions mean.
    public let games: [EnergyGame]

    /// - Parameters:
    ///   - system: all operators and users. Trades are between an operator and a user.
    ///   - operators: two at least.
    /// - Throws: ``CompetitionError/oneOperator(case:)``, and what building games throws.
    public init(name: String, system: EnergySystem, operators: [CompetingOperator]) throws {
        guard operators.count > 1 else { throw CompetitionError.oneOperator(case: name) }
        let shared = try Self.rationed(system, operators.map(\.name))
        let all = operators.flatMap(\.prices)
        let games = try operators.map {
            try EnergyGame(
                name: name, system: Self.system(of: $0.name, in: shared, operators), operatorName: $0.name,
                prices: all, ties: .optimistic)
        }
        var first = 0
        let places = operators.map { one in
            let count = one.prices.reduce(0) { $0 + $1.lower.count }
            defer { first += count }
            return first..<first + count
        }
        let decided = operators.enumerated().flatMap { k, one in
            one.prices.flatMap { price in
                price.lower.indices.map { DecidedPrice(price, interval: $0, of: k, buys: one.bought) }
            }
        }
        let names = games[0].game.followers.flatMap(\.model.variableNames)
        let columns = Dictionary(names.enumerated().map { ($1, $0) }) { first, _ in first }
        self.games = games
        self.system = shared
        self.operators = operators
        rivalry = Rivalry(
            name: name, space: games[0].game.space,
            leaders: operators.indices.map {
                Rivalry.Leader(name: operators[$0].name, decisions: places[$0], game: games[$0].game)
            },
            attraction: decided.map { $0.isBought ? 1 : -1 },
            rivals: decided.map { own in decided.indices.filter { decided[$0].competes(with: own) } },
            volumes: decided.map { own in
                shared.trades.flatMap { trade in own.steps(of: trade).compactMap { columns[trade.variable(at: $0)] } }
            }
        ) { leader, decision in
            try Self.game(named: name, of: leader, at: decision, in: shared, operators).game
        }
    }

    /// One number that is decided.
    private struct DecidedPrice {
        let owner: Int
        let name: String
        let interval: Int
        let carrier: String
        let isBought: Bool
        let steps: Set<Int>

        init(_ price: PostedPrice, interval: Int, of owner: Int, buys: Set<String>) {
            self.owner = owner
            self.interval = interval
            name = price.name
            carrier = price.carrier
            isBought = buys.contains(price.name)
            steps = Set(price.index.indices.filter { price.index[$0] == interval })
        }

        /// When this number is what is paid in a trade.
        func steps(of trade: Trade) -> [Int] {
            guard case .posted(name, let index, _) = trade.price else { return [] }
            return index.indices.filter { index[$0] == interval }
        }

        func competes(with other: Self) -> Bool {
            owner != other.owner && carrier == other.carrier && isBought == other.isBought
                && !steps.isDisjoint(with: other.steps)
        }
    }

    /// What one operator alone would play, its rivals' prices given.
    ///
    /// - Parameter decision: everybody's; that of the operator itself does not matter.
    public func game(of leader: Int, at decision: [Double]) throws -> EnergyGame {
        try Self.game(named: rivalry.name, of: leader, at: decision, in: system, operators)
    }

    private static func game(
        named name: String, of leader: Int, at decision: [Double], in system: EnergySystem,
        _ operators: [CompetingOperator]
    ) throws -> EnergyGame {
        var values: [String: [Double]] = [:]
        var first = 0
        for (k, one) in operators.enumerated() {
            for price in one.prices {
                let count = price.lower.count
                if k != leader { values[price.name] = Array(decision[first..<first + count]) }
                first += count
            }
        }
        var own = Self.system(of: operators[leader].name, in: system, operators)
        for k in own.trades.indices { own.trades[k].price = own.trades[k].price.given(values) }
        return try EnergyGame(
            name: name, system: own, operatorName: operators[leader].name, prices: operators[leader].prices,
            ties: .optimistic)
    }

    /// One operator and all users, with all trades.
    private static func system(
        of name: String, in system: EnergySystem, _ operators: [CompetingOperator]
    ) -> EnergySystem {
        var own = system
        own.parties.removeAll { party in party.name != name && operators.contains { $0.name == party.name } }
        return own
    }

    // MARK: Capacity

    /// Each operator's sales limited to what it can give, shared by what each buyer could take.
    private static func rationed(_ system: EnergySystem, _ operators: [String]) throws -> EnergySystem {
        var limited = system
        let outside = Set(system.carriers.filter { $0.price != nil }.map(\.name))
        for party in system.parties where operators.contains(party.name) {
            let own = system.trades.indices.filter { system.trades[$0].seller == party.name }
            let reach = try PartyReach(
                of: party, trades: own.map { system.trades[$0] }, carriers: system.carriers, time: system.time)
            for carrier in Set(own.map { system.trades[$0].carrier }).subtracting(outside) {
                let sales = own.filter { system.trades[$0].carrier == carrier }
                for t in system.time.indices {
                    let given = max(0, (reach.gives[carrier]?[t] ?? 0) - (reach.needs[carrier]?[t] ?? 0))
                    let taken = sales.map { system.trades[$0].limit[t] }
                    let sum = taken.reduce(0, +)
                    guard given < sum else { continue }
                    for (place, most) in zip(sales, taken) {
                        let share = sum.isFinite ? most / sum : most.isFinite ? 0 : 1 / Double(sales.count)
                        limited.trades[place].limit[t] = min(most, given * share)
                    }
                }
            }
        }
        return limited
    }
}

extension Price {
    /// This price where it is one of those given; itself else.
    ///
    /// - Parameter values: by name, one number per interval.
    fileprivate func given(_ values: [String: [Double]]) -> Price {
        guard case .posted(let name, let index, let factor) = self, let known = values[name] else { return self }
        return .fixed(index.map { factor * known[$0] })
    }
}
