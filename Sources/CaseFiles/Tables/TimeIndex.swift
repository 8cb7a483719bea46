import Energy
import Writing

/// The column of a table that says when each of its rows begins: hours, or times.
struct TimeIndex: Sendable {
    /// When rows begin: hours if the column counts, hours since 1970-01-01T00:00 UTC if it has times.
    let hours: [Double]
    var first: Double? { hours.first }
    /// Hours between two rows; nil if there is one row, or if the rows are not equally spaced.
    var spacing: Double? { hours.count > 1 && firstFault(in: hours.indices) == nil ? step(from: 0) : nil }
    private let text: CSVText
    private let position: Int
    private let file: String
    private let clock: LocalClock
    private var column: CSVText.Column { text.columns[position] }
    /// Whether the column contains times rather than numbers.
    let isOfClock: Bool
    let hasOffsets: Bool
    /// Whether some times have an offset other than UTC's own.
    let hasOtherOffsets: Bool
    /// Whether some times have no offset.
    private let hasTimesOfClock: Bool

    /// - Parameters:
    ///   - clock: of times that have no offset, in a column whose name says none.
    ///   - isPlaced: whether it is known where that clock is.
    /// - Returns: nil if a cell is not a time; the log then names each.
    init?(
        _ text: CSVText, _ position: Int, file: String, clock: LocalClock, isPlaced: Bool = true, units: UnitSystem,
        log: DiagnosticLog
    ) {
        let column = text.columns[position]
        // Of `Time [UTC]` the brackets say the clock.
        let symbol = column.unit.flatMap { ColumnClock.hoursAhead(in: $0) == nil ? $0 : nil }
        let hour = units.engineUnit(of: .duration)
        let unit = symbol.map { units.parse($0) } ?? Self.unitInParentheses(column, units) ?? hour
        guard let unit, unit.measuresTheSame(as: hour) else {
            log.error(
                SourceLocation(file: file, line: text.headerLine), column.name,
                "is the index, so its unit must be a time, not '\(column.unit ?? "")'.")
            return nil
        }
        let errors = log.errorCount
        var hours: [Double] = []
        var (times, offsets, others) = (0, 0, 0)
        var reader = TimeColumnReader(clock: clock)
        for row in text.rows {
            let cell = row.cells[position]
            let location = SourceLocation(file: file, line: row.line)
            if let number = text.format.number(cell) {
                hours.append(unit.convert(number, to: hour))
            } else if let stamp = text.stamp(row, position, isPlaced: isPlaced) {
                times += 1
                if let offset = stamp.offset { (offsets, others) = (offsets + 1, others + (offset == 0 ? 0 : 1)) }
                guard let moment = reader.moment(of: stamp) else {
                    log.error(location, column.name, Sentence.noSuchTime(cell, on: clock))
                    continue
                }
                hours.append(moment)
            } else {
                log.error(
                    location, column.name,
                    "'\(cell)' is neither a number of hours nor a time as in 2024-07-15T07:00."
                        + Sentence.dayOrMonthFirst(cell))
            }
        }
        guard log.errorCount == errors else { return nil }
        guard times == 0 || times == text.rows.count else {
            let isTime = TimeStamp(text.rows[0].cells[position]) != nil
            let other = text.rows.first { (TimeStamp($0.cells[position]) != nil) != isTime }
            log.error(
                SourceLocation(file: file, line: other?.line), column.name,
                "'\(other?.cells[position] ?? "")' is "
                    + (isTime
                        ? "a number, but the column begins with times. "
                        : "a time, but the column begins with numbers. ")
                    + "Write all rows alike.")
            return nil
        }
        self.hours = hours
        self.text = text
        self.position = position
        self.file = file
        self.clock = clock
        isOfClock = times > 0
        hasOffsets = offsets > 0
        hasOtherOffsets = others > 0
        hasTimesOfClock = offsets < times
    }

    /// Minutes of `Time (min)`; nil where parentheses hold no unit of time, as those of `MTU (CET)`.
    private static func unitInParentheses(_ column: CSVText.Column, _ units: UnitSystem) -> Unit? {
        guard case .known(let symbol) = HeaderUnit(column.header, units), let unit = units.parse(symbol),
            unit.measuresTheSame(as: units.engineUnit(of: .duration))
        else { return nil }
        return unit
    }

    /// Hours from a row to the next one; of the last row, from the one before it. nil if there is one row.
    func step(from row: Int) -> Double? {
        guard hours.count > 1 else { return nil }
        return row + 1 < hours.count ? hours[row + 1] - hours[row] : hours[row] - hours[row - 1]
    }

    /// The first of these rows that does not follow the one before it in the steps with which they begin.
    private func firstFault(in rows: Range<Int>) -> Int? {
        guard rows.count > 1, let step = step(from: rows.lowerBound) else { return nil }
        return rows.dropFirst().first { k in
            !(step > 0 && abs(hours[k] - hours[k - 1] - step) <= 1e-6 * step)
        }
    }

    /// Whether rows are equally spaced; the log says where they are not.
    ///
    /// - Parameter rows: those that matter; nil for all.
    func isEven(_ log: DiagnosticLog, in rows: Range<Int>? = nil) -> Bool {
        let rows = rows ?? hours.indices
        guard let wrong = firstFault(in: rows) else { return true }
        let step = step(from: rows.lowerBound) ?? 0
        let (cell, before) = (text.rows[wrong].cells[position], text.rows[wrong - 1].cells[position])
        guard step > 0 else {
            log.error(
                SourceLocation(file: file, line: text.rows[wrong].line), column.name,
                "'\(cell)' is not after '\(before)'. Rows come in the order of time, each time once: sort them, the "
                    + "earliest first."
                    + (hasTimesOfClock ? Self.hint(from: hours[wrong - 1], to: hours[wrong], 1, clock) : ""))
            return false
        }
        log.error(
            SourceLocation(file: file, line: text.rows[wrong].line), column.name,
            "'\(cell)' does not follow '\(before)' in the steps of "
                + "\(NumberText.duration(hours: step)) with which \(rows == hours.indices ? "the table" : "the case") "
                + "begins."
                + (hasTimesOfClock ? Self.hint(from: hours[wrong - 1], to: hours[wrong], step, clock) : ""))
        return false
    }

    /// Advice for a table over a clock change, in which a row is an hour too early or too late.
    private static func hint(from before: Double, to now: Double, _ step: Double, _ clock: LocalClock) -> String {
        guard abs(abs(now - before - step) - 1) < 1e-6 else { return "" }
        guard clock.zone != nil else {
            return " If clocks are changed, name the time zone, such as Europe/Berlin, or write offsets from UTC."
        }
        guard clock.hoursAhead(at: before) != clock.hoursAhead(at: now) else { return "" }
        return
            " When clocks in \(clock.name) are changed, the skipped hour has no row, and the repeated one has two."
    }
}
