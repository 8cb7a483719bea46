import Foundation

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
    /// Rounds of proposals between two attempts to make trades feasible.
    public var checkInterval = 10

    public init() {}

    func solve(_ negotiation: Negotiation) throws -> ExchangeOutcome {
        let network = negotiation.network
        guard let scales = try negotiation.scales() else {
            return try negotiation.finish(.gap, prices: negotiation.boundPrices)
        }
        let env = ProcessInfo.processInfo.environment
        func e(_ n: String, _ d: Double) -> Double { env[n].flatMap(Double.init) ?? d }
        var reach = e("DWR", 0.5) * scales.price
        var prices = network.filled(with: 0.5 * scales.price)
        var trades = network.filled(with: 0)
        var foreseen = Double.infinity
        for round in 1...max(1, rounds) {
            let (before, centre) = (negotiation.lowerBound ?? -.infinity, negotiation.boundPrices)
            let (copies, bound) = try negotiation.propose(at: prices)
            let rise = (bound - before) / max(foreseen - before, 1e-12 * scales.money)
            if round > 1 { reach *= rise > 0.5 ? e("DWU", 2) : rise > 0.1 ? 1 : rise > e("DWT", -1) ? e("DWN", 1) : e("DWF", 0.5) }
            if env["DWV"] != nil { FileHandle.standardError.write(Data("r \(round) bound \(negotiation.lowerBound ?? 0) best \(negotiation.best) rise \(rise) reach \(reach) foreseen \(foreseen)\n".utf8)) }
            if round % checkInterval == 0 || round == rounds {
                try negotiation.makeFeasible(
                    trades, copies, at: negotiation.boundPrices, penalty: scales.price / scales.quantity, scales)
                if negotiation.gap > gap, round == rounds { try negotiation.confirmWholePlans(scales) }
            }
            negotiation.note(
                primal: copies.mismatch,
                dual: norm(zip(prices, centre).map { zip($0, $1).map(-) }))
            if negotiation.gap <= gap { return try negotiation.finish(.gap, prices: negotiation.boundPrices) }
            let master = ProposalMaster(negotiation, scales)
            (prices, trades, foreseen) = try master.step(from: negotiation.boundPrices, reach: reach)
        }
        return try negotiation.finish(.roundLimit, prices: negotiation.boundPrices)
    }
}
