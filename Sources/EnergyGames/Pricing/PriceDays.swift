import Energy

/// Why days cannot share a tariff.
public enum PriceDayError: Error, Equatable, CustomStringConvertible {
    case noDays
    case weight(day: String, weight: Double)
    case otherSteps(day: String, first: String)

    public var description: String {
        switch self {
        case .noDays: "there is no day to post prices for. Give at least one."
        case .weight(let day, let weight):
            "'\(day)' comes \(weight) times. Give it a weight above 0, or take the day out."
        case .otherSteps(let day, let first):
            "the steps of '\(day)' are not those of '\(first)', but prices are the same on all days, step by step. Give all days the same steps."
        }
    }
}

extension TypicalDay {
    /// Whether days make a year of 365 days, or of 366.
    ///
    /// - Parameters:
    ///   - weights: how often each comes.
    ///   - time: of each.
    public static func makeYear(_ weights: [Double], of time: TimeGrid) -> Bool {
        let days = weights.reduce(0, +) * time.hours * Double(time.steps) / 24
        return abs(days - 365) <= 0.01 || abs(days - 366) <= 0.01
    }
}

extension EnergyGame {
    /// Whether prices are posted for days by name.
    public var hasDays: Bool { days[0].name != nil }

    /// Whether amounts are those of a year, since the days make one.
    public var isOfYear: Bool { hasDays && TypicalDay.makeYear(days.map(\.weight), of: system.time) }
}
