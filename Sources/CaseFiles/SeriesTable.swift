import Energy

/// A wide table: one row a step, one column a series.
struct SeriesTable: Sendable {
    let name: String
    let file: String
    let text: CSVText
    /// Hours of a row.
    let step: Double
    /// What the index column calls each row, such as `hour 7`.
    let labels: [String]

    /// - Parameters:
    ///   - index: name of the column that counts time.
    ///   - step: length of a row in hours where the case says it.
    /// - Returns: nil where rows do not follow one another in equal steps over the whole horizon.
    init?(
        name: String, file: String, text: CSVText, index: String, step: Double?, declaredAt place: Place,
        time: TimeGrid,
        start: Clock, units: UnitSystem, log: DiagnosticLog
    ) {
        let path = "tables.\(name)"
        guard let position = text.position(of: index) else {
            log.error(
                place, "\(path).index",
                "\(file) has no column '\(index)'."
                    + Sentence.suggestion(for: index, among: text.columns.map(\.name), called: "Its columns"))
            return nil
        }
        guard let hours = Self.hours(text, position, file, start, time, units, log) else { return nil }
        let spacing = hours.count > 1 ? hours[1] - hours[0] : step ?? time.hours
        for k in hours.indices.dropFirst() {
            let gap = hours[k] - hours[k - 1]
            guard spacing > 0, abs(gap - spacing) <= 1e-6 * spacing else {
                log.error(
                    Place(file: file, line: text.rows[k].line), index,
                    "'\(text.rows[k].cells[position])' does not follow '\(text.rows[k - 1].cells[position])' in the steps of "
                        + "\(NumberText.duration(hours: max(0, spacing))) with which the table begins.")
                return nil
            }
        }
        if let step, abs(step - spacing) > 1e-6 * spacing {
            log.error(
                place, "\(path).step",
                "is \(NumberText.duration(hours: step)), but the rows of \(file) are "
                    + "\(NumberText.duration(hours: spacing)) apart.")
            return nil
        }
        let covered = Double(text.rows.count) * spacing
        let horizon = Double(time.steps) * time.hours
        guard abs(covered - horizon) <= 1e-6 * horizon else {
            log.error(
                place, path,
                "\(name) has \(text.rows.count) \(text.rows.count == 1 ? "row" : "rows") of "
                    + "\(NumberText.duration(hours: spacing)) = \(NumberText.rounded(covered)) h, but the case covers "
                    + "\(NumberText.rounded(horizon)) h.")
            return nil
        }
        self.name = name
        self.file = file
        self.text = text
        self.step = spacing
        labels = text.rows.map {
            let cell = $0.cells[position]
            return Quantity.plainNumber(cell) == nil ? "at \(cell)" : "\(index) \(cell)"
        }
    }

    /// Start of each row in hours after the start of the case.
    private static func hours(
        _ text: CSVText, _ position: Int, _ file: String, _ start: Clock, _ time: TimeGrid, _ units: UnitSystem,
        _ log: DiagnosticLog
    ) -> [Double]? {
        let column = text.columns[position]
        let unit = column.unit.map { units.parse($0) } ?? Unit.named["h"]
        let hour = units.engineUnit(of: .duration)
        guard let unit, unit.measuresTheSame(as: hour) else {
            log.error(
                Place(file: file, line: text.headerLine), column.name,
                "is the index, so its unit must be a time, not '\(column.unit ?? "")'.")
            return nil
        }
        var hours: [Double] = []
        var isFine = true
        for row in text.rows {
            let cell = row.cells[position]
            if let number = Quantity.plainNumber(cell) {
                hours.append(unit.convert(number, to: hour))
            } else if let clock = Clock(cell) {
                hours.append(clock.hours - start.hours)
            } else {
                log.error(
                    Place(file: file, line: row.line), column.name,
                    "'\(cell)' is neither a number of hours nor a time as in 2024-07-15T07:00.")
                isFine = false
            }
        }
        guard isFine, let first = hours.first else { return nil }
        guard abs(first) < 1e-6 else {
            log.error(
                Place(file: file, line: text.rows[0].line), column.name,
                "the first row is '\(text.rows[0].cells[position])', but the case begins at hour 0 of the table. Start the table "
                    + "where the case starts.")
            return nil
        }
        return hours
    }

    /// A column in the engine's unit on the table's own steps, with every bad cell reported.
    func series(
        _ column: String, _ dimension: Dimension, in range: ClosedRange<Double>, for path: String, at place: Place,
        units: UnitSystem, log: DiagnosticLog
    ) -> [Double]? {
        guard let position = text.position(of: column) else {
            log.error(
                place, path,
                "the table '\(name)' has no column '\(column)'."
                    + Sentence.suggestion(for: column, among: text.columns.map(\.name), called: "Its columns"))
            return nil
        }
        let header = text.columns[position]
        let engine = units.engineUnit(of: dimension)
        var unit = units.bareUnit(of: dimension)
        if let symbol = header.unit {
            guard let parsed = units.parse(symbol) else {
                log.error(
                    Place(file: file, line: text.headerLine), column,
                    Sentence.unknownUnit(symbol, in: "\(column) [\(symbol)]", units))
                return nil
            }
            unit = parsed
        }
        guard unit.measuresTheSame(as: engine) else {
            log.error(
                place, path,
                Sentence.wrongDimension("'\(name).\(column)' in \(unit.symbol)", unit, needed: dimension, units))
            return nil
        }
        var values: [Double] = []
        var faults = 0
        for (k, row) in text.rows.enumerated() {
            let cell = row.cells[position]
            let spot = Place(file: file, line: row.line)
            guard let number = Quantity.plainNumber(cell) else {
                faults += 1
                log.error(spot, "\(column), \(labels[k])", cell.isEmpty ? "is empty." : "'\(cell)' is not a number.")
                continue
            }
            let value = unit.convert(number, to: engine)
            if !range.contains(value) {
                faults += 1
                log.error(
                    spot, "\(column), \(labels[k])",
                    Sentence.outside(value, range, unit: engine.symbol) + " It is used as \(path).")
            }
            values.append(value)
        }
        return faults == 0 ? values : nil
    }
}
