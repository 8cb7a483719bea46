import Energy

/// Reads `tables`: which files there are, how they are written, and what their columns are called.
struct TableReader {
    let context: CaseContext
    private var log: DiagnosticLog { context.log }
    private var reader: AttributeReader { AttributeReader(context: context) }

    func read(_ root: [YamlEntry]) {
        guard let entry = root["tables"], let entries = reader.map(entry.node, path: "tables") else { return }
        for table in entries {
            guard let declaration = declaration(table) else {
                context.tables.refuse(table.key)
                continue
            }
            context.tables.declare(declaration)
        }
    }

    private func declaration(_ table: YamlEntry) -> TableStore.Declaration? {
        let path = "tables.\(table.key)"
        guard reader.checkName(table, path: path), let map = reader.map(table.node, path: path) else { return nil }
        let section = CaseSchema.table
        let read = reader.read(
            map, at: table.location, path: path, schema: section.attributes, others: section.partNames)
        guard let file = read.values.optionalText("file"), let index = read.values.optionalText("index") else {
            return nil
        }
        let format = read.made(telling: log) { () throws(InputProblem) in
            try CSVFormat(
                separator: read.values.optionalText("separator"), decimal: read.values.optionalText("decimal"),
                thousands: read.values.optionalText("thousands"))
        }
        let columns = columns(map["columns"], path: "\(path).columns")
        guard let format, let columns else { return nil }
        return TableStore.Declaration(
            name: table.key, location: read.location(of: "file"), file: file, index: index,
            indexLocation: read.location(of: "index"), step: read.values.optionalNumber("step"),
            start: read.values.optionalText("start").map { .init(text: $0, location: read.location(of: "start")) },
            format: format, columns: columns,
            shortStays: read.values.optionalText("short_stays").flatMap(ShortStays.init) ?? .refuse)
    }

    /// - Returns: nil where one of them is wrong.
    private func columns(_ entry: YamlEntry?, path: String) -> [ColumnName]? {
        guard let entry else { return [] }
        guard let entries = reader.map(entry.node, path: path) else { return nil }
        let columns = entries.compactMap { column($0, path: "\(path).\($0.key)") }
        return columns.count == entries.count ? columns : nil
    }

    private func column(_ entry: YamlEntry, path: String) -> ColumnName? {
        guard reader.checkName(entry, path: path) else { return nil }
        guard let map = entry.node.entries else {
            return reader.text(entry.node, path: path).map {
                ColumnName(
                    name: entry.key, source: .header($0, unit: nil), location: entry.node.location, path: path)
            }
        }
        let read = reader.read(map, at: entry.location, path: path, schema: CaseSchema.tableColumn.attributes)
        guard read.isComplete else { return nil }
        let (header, value) = (read.values.optionalText("header"), read.values.optionalText("value"))
        let unit = read.values.optionalText("unit")
        if let unit, context.units.parse(unit) == nil {
            log.error(read.location(of: "unit"), "\(path).unit", Sentence.unknownUnit(unit, in: unit, context.units))
            return nil
        }
        switch (header, value) {
        case (let header?, nil):
            return ColumnName(
                name: entry.key, source: .header(header, unit: unit), location: read.location(of: "header"), path: path)
        case (nil, let value?):
            guard unit == nil, let quantity = try? Quantity.parse(value, units: context.units) else {
                log.error(
                    read.location(of: "value"), "\(path).value",
                    "'\(value.prefix(60))' is not a number with a unit. Write it as in 7.2 kW, without a key 'unit'.")
                return nil
            }
            return ColumnName(
                name: entry.key, source: .value(number: "\(quantity.number)", unit: quantity.unit?.symbol),
                location: read.location(of: "value"), path: path)
        default:
            log.error(
                entry.location, path,
                "needs either a header, as {header: \"Price (ct)\"}, or a value, as {value: 7.2 kW}.")
            return nil
        }
    }
}
