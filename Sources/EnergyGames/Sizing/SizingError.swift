/// Why a case cannot be played as the game that was asked for.
public enum SizingError: Error, Equatable, CustomStringConvertible {
    /// A game of prices has no place for sizes.
    case sizesToDecide(path: String)
    /// Nobody is charged on the days.
    case daysToOperate(day: String)
    case noDays
    case daysDisagree(day: String, other: String)
    case pricesToDecide(day: String)
    /// A game needs somebody who answers.
    case nobodyToAnswer(case: String)

    public var description: String {
        switch self {
        case .sizesToDecide(let path):
            "\(path) is to be decided, but here prices are. Give it as a number, or ask for sizes, as `size` does."
        case .daysToOperate(let day):
            "'\(day)' is a typical day of a year on which nobody is charged. Add users and prices, or ask for sizes, as `size` does."
        case .nobodyToAnswer(let name):
            "nobody answers the operator of '\(name)', so there is no game. Ask for its operation, as `dispatch` does, or "
                + "add users and prices."
        case .noDays: "there is no typical day to operate on. Give at least one."
        case .daysDisagree(let day, let other):
            "the devices of '\(day)' are not those of '\(other)', but sizes and investments hold for all days."
        case .pricesToDecide(let day):
            "prices of '\(day)' are to be decided, but here sizes are. Fix the prices, or ask for them, as `price` does."
        }
    }
}
