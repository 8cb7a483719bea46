/// What is known of a day when it begins, for every day of a history and the day after it.
struct ForecastFeatures: Sendable {
    let history: SessionHistory
    /// For each day and component one row a step; empty for days with less than `lookBack` days before them.
    private let rows: [[DayEnvelope.Component: [[Double]]]]
    /// The day before each day, as it was known at midnight.
    private let yesterdays: [DayEnvelope]
    private let means: [DayEnvelope]

    /// Days that the features look back at least.
    static let lookBack = 7

    init(_ history: SessionHistory) {
        self.history = history
        var rows: [[DayEnvelope.Component: [[Double]]]] = []
        var (yesterdays, means): ([DayEnvelope], [DayEnvelope]) = ([], [])
        for day in 0...history.days {
            guard day >= Self.lookBack else {
                rows.append([:])
                continue
            }
            let known = history.known(before: day)
            yesterdays.append(known[day - 1])
            means.append(Self.mean(known, step: history.step))
            let carried = Self.gap(known[day - 1])
            rows.append(
                DayEnvelope.Component.allCases.reduce(into: [:]) { rows, component in
                    rows[component] = Self.rows(
                        known.suffix(56).map { $0[component] }, weekday: history.weekday(day), carried: carried)
                })
        }
        self.rows = rows
        self.yesterdays = yesterdays
        self.means = means
    }

    /// - Parameter day: an index in `lookBack ... history.days`.
    func rows(_ component: DayEnvelope.Component, day: Int) -> [[Double]] { rows[day][component] ?? [] }

    func yesterday(_ day: Int) -> DayEnvelope { yesterdays[day - Self.lookBack] }

    func meanByHour(_ day: Int) -> DayEnvelope { means[day - Self.lookBack] }

    /// kWh that vehicles may have taken before midnight but need not have: yesterday's closing gap.
    func carriedEnergy(_ day: Int) -> Double { Self.gap(yesterday(day)) }

    private static func gap(_ day: DayEnvelope) -> Double { (day.upperEnergy.last ?? 0) - (day.lowerEnergy.last ?? 0) }

    /// - Parameter past: one component of the last days, latest last; at least `lookBack` of them.
    private static func rows(_ past: [[Double]], weekday: Int, carried: Double) -> [[Double]] {
        let latest = past.count
        let sameWeekdays = stride(from: latest - 7, through: 0, by: -7).map { past[$0] }
        let week = mean(past.suffix(7))
        let month = mean(past.suffix(28))
        let weekdayMean = mean(sameWeekdays[...])
        let last = past[latest - 1].last ?? 0
        return past[0].indices.map { t in
            [
                Double(t), Double(weekday), past[latest - 1][t], past[latest - 7][t], week[t], month[t],
                weekdayMean[t], last, carried,
            ]
        }
    }

    /// Step by step.
    private static func mean(_ series: ArraySlice<[Double]>) -> [Double] {
        guard let first = series.first else { return [] }
        return first.indices.map { t in series.reduce(0) { $0 + $1[t] } / Double(series.count) }
    }

    private static func mean(_ days: [DayEnvelope], step: Double) -> DayEnvelope {
        DayEnvelope(
            step: step,
            series: DayEnvelope.Component.allCases.reduce(into: [:]) { series, component in
                series[component] = mean(days.map { $0[component] }[...])
            },
            carriedEnergy: days.reduce(0) { $0 + $1.carriedEnergy } / Double(max(1, days.count)))
    }
}
