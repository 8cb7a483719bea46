import Energy
import Writing

/// A wide table: one row per time step, one column per series.
struct SeriesTable: Sendable {
    let name: String
    let file: String
    let text: CSVText
    /// Hours of a row.
    let step: Double
    /// The name of each row in the index column, such as `hour 7`.
    let labels: [String]

    /// - Parameters:
    ///   - index: name of the column that counts time.
    ///   - step: length of a row in hours, if the case gives it.
    /// - Returns: nil if rows do not follow one another in equal steps over the whole horizon.
    init?(
        name: String, file: String, text: CSVText, index: String, step: Double?, declaredAt location: SourceLocation,
        time: TimeGrid, timeline: Timeline, units: UnitSystem, log: DiagnosticLog
    ) {
        let path = "tables.\(name)"
        guard let position = text.position(of: index) else {
            log.error(
                location, "\(path).index",
                "\(file) has no column '\(index)'."
                    + Sentence.suggestion(for: index, among: text.columns.map(\.name), called: "Its columns"))
            return nil
        }
        guard let index = TimeIndex(text, position, file: file, clock: timeline.clock, units: units, log: log),
            Self.begins(index, at: timeline, text, position, file, log), index.isEven(log)
        else { return nil }
        let spacing = index.spacing ?? step ?? time.hours
        if let step, abs(step - spacing) > 1e-6 * spacing {
            let (said, found) = NumberText.compared(hours: step, spacing)
            log.error(location, "\(path).step", "is \(said), but the rows of \(file) are \(found) apart.")
            return nil
        }
        let covered = Double(text.rows.count) * spacing
        let horizon = Double(time.steps) * time.hours
        guard abs(covered - horizon) <= 1e-6 * horizon else {
            let (found, wanted) = NumberText.compared(unit: "h", covered, horizon)
            log.error(
                location, path,
                "\(name) has \(text.rows.count) \(text.rows.count == 1 ? "row" : "rows") of "
                    + "\(NumberText.duration(hours: spacing)) = \(found), but the case covers \(wanted).")
            return nil
        }
        self.name = name
        self.file = file
        self.text = text
        self.step = spacing
        labels = text.rows.map {
            let cell = $0.cells[position]
            return Quantity.plainNumber(cell) == nil ? "at \(cell)" : "\(text.columns[position].name) \(cell)"
        }
    }

    /// Whether the first row is at the start of the case; if not, the log says so.
    private static func begins(
        _ index: TimeIndex, at timeline: Timeline, _ text: CSVText, _ position: Int, _ file: String,
        _ log: DiagnosticLog
    ) -> Bool {
        guard let first = index.first else { return false }
        let hours = index.isOfClock ? first - timeline.start : first
        if abs(hours) < 1e-6 { return true }
        log.error(
            SourceLocation(file: file, line: text.rows[0].line), text.columns[position].name,
            "the first row is '\(text.rows[0].cells[position])', but the case begins at hour 0 of the table. Start "
                + "the table "
                + "where the case starts."
                + (index.hasOffsets
                    ? " Times with an offset are compared with time.start: give that an offset too, or name "
                        + "time.timezone."
                    : ""))
        return false
    }

    /// A column in the engine's unit on the table's own steps, with every bad cell reported.
    func series(
        _ column: String, _ dimension: Dimension, in range: ClosedRange<Double>, for path: String,
        at location: SourceLocation,
        units: UnitSystem, log: DiagnosticLog
    ) -> [Double]? {
        guard let position = text.position(of: column) else {
            log.error(
                location, path,
                "the table '\(name)' has no column '\(column)'."
                    + Sentence.suggestion(for: column, among: text.columns.map(\.name), called: "Its columns"))
            return nil
        }
        let engine = units.engineUnit(of: dimension)
        guard let unit = text.unit(of: position, dimension, file: file, units, log) else { return nil }
        // The case file has the use of the column that is wrong.
        guard let read = units.reading(unit, as: dimension) else {
            log.error(
                location, path,
                Sentence.wrongDimension("'\(name).\(column)' in \(unit.symbol)", unit, needed: dimension, units))
            return nil
        }
        let header = TableColumn(position: position, unit: read, engine: engine, range: range)
        let values = text.rows.enumerated().compactMap { k, row in
            header.value(
                row, at: SourceLocation(file: file, line: row.line), called: "\(column), \(labels[k])",
                remark: " It is used as \(path).", log)
        }
        return values.count == text.rows.count ? values : nil
    }
}
