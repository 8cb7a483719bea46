import Foundation
import Scenarios

/// Past charging sessions from a CSV table, for a forecast.
///
/// Columns: `arrival` and `departure` as local time (`2019-03-01T06:20`, seconds and an offset from UTC may follow and are left aside),
/// `energy [kWh]` delivered, `max_power [kW]` of the charger.
public enum PlugInHistory {
    private static let columns = ["arrival", "departure", "energy", "max_power"]

    /// - Throws: every row that cannot be read, all at once.
    public static func read(_ url: URL) throws(CaseFileError) -> [PlugInSession] {
        let log = DiagnosticLog()
        let file = url.lastPathComponent
        guard let data = try? Data(contentsOf: url), let text = String(data: data, encoding: .utf8) else {
            log.error(Place(file: file), "cannot be read as UTF-8 text. Does the file exist?")
            throw CaseFileError(diagnostics: log.inFileOrder)
        }
        guard let table = CSVText.parse(text, file: file, log: log) else {
            throw CaseFileError(diagnostics: log.inFileOrder)
        }
        var positions: [Int] = []
        for column in columns {
            guard let position = table.position(of: column) else {
                log.error(
                    Place(file: file, line: table.headerLine),
                    "the column '\(column)' is missing. A history has the columns \(columns.joined(separator: ", ")).")
                continue
            }
            positions.append(position)
        }
        guard positions.count == columns.count else { throw CaseFileError(diagnostics: log.inFileOrder) }
        var sessions: [PlugInSession] = []
        for row in table.rows {
            let cells = positions.map { row.cells[$0] }
            let place = Place(file: file, line: row.line)
            guard let arrival = clock(cells[0], "arrival", place, log),
                let departure = clock(cells[1], "departure", place, log),
                let energy = amount(cells[2], "energy", place, log),
                let power = amount(cells[3], "max_power", place, log)
            else { continue }
            guard departure.hours > arrival.hours else {
                log.error(place, "leaves at \(cells[1]), not after its arrival at \(cells[0]).")
                continue
            }
            sessions.append(
                PlugInSession(
                    // 1970-01-01 was a Thursday; weekdays count from Monday.
                    day: arrival.day, weekday: (arrival.day + 3) % 7, arrival: arrival.hour,
                    departure: departure.hours - Double(arrival.day) * 24, energy: energy, maximumPower: power))
        }
        guard log.errorCount == 0 else { throw CaseFileError(diagnostics: log.inFileOrder) }
        return sessions
    }

    private static func clock(_ text: String, _ column: String, _ place: Place, _ log: DiagnosticLog) -> Clock? {
        // The offset stands behind the time of day: a sign there cannot belong to the date.
        let time = text.firstIndex(of: "T") ?? text.endIndex
        let end = text[time...].firstIndex { "+-Z".contains($0) } ?? text.endIndex
        if let clock = Clock(String(text[..<end])) { return clock }
        log.error(place, column, "'\(text)' is not a time. Write it as 2019-03-01T06:20.")
        return nil
    }

    private static func amount(_ text: String, _ column: String, _ place: Place, _ log: DiagnosticLog) -> Double? {
        if let amount = Double(text), amount.isFinite, amount >= 0 { return amount }
        log.error(place, column, "'\(text)' is not a number of 0 or more.")
        return nil
    }
}
