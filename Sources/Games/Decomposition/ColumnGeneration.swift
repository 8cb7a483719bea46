/// The decomposition of Dantzig and Wolfe (1960): a master program mixes the parties' plans and prices the trades, and
/// parties answer with the plans that are best at those prices.
///
/// Each round has a bound, for parties with integers too: there it is that of the convexified problem. Prices of few
/// plans jump, so they are kept in a box around the best prices so far (Marsten, Hogan and Blankenship 1975), which
/// moves where the bound rises as foreseen, and shrinks where it does not; and the parties are asked half way between the
/// best prices and those of the master program (Wentges 1997).
public struct ColumnGeneration: Sendable, Equatable {
    /// Ends where the gap is as small.
    public var gap = 5e-4
    /// Most rounds of proposals.
    public var rounds = 200

    public init() {}

    func solve(_ negotiation: Negotiation) throws -> ExchangeOutcome {
        let network = negotiation.network
        guard let scales = try negotiation.scales() else {
            return try negotiation.finish(.gap, prices: negotiation.boundPrices)
        }
        var width = 0.5 * scales.price
        var prices = network.filled(with: width)
        var foreseen = Double.infinity
        for round in 1...max(1, rounds) {
            let (before, centre) = (negotiation.lowerBound ?? -.infinity, negotiation.boundPrices)
            let (copies, bound) = try negotiation.propose(at: prices)
            let rise = (bound - before) / max(foreseen - before, 1e-12 * scales.money)
            if round > 1 { width *= rise > 0.5 ? 2 : rise > 0.1 ? 1 : rise > -1 ? 0.9 : 0.4 }
            let master = ProposalMaster(negotiation, scales)
            let mix = try master.mix()
            let lowest = negotiation.lowerBound ?? -.infinity
            let isClosed = ExchangeOutcome.gap(mix.cost, lowest) <= 0.5 * gap
            if isClosed || round == rounds {
                try negotiation.makeFeasible(
                    mix.trades, copies, at: negotiation.boundPrices, penalty: scales.price / scales.quantity, scales)
                if negotiation.gap > gap { try negotiation.confirmWholePlans(scales) }
            }
            negotiation.note(
                primal: copies.mismatch,
                dual: norm(zip(prices, centre).map { zip($0, $1).map(-) }))
            if negotiation.gap <= gap || isClosed {
                return try negotiation.finish(
                    negotiation.gap <= gap ? .gap : .settled, prices: negotiation.boundPrices)
            }
            (prices, foreseen) = try master.prices(around: negotiation.boundPrices, width: width)
            prices = zip(prices, negotiation.boundPrices).map { zip($0, $1).map { 0.5 * $0 + 0.5 * $1 } }
        }
        return try negotiation.finish(.roundLimit, prices: negotiation.boundPrices)
    }
}
