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

    /// Rows of the file that lie in the horizon.
    private let rows: Range<Int>
    /// How many they are.
    var count: Int { rows.count }

    /// - Parameters:
    ///   - declaration: with the name of the column that counts time, and what the case says of it.
    /// - Returns: nil if rows do not follow one another in equal steps over the whole horizon.
    init?(
        _ declaration: TableStore.Declaration, text: CSVText, time: TimeGrid, timeline: Timeline, units: UnitSystem,
        log: DiagnosticLog
    ) {
        let (path, location, file) = ("tables.\(declaration.name)", declaration.indexLocation, declaration.file)
        guard let position = text.position(of: declaration.index) else {
            log.error(
                location, "\(path).index",
                "\(file) has no column '\(declaration.index)'."
                    + Sentence.suggestion(
                        for: declaration.index, among: text.columns.map(\.name), called: "Its columns"))
            return nil
        }
        let index = TimeIndex(
            text, position, file: file, clock: timeline.clock, isPlaced: timeline.isPlaced, units: units, log: log)
        guard let index else { return nil }
        let horizon = Horizon(declaration, text, position, index, time: time, timeline: timeline, log: log)
        guard let (rows, spacing) = horizon.rows() else { return nil }
        name = declaration.name
        self.file = file
        self.text = text
        self.rows = rows
        step = spacing
        labels = text.rows[rows].map {
            let cell = $0.cells[position]
            return text.format.number(cell) == nil ? "at \(cell)" : "\(text.columns[position].name) \(cell)"
        }
    }

    /// A column in the engine's unit on the table's own steps, with every bad cell reported.
    func series(
        _ column: String, _ dimension: Dimension, in range: ClosedRange<Double>, for path: String,
        at location: SourceLocation,
        factor: ColumnFactor? = nil, units: UnitSystem, log: DiagnosticLog
    ) -> [Double]? {
        guard let position = text.position(of: column) else {
            log.error(
                location, path,
                "the table '\(name)' has no column '\(column)'."
                    + Sentence.suggestion(for: column, among: text.columns.map(\.name), called: "Its columns"))
            return nil
        }
        let engine = units.engineUnit(of: dimension)
        guard let own = self.unit(of: position, dimension, factor, units, log) else { return nil }
        let unit = factor?.unit.map { own.multiplied(by: $0) } ?? own
        // The case file has the use of the column that is wrong.
        guard let read = units.reading(unit, as: dimension) else {
            log.error(
                location, path,
                Sentence.wrongDimension(
                    factor?.unit == nil
                        ? "'\(name).\(column)' in \(own.symbol)"
                        : "'\(factor?.text ?? "") * \(name).\(column)' in \(unit.symbol)",
                    unit, needed: dimension, units) + powerHint(column, unit, dimension, factor, units)
                    + letterHint(text.columns[position], dimension, units))
            return nil
        }
        let header = TableColumn(
            position: position, format: text.format, factor: factor?.number ?? 1, unit: read, engine: engine,
            range: range)
        let values = text.rows[rows].enumerated().compactMap { k, row in
            header.value(
                row, at: SourceLocation(file: file, line: row.line), called: "\(column), \(labels[k])",
                remark: " It is used as \(path).", log)
        }
        return values.count == rows.count ? values : nil
    }

    /// How the energies of rows, as meters write them, become powers; empty for other columns.
    private func powerHint(
        _ column: String, _ unit: Unit, _ dimension: Dimension, _ factor: ColumnFactor?, _ units: UnitSystem
    ) -> String {
        guard dimension == .power, factor?.unit == nil, unit.measuresTheSame(as: units.engineUnit(of: .energy)) else {
            return ""
        }
        let perHour = NumberText.csv((factor?.number ?? 1) / step)
        return
            " Energies of rows of \(NumberText.duration(hours: step)) become powers as \(perHour) 1/h * \(name).\(column)."
    }

    /// What to write where a letter in parentheses, as in `Load (A)`, is no unit; empty for other columns.
    private func letterHint(_ column: CSVText.Column, _ dimension: Dimension, _ units: UnitSystem) -> String {
        guard let unit = column.unit, unit.count == 1, !column.header.hasSuffix("]"),
            let declaration = Sentence.declaration(of: column, units.bareUnit(of: dimension))
        else { return "" }
        return " If '\(unit)' in '\(column.header)' is no unit, say which it is in, as \(declaration)."
    }

    /// The unit of a column as it stands: a plain number if only the factor before it has a unit.
    func unit(
        of position: Int, _ dimension: Dimension, _ factor: ColumnFactor?, _ units: UnitSystem, _ log: DiagnosticLog
    ) -> Unit? {
        text.columns[position].unit == nil && factor?.unit != nil
            ? Unit.named["1"] : text.unit(of: position, dimension, file: file, mayHaveFactor: true, units, log)
    }

    func position(of column: String) -> Int? { text.position(of: column) }
}
