/// Next day's envelope and sessions of a station, from its past sessions by gradient-boosted trees (paper 001, section 3.1.4).
///
/// A forecast is made at the midnight that begins its day, from what was known then: sessions that had ended, and that others were
/// plugged in. For each component of ``DayEnvelope`` trees learn from past days, one sample a step: step of the day, weekday, the
/// same step a day and a week ago, its mean over the last week, over the last four weeks and over the same weekdays of eight weeks,
/// the day's last step before midnight, and the energy carried over midnight. Two naive forecasts stand beside them.
public struct FleetForecast: Sendable {
    public enum Method: String, Sendable, CaseIterable, Codable {
        case boostedTrees = "gradient-boosted trees"
        /// Each step as the day before.
        case sameAsYesterday = "same as yesterday"
        /// Each step as its mean over all days before.
        case meanByHour = "mean by hour"
    }

    public struct Settings: Sendable, Equatable, Codable {
        /// Hours of a step; 24 h are a whole number of steps.
        public var step: Double
        /// kW of a session that does not know its own.
        public var assumedPower: Double
        /// Days that trees learn from, the latest; at least 7.
        public var trainingDays: Int
        /// An evaluation fits new trees every so many days, at least 1; in between they forecast with the latest features.
        public var refitInterval: Int
        public var trees: GradientBoostedTrees.Settings

        public init(
            step: Double = 1, assumedPower: Double = 7.2, trainingDays: Int = 84, refitInterval: Int = 1,
            trees: GradientBoostedTrees.Settings = .init(trees: 60, depth: 3, learningRate: 0.1, smallestLeaf: 10)
        ) {
            self.step = step
            self.assumedPower = assumedPower
            self.trainingDays = trainingDays
            self.refitInterval = refitInterval
            self.trees = trees
        }
    }

    public let settings: Settings
    let history: SessionHistory
    let features: ForecastFeatures

    /// Days of history that a forecast needs: a week to look back on and a week to learn from.
    public static let shortestHistory = 14

    /// - Parameter sessions: in any order. Days without any are days on which nobody came.
    /// - Throws: ``FleetForecastError`` for sessions that cannot be, settings out of range, and histories that are too short.
    public init(_ sessions: [PlugInSession], settings: Settings = Settings()) throws {
        guard settings.trainingDays >= 7, settings.refitInterval >= 1 else {
            throw FleetForecastError.badSetting("trainingDays must be at least 7 and refitInterval at least 1.")
        }
        self.settings = settings
        history = try SessionHistory(sessions, step: settings.step, assumedPower: settings.assumedPower)
        guard history.days >= Self.shortestHistory else {
            throw FleetForecastError.historyTooShort(days: history.days, needed: Self.shortestHistory)
        }
        features = ForecastFeatures(history)
    }

    /// The day after the last arrival, counted as the sessions' days.
    public var nextDay: Int { history.endDay }

    /// The envelope of a day, from what was known when it began.
    ///
    /// - Parameter day: counted as the sessions' days; the day after the history where none is given. Days within the history can be
    ///   forecast where ``shortestHistory`` days lie before them.
    /// - Throws: ``FleetForecastError`` for another day.
    public func envelope(day: Int? = nil, by method: Method = .boostedTrees) throws -> DayEnvelope {
        let origin = try index(of: day ?? nextDay)
        switch method {
        case .boostedTrees: return try EnvelopeModel(features, before: origin, settings).forecast(origin)
        case .sameAsYesterday: return features.yesterday(origin)
        case .meanByHour: return features.meanByHour(origin)
        }
    }

    /// Index of a day that can be forecast.
    func index(of day: Int) throws(FleetForecastError) -> Int {
        let first = history.firstDay + Self.shortestHistory
        guard (first...nextDay).contains(day) else { throw .dayOutOfReach(day, first: first, last: nextDay) }
        return day - history.firstDay
    }
}

/// The trees of the four components, fitted to what was known at one midnight.
struct EnvelopeModel {
    private let features: ForecastFeatures
    private let trees: [DayEnvelope.Component: GradientBoostedTrees]

    init(_ features: ForecastFeatures, before origin: Int, _ settings: FleetForecast.Settings) throws {
        self.features = features
        let known = features.history.known(before: origin)
        let days = max(ForecastFeatures.lookBack, origin - settings.trainingDays)..<origin
        var trees: [DayEnvelope.Component: GradientBoostedTrees] = [:]
        for component in DayEnvelope.Component.allCases {
            trees[component] = try GradientBoostedTrees(
                features: days.flatMap { features.rows(component, day: $0) },
                targets: days.flatMap { known[$0][component] }, settings: settings.trees)
        }
        self.trees = trees
    }

    /// - Parameter day: index of a day at or after the midnight of the fit.
    func forecast(_ day: Int) -> DayEnvelope {
        DayEnvelope(
            step: features.history.step,
            series: trees.reduce(into: [:]) { series, entry in
                series[entry.key] = features.rows(entry.key, day: day).map(entry.value.predict)
            },
            carriedEnergy: features.carriedEnergy(day))
    }
}

/// Why no forecast can be made.
public enum FleetForecastError: Error, Equatable, CustomStringConvertible {
    case historyTooShort(days: Int, needed: Int)
    /// The position of the session in the list, and what is wrong with it.
    case badSession(index: Int, String)
    case badSetting(String)
    case dayOutOfReach(Int, first: Int, last: Int)

    public var description: String {
        switch self {
        case .historyTooShort(let days, let needed):
            "the history of sessions is too short: it covers \(days) days, but at least \(needed) are needed."
        case .badSession(let index, let problem): "session \(index + 1): \(problem)"
        case .badSetting(let problem): problem
        case .dayOutOfReach(let day, let first, let last):
            "day \(day) cannot be forecast from this history, only days \(first) ... \(last)."
        }
    }
}
