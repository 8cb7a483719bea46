import Writing

/// Which scenarios of a typical day make days.
public enum ScenarioChoice: Sendable {
    /// Those that represent all, as the case says.
    case kept
    /// All that are drawn.
    case every
    /// None: the day is as it is forecast.
    case none
    /// None, and one day in the place of all: their mean, see ``Case/onMeanDay()``.
    case mean
}

/// The scenarios of a typical day: how many were drawn, which are kept, and how well these stand for all.
public struct DayScenarios: Sendable, Equatable {
    /// Name of the typical day.
    public let day: String
    /// How many were drawn, all equally likely.
    public let drawn: Int
    /// Those that are kept, from 0. The days that they make are named after the day and this number, counted from 1.
    public let kept: [Int]
    /// One a kept scenario; together 1.
    public let probabilities: [Double]
    /// Kantorovich distance of the kept from all: of two scenarios, the root of the sum of squares over all steps, in
    /// standard deviations of each series.
    public let distance: Double
    /// ``distance`` as a share of that of the best single scenario.
    public let relativeDistance: Double

    /// Name of the day that a scenario makes.
    public static func name(of scenario: Int, on day: String) -> String { "\(day)_\(scenario + 1)" }

    /// What is kept, for people: `3 of 100 kept, with probabilities 0.41, 0.32, 0.27`.
    public var sentence: String {
        let shown = probabilities.prefix(10).map { Self.text($0) }.joined(separator: ", ")
        return "\(kept.count) of \(drawn) kept, with probabilities \(shown)\(kept.count > 10 ? ", …" : "")"
    }

    /// How far the kept are from all, for people.
    public var distanceSentence: String {
        "\(Self.text(distance)) standard deviations, \(Self.text(relativeDistance)) of the best single scenario's"
    }

    private static func text(_ number: Double) -> String { NumberText.plain((1000 * number).rounded() / 1000) }
}
