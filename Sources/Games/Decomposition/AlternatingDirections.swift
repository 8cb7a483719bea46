/// The alternating direction method of multipliers in its averaged consensus form (Boyd, Parikh, Chu, Peleato and
/// Eckstein 2011, section 7.1): all parties answer at once, then the agreed trades become the mean of both copies.
///
/// That is a method of two blocks however many parties there are, so it converges for convex parties. The penalty is
/// balanced between the residuals in the first rounds alone (section 3.4.1), since the proof wants it constant in the
/// end. With integers it is a heuristic, whose outcome has its gap like any other.
public struct AlternatingDirections: Sendable {
    /// Ends where the gap is as small.
    public var gap = 5e-4
    /// Both residuals must be within this, relative to trades and to prices, for the negotiation to have settled.
    public var relativeTolerance = 1e-6
    /// The same relative to the network's scales, for each link and step.
    public var absoluteTolerance = 1e-7
    /// Rounds of proposals between two bounds with trades made feasible.
    public var checkInterval = 10
    /// Rounds of proposals in which the penalty may be changed after each, and then those in which it may be changed
    /// where a check is due.
    public var balancedRounds = (each: 60, atChecks: 300)
    /// Most rounds of proposals.
    public var rounds = 500

    /// How far beyond the mean of both copies a round goes: convergence holds below 2 (section 3.4.3).
    private static let relaxation = 1.6

    public init() {}

    func solve(_ negotiation: Negotiation) throws -> ExchangeOutcome {
        let network = negotiation.network
        guard let scales = try negotiation.scales() else {
            return try negotiation.finish(.gap)
        }
        var prices = network.filled(with: 0.5 * scales.price)
        var agreed = network.filled(with: 0)
        var penalty = scales.price / scales.quantity
        let entries = Double(max(1, network.links.count * network.steps)).squareRoot()
        for round in 1...max(1, rounds) {
            // Answers need be no more exact than the trades agree as yet.
            let accuracy = max(1e-6, 1e-2 / (Double(round) * Double(round).squareRoot()))
            let copies = try negotiation.propose(
                at: prices, near: agreed, penalty: penalty, tolerance: accuracy * scales.quantity)
            let before = agreed
            let mean = copies.mean
            agreed = zip(mean, before).map { zip($0, $1).map { Self.relaxation * $0 + (1 - Self.relaxation) * $1 } }
            let shift = copies.combined { 0.5 * penalty * Self.relaxation * ($1 - $0) }
            prices = zip(prices, shift).map { zip($0, $1).map(+) }
            let primal = copies.mismatch
            let dual = penalty * 2.0.squareRoot() * norm(zip(agreed, before).map { zip($0, $1).map(-) })
            let size = max(copies.size, norm(agreed + agreed))
            let primalLimit = absoluteTolerance * scales.quantity * entries + relativeTolerance * size
            let dualLimit = absoluteTolerance * scales.price * entries + relativeTolerance * norm(prices + prices)
            let isSettled = primal <= primalLimit && dual <= dualLimit
            if isSettled || round % checkInterval == 0 || round == rounds {
                _ = try negotiation.propose(at: prices)
                try negotiation.makeFeasible(mean, copies, at: prices, penalty: penalty, scales)
            }
            negotiation.note(primal: primal, dual: dual)
            if negotiation.gap <= gap { return try negotiation.finish(.gap) }
            if isSettled || round == rounds {
                try negotiation.confirmWholePlans(scales)
                return try negotiation.finish(negotiation.gap <= gap ? .gap : isSettled ? .settled : .roundLimit)
            }
            if round <= balancedRounds.each || round % checkInterval == 0 && round <= balancedRounds.atChecks {
                let ratio = (primal / size.orOne) / (dual / norm(prices + prices).orOne)
                if ratio > 10 { penalty *= 2 } else if ratio < 0.1 { penalty /= 2 }
            }
        }
        return try negotiation.finish(.roundLimit)
    }
}

extension Double {
    /// 1 in the place of 0, to divide by.
    fileprivate var orOne: Double { self > 0 ? self : 1 }
}
