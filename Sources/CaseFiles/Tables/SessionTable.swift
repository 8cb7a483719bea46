import Energy

/// A long table of vehicles' stays, one row per stay.
struct SessionTable {
    let context: CaseContext
    private var log: DiagnosticLog { context.log }

    /// A column of the schema with its position in the file.
    private struct Source {
        var attribute: Attribute
        var column: TableColumn
        /// Whether a time is allowed too.
        var isTime: Bool { ["arrival", "departure"].contains(attribute.name) }
    }

    /// - Parameter isCyclic: whether a stay that lasts beyond the end of the case goes on at its beginning.
    /// - Returns: nil if any row is wrong; the log then names every one.
    func read(
        _ declaration: TableStore.Declaration, for path: String, at location: SourceLocation, chargeEfficiency: Double,
        isCyclic: Bool = false
    ) -> [Vehicle]? {
        guard let text = context.tables.text(of: declaration) else { return nil }
        let errors = log.errorCount
        let file = declaration.file
        let nameColumn = text.position(of: declaration.index)
        if nameColumn == nil {
            log.error(
                declaration.indexLocation, "tables.\(declaration.name).index",
                "\(file) has no column '\(declaration.index)'."
                    + Sentence.suggestion(
                        for: declaration.index, among: text.columns.map(\.name), called: "Its columns"))
        }
        let sources = sources(text, file, index: declaration.index)
        guard log.errorCount == errors, let nameColumn else { return nil }
        var vehicles: [Vehicle] = []
        var lines: [String: Int] = [:]
        for row in text.rows {
            let name = row.cells[nameColumn]
            let spot = SourceLocation(file: file, line: row.line)
            guard !name.isEmpty else {
                log.error(spot, "the stay has no name in column '\(declaration.index)'.")
                continue
            }
            if let line = lines[name] {
                log.error(spot, name, "is in line \(line) already. Each stay needs its own name.")
            }
            lines[name] = row.line
            guard let vehicle = vehicle(name, row, sources, at: spot) else { continue }
            vehicles.append(vehicle)
            guard context.hasTime else { continue }
            let horizon = Double(context.time.steps) * context.time.hours
            let problems = vehicle.problems(
                horizon: isCyclic ? 2 * horizon : horizon, chargeEfficiency: chargeEfficiency)
            for problem in problems { log.error(spot, problem.message) }
            if isCyclic, problems.isEmpty, let problem = vehicle.problem(repeating: horizon) {
                log.error(spot, problem.message)
            }
        }
        return log.errorCount == errors ? vehicles : nil
    }

    private func sources(_ text: CSVText, _ file: String, index: String) -> [Source] {
        let header = SourceLocation(file: file, line: text.headerLine)
        let schema = CaseSchema.session.attributes
        var sources: [Source] = []
        for attribute in schema {
            guard case .quantity(let dimension, let range) = attribute.kind else { continue }
            guard let position = text.position(of: attribute.name) else {
                if case .required = attribute.need {
                    log.error(header, "the column " + Sentence.missing(attribute.name, attribute.meaning))
                }
                continue
            }
            guard let column = text.column(position, dimension, range, file: file, context.units, log) else { continue }
            sources.append(Source(attribute: attribute, column: column))
        }
        let known = schema.map(\.name) + [index]
        for column in text.columns where !known.contains(column.name) {
            log.warning(
                header, column.name,
                "is not read.\(Nearest.word(to: column.name, among: known).map { " Did you mean '\($0)'?" } ?? "")")
        }
        return sources
    }

    private func vehicle(_ name: String, _ row: CSVText.Row, _ sources: [Source], at spot: SourceLocation) -> Vehicle? {
        var values: [String: Double] = [:]
        var isFine = true
        for source in sources {
            let path = "\(name), \(source.attribute.name)"
            let value =
                source.isTime
                ? time(row.cells[source.column.position], source.column, at: spot, path, after: values["arrival"])
                : nil
            guard let value = value ?? source.column.value(row, at: spot, called: path, log) else {
                isFine = false
                continue
            }
            values[source.attribute.name] = value
        }
        func value(_ name: String) -> Double { values[name] ?? 0 }
        guard isFine else { return nil }
        return Vehicle(
            name: name, arrival: value("arrival"), departure: value("departure"), battery: value("battery"),
            maximumCharge: value("max_charge"), maximumDischarge: value("max_discharge"),
            arrivalShare: value("soc_arrival"), departureShare: value("soc_departure"), minimumShare: value("soc_min"),
            maximumShare: values["soc_max"] ?? 1)
    }

    /// Hours from the start of the case to a time; nil if the cell has none.
    private func time(
        _ cell: String, _ column: TableColumn, at spot: SourceLocation, _ path: String, after arrival: Double?
    ) -> Double? {
        guard let stamp = TimeStamp(cell), let timeline = context.timeline else { return nil }
        let session = SessionClock(clock: timeline.clock, log: log)
        guard let moment = session.moment(of: stamp, cell, at: spot, path, after: arrival.map { $0 + timeline.start })
        else { return nil }
        // To the millisecond: the precision of hours counted from 1970.
        return ((moment - timeline.start) * 3_600_000).rounded() / 3_600_000
    }
}
