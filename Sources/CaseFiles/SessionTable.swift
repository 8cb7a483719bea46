import Energy

/// A long table of vehicles' stays, one row a stay.
struct SessionTable {
    let context: CaseContext
    private var log: DiagnosticLog { context.log }

    /// A column of the schema where it stands in the file.
    private struct Source {
        var attribute: Attribute
        var position: Int
        var unit: Unit
        var engine: Unit
        var range: ClosedRange<Double>
    }

    /// - Returns: nil where any row is wrong; the log then names every one.
    func read(
        _ declaration: TableStore.Declaration, for path: String, at place: Place, chargeEfficiency: Double
    ) -> [Vehicle]? {
        guard let text = context.tables.text(of: declaration) else { return nil }
        let errors = log.errorCount
        let file = declaration.file
        let nameColumn = text.position(of: declaration.index)
        if nameColumn == nil {
            log.error(
                declaration.indexPlace, "tables.\(declaration.name).index",
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
            let spot = Place(file: file, line: row.line)
            guard !name.isEmpty else {
                log.error(spot, "the stay has no name in column '\(declaration.index)'.")
                continue
            }
            if let line = lines[name] {
                log.error(spot, name, "stands in line \(line) already. Each stay needs its own name.")
            }
            lines[name] = row.line
            guard let vehicle = vehicle(name, row, sources, at: spot) else { continue }
            vehicles.append(vehicle)
            guard context.hasTime else { continue }
            let horizon = Double(context.time.steps) * context.time.hours
            for problem in vehicle.problems(horizon: horizon, chargeEfficiency: chargeEfficiency) {
                log.error(spot, problem.message)
            }
        }
        return log.errorCount == errors ? vehicles : nil
    }

    private func sources(_ text: CSVText, _ file: String, index: String) -> [Source] {
        let header = Place(file: file, line: text.headerLine)
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
            let engine = context.units.engineUnit(of: dimension)
            var unit = context.units.bareUnit(of: dimension)
            if let symbol = text.columns[position].unit {
                guard let parsed = context.units.parse(symbol) else {
                    log.error(
                        header, attribute.name,
                        Sentence.unknownUnit(symbol, in: "\(attribute.name) [\(symbol)]", context.units))
                    continue
                }
                unit = parsed
            }
            guard unit.measuresTheSame(as: engine) else {
                log.error(
                    header, attribute.name,
                    Sentence.wrongDimension("a column in \(unit.symbol)", unit, needed: dimension, context.units))
                continue
            }
            sources.append(Source(attribute: attribute, position: position, unit: unit, engine: engine, range: range))
        }
        let known = schema.map(\.name) + [index]
        for column in text.columns where !known.contains(column.name) {
            log.warning(
                header, column.name,
                "is not read.\(Nearest.word(to: column.name, among: known).map { " Did you mean '\($0)'?" } ?? "")")
        }
        return sources
    }

    private func vehicle(_ name: String, _ row: CSVText.Row, _ sources: [Source], at spot: Place) -> Vehicle? {
        var values: [String: Double] = [:]
        var isFine = true
        for source in sources {
            let cell = row.cells[source.position]
            guard let number = Quantity.plainNumber(cell) else {
                log.error(
                    spot, "\(name), \(source.attribute.name)", cell.isEmpty ? "is empty." : "'\(cell)' is not a number."
                )
                isFine = false
                continue
            }
            let value = source.unit.convert(number, to: source.engine)
            guard source.range.contains(value) else {
                log.error(
                    spot, "\(name), \(source.attribute.name)",
                    Sentence.outside(value, source.range, unit: source.engine.symbol))
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
}
