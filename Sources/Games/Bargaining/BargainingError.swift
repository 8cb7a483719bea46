/// Why a game among parties who may join has no answer.
public enum BargainingError: Error, Equatable, CustomStringConvertible {
    case tooFewPlayers(Int)
    case tooManyPlayers(Int, most: Int)
    case duplicateName(String)
    case wrongCount(what: String, expected: Int, found: Int)
    case notANumber(what: String)
    /// The value of the empty coalition.
    case valueOfNobody(Double)
    /// By so much all together get less than each alone.
    case noImputation(shortfall: Double)
    case weightNotPositive(party: String, weight: Double)
    /// A solve ended without an optimum.
    case unsolved(what: String, status: String)
    /// The gain of a party has no greatest value.
    case unboundedGain(party: String)

    // Blocks that are linked by trades.
    case noSuchTrader(trade: Int)
    case tradesWithItself(player: String)
    case foreignTrade(player: String)
    case tradedTwice(player: String, variable: String)
    case cannotRefuseTrade(player: String, variable: String, lower: Double, upper: Double)
    case cannotActAlone(player: String)
    case unboundedAlone(player: String)
    case unboundedTrade(seller: String, buyer: String, variable: String)
    /// The program says another excess of a coalition than what its members get when their places are fixed.
    case inaccurate(coalition: [String], claimed: Double, found: Double)

    public var description: String {
        switch self {
        case .tooFewPlayers(let count): "a cooperative game needs two players at least, but has \(count)."
        case .tooManyPlayers(let count, let most):
            "\(count) players: all coalitions can be listed for \(most) at most, and asked about for "
                + "\(Coalition.mostPlayers). Use a CoalitionOracle, or let parties join who act as one."
        case .duplicateName(let name): "two players are called '\(name)'. Rename one."
        case .wrongCount(let what, let expected, let found): "\(what) needs \(expected) numbers, but has \(found)."
        case .notANumber(let what): "\(what) must be a finite number."
        case .valueOfNobody(let value): "the coalition of nobody must have the value 0, but has \(value)."
        case .noImputation(let shortfall):
            "all together get \(shortfall) less than each alone, so that no division keeps everybody from leaving."
        case .weightNotPositive(let party, let weight):
            "the weight of '\(party)' is \(weight). A bargain needs finite weights above 0."
        case .unsolved(let what, let status): "\(what) was not solved: \(status). Raise the limits of the solver."
        case .unboundedGain(let party):
            "the gain of '\(party)' has no greatest value. Give the variables that it depends on finite bounds."
        case .noSuchTrader(let trade): "trade \(trade + 1) names a player who does not exist."
        case .tradesWithItself(let player): "'\(player)' trades with itself. Leave that out."
        case .foreignTrade(let player): "a trade of '\(player)' uses a variable that belongs to another model."
        case .tradedTwice(let player, let variable):
            "'\(variable)' of '\(player)' stands in two trades. Give each trade a variable of its own."
        case .cannotRefuseTrade(let player, let variable, let lower, let upper):
            "'\(variable)' of '\(player)' is between \(lower) and \(upper), so that there is no operation without "
                + "this trade. Let it be 0."
        case .cannotActAlone(let player):
            "'\(player)' has no solution without trade, so that its gain by trade has no measure. Let it serve itself, "
                + "at a high cost if need be."
        case .unboundedAlone(let player):
            "the cost of '\(player)' without trade has no least value. Give its variables finite bounds."
        case .unboundedTrade(let seller, let buyer, let variable):
            "the trade '\(variable)' from '\(seller)' to '\(buyer)' has no limit on either side. Give one of the two "
                + "variables finite bounds."
        case .inaccurate(let coalition, let claimed, let found):
            "the excess of \(coalition.joined(separator: ", ")) is \(claimed) by the program of all coalitions, but "
                + "\(found) by its own. Give variables bounds that are no greater than need be."
        }
    }
}
