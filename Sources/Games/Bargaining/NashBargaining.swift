import LinearModels

/// What parties agree on who may do together what a model allows: the greatest `sum_i w_i ln(gain_i)` (Nash, 1950; with
/// weights Harsanyi and Selten, 1972).
///
/// Gains are linear expressions of the model, each over what its party gets without an agreement. Where they can be
/// moved freely from one party to another, the bargain divides the greatest total in proportion to the weights; where
/// they cannot, as within a band of prices, it is the fair division of what can be moved.
///
/// Everything is linear programs. At gains `g` the tangent `sum_i w_i / g_i * gain_i` of the objective has its greatest
/// value at a vertex of what is feasible, which says how far from the optimum `g` is at most, and which joins the
/// vertices that the next `g` is the best mixture of (simplicial decomposition; Von Hohenbalken, 1977: finitely many
/// rounds). With whole numbers, programs with tangents of the logarithm propose these (outer approximation; Duran and
/// Grossmann, 1986), and what they leave is solved as above.
public struct NashBargaining: Sendable {
    public struct Party: Sendable {
        public let name: String
        /// Over the party's payoff without an agreement; more is better. Any unit, one of its own if need be.
        public let gain: LinearExpression
        /// Above 0; only their proportions count.
        public let weight: Double

        public init(name: String, gain: some LinearExpressible, weight: Double = 1) {
            self.name = name
            self.gain = gain.linearExpression
            self.weight = weight
        }
    }

    let model: LinearModel
    let parties: [Party]
    /// They sum to one.
    let weights: [Double]

    /// - Parameter model: what the parties may do together; its objective has no part in it.
    /// - Throws: ``BargainingError`` for wrong names or weights.
    public init(_ parties: [Party], within model: LinearModel) throws {
        let names = parties.map(\.name)
        try CooperativeGame.check(names, most: Coalition.mostPlayers)
        for party in parties where !(party.weight > 0 && party.weight.isFinite) {
            throw BargainingError.weightNotPositive(party: party.name, weight: party.weight)
        }
        self.model = model
        self.parties = parties
        let largest = parties.reduce(0) { max($0, $1.weight) }
        let sum = parties.reduce(0) { $0 + $1.weight / largest }
        weights = parties.map { $0.weight / largest / sum }
    }

    /// What weights make of a total that can be divided freely: `total * w_i / sum(w)`.
    public static func split(_ total: Double, by weights: [Double]) -> [Double] {
        let sum = weights.reduce(0, +)
        return weights.map { total * ($0 / sum) }
    }
}

/// What comes of bargaining.
public enum BargainingOutcome: Sendable {
    /// Everybody gains.
    case agreement(Bargain)
    /// Some gain nothing in any agreement that harms nobody, by their places; the others can. Without the former's
    /// gains among the parties, but with rows that keep them from harm, the others may bargain.
    case someCannotGain([Int])
    /// Each can gain, but not all in the same agreement. Happens with whole numbers only.
    case notTogether
    /// No agreement that harms nobody gives anything to anybody.
    case nobodyGains
    /// There is none that harms nobody.
    case harmsSomebody

    public var bargain: Bargain? {
        if case .agreement(let bargain) = self { bargain } else { nil }
    }
}

/// An agreement with a gain for everybody.
public struct Bargain: Sendable {
    /// One number per party, each in its own unit, all above zero.
    public let gains: [Double]
    /// One number per variable of the model.
    public let values: [Double]
    /// One number per party; they sum to one.
    public let weights: [Double]
    /// `sum_i w_i ln(gain_i)` is at most so much greater at the optimum.
    public let gap: Double
    /// The residual of the optimality conditions, with whole numbers as they are: so much is the greatest
    /// `sum_i w_i (gain'_i / gain_i)` of other feasible gains above 1.
    public let residual: Double
    /// Linear and mixed-integer programs that looked for something better.
    public let rounds: Int

    /// `w_i / gain_i` by party: what more of its gain is worth to the bargain.
    public var rates: [Double] { zip(weights, gains).map { $0 / $1 } }

    /// How far the rates are apart, relative to the greatest: nought where gains can be moved freely.
    public var rateSpread: Double {
        let (least, greatest) = (rates.min() ?? 1, rates.max() ?? 1)
        return (greatest - least) / greatest
    }
}
