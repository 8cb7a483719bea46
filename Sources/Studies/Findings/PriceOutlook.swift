import Games
import LinearModels

/// What can be said of given prices beside what they pay: for certain, nearby, and how much better prices could be.
///
/// Each part is given the work of a few seconds, counted. What that does not suffice for is nil.
public struct PriceOutlook: Sendable {
    /// What the prices pay for certain, as they are written.
    public let bankable: BankablePayoff?
    /// The least that prices pay which lie no farther off than a distance; nil where nobody asked.
    public let nearby: BankablePayoff?
    /// Upper bounds on the payoff of any prices; nil where nothing is to be decided.
    public let bounds: CheapBounds?

    /// Nothing: of prices of which no more is asked than what they pay.
    public init() { (bankable, nearby, bounds) = (nil, nil, nil) }

    /// - Parameters:
    ///   - decision: one number per decision.
    ///   - distance: in money per kWh; nil where prices nearby are of no interest.
    ///   - findsBounds: whether bounds are wanted.
    /// - Returns: without any part, where the game is not one of prices.
    public init(_ decision: [Double], in game: StackelbergGame, distance: Double? = nil, findsBounds: Bool = true)
        throws
    {
        guard let prices = game.bankable else {
            (bankable, nearby, bounds) = (nil, nil, nil)
            return
        }
        func least(_ reach: PriceReach) throws -> BankablePayoff? {
            let found = try WorkAllowance(PriceFindings.leastWork(of: game)).attempt {
                let evaluator = try Evaluator(game)
                let worst = try evaluator.evaluate(decision, ties: .pessimistic)
                return try evaluator.bankable(decision, reach)?.limited(by: worst, reach)
            }
            return found.flatMap { $0.isSettled ? $0 : nil }
        }
        bankable = try least(PriceReach(prices))
        nearby = try distance.flatMap { distance in
            try least(PriceReach(prices, lengths: decision.map { _ in distance }))
        }
        bounds =
            findsBounds && game.space.count > 0
            ? try CheapBounds(game, within: WorkAllowance(PriceFindings.leastWork(of: game))) : nil
    }
}
