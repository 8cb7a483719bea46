extension FleetForecast {
    /// Weeks back to which typical sessions are looked for.
    static let typicalWeeks = 8

    /// Representative sessions of a day, for a model that wants single vehicles.
    ///
    /// Their number is forecast by boosted trees. The sessions themselves are past ones of the same weekday, of the last eight weeks
    /// (of all weekdays, where that weekday had none): sorted by arrival, `n` of them at the evenly spaced ranks
    /// `(i + 1/2) / n`. So their arrivals have the quantiles of the past arrivals, and each keeps the departure, energy, power and
    /// state of charge that went with its arrival. No random numbers are drawn. Only sessions that had ended before the day are used,
    /// and vehicles that are still there from the day before are not among the forecast.
    ///
    /// - Parameter day: as in ``envelope(day:by:)``.
    /// - Throws: ``FleetForecastError`` for a day that cannot be forecast.
    public func sessions(day: Int? = nil) throws -> [PlugInSession] {
        let day = day ?? nextDay
        let origin = try index(of: day)
        let model = try SessionCountModel(history, before: origin, settings)
        let count = Int(model.forecast(origin, by: .boostedTrees).rounded())
        let weekday = history.weekday(origin)
        let recent = history.ended(in: origin - 7 * Self.typicalWeeks..<origin, before: origin)
        let sameWeekday = recent.filter { $0.weekday == weekday }
        let pool = (sameWeekday.isEmpty ? recent : sameWeekday).sorted {
            ($0.arrival, $0.departure, $0.energy, $0.day) < ($1.arrival, $1.departure, $1.energy, $1.day)
        }
        guard !pool.isEmpty, count > 0 else { return [] }
        return (0..<count).map { i in
            var session = pool[min(pool.count - 1, Int((Double(i) + 0.5) / Double(count) * Double(pool.count)))]
            session.day = day
            session.weekday = weekday
            return session
        }
    }
}

/// The trees that tell how many sessions begin on a day, fitted to the days before one midnight.
struct SessionCountModel {
    private let history: SessionHistory
    private let trees: GradientBoostedTrees

    init(_ history: SessionHistory, before origin: Int, _ settings: FleetForecast.Settings) throws {
        self.history = history
        let days = max(ForecastFeatures.lookBack, origin - settings.trainingDays)..<origin
        var treeSettings = settings.trees
        // A day is one sample here, not one of many.
        treeSettings.smallestLeaf = max(1, min(treeSettings.smallestLeaf, days.count / 8))
        trees = try GradientBoostedTrees(
            features: days.map { Self.features(history, $0) }, targets: days.map { Double(history.count($0)) },
            settings: treeSettings)
    }

    /// Sessions, at least 0; not a whole number.
    func forecast(_ day: Int, by method: FleetForecast.Method) -> Double {
        switch method {
        case .boostedTrees: max(0, trees.predict(Self.features(history, day)))
        case .sameAsYesterday: Double(history.count(day - 1))
        case .meanByHour: Self.mean(history, Array(0..<day))
        }
    }

    /// Weekday, the counts a day and a week ago, their means over a week, four weeks and the same weekdays of eight weeks. An
    /// arrival is known when it happens, so nothing needs to be guessed.
    private static func features(_ history: SessionHistory, _ day: Int) -> [Double] {
        let sameWeekdays = (1...8).map { day - 7 * $0 }.filter { $0 >= 0 }
        return [
            Double(history.weekday(day)), Double(history.count(day - 1)), Double(history.count(day - 7)),
            mean(history, Array(day - 7..<day)), mean(history, Array(max(0, day - 28)..<day)),
            mean(history, sameWeekdays),
        ]
    }

    private static func mean(_ history: SessionHistory, _ days: [Int]) -> Double {
        days.reduce(0) { $0 + Double(history.count($1)) } / Double(max(1, days.count))
    }
}
