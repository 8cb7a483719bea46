import Energy
import Games
import LinearModels

/// Parties who may trade with each other: what each costs alone, and what all cost together at the least.
///
///     P1:  min  sum over parties of cost          (paper 000; its sign is misprinted)
///
/// Payments between the parties cancel in the sum; what is paid for the way does not. Of all operations that cost least
/// together the one with the least energy traded is taken: trades that gain nothing would decide who can be paid.
///
/// ```swift
/// let coalition = try EnergyCoalition(system, terms)
/// let alone = try coalition.alone()
/// let together = try coalition.together()
/// print(alone.map(\.cost).reduce(0, +) - together.cost)       // what cooperation gains, CNY over the horizon
/// ```
public struct EnergyCoalition: Sendable {
    /// Parties and their trades; what is traded is paid at the middle of its band.
    public let system: EnergySystem
    public let terms: CoalitionTerms

    /// - Throws: ``CoalitionError/elsewhere(parties:)`` where a party's model is not among these.
    public init(_ system: EnergySystem, _ terms: CoalitionTerms) throws {
        let known = Set(system.parties.map(\.name))
        let missing = terms.members.map(\.name).filter { !known.contains($0) }
        guard missing.isEmpty else { throw CoalitionError.elsewhere(parties: missing) }
        self.system = system
        self.terms = terms
    }

    public var members: [String] { terms.members.map(\.name) }

    // MARK: Operations

    /// The least-cost operation of some of the parties, apart from the others.
    ///
    /// - Throws: ``CoalitionError/cannotActAlone(party:reason:)`` where one party alone cannot be operated; else
    ///   what a dispatch throws.
    public func operation(
        of members: [String], limits: SolveLimits = SolveLimits(), using solver: ExternalSolver? = nil
    ) throws -> DispatchAnswer {
        let dispatch = try Dispatch(system.part(of: members))
        do {
            return try dispatch.solve(limits: limits, using: solver)
        } catch DispatchError.infeasible where members.count == 1 {
            throw CoalitionError.cannotActAlone(party: members[0], reason: try dispatch.infeasibility())
        }
    }

    /// Each party by itself, in the order of the members: what it falls back on.
    public func alone(
        limits: SolveLimits = SolveLimits(), using solver: ExternalSolver? = nil
    ) throws -> [DispatchAnswer] {
        try members.map { try operation(of: [$0], limits: limits, using: solver) }
    }

    /// All parties, with the least energy traded among the operations of least cost.
    public func together(
        limits: SolveLimits = SolveLimits(), using solver: ExternalSolver? = nil
    ) throws -> DispatchAnswer {
        let dispatch = try Dispatch(system)
        let answer = try dispatch.solve(limits: limits, using: solver)
        return try leastTraded(dispatch, answer, limits) ?? answer
    }

    /// Among the optima with the same whole numbers; nil where there is no other.
    private func leastTraded(
        _ dispatch: Dispatch, _ answer: DispatchAnswer, _ limits: SolveLimits
    ) throws -> DispatchAnswer? {
        var model = dispatch.built.model
        for variable in model.integers {
            let decided = answer.values[variable.index].rounded()
            try model.add(variable.linearExpression == decided, named: "as_decided\(variable.index)")
        }
        var traded = [Double](repeating: 0, count: model.variableCount)
        for volume in dispatch.built.volumes.values { for variable in volume { traded[variable.index] = 1 } }
        let session = try SolverSession(model, limits: limits)
        guard try session.solve() == .optimal else { return nil }
        try session.enterFace()
        defer { session.leaveFace() }
        guard case .moved = try session.moveOverFace(betterBy: traded[...], maximised: false) else { return nil }
        var record = answer.record
        record.values = Array(session.values)
        record.violation = dispatch.built.model.largestViolation(values: session.values[...], parameters: [])
        return DispatchAnswer(dispatch, record)
    }

    /// What every group of parties gains against each alone: a game with a value for each coalition.
    ///
    /// - Parameters:
    ///   - note: called with the number of groups done and of all.
    /// - Returns: nil where there are more parties than `CooperativeGame` lists groups of.
    public func game(
        alone: [DispatchAnswer], together: DispatchAnswer, limits: SolveLimits = SolveLimits(),
        note: (Int, Int) -> Void = { _, _ in }
    ) throws -> CooperativeGame? {
        guard members.count <= CooperativeGame.mostPlayers else { return nil }
        let costs = alone.map(\.cost)
        // What a solver leaves open, of the sums of which a gain is the difference.
        let accuracy = 1e-7 * costs.reduce(1) { max($0, abs($1)) }
        return try CooperativeGame(players: members, accuracy: accuracy) { group in
            guard group.count > 1 else { return 0 }
            let apart = group.share(of: costs)
            guard group.count < members.count else { return apart - together.cost }
            note(Int(group.mask), 1 << members.count)
            return apart - (try operation(of: group.players.map { members[$0] }, limits: limits).cost)
        }
    }

    /// The same for parties of any number: groups are valued when they are asked for, and the one with most reason to
    /// leave is found by one mixed-integer program.
    ///
    /// - Throws: `BargainingError` where a party or a trade has no limit that such a program needs.
    public func program(limits: SolveLimits = SolveLimits()) throws -> CoalitionProgram {
        let built = try members.map { try system.build([$0], minimising: [$0]) }
        var trades: [CoalitionProgram.Trade] = []
        for offer in terms.offers {
            guard let seller = members.firstIndex(of: offer.trade.seller),
                let buyer = members.firstIndex(of: offer.trade.buyer),
                let sold = built[seller].volumes[offer.trade.name], let bought = built[buyer].volumes[offer.trade.name]
            else { continue }
            trades += zip(sold, bought).map { .init(from: seller, $0, to: buyer, $1) }
        }
        return try CoalitionProgram(
            zip(members, built).map { .init(name: $0, block: $1.model) }, trades: trades, limits: limits)
    }

    /// An operation of all parties with what they pay each other at prices.
    public func operation(
        _ answer: DispatchAnswer, paying prices: TradePrices
    ) throws -> (dispatch: Dispatch, answer: DispatchAnswer) {
        var paid = system
        for (offer, prices) in zip(terms.offers, prices.prices) {
            guard let place = paid.trades.firstIndex(where: { $0.name == offer.trade.name }),
                case .fixed(let middle) = offer.trade.price
            else { continue }
            // What nobody buys has no price, and costs nothing at any.
            paid.trades[place].price = .fixed(zip(prices, middle).map { $0 ?? $1 })
        }
        let dispatch = try Dispatch(paid)
        return (dispatch, DispatchAnswer(dispatch, answer.record) ?? answer)
    }

    // MARK: Shares

    /// What an operation costs a party, payments to and from the other parties left out, CNY over the horizon.
    public static func ownCost(of party: String, in answer: DispatchAnswer) -> Double {
        (answer.solution.party(party)?.costs ?? []).filter { $0.counterparty == nil }.reduce(0) { $0 + $1.amount }
    }

    /// What is traded of each offer, kWh, one value per step.
    public func energy(in answer: DispatchAnswer) -> [[Double]] {
        terms.offers.map { offer in
            let sold = answer.solution.party(offer.trade.seller)?.flows.first {
                $0.kind == .sale && $0.counterparty == offer.trade.buyer && $0.carrier == offer.trade.carrier
            }
            return sold?.power.map { max(0, -$0) * system.time.hours } ?? system.time.indices.map { _ in 0 }
        }
    }
}

/// Why parties cannot be compared alone and together.
public enum CoalitionError: Error, Equatable, CustomStringConvertible {
    case elsewhere(parties: [String])
    case cannotActAlone(party: String, reason: Infeasibility?)
    case valuesNeeded(division: CoalitionTerms.Division)
    case nobodyIsLed(case: String)

    public var description: String {
        switch self {
        case .elsewhere(let parties):
            "the case does not hold the model of \(parties.joined(separator: ", ")), which is elsewhere. Take a distributed "
                + "method, admm or dantzig-wolfe."
        case .cannotActAlone(let party, let reason):
            "\(party) cannot be operated alone, so it has nothing to fall back on"
                + (reason.map { ": \($0)" } ?? ". Give it a grid connection or a device.")
        case .nobodyIsLed(let name):
            "the parties of '\(name)' agree on prices among themselves, so there is no game. Ask what they gain, as `cooperate` does."
        case .valuesNeeded(let division):
            division == .nash
                ? "weights by contribution need to know what the others gain without each party. Give weights, or let them be equal."
                : "\(division.rawValue) needs to know what every group of parties gains. Take nash, or the central method."
        }
    }
}
