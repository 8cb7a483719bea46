import Energy
import Foundation
import Writing

/// Reads the table of a year: which column says when rows begin, how long they are, and what the others contain.
struct YearReader {
    struct Year {
        var names: [String] = []
        var headers: [String] = []
        var columns: [[Double]] = []
        var stepsPerDay = 24
    }

    let file: String
    var format = CSVFormat.standard
    let log: DiagnosticLog

    /// - Returns: nil, with sentences in the log, if the table is not a year.
    func read(_ url: URL, index: String?, timezone: String?, step: String?) -> Year? {
        var clock = LocalClock.utc
        if let timezone {
            guard let zone = LocalClock(zone: timezone) else {
                log.error(SourceLocation(file: "--timezone"), LocalClock.unknown(zone: timezone))
                return nil
            }
            clock = zone
        }
        let given = step.flatMap { hours(of: $0) }
        guard step == nil || given != nil, let text = CSVText.read(url, format: format, log: log) else { return nil }
        let position = index.map { text.position(of: $0) } ?? firstIndex(text)
        if let index, position == nil {
            log.error(
                SourceLocation(file: file, line: text.headerLine),
                "there is no column '\(index)'."
                    + Sentence.suggestion(for: index, among: text.columns.map(\.name), called: "Its columns"))
            return nil
        }
        var times: TimeIndex?
        let length = rowLength(text, position, clock, given: given, times: &times)
        var year = Year()
        for other in text.columns.indices where other != position {
            guard let values = series(text, other) else { continue }
            let column = text.columns[other]
            year.names.append(column.name)
            year.headers.append(column.unit.map { "\(column.name) [\($0)]" } ?? column.name)
            year.columns.append(values)
        }
        guard let length, !log.hasErrors else { return nil }
        guard !year.columns.isEmpty else {
            log.error(
                SourceLocation(file: file, line: text.headerLine),
                "has no series: only the column that says when rows begin has numbers. Add one, as load [kW].")
            return nil
        }
        year.stepsPerDay = Int((24 / length).rounded())
        var rows = text.rows.count
        if let times, times.isOfClock, clock.zone != nil {
            let days = ClockDays(times.hours, step: length, clock: clock)
            year.columns = year.columns.map(days.aligned)
            rows = days.slots
            if !days.isPlain {
                log.warning(
                    SourceLocation(file: file), "",
                    "days are those of the clock in \(clock.name), all of 24 h: an hour that occurs twice becomes "
                        + "its mean, and "
                        + "a skipped hour repeats the step before it."
                        + clock.changedDays(from: times.hours.first ?? 0, to: times.hours.last ?? 0))
            }
        }
        return checkDays(rows, length) ? year : nil
    }

    // MARK: Time

    private func hours(of text: String) -> Double? {
        if let quantity = try? Quantity.parse(text, units: UnitSystem()), let hour = Unit.named["h"] {
            let unit = quantity.unit ?? hour
            if unit.measuresTheSame(as: hour), quantity.number > 0 { return unit.convert(quantity.number, to: hour) }
        }
        log.error(SourceLocation(file: "--step"), "'\(text)' is no length of time. Write it as in '15 min' or '1 h'.")
        return nil
    }

    /// The first column says when rows begin if it has times, names, or hours in equal steps; else it is a series like
    /// the others.
    private func firstIndex(_ text: CSVText) -> Int? {
        let cells = text.rows.map { $0.cells[0] }
        guard let first = cells.first else { return nil }
        if TimeStamp(first) != nil || isOfNames(cells) { return 0 }
        let numbers = cells.compactMap(format.number)
        guard numbers.count == cells.count, numbers.count > 1, numbers[1] > numbers[0] else { return nil }
        // A column of hours with missing ones is refused for that.
        if countsHours(text.columns[0]), zip(numbers, numbers.dropFirst()).allSatisfy({ $0 < $1 }) { return 0 }
        let step = numbers[1] - numbers[0]
        let isEven = zip(numbers, numbers.dropFirst()).allSatisfy { abs($1 - $0 - step) <= 1e-6 * step }
        return isEven ? 0 : nil
    }

    /// Whether numbers of a column are hours, rather than numbers of rows.
    private func countsHours(_ column: CSVText.Column) -> Bool {
        let name = column.name.lowercased()
        return column.unit != nil || name.contains("hour") || name.contains("time") || ["h", "t"].contains(name)
    }

    /// Whether cells are names: no number among them, also not in another country's notation.
    private func isOfNames(_ cells: [String]) -> Bool {
        !cells.contains { cell in
            cell.isEmpty || format.number(cell) != nil || cell.contains(",")
                || Quantity.leadingNumber(cell).map { $0.1.first?.isWhitespace == true } == true
                    && TimeStamp(cell) == nil
        }
    }

    /// Hours of a row; nil if nothing gives them, or times are wrong.
    private func rowLength(
        _ text: CSVText, _ position: Int?, _ clock: LocalClock, given: Double?, times: inout TimeIndex?
    ) -> Double? {
        let header = SourceLocation(file: file, line: text.headerLine)
        var spacing: Double?
        if let position,
            !isOfNames(text.rows.map { $0.cells[position] }) || TimeStamp(text.rows[0].cells[position]) != nil
        {
            guard
                let index = TimeIndex(text, position, file: file, clock: clock, units: UnitSystem(), log: log),
                index.isEven(log)
            else { return nil }
            (spacing, times) = (index.spacing, index)
            let hours = Double(text.rows.count) * (spacing ?? 0)
            if !index.isOfClock,
                !countsHours(text.columns[position]) || hours > 8784 + 1e-6 && Self.ofYear(text.rows.count) != nil
            {
                spacing = nil
            }
        }
        if let given {
            if let spacing, abs(spacing - given) > 1e-6 * given {
                let (said, found) = NumberText.compared(hours: given, spacing)
                log.error(header, "rows are \(found) apart, not \(said). Leave --step out, or correct the times.")
                return nil
            }
            return given
        }
        if let spacing = spacing ?? Self.ofYear(text.rows.count) { return spacing }
        log.error(
            header,
            "the length of a row is unknown: the first column has no times, and \(text.rows.count) rows are not a "
                + "year of 365 or 366 days in "
                + "equal steps. Give times as 2024-07-15T07:00, or --step '15 min'.")
        return nil
    }

    /// Hours of a row if that number of rows is a year.
    static func ofYear(_ rows: Int) -> Double? {
        for days in [365, 366] where rows >= 24 * days && rows % days == 0 && 86_400 % (rows / days) == 0 {
            return 24 / Double(rows / days)
        }
        return nil
    }

    private func checkDays(_ rows: Int, _ length: Double) -> Bool {
        let location = SourceLocation(file: file)
        let shown = NumberText.duration(hours: length)
        let stepsPerDay = (24 / length).rounded()
        guard length <= 24 + 1e-9, abs(stepsPerDay * length - 24) < 1e-6 else {
            log.error(
                location, "rows of \(shown) do not make a day of 24 h. Give steps that do, as 15 min, 1 h or 3 h.")
            return false
        }
        guard rows % Int(stepsPerDay) == 0 else {
            log.error(
                location,
                "has \(rows) rows of \(shown), which is not a whole number of days of 24 h. Give whole days, "
                    + "\(Int(stepsPerDay)) rows each."
            )
            return false
        }
        let days = rows / Int(stepsPerDay)
        guard days <= 366 else {
            log.error(
                location,
                "has \(days) days: \(rows) rows of \(shown). Typical days represent a year of 365 or 366. Give one "
                    + "year, or say with --step how "
                    + "long a row is.")
            return false
        }
        if days < 365 {
            log.warning(
                location, "",
                "has \(days) \(days == 1 ? "day" : "days"), not a year of 365 or 366: weights sum to \(days).")
        }
        return true
    }

    // MARK: Series

    /// The numbers of a column; nil, with a sentence in the log, if it has none or not only numbers.
    private func series(_ text: CSVText, _ position: Int) -> [Double]? {
        let column = text.columns[position]
        let header = SourceLocation(file: file, line: text.headerLine)
        let cells = text.rows.map { $0.cells[position] }
        if cells.allSatisfy({ TimeStamp($0) != nil }) || cells.allSatisfy(isWord) {
            log.warning(header, column.name, "has no numbers, so it is left out.")
            return nil
        }
        guard column.name != "hour" else {
            log.warning(header, column.name, "is left out: a table of a day has an index of that name.")
            return nil
        }
        checkUnit(column, at: header)
        if column.name.contains(where: \.isWhitespace) {
            log.warning(header, column.name, Sentence.noColumnName(column.name))
        }
        var values: [Double] = []
        for (k, cell) in cells.enumerated() {
            if let number = format.number(cell) {
                values.append(number)
            } else {
                log.error(SourceLocation(file: file, line: text.rows[k].line), column.name, format.noNumber(cell))
            }
        }
        return values.count == cells.count ? values : nil
    }

    private func isWord(_ cell: String) -> Bool { cell.first.map { $0.isLetter || $0 == "_" } ?? false }

    /// A unit is one that a case may write. The currency is unknown here: three capital letters may be one.
    private func checkUnit(_ column: CSVText.Column, at header: SourceLocation) {
        guard let symbol = column.unit else { return }
        var units = UnitSystem()
        let known = Set(Unit.named.keys.map { $0.lowercased() })
        let money = symbol.split(separator: "/").map(\.trimmingSpaces).first {
            $0.count == 3 && $0.allSatisfy { $0.isASCII && $0.isUppercase } && !known.contains($0.lowercased())
        }
        if let money { units.currency = money }
        if units.parse(symbol) == nil {
            log.error(header, column.name, Sentence.unknownUnit(symbol, in: "\(column.name) [\(symbol)]", units))
        }
    }
}
