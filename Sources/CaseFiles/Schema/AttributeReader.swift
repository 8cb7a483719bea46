import Energy
import Writing

/// The values read from a map of a case, with the location of every key, so that later problems can be reported there
/// too.
struct ReadValues {
    var values: AttributeValues
    /// False if something required is missing or wrong.
    var isComplete: Bool
    let path: String
    let location: SourceLocation
    let entries: [YamlEntry]

    func location(of attribute: String?) -> SourceLocation {
        attribute.flatMap { entries[$0]?.node.location } ?? location
    }

    func report(_ problem: InputProblem, to log: DiagnosticLog) {
        let path = problem.attribute.map { "\(self.path).\($0)" } ?? self.path
        log.error(location(of: problem.attribute), path, problem.message)
    }

    /// What is made of the values; nil where that is a problem, which is told at the key that it names.
    func made<Result>(telling log: DiagnosticLog, _ make: () throws(InputProblem) -> Result) -> Result? {
        do throws(InputProblem) {
            return try make()
        } catch {
            report(error, to: log)
            return nil
        }
    }
}

/// Reads the keys of a map by a table of attributes.
struct AttributeReader {
    let context: CaseContext
    /// kWh in a cubic metre of the carrier that the values are about; nil where it has none.
    var heatingValue: Double?
    var log: DiagnosticLog { context.log }
    var units: UnitSystem {
        var units = context.units
        units.heatingValue = heatingValue
        return units
    }

    /// The same about a carrier, whose volumes are energies if it has a heating value.
    func about(_ carrier: String?) -> AttributeReader {
        AttributeReader(context: context, heatingValue: carrier.flatMap { context.heatingValues[$0] })
    }

    /// The same for a map that names the carrier that it is about, or is about one by default.
    private func about(_ entries: [YamlEntry], _ schema: [Attribute]) -> AttributeReader {
        guard let attribute = schema.first(where: { $0.name == "carrier" }), case .carrier = attribute.kind else {
            return self
        }
        if let entry = entries["carrier"] { return about(entry.node.text) }
        guard case .standard(.text(let carrier)) = attribute.need else { return self }
        return about(carrier)
    }

    /// - Parameters:
    ///   - others: keys of the map that another reader reads.
    func read(
        _ entries: [YamlEntry], at location: SourceLocation, path: String, schema: [Attribute], others: [String] = []
    ) -> ReadValues {
        let known = schema.map(\.name) + others
        let reader = about(entries, schema)
        var values: [String: AttributeValue] = [:]
        var isComplete = true
        var last = location
        var misspelt: Set<String> = []
        for entry in entries {
            guard let attribute = schema.first(where: { $0.name == entry.key }) else {
                if !others.contains(entry.key) {
                    log.error(entry.location, "\(path).\(entry.key)", Sentence.unknownKey(entry.key, among: known))
                    if let meant = Nearest.word(to: entry.key, among: known) { misspelt.insert(meant) }
                    isComplete = false
                }
                continue
            }
            last = entry.location
            let path = path.isEmpty ? entry.key : "\(path).\(entry.key)"
            if let value = reader.value(entry.node, as: attribute, path: path) {
                values[entry.key] = value
                note(value, of: attribute, path: path, at: entry.node.location)
                list(value, of: attribute, path: path, isDefault: false, at: entry.location)
            } else {
                isComplete = false
            }
        }
        let written = Set(values.keys)
        for attribute in schema where entries[attribute.name] == nil {
            switch attribute.need {
            case .required:
                // The misspelt key has been reported already.
                if !misspelt.contains(attribute.name) {
                    log.error(location, path, Sentence.missing(attribute.name, attribute.meaning))
                }
                isComplete = false
            case .optional: break
            case .standard(let value):
                let value = attribute.spread(value, over: context.time)
                values[attribute.name] = value
                list(value, of: attribute, path: "\(path).\(attribute.name)", isDefault: true, at: last)
                if !checkDefaultCarrier(value, of: attribute, path: path, at: location) { isComplete = false }
            }
        }
        return ReadValues(
            values: AttributeValues(values, written: written), isComplete: isComplete, path: path, location: location,
            entries: entries)
    }

    /// Keeps what must be the same on every day, and which sizes are to be decided.
    private func note(_ value: AttributeValue, of attribute: Attribute, path: String, at location: SourceLocation) {
        let isSize = if case .size = attribute.kind { true } else { false }
        if isSize || Investment.keys.contains(attribute.name) { context.lasting[path] = (value, location) }
        if case .range = value { context.decidedSizes.append(path) }
    }

    private func checkDefaultCarrier(
        _ value: AttributeValue, of attribute: Attribute, path: String, at location: SourceLocation
    )
        -> Bool
    {
        guard case .carrier = attribute.kind, case .text(let carrier) = value, !context.carriers.contains(carrier)
        else { return true }
        log.error(
            location, "\(path).\(attribute.name)",
            "is '\(carrier)' by default, but the case declares no such carrier. Declare it under 'carriers', or name "
                + "another."
        )
        return false
    }

    // MARK: One value

    func value(_ node: YamlNode, as attribute: Attribute, path: String) -> AttributeValue? {
        if node.isNull {
            log.error(node.location, path, Attribute.noValue)
            return nil
        }
        switch attribute.kind {
        case .quantity(let dimension, let range):
            return quantity(node, dimension, range, path: path).map { .number($0) }
        case .size(let dimension, let range): return size(node, dimension, range, path: path)
        case .series(let dimension, let range):
            return series(node, dimension, range, path: path).map { .series($0) }
        case .perCarrier(let dimension, let range): return perCarrier(node, dimension, range, path: path)
        case .points(let x, let y, let minimum): return points(node, x, y, minimum: minimum, path: path)
        case .list(let dimension, let range, let count): return list(node, dimension, range, count, path: path)
        case .matrix(let dimension, let range): return matrix(node, dimension, range, path: path)
        case .count(let range): return count(node, range, path: path).map { .count($0) }
        case .choice(let words): return choice(node, words, path: path).map { .text($0) }
        case .flag: return flag(node, path: path).map { .flag($0) }
        case .text:
            let isMark = CSVFormat.keys.contains(attribute.name)
            return text(node, mayBeBlank: isMark, path: path).map { .text($0) }
        case .carrier: return carrier(node, path: path).map { .text($0) }
        }
    }

    /// A number in the engine's unit.
    func quantity(_ node: YamlNode, _ dimension: Dimension, _ range: ClosedRange<Double>, path: String) -> Double? {
        guard let text = scalar(node, "a single number", path: path) else { return nil }
        if Self.isReference(text)
            || text.contains("*") && ColumnFactor.split(text).map({ Self.isReference($0.column) }) == true
        {
            log.error(node.location, path, "\(node.shown) is a table column, but a single number is needed here.")
            return nil
        }
        if refusesColumnName(text, node, path: path) { return nil }
        guard let value = number(text, node, dimension, path: path) else { return nil }
        guard range.contains(value) else {
            log.error(node.location, path, Attribute.outside(value, range, unit: units.engineSymbol(of: dimension)))
            return nil
        }
        return value
    }

    private func number(_ text: String, _ node: YamlNode, _ dimension: Dimension, path: String) -> Double? {
        let engine = units.engineUnit(of: dimension)
        do {
            let quantity = try Quantity.parse(text, units: units)
            guard let unit = quantity.unit else {
                return units.bareUnit(of: dimension).convert(quantity.number, to: engine)
            }
            guard let read = units.reading(unit, as: dimension) else {
                log.error(node.location, path, Sentence.wrongDimension(node.shown, unit, needed: dimension, units))
                return nil
            }
            return read.convert(quantity.number, to: engine)
        } catch {
            switch error {
            case .notANumber: log.error(node.location, path, Sentence.notANumber(node.shown, needed: dimension, units))
            case .unknownUnit(let symbol): log.error(node.location, path, Sentence.unknownUnit(symbol, in: text, units))
            }
            return nil
        }
    }

    /// `table.column`: a name, a dot, another name.
    static func isReference(_ text: String) -> Bool {
        guard let dot = text.firstIndex(of: "."), let first = text.first, first.isLetter || first == "_" else {
            return false
        }
        let after = text.index(after: dot)
        return Identifier.isValid(text[..<dot]) && after < text.endIndex
            && !text[after...].contains(where: \.isWhitespace)
    }

    /// Refuses `table.column` if one of the names is invalid.
    ///
    /// - Returns: false if the text is something else.
    func refusesColumnName(_ text: String, _ node: YamlNode, path: String) -> Bool {
        guard let dot = text.firstIndex(of: ".") else { return false }
        let (table, column) = (String(text[..<dot]), text[text.index(after: dot)...].trimmingSpaces)
        // The table's name has been refused already.
        if context.tables.isRefused(table) { return true }
        guard Identifier.isValid(table), column.contains(where: \.isWhitespace) else { return false }
        let file = context.tables.known(table)?.file ?? "the file"
        let name = Identifier.near(column)
        log.error(
            node.location, path,
            "\(node.shown) names no column: names of columns consist of letters, digits and '_'. Rename "
                + "'\(column.prefix(60))' in \(file), "
                + "as \(name), and write \(table).\(name.split(separator: " ")[0]); or name it in the case, as columns: "
                + "{\(name.split(separator: " ")[0]): \"\(column.prefix(60))\"} of the table.")
        return true
    }
}
