/// Past sessions by day, and what of them was known at each midnight.
///
/// A forecast is made at midnight. A vehicle that is still there then has not told when it will leave or what it will have taken;
/// its departure and energy must not reach the forecast. The history answers for every midnight with such stays replaced by
/// typical ones: the median hours beyond midnight and the median energy of overnight stays that had ended by then.
struct SessionHistory: Sendable {
    let firstDay: Int
    /// The first day after the last arrival.
    let endDay: Int
    let step: Double
    let assumedPower: Double
    /// One a day, with all that became known later: what a forecast is measured against.
    let truth: [DayEnvelope]
    private let firstWeekday: Int
    /// Sessions that begin on each day, by arrival.
    private let arriving: [[PlugInSession]]
    /// Sessions that are there on each day, by arrival.
    private let present: [[PlugInSession]]

    /// Days over which typical overnight stays are looked for.
    private static let typicalDays = 28

    init(_ sessions: [PlugInSession], step: Double, assumedPower: Double) throws(FleetForecastError) {
        guard step > 0, step <= 24, abs(24 / step - (24 / step).rounded()) < 1e-9 else {
            throw .badSetting("the step of \(step) h does not divide a day.")
        }
        guard assumedPower > 0, assumedPower.isFinite else {
            throw .badSetting("the assumed power of \(assumedPower) kW is not positive.")
        }
        for (index, session) in sessions.enumerated() {
            if let problem = session.problem { throw .badSession(index: index, problem) }
        }
        let ordered = sessions.enumerated().sorted {
            ($0.element.arrivalTime, $0.offset) < ($1.element.arrivalTime, $1.offset)
        }.map(\.element)
        guard let first = ordered.first, let last = ordered.last else {
            throw .historyTooShort(days: 0, needed: FleetForecast.shortestHistory)
        }
        for (index, session) in sessions.enumerated() where (session.weekday - session.day - first.weekday + first.day) % 7 != 0 {
            throw .badSession(
                index: index, "weekday \(session.weekday) on day \(session.day) does not go with weekday \(first.weekday) on day \(first.day).")
        }
        firstDay = first.day
        endDay = last.day + 1
        firstWeekday = first.weekday
        self.step = step
        self.assumedPower = assumedPower
        var arriving = [[PlugInSession]](repeating: [], count: endDay - firstDay)
        var present = arriving
        for session in ordered {
            arriving[session.day - firstDay].append(session)
            let lastDay = min(endDay - 1, session.day + Int((session.departure / 24).rounded(.down)))
            for day in session.day...max(session.day, lastDay) { present[day - firstDay].append(session) }
        }
        self.arriving = arriving
        self.present = present
        truth = present.indices.map { [firstDay] index in
            DayEnvelope(day: firstDay + index, of: present[index], step: step, assumedPower: assumedPower)
        }
    }

    var days: Int { truth.count }

    /// 0 ... 6; of the day at an index from `firstDay`, which may lie after the history.
    func weekday(_ index: Int) -> Int { (firstWeekday + index) % 7 }

    /// How many sessions began on a day.
    func count(_ index: Int) -> Int { arriving[index].count }

    /// The envelopes of all days before a midnight, as they were known then.
    ///
    /// - Parameter origin: index of the day that the midnight begins, at most `days`.
    func known(before origin: Int) -> [DayEnvelope] {
        let midnight = 24 * Double(firstDay + origin)
        var envelopes = Array(truth[..<origin])
        let open = origin > 0 ? present[origin - 1].filter { $0.departureTime > midnight } : []
        guard let earliest = open.map({ $0.day }).min() else { return envelopes }
        let typical = typicalNight(before: origin)
        for index in earliest - firstDay..<origin {
            let sessions = present[index].map { session -> PlugInSession in
                guard session.departureTime > midnight else { return session }
                var guess = session
                guess.departure = midnight + typical.hours - 24 * Double(session.day)
                guess.energy = typical.energy
                return guess
            }
            envelopes[index] = DayEnvelope(
                day: firstDay + index, of: sessions, step: step, assumedPower: assumedPower)
        }
        return envelopes
    }

    /// Sessions that began in a range of days and had ended by a midnight.
    func ended(in range: Range<Int>, before origin: Int) -> [PlugInSession] {
        let midnight = 24 * Double(firstDay + origin)
        return range.clamped(to: 0..<origin).flatMap { arriving[$0].filter { $0.departureTime <= midnight } }
    }

    /// Median hours beyond midnight and median energy of overnight stays; where there were none, the vehicle leaves at midnight with
    /// the median energy of all stays.
    private func typicalNight(before origin: Int) -> (hours: Double, energy: Double) {
        let past = ended(in: origin - Self.typicalDays..<origin, before: origin)
        let overnight = past.filter { $0.departure > 24 }
        return overnight.isEmpty
            ? (0, Self.median(past.map(\.energy)))
            : (Self.median(overnight.map { $0.departure - 24 }), Self.median(overnight.map(\.energy)))
    }

    private static func median(_ values: [Double]) -> Double {
        let sorted = values.sorted()
        guard let last = sorted.last else { return 0 }
        return sorted.count > 1 ? 0.5 * (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) : last
    }
}
