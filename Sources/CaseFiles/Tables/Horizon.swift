import Energy
import Writing

/// Which rows of a table the case takes: those of its horizon.
///
/// A table with times, or one whose first hour the case dates by `tables.<name>.start`, may be longer than the horizon,
/// as a year is that a case takes a day of. A table that only counts hours has the hours of the case.
struct Horizon {
    private let declaration: TableStore.Declaration
    private let text: CSVText
    private let position: Int
    private let index: TimeIndex
    private let time: TimeGrid
    private let timeline: Timeline
    private let log: DiagnosticLog

    private var path: String { "tables.\(declaration.name)" }
    private var file: String { declaration.file }
    private var hours: Double { Double(time.steps) * time.hours }
    /// The hours of rows are exact to this.
    private static let tolerance = 1e-6

    init(
        _ declaration: TableStore.Declaration, _ text: CSVText, _ position: Int, _ index: TimeIndex, time: TimeGrid,
        timeline: Timeline, log: DiagnosticLog
    ) {
        self.declaration = declaration
        self.text = text
        self.position = position
        self.index = index
        self.time = time
        self.timeline = timeline
        self.log = log
    }

    /// - Returns: rows of the table, and hours of a row; nil, with a sentence in the log, where rows are missing.
    func rows() -> (Range<Int>, step: Double)? {
        if let start = declaration.start {
            guard !index.isOfClock else {
                log.error(
                    start.location, "\(path).start",
                    "has no effect, because the rows of \(file) have times of their own. Take it out.")
                return nil
            }
            guard let stamp = TimeStamp(start.text), let moment = moment(of: stamp, start) else {
                if TimeStamp(start.text) == nil {
                    log.error(
                        start.location, "\(path).start",
                        "'\(start.text)' is no date and time. Write it as \"2024-01-01T00:00\".")
                }
                return nil
            }
            return part(from: timeline.start - moment, zero: moment)
        }
        return index.isOfClock ? part(from: timeline.start, zero: 0) : whole()
    }

    private func moment(of stamp: TimeStamp, _ start: TableStore.Written) -> Double? {
        if let offset = stamp.offset { return stamp.clock.hours - offset }
        switch timeline.clock.reading(of: stamp.clock) {
        case .once(let moment), .twice(let moment, _): return moment
        case .never:
            log.error(start.location, "\(path).start", Sentence.noSuchTime(start.text, on: timeline.clock))
            return nil
        }
    }

    // MARK: The whole table

    private func whole() -> (Range<Int>, step: Double)? {
        guard let first = index.first else { return nil }
        guard abs(first) < Self.tolerance else {
            log.error(
                SourceLocation(file: file, line: text.rows[0].line), text.columns[position].name,
                "the first row is '\(text.rows[0].cells[position])', but the case begins at hour 0 of the table. Start "
                    + "the table "
                    + "where the case starts.")
            return nil
        }
        guard index.isEven(log), let spacing = spacing(from: 0) else { return nil }
        let covered = Double(text.rows.count) * spacing
        guard abs(covered - hours) <= Self.tolerance * hours else {
            refuse(rows: text.rows.count, spacing)
            return nil
        }
        return (text.rows.indices, spacing)
    }

    private func refuse(rows count: Int, _ spacing: Double) {
        let covered = Double(count) * spacing
        let (found, wanted) = NumberText.compared(unit: "h", covered, hours)
        log.error(
            declaration.indexLocation, path,
            "\(declaration.name) has \(count) \(count == 1 ? "row" : "rows") of "
                + "\(NumberText.duration(hours: spacing)) = \(found), but the case covers \(wanted)."
                + (covered > hours && !index.isOfClock && declaration.start == nil
                    ? " Its rows have no times by which to take those of the case: say when its hour 0 is, as "
                        + "start: \"2024-01-01T00:00\"."
                    : ""))
    }

    /// Hours of a row, as the index and the case say; nil, with a sentence in the log, where they differ.
    private func spacing(from row: Int) -> Double? {
        let spacing = index.step(from: row) ?? declaration.step ?? time.hours
        if let step = declaration.step, abs(step - spacing) > 1e-6 * abs(spacing) {
            let (said, found) = NumberText.compared(hours: step, spacing)
            log.error(
                declaration.indexLocation, "\(path).step", "is \(said), but the rows of \(file) are \(found) apart.")
            return nil
        }
        return spacing
    }

    // MARK: A part of it

    /// - Parameters:
    ///   - start: of the case, on the scale of the index.
    ///   - zero: of that scale, in hours since 1970-01-01T00:00 UTC.
    private func part(from start: Double, zero: Double) -> (Range<Int>, step: Double)? {
        guard let first = index.hours.firstIndex(where: { abs($0 - start) < Self.tolerance }),
            // Another clock than that of the rows would take other hours than those that are meant.
            first == 0 || timeline.isPlaced || !index.hasOtherOffsets
        else {
            refuse(start: start, zero: zero)
            return nil
        }
        guard index.step(from: first).map({ $0 > 0 }) ?? true, let spacing = spacing(from: first) else {
            _ = index.isEven(log)
            return nil
        }
        let count = Int((hours / spacing - 1e-6).rounded(.up))
        let rows = first..<min(first + max(1, count), index.hours.count)
        guard index.isEven(log, in: rows) else { return nil }
        guard rows.count == max(1, count) else {
            guard first > 0 else {
                refuse(rows: rows.count, spacing)
                return nil
            }
            log.error(
                SourceLocation(file: file, line: text.rows[rows.upperBound - 1].line), text.columns[position].name,
                "the table ends with the row '\(text.rows[rows.upperBound - 1].cells[position])', but the case goes on "
                    + "until \(shown(zero + start + hours)). Give the table these rows, or start the case earlier.")
            return nil
        }
        return (rows, spacing)
    }

    private func refuse(start: Double, zero: Double) {
        let (first, last) = (text.rows[0].cells[position], text.rows[text.rows.count - 1].cells[position])
        let isWithin = (index.hours.min() ?? 0) <= start && start <= (index.hours.max() ?? 0)
        log.error(
            SourceLocation(file: file, line: text.rows[0].line), text.columns[position].name,
            "no row begins at \(shown(zero + start)), when the case does: rows begin "
                + (isWithin ? "at other times" : "from '\(first)' to '\(last)'")
                + ". Start the case where a row begins."
                + (index.hasOffsets && !timeline.isPlaced
                    ? " Times with an offset are compared with time.start: give that an offset too, or name "
                        + "time.timezone." : ""))
    }

    /// As the case's clock shows it.
    ///
    /// - Parameter moment: in hours since 1970-01-01T00:00 UTC.
    private func shown(_ moment: Double) -> String {
        Clock.text(moment + timeline.clock.hoursAhead(at: moment)) + (timeline.isPlaced ? "" : "Z")
    }
}
