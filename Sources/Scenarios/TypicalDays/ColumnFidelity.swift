/// How well weighted days represent one series of a year.
public struct ColumnFidelity: Sendable, Equatable {
    /// The weighted days' sum less the year's, as a share of the year's sum of absolute values.
    public let totalError: Double
    /// Highest value of the year and of the weighted days, in the series' unit. Equipment sized for the days may be too
    /// small for the year by the difference.
    public let yearPeak: Double
    public let peak: Double
    /// Mean absolute difference of the two duration curves, each value of a weighted day repeated as often as its
    /// weight says, as a share of the year's mean absolute value. It is the Kantorovich distance of the two
    /// distributions of single values.
    public let durationCurveError: Double

    /// - Parameters:
    ///   - series: a whole number of days, finite.
    ///   - stepsPerDay: 24 for an hourly series.
    ///   - days: indices of the days that represent all.
    ///   - weights: for each of them how many days it represents, at least 0; they sum to all days.
    public init(of series: [Double], stepsPerDay: Int = 24, days: [Int], weights: [Int]) {
        precondition(days.count == weights.count && weights.reduce(0, +) * stepsPerDay == series.count)
        let chosen = zip(days, weights).filter { $0.1 > 0 }
            .map { day, weight in (values: series[day * stepsPerDay..<(day + 1) * stepsPerDay], weight: weight) }
        let size = series.reduce(0) { $0 + abs($1) }
        let total = chosen.reduce(0) { $0 + Double($1.weight) * $1.values.reduce(0, +) }
        totalError = size > 0 ? (total - series.reduce(0, +)) / size : 0
        yearPeak = series.max() ?? 0
        peak = chosen.compactMap { $0.values.max() }.max() ?? 0
        let repeated = chosen.flatMap { day in day.values.flatMap { [Double](repeating: $0, count: day.weight) } }
        let difference = zip(series.sorted(), repeated.sorted()).reduce(0) { $0 + abs($1.0 - $1.1) }
        durationCurveError = size > 0 ? difference / size : 0
    }
}
