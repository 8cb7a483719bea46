import Games

/// What parties who trade agree on: who pays whom how much, so that nobody is worse off than alone.
///
///     P2:  max  sum over parties of weight * ln(gain)          (paper 000, Nash bargaining)
///
/// Payments move money between parties and make none, so that the bargain gives each its weight's share of what all
/// gain, while the bands of the prices allow it; see ``TradePrices``. Who trades nothing takes no part in the bargain.
public struct CoalitionAgreement: Sendable {
    public let terms: CoalitionTerms
    /// What is traded, kWh by offer and step.
    public let energy: [[Double]]
    /// What each gains before payments, CNY over the horizon: what it costs alone less what it costs together.
    public let before: [Double]
    /// How much each counts in the bargain; nil for a division that is none.
    public let weights: [Double]?
    /// What the division gives each, CNY over the horizon.
    public let shares: [Double]
    public let prices: TradePrices

    /// What each gains after all payments, CNY over the horizon.
    public var gains: [Double] { prices.gains(before: before) }
    /// What all gain, CNY over the horizon.
    public var gain: Double { before.reduce(0, +) }

    /// - Parameters:
    ///   - energy: what is traded, kWh by offer and step.
    ///   - before: what each party gains before payments.
    ///   - game: what every coalition gains; only a bargain with weights that are equal or given does without.
    /// - Throws: ``CoalitionError/valuesNeeded(division:)`` where it does not; what solving throws.
    public init(
        _ terms: CoalitionTerms, energy: [[Double]], before: [Double], game: CooperativeGame?
    ) throws {
        self.terms = terms
        self.energy = energy
        self.before = before
        switch terms.division {
        case .nash:
            let weights = try Self.weights(terms, energy: energy, game)
            self.weights = weights
            shares = Self.bargain(before.reduce(0, +), weights)
        case .shapley, .nucleolus:
            guard let game else { throw CoalitionError.valuesNeeded(division: terms.division) }
            weights = nil
            let shares = try terms.division == .shapley ? ShapleyValue(of: game).payoff : Nucleolus(of: game).payoff
            // Trades that were found another way gain a little less than the best ones.
            let missing = before.reduce(0, +) - shares.reduce(0, +)
            self.shares = shares.map { $0 + missing / Double(shares.count) }
        }
        prices = try TradePrices(terms, energy: energy, before: before, shares: shares, weights: weights)
    }

    /// The bargain where money moves freely: to each its weight's share.
    private static func bargain(_ gain: Double, _ weights: [Double]) -> [Double] {
        weights.contains { $0 > 0 } ? NashBargaining.split(gain, by: weights) : weights
    }

    private static func weights(
        _ terms: CoalitionTerms, energy: [[Double]], _ game: CooperativeGame?
    ) throws -> [Double] {
        var weights: [Double]
        switch terms.weights {
        case .equal: weights = terms.members.map { _ in 1 }
        case .given(let given): weights = given
        case .contribution:
            guard let game else { throw CoalitionError.valuesNeeded(division: .nash) }
            let everybody = game.everybody
            weights = game.players.indices.map { player in
                max(0, game.value(of: everybody) - game.value(of: everybody.subtracting(Coalition([player]))))
            }
            if weights.allSatisfy({ $0 == 0 }) { weights = weights.map { _ in 1 } }
        }
        let traders = Set(TradedEnergy(terms, energy: energy).items.flatMap { [$0.seller, $0.buyer] })
        return weights.enumerated().map { traders.contains($0) ? $1 : 0 }
    }

    // MARK: Checks

    /// Below this, of the largest sum of money, nobody is worse off and nothing is left over.
    public static let tolerance = 1e-6

    /// Largest sum of money in it, CNY.
    private var scale: Double {
        max(1, (before + gains + prices.payments + prices.lumpSums).reduce(0) { max($0, abs($1)) })
    }

    /// By how much the party that gains least is worse off than alone; 0 where nobody is. Relative.
    public var worstLoss: Double { max(0, -(gains.min() ?? 0)) / scale }

    /// By how much payments do not sum to 0. Relative.
    public var imbalance: Double {
        max(abs(prices.payments.reduce(0, +)), abs(prices.lumpSums.reduce(0, +))) / scale
    }

    /// By how much a price leaves its band, CNY/kWh.
    public var outsideBand: Double {
        zip(terms.offers, prices.prices).flatMap { offer, prices in
            prices.enumerated().compactMap { t, price in
                price.map { max(0, offer.lower[t] - $0, $0 - offer.upper[t]) }
            }
        }.max() ?? 0
    }
}
