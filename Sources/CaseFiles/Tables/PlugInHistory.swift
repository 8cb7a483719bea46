import Energy
import Foundation
import Scenarios
import Writing

/// Past charging sessions from a CSV table, for a forecast.
///
/// Columns: `arrival` and `departure` as times (`2019-03-01T06:20`, seconds and an offset from UTC may follow), `energy
/// [kWh]` delivered, `max_power [kW]` of the charger; units are converted. They may have the names that charging
/// networks use (``StayColumns``), or others that are declared.
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

    /// What a history is read from.
    public static let columns = ["arrival", "departure", "energy", "max_power"]

    /// - Parameters:
    ///   - url: a CSV file.
    ///   - timezone: of the station, such as `Europe/Berlin`; nil if its times are on its own clock.
    ///   - format: how the file is written.
    ///   - columns: what its columns are called, where that is none of the known names.
    ///   - shortStays: what becomes of stays that are too short for their energy; where they are clipped, a warning
    ///     says how many.
    /// - Throws: ``CaseFileError`` with every row that cannot be read.
    public init(
        _ url: URL, timezone: String? = nil, format: CSVFormat = .standard, columns: [ColumnName] = [],
        shortStays: ShortStays = .clip
    ) throws(CaseFileError) {
        let log = DiagnosticLog()
        let sessions = Self.read(url, timezone, format, columns, shortStays, log)
        guard let sessions, !log.hasErrors else { throw CaseFileError(diagnostics: log.inFileOrder) }
        self.sessions = sessions
        warnings = log.inFileOrder
    }

    private static func read(
        _ url: URL, _ timezone: String?, _ format: CSVFormat, _ names: [ColumnName], _ shortStays: ShortStays,
        _ log: DiagnosticLog
    ) -> [PlugInSession]? {
        let file = url.lastPathComponent
        var clock: LocalClock?
        if let timezone {
            clock = LocalClock(zone: timezone)
            if clock == nil { log.error(SourceLocation(file: "--timezone"), LocalClock.unknown(zone: timezone)) }
        }
        let read = CSVText.read(url, format: format, log: log)
        guard let table = read?.naming(names, file: file, units: UnitSystem(), log: log) else { return nil }
        let header = SourceLocation(file: file, line: table.headerLine)
        let finder = StayColumns(text: table, file: file, log: log)
        var found: [String: StayColumns.Found] = [:]
        for name in columns {
            let errors = log.errorCount
            found[name] = finder.find(name)
            guard found[name] == nil, log.errorCount == errors else { continue }
            log.error(
                header,
                "the column '\(name)' is missing. A history has the columns \(columns.joined(separator: ", ")); "
                    + "--column \(name)=HEADER names another"
                    + (name == "max_power" ? ", --max-power gives one for all rows." : "."))
        }
        func column(_ name: String, _ dimension: Energy.Dimension) -> TableColumn? {
            found[name].flatMap {
                table.column($0.position, dimension, 0...1e6, in: $0.unit, file: file, UnitSystem(), log)
            }
        }
        guard let energies = column("energy", .energy), let powers = column("max_power", .power),
            let arrivals = found["arrival"]?.position, let departures = found["departure"]?.position,
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
        checkEnergies(sessions.map { ($0.line, $0.session) }, shortStays, file, log)
        checkGaps(sessions, file, log)
        // The order of rows says nothing, and sums of the same numbers in another order differ in their last digits.
        return sessions.map(\.session).sorted { first, second in
            (first.day, first.arrival, first.departure, first.energy, first.maximumPower)
                < (second.day, second.arrival, second.departure, second.energy, second.maximumPower)
        }
    }

    /// The forecast takes what chargers can give.
    private static func checkEnergies(
        _ sessions: [(line: Int, session: PlugInSession)], _ shortStays: ShortStays, _ file: String,
        _ log: DiagnosticLog
    ) {
        func possible(_ session: PlugInSession) -> Double {
            session.maximumPower * (session.departure - session.arrival)
        }
        // Files give energies to the watt-hour.
        let short = sessions.filter { $0.session.energy > possible($0.session) + 5e-4 }
        guard let first = short.first else { return }
        guard shortStays == .clip else {
            for (line, session) in short {
                let (asked, given) = NumberText.compared(
                    session.energy, possible(session), shown: NumberText.hundredths)
                log.error(
                    SourceLocation(file: file, line: line), "energy",
                    "\(asked) kWh are more than the \(given) kWh that the charger can give in that time. Correct the row, or "
                        + "clip it with --short-stays clip.")
            }
            return
        }
        let lost = short.reduce(0) { $0 + $1.session.energy - possible($1.session) }
        log.warning(
            SourceLocation(file: file, line: first.line), "energy",
            "\(short.count) of \(sessions.count) stays ask for more than their charger can give, and get "
                + "\(NumberText.hundredths(lost)) kWh less in all: " + Sentence.lines(short.map(\.line)) + ".")
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
                log.error(
                    location, column,
                    "'\(text)' is not a time. Write it as 2019-03-01T06:20.\(Sentence.dayOrMonthFirst(text))")
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
