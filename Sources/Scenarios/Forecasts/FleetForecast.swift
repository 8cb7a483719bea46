/// A past charging session at a station.
public struct PlugInSession: Sendable, Equatable {
    /// Days since any fixed day, of the midnight that its hours count from.
    public var day: Int
    /// 0 ... 6, the same weekday always the same number.
    public var weekday: Int
    /// Hours after that day's midnight; the departure may exceed 24, and the arrival be below 0.
    public var arrival: Double
    public var departure: Double
    /// kWh delivered.
    public var energy: Double
    /// kW.
    public var maximumPower: Double

    public init(
        day: Int, weekday: Int, arrival: Double, departure: Double, energy: Double, maximumPower: Double
    ) {
        self.day = day
        self.weekday = weekday
        self.arrival = arrival
        self.departure = departure
        self.energy = energy
        self.maximumPower = maximumPower
    }

    /// The session with its hours counted from another day's midnight.
    func counted(from other: Int) -> PlugInSession {
        var session = self
        session.day = other
        session.weekday = ((weekday + other - day) % 7 + 7) % 7
        session.arrival -= 24 * Double(other - day)
        session.departure -= 24 * Double(other - day)
        return session
    }
}

/// One day of a station, hour by hour: the power that its vehicles could draw, and the bounds on the energy drawn since
/// midnight.
public struct DayEnvelope: Sendable, Equatable {
    /// kW, mean over each hour.
    public var power: [Double]
    /// kWh since midnight at the end of each hour, charging as late and as early as possible.
    public var leastEnergy: [Double]
    public var mostEnergy: [Double]

    /// The envelope of the sessions that touch a day (Minkowski sum, paper 001, eq. 2-3, for charging only), their
    /// hours counted from its midnight: an arrival below 0 was the day before, a departure above 24 is the day after.
    ///
    /// The day is planned on its own. A vehicle that is there at the beginning has already charged only what it could
    /// not charge later, and still needs the rest; by the end, it must have charged only what it cannot charge later.
    public init(_ sessions: [PlugInSession]) {
        power = [Double](repeating: 0, count: 24)
        leastEnergy = power
        mostEnergy = power
        for session in sessions {
            let arrival = max(0, session.arrival)
            // An energy that the charger cannot give in the rest of the stay is cut to what it can.
            let energy = min(session.energy, session.maximumPower * (session.departure - arrival))
            for t in 0..<24 {
                let (start, end) = (Double(t), Double(t + 1))
                power[t] += session.maximumPower * max(0, min(session.departure, end) - max(arrival, start))
                let gone = max(0, min(end, session.departure) - arrival)
                let left = max(0, session.departure - max(end, arrival))
                mostEnergy[t] += min(energy, session.maximumPower * gone)
                leastEnergy[t] += max(0, energy - session.maximumPower * left)
            }
        }
    }

    /// - Parameters:
    ///   - power: kW, one value per hour of the day; energies in kWh, as many.
    public init(power: [Double], leastEnergy: [Double], mostEnergy: [Double]) {
        self.power = power
        self.leastEnergy = leastEnergy
        self.mostEnergy = mostEnergy
    }

    /// A consistent envelope near the given one, in simple steps: nothing negative, energies that never fall, lower
    /// bound below upper bound, and never more demanded than the power allows by then, so that a case is feasible
    /// within it.
    public var consistent: DayEnvelope {
        let power = power.map { max(0, $0) }
        var (low, high, reachable) = (0.0, 0.0, 0.0)
        var (least, most): ([Double], [Double]) = ([], [])
        for t in power.indices {
            high = max(high, mostEnergy[t])
            reachable = min(reachable + power[t], high)
            low = min(max(low, leastEnergy[t]), reachable)
            most.append(high)
            least.append(low)
        }
        return DayEnvelope(power: power, leastEnergy: least, mostEnergy: most)
    }

    fileprivate var components: [[Double]] { [power, leastEnergy, mostEnergy] }
}

/// Next day's envelope from past days by gradient-boosted trees (paper 001, section 3.1.4), with two naive forecasts
/// for comparison.
public struct FleetForecast: Sendable {
    public enum Method: String, Sendable, CaseIterable {
        case boostedTrees = "gradient-boosted trees"
        case sameAsYesterday = "same as yesterday"
        case meanByHour = "mean by hour"
    }

    /// Mean absolute errors over all hours of the held-out days.
    public struct Errors: Sendable, Equatable {
        public let method: Method
        /// kW.
        public let power: Double
        /// kWh.
        public let leastEnergy: Double
        public let mostEnergy: Double
    }

    /// Days of history, oldest first; a day without sessions is an empty envelope.
    private let days: [DayEnvelope]
    private let firstDay: Int
    private let firstWeekday: Int
    private let settings: GradientBoostedTrees.Settings

    /// Days that the features look back: learning can begin with the day after them.
    static let lookBack = 7
    /// Most days that are learnt from, the last ones of the history: two years contain every season twice, and limit
    /// the work.
    public static let longestHistory = 731

    /// - Throws: ``FleetForecastError`` for a history that is too short.
    public init(_ sessions: [PlugInSession], settings: GradientBoostedTrees.Settings = .init()) throws {
        guard let earliest = sessions.min(by: { $0.day < $1.day }), let last = sessions.map(\.day).max() else {
            throw FleetForecastError.historyTooShort(neededDays: 2 * Self.lookBack + 1)
        }
        // Which vehicles were there at midnight before the first session is unknown; it does not matter if nobody stays
        // overnight.
        let staysOvernight = sessions.contains { $0.departure > 24 }
        let known = staysOvernight ? earliest.day + 1 : earliest.day
        let first = max(known, last - Self.longestHistory + 1)
        guard last - first >= 2 * Self.lookBack else {
            throw FleetForecastError.historyTooShort(neededDays: 2 * Self.lookBack + 1 + known - earliest.day)
        }
        var touching = [[PlugInSession]](repeating: [], count: last - first + 1)
        for session in sessions {
            let end = session.day + max(0, Int((min(session.departure, 24e5) / 24).rounded(.up)) - 1)
            for day in max(first, session.day)...max(first, min(last, end)) where day >= session.day && day <= end {
                touching[day - first].append(session.counted(from: day))
            }
        }
        days = touching.map { DayEnvelope($0) }
        firstDay = first
        firstWeekday = ((earliest.weekday + first - earliest.day) % 7 + 7) % 7
        self.settings = settings
    }

    /// The day after the history.
    public func nextDay(_ method: Method = .boostedTrees) throws -> DayEnvelope {
        try forecast(days.count, method)
    }

    /// Walks forward over the last days: each is forecast from the days before it alone.
    ///
    /// - Parameter count: 1 ... ``longestHistory``.
    public func errors(heldOutDays count: Int) throws -> [Errors] {
        let count = max(1, min(count, Self.longestHistory))
        guard days.count - count > Self.lookBack + 1 else {
            throw FleetForecastError.historyTooShort(neededDays: count + Self.lookBack + 2)
        }
        return try Method.allCases.map { method in
            var sums = [0.0, 0.0, 0.0]
            for day in days.count - count..<days.count {
                let guess = try forecast(day, method).components
                for (k, truth) in days[day].components.enumerated() {
                    for t in 0..<24 { sums[k] += abs(guess[k][t] - truth[t]) }
                }
            }
            let hours = Double(24 * count)
            return Errors(
                method: method, power: sums[0] / hours, leastEnergy: sums[1] / hours, mostEnergy: sums[2] / hours)
        }
    }

    /// Forecast of a day from those before it.
    private func forecast(_ day: Int, _ method: Method) throws -> DayEnvelope {
        switch method {
        case .sameAsYesterday: return days[day - 1]
        case .meanByHour:
            let means = (0..<3).map { k in
                (0..<24).map { t in days[..<day].reduce(0) { $0 + $1.components[k][t] } / Double(day) }
            }
            return DayEnvelope(power: means[0], leastEnergy: means[1], mostEnergy: means[2])
        case .boostedTrees:
            let learnt = (Self.lookBack..<day).flatMap { d in (0..<24).map { (d, $0) } }
            let guesses = try (0..<3).map { k in
                let series = days.map { $0.components[k] }
                let trees = try GradientBoostedTrees(
                    features: learnt.map { features(of: series, day: $0.0, hour: $0.1) },
                    targets: learnt.map { series[$0.0][$0.1] }, settings: settings)
                return (0..<24).map { trees.predict(features(of: series, day: day, hour: $0)) }
            }
            return DayEnvelope(power: guesses[0], leastEnergy: guesses[1], mostEnergy: guesses[2]).consistent
        }
    }

    /// What is known of an hour before its day begins: hour, weekday, the hour a day and a week ago, its mean over the
    /// last week and over all such weekdays, and yesterday's last value.
    private func features(of series: [[Double]], day: Int, hour: Int) -> [Double] {
        let weekday = (firstWeekday + day) % 7
        let week = (day - Self.lookBack..<day).reduce(0) { $0 + series[$1][hour] } / Double(Self.lookBack)
        var (total, count) = (0.0, 0.0)
        var past = day - 7
        while past >= 0 {
            total += series[past][hour]
            count += 1
            past -= 7
        }
        return [
            Double(hour), Double(weekday), series[day - 1][hour], series[day - 7][hour], week, total / max(1, count),
            series[day - 1][23],
        ]
    }
}

public enum FleetForecastError: Error, Equatable, CustomStringConvertible {
    case historyTooShort(neededDays: Int)

    public var description: String {
        switch self {
        case .historyTooShort(let days): "the history of sessions is too short: at least \(days) days are needed."
        }
    }
}
