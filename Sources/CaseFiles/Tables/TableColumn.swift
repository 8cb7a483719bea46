import Energy

/// The numbers of a table's column in the engine's unit, by the rules of all tables.
struct TableColumn: Sendable {
    let position: Int
    let format: CSVFormat
    /// What the numbers are multiplied by before they are taken in the unit.
    var factor = 1.0
    let unit: Unit
    let engine: Unit
    /// In the engine's unit.
    let range: ClosedRange<Double>

    /// - Returns: nil, with a sentence in the log, if a cell has no number or one out of range.
    /// - Parameters:
    ///   - remark: text after the sentence about a number out of range.
    ///   - kind: what sentences about other rows have in common; nil for their text without numbers and names.
    func value(
        _ row: CSVText.Row, at location: SourceLocation, called path: String, remark: String = "", kind: String? = nil,
        _ log: DiagnosticLog
    ) -> Double? {
        let cell = row.cells[position]
        guard let number = format.number(cell) else {
            log.error(
                location, path, format.noNumber(cell), kind: kind.map { "\($0), \(cell.isEmpty ? "empty" : "number")" })
            return nil
        }
        let value = unit.convert(factor == 1 ? number : factor * number, to: engine)
        guard range.contains(value) else {
            log.error(
                location, path, Attribute.outside(value, range, unit: engine.symbol) + remark,
                kind: kind.map { "\($0), range" })
            return nil
        }
        return value
    }

    /// Why a cell is not a number.
    static func noNumber(_ cell: String, mayDeclare: Bool = true) -> String {
        if cell.isEmpty { return "is empty." }
        let shown = "'\(cell.count > 60 ? cell.prefix(57) + "…" : cell[...])'"
        if let fixed = withDecimalPoint(cell) {
            return
                "\(shown) has a comma. Write numbers with a decimal point and nothing between thousands, as in "
                + fixed + (mayDeclare ? ", or declare the decimal mark ','." : ".")
        }
        if let (_, rest) = Quantity.leadingNumber(cell), rest.first?.isWhitespace == true {
            return "\(shown) is not a number. Write the unit into the header, as in power [kW]."
        }
        return "\(shown) is not a number."
    }

    /// `0,5` and `1.234,5` as a number with a decimal point.
    private static func withDecimalPoint(_ cell: String) -> String? {
        guard cell.contains(","), cell.allSatisfy({ $0.isASCII && ($0.isNumber || ",.+-' eE".contains($0)) }) else {
            return nil
        }
        var text = cell.filter { !" '".contains($0) }
        // If there are two kinds of mark, the last one is the decimal mark; of several commas none is.
        if let comma = text.lastIndex(of: ","), text.lastIndex(of: ".").map({ $0 < comma }) ?? true,
            text.count(where: { $0 == "," }) == 1
        {
            text = text.filter { $0 != "." }.replacing(",", with: ".")
        } else {
            text = text.filter { $0 != "," }
        }
        return Quantity.plainNumber(text) == nil ? nil : text
    }
}

extension CSVText {
    /// The unit of a column: the one in its header, else the unit of numbers without a unit.
    ///
    /// - Parameter mayHaveFactor: whether a factor may stand before the column.
    /// - Returns: nil, with a sentence in the log, if the header names an unknown unit.
    func unit(
        of position: Int, _ dimension: Dimension, file: String, mayHaveFactor: Bool = false, _ units: UnitSystem,
        _ log: DiagnosticLog
    ) -> Unit? {
        let column = columns[position]
        guard let symbol = column.unit else {
            let unit = units.bareUnit(of: dimension)
            if let remark = column.remark, dimension != .ratio, !hasTimes(position, dimension) {
                log.warning(
                    SourceLocation(file: file, line: headerLine), column.name, Sentence.noUnit(remark, of: column, unit)
                )
            }
            return unit
        }
        if let unit = units.parse(symbol) { return unit }
        // Of `Start [UTC]` the brackets say the clock.
        if dimension == .duration, ColumnClock.hoursAhead(in: symbol) != nil { return units.bareUnit(of: dimension) }
        log.error(
            SourceLocation(file: file, line: headerLine), column.name,
            Sentence.unknownUnit(symbol, of: column, dimension, mayHaveFactor: mayHaveFactor, units))
        return nil
    }

    /// Whether a column of durations has times, which need no unit.
    private func hasTimes(_ position: Int, _ dimension: Dimension) -> Bool {
        dimension == .duration && rows.contains { TimeStamp($0.cells[position]) != nil }
    }

    /// A column that must measure something.
    ///
    /// - Parameter symbol: the unit where the header has none in brackets; nil for that of numbers without a unit.
    /// - Returns: nil, with a sentence at the header, if its unit is unknown or measures something else.
    func column(
        _ position: Int, _ dimension: Dimension, _ range: ClosedRange<Double>, in symbol: String? = nil, file: String,
        _ units: UnitSystem, _ log: DiagnosticLog
    ) -> TableColumn? {
        let named = columns[position].unit == nil ? symbol.flatMap(units.parse) : nil
        guard let unit = named ?? unit(of: position, dimension, file: file, units, log) else { return nil }
        let engine = units.engineUnit(of: dimension)
        guard unit.measuresTheSame(as: engine) else {
            log.error(
                SourceLocation(file: file, line: headerLine), columns[position].name,
                Sentence.wrongDimension("a column in \(unit.symbol)", unit, needed: dimension, units))
            return nil
        }
        return TableColumn(position: position, format: format, unit: unit, engine: engine, range: range)
    }
}
