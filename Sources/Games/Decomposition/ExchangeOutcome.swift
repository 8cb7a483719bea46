/// One round of proposals.
public struct ExchangeProgress: Sendable, Equatable, Codable {
    /// Of the messages that the proposals came in.
    public let round: Int
    /// How far the sellers' and the buyers' copies of trades are from their mean, by Euclid's norm, in units of trades.
    public let primalResidual: Double
    /// How far the prices are from where they were, by Euclid's norm, in money per unit; for the method of multipliers
    /// the change of the agreed trades times the penalty.
    public let dualResidual: Double
    /// The greatest lower bound so far of the joint cost change; nil before there is one.
    public let lowerBound: Double?
    /// The least joint cost change so far that all parties have confirmed.
    public let best: Double
}

/// Trades that all parties can do, and what is proven of them.
public struct ExchangeOutcome: Sendable, Equatable {
    public enum Ending: String, Sendable, Codable {
        /// The gap is within what was asked for.
        case gap
        /// Copies and prices have settled, though the gap is greater: so it may be with integers.
        case settled
        case roundLimit
    }

    public let ending: Ending
    /// By link and step.
    public let trades: [[Double]]
    /// Money per unit by link and step that a seller receives; the buyer pays the fee on top.
    public let prices: [[Double]]
    /// By party: what its plan costs it more than acting alone, payments left out.
    public let asks: [Double]
    /// Joint cost with the trades and their fees, less the joint cost of all acting alone: never above 0.
    public let costChange: Double
    /// No trades make the joint cost change less, proven by the parties' answers.
    public let lowerBound: Double
    /// Rounds of messages, those included that only bound or confirm.
    public let rounds: Int
    public let history: [ExchangeProgress]
    public let messages: Int
    public let bytes: Int

    /// The part of the greatest possible gain that may still be missed, 0 to 1.
    public var gap: Double { Self.gap(costChange, lowerBound) }

    static func gap(_ best: Double, _ bound: Double) -> Double {
        bound < 0 ? min(1, max(0, (best - bound) / -bound)) : 0
    }
}

/// How the parties come to joint trades.
public enum ExchangeMethod: Sendable {
    case alternatingDirections(AlternatingDirections)
    case columnGeneration(ColumnGeneration)

    /// Negotiates until the method's end.
    ///
    /// The outcome is a function of the answers alone, whoever gives them at whatever time.
    ///
    /// - Throws: ``ExchangeError``; `Interrupted` and `WorkSpent` where the code that calls is to end.
    public func solve(
        _ network: ExchangeNetwork, asking parties: ExchangeRoundTrip, log: MessageLog
    ) throws -> ExchangeOutcome {
        let negotiation = Negotiation(network, parties, log)
        switch self {
        case .alternatingDirections(let method): return try method.solve(negotiation)
        case .columnGeneration(let method): return try method.solve(negotiation)
        }
    }
}
