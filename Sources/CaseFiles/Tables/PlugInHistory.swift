import Energy
import Foundation
import Scenarios
import Writing

/// Past charging sessions from a CSV table, for a forecast.
///
/// Columns: `arrival` and `departure` as times (`2019-03-01T06:20`, seconds and an offset from UTC may follow), `energy
/// [kWh]` delivered, `max_power [kW]` of the charger; units are converted.
///
/// Hours of a day are those of the clock at the station. With a time zone it is the zone's clock, for any offsets of
/// the times. Without one it is the clock of each time's own offset; the length of a session then uses the offsets if
/// both of its times have one. Days of 23 and 25 hours are counted in hours from the midnight before the arrival.
public struct PlugInHistory: Sendable {
    public let sessions: [PlugInSession]
    /// Warnings: what is odd but not wrong.
    public let warnings: [Diagnostic]

    /// A longer stay is a mistyped date.
    static let longestStay = 31.0 * 24
    /// A longer pause between two arrivals, in days, is more than a station's holidays.
    static let longestGap = 366

    private static let columns = ["arrival", "departure", "energy", "max_power"]

    /// - Parameters:
    ///   - url: a CSV file.
    ///   - timezone: of the station, such as `Europe/Berlin`; nil if its times are on its own clock.
    /// - Throws: ``CaseFileError`` with every row that cannot be read.
    public init(_ url: URL, timezone: String? = nil) throws(CaseFileError) {
        let log = DiagnosticLog()
        let sessions = Self.read(url, timezone, log)
        guard let sessions, !log.hasErrors else { throw CaseFileError(diagnostics: log.inFileOrder) }
        self.sessions = sessions
        warnings = log.inFileOrder
    }

    private static func read(_ url: URL, _ timezone: String?, _ log: DiagnosticLog) -> [PlugInSession]? {
        let file = url.lastPathComponent
        var clock: LocalClock?
        if let timezone {
            clock = LocalClock(zone: timezone)
            if clock == nil { log.error(SourceLocation(file: "--timezone"), LocalClock.unknown(zone: timezone)) }
        }
        guard let table = CSVText.read(url, log: log) else { return nil }
        let header = SourceLocation(file: file, line: table.headerLine)
        for name in columns where table.position(of: name) == nil {
            log.error(
                header,
                "the column '\(name)' is missing. A history has the columns \(columns.joined(separator: ", ")).")
        }
        func column(_ name: String, _ dimension: Energy.Dimension) -> TableColumn? {
            table.position(of: name).flatMap { table.column($0, dimension, 0...1e6, file: file, UnitSystem(), log) }
        }
        guard let energies = column("energy", .energy), let powers = column("max_power", .power),
            let arrivals = table.position(of: "arrival"), let departures = table.position(of: "departure"),
            !log.hasErrors
        else { return nil }
        var sessions: [(line: Int, arrival: String, session: PlugInSession)] = []
        for row in table.rows {
            let location = SourceLocation(file: file, line: row.line)
            let stay = Stay(
                from: row.cells[arrivals], to: row.cells[departures], clock: clock, at: location, log: log)
            let energy = energies.value(row, at: location, called: "energy", log)
            let power = powers.value(row, at: location, called: "max_power", log)
            guard let stay, let energy, let power else { continue }
            sessions.append((row.line, row.cells[arrivals], stay.session(energy: energy, maximumPower: power)))
        }
        checkGaps(sessions, file, log)
        return sessions.map(\.session)
    }

    private static func checkGaps(
        _ sessions: [(line: Int, arrival: String, session: PlugInSession)], _ file: String, _ log: DiagnosticLog
    ) {
        let inOrder = sessions.sorted { ($0.session.day, $0.line) < ($1.session.day, $1.line) }
        for (before, after) in zip(inOrder, inOrder.dropFirst())
        where after.session.day - before.session.day > longestGap {
            log.error(
                SourceLocation(file: file, line: after.line), "arrival",
                "there is no arrival in the \(after.session.day - before.session.day) days from '\(before.arrival)' "
                    + "(line \(before.line)) to "
                    + "'\(after.arrival)'; at most \(longestGap) are taken. Check the dates, or forecast from the "
                    + "sessions after them alone."
            )
        }
    }

    /// When a vehicle was at its charger.
    private struct Stay {
        /// Hours since 1970-01-01T00:00 on the clock of the station.
        let arrival: Double
        let hours: Double

        init?(
            from arrivalText: String, to departureText: String, clock: LocalClock?, at location: SourceLocation,
            log: DiagnosticLog
        ) {
            func stamp(_ text: String, _ column: String) -> TimeStamp? {
                if let stamp = TimeStamp(text) { return stamp }
                log.error(location, column, "'\(text)' is not a time. Write it as 2019-03-01T06:20.")
                return nil
            }
            let stamps = (stamp(arrivalText, "arrival"), stamp(departureText, "departure"))
            guard let first = stamps.0, let last = stamps.1 else { return nil }
            if let clock {
                let reader = SessionClock(clock: clock, log: log)
                guard let came = reader.moment(of: first, arrivalText, at: location, "arrival"),
                    let left = reader.moment(of: last, departureText, at: location, "departure", after: came)
                else { return nil }
                (arrival, hours) = (came + clock.hoursAhead(at: came), left - came)
            } else {
                arrival = first.clock.hours
                // If only one of them has an offset, it applies to both.
                let change = first.offset.flatMap { a in last.offset.map { $0 - a } } ?? 0
                hours = last.clock.hours - first.clock.hours - change
            }
            guard hours > 0 else {
                log.error(location, "leaves at \(departureText), not after its arrival at \(arrivalText).")
                return nil
            }
            guard hours <= PlugInHistory.longestStay + 1e-6 else {
                log.error(
                    location,
                    "stays for \(NumberText.rounded((hours / 24 * 10).rounded() / 10)) days, from \(arrivalText) to "
                        + "\(departureText); at "
                        + "most \(NumberText.rounded(PlugInHistory.longestStay / 24)) are taken. Check the dates.")
                return nil
            }
        }

        func session(energy: Double, maximumPower: Double) -> PlugInSession {
            let day = Int((arrival / 24).rounded(.down))
            // To the millisecond: the precision of hours counted from 1970.
            func exact(_ hours: Double) -> Double { (hours * 3_600_000).rounded() / 3_600_000 }
            let hour = exact(arrival - 24 * Double(day))
            return PlugInSession(
                // 1970-01-01 was a Thursday; weekdays count from Monday.
                day: day, weekday: ((day + 3) % 7 + 7) % 7, arrival: hour, departure: exact(hour + hours),
                energy: energy,
                maximumPower: maximumPower)
        }
    }
}
