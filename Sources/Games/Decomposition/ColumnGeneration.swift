/// The decomposition of Dantzig and Wolfe (1960): a master program mixes the parties' plans and prices the trades, and
/// parties answer with the plans that are best at those prices.
///
/// Each round has a bound, for parties with integers too: there it is that of the convexified problem. Prices of few
/// plans jump, so the master pays for trades that do not agree, in pieces of a square, around the best prices so far.
/// These move where the bound rises; the step grows where it rises as foreseen, and shrinks where it falls. What the
/// master mixes then nearly agrees, and every few rounds all parties are asked for exactly that.
public struct ColumnGeneration: Sendable, Equatable {
    /// Ends where the gap is as small.
    public var gap = 5e-4
    /// Most rounds of proposals.
    public var rounds = 200
    /// Rounds of proposals between two attempts to make trades feasible.
    public var checkInterval = 10

    public init() {}

    func solve(_ negotiation: Negotiation) throws -> ExchangeOutcome {
        let network = negotiation.network
        guard let scales = try negotiation.scales() else {
            return try negotiation.finish(.gap)
        }
        var reach = 0.25 * scales.price
        var prices = network.filled(with: 0.5 * scales.price)
        var trades = network.filled(with: 0)
        var foreseen = Double.infinity
        for round in 1...max(1, rounds) {
            let (before, centre) = (negotiation.lowerBound ?? -.infinity, negotiation.boundPrices)
            let (copies, bound) = try negotiation.propose(at: prices)
            let rise = (bound - before) / max(foreseen - before, 1e-12 * scales.money)
            if round > 1 { reach *= rise > 0.5 ? 2 : rise > -0.5 ? 1 : 0.7 }
            if round % checkInterval == 0 || round == rounds {
                try negotiation.makeFeasible(
                    trades, copies, at: negotiation.boundPrices, penalty: scales.price / scales.quantity, scales)
                if negotiation.gap > gap, round == rounds { try negotiation.confirmWholePlans(scales) }
            }
            negotiation.note(
                primal: copies.mismatch,
                dual: norm(zip(prices, centre).map { zip($0, $1).map(-) }))
            if negotiation.gap <= gap { return try negotiation.finish(.gap) }
            if round == rounds { break }
            let master = ProposalMaster(negotiation, scales)
            (prices, trades, foreseen) = try master.step(from: negotiation.boundPrices, reach: reach)
        }
        return try negotiation.finish(.roundLimit)
    }
}
