/// How far forecasts of past days lie from what happened, walking forward: each day is forecast from the days before it alone.
public struct ForecastEvaluation: Sendable, Equatable, Codable {
    /// Over all steps of the held-out days.
    public struct Accuracy: Sendable, Equatable, Codable {
        /// In the unit of what was forecast.
        public let meanAbsoluteError: Double
        public let rootMeanSquareError: Double

        init(_ errors: [Double]) {
            let count = Double(max(1, errors.count))
            meanAbsoluteError = errors.reduce(0) { $0 + abs($1) } / count
            rootMeanSquareError = (errors.reduce(0) { $0 + $1 * $1 } / count).squareRoot()
        }
    }

    /// One series of the envelope by one method.
    public struct Row: Sendable, Equatable, Codable {
        public let method: FleetForecast.Method
        public let component: DayEnvelope.Component
        public let accuracy: Accuracy
    }

    /// The number of sessions a day by one method.
    public struct CountRow: Sendable, Equatable, Codable {
        public let method: FleetForecast.Method
        public let accuracy: Accuracy
    }

    /// Days held out, counted as the sessions' days.
    public let days: Range<Int>
    /// New trees were fitted every so many days.
    public let refitInterval: Int
    /// One a method and component.
    public let rows: [Row]
    /// Sessions that began on each held-out day; `meanByHour` is then the mean over all days before.
    public let sessionCounts: [CountRow]

    public func accuracy(_ component: DayEnvelope.Component, by method: FleetForecast.Method) -> Accuracy? {
        rows.first { $0.component == component && $0.method == method }?.accuracy
    }

    public func sessionCountAccuracy(by method: FleetForecast.Method) -> Accuracy? {
        sessionCounts.first { $0.method == method }?.accuracy
    }
}

extension FleetForecast {
    /// Forecasts the last days of a history one after the other by all methods, and compares.
    ///
    /// At each held-out day's midnight all methods know the same: the days before, with open stays guessed. Trees are fitted anew
    /// every `settings.refitInterval` days, on days before the fit.
    ///
    /// - Parameter heldOutDays: at least 1; ``shortestHistory`` days must lie before them.
    /// - Throws: ``FleetForecastError``.
    public static func evaluate(
        _ sessions: [PlugInSession], heldOutDays: Int, settings: Settings = Settings()
    ) throws -> ForecastEvaluation {
        try FleetForecast(sessions, settings: settings).evaluate(heldOutDays: heldOutDays)
    }

    /// As ``evaluate(_:heldOutDays:settings:)``, of this forecast's own history.
    public func evaluate(heldOutDays: Int) throws -> ForecastEvaluation {
        guard heldOutDays >= 1 else { throw FleetForecastError.badSetting("at least one day must be held out.") }
        guard history.days - heldOutDays >= Self.shortestHistory else {
            throw FleetForecastError.historyTooShort(days: history.days, needed: heldOutDays + Self.shortestHistory)
        }
        let days = history.days - heldOutDays..<history.days
        var errors: [Method: [DayEnvelope.Component: [Double]]] = [:]
        var countErrors: [Method: [Double]] = [:]
        for first in stride(from: days.lowerBound, to: days.upperBound, by: settings.refitInterval) {
            let model = try EnvelopeModel(features, before: first, settings)
            let countModel = try SessionCountModel(history, before: first, settings)
            for day in first..<min(first + settings.refitInterval, days.upperBound) {
                for method in Method.allCases {
                    let guess =
                        switch method {
                        case .boostedTrees: model.forecast(day)
                        case .sameAsYesterday: features.yesterday(day)
                        case .meanByHour: features.meanByHour(day)
                        }
                    for component in DayEnvelope.Component.allCases {
                        errors[method, default: [:]][component, default: []] += zip(
                            guess[component], history.truth[day][component]
                        ).map { $0 - $1 }
                    }
                    countErrors[method, default: []].append(
                        countModel.forecast(day, by: method) - Double(history.count(day)))
                }
            }
        }
        return ForecastEvaluation(
            days: history.firstDay + days.lowerBound..<history.firstDay + days.upperBound,
            refitInterval: settings.refitInterval,
            rows: Method.allCases.flatMap { method in
                DayEnvelope.Component.allCases.map { component in
                    ForecastEvaluation.Row(
                        method: method, component: component, accuracy: .init(errors[method]?[component] ?? []))
                }
            },
            sessionCounts: Method.allCases.map { .init(method: $0, accuracy: .init(countErrors[$0] ?? [])) })
    }
}
