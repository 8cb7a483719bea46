import Energy
import Writing

/// A name that a case gives to a column of a file, or a value that stands for a whole column.
public struct ColumnName: Sendable {
    enum Source: Sendable {
        /// The header as the file writes it, and the unit of its numbers where the header says none.
        case header(String, unit: String?)
        /// The same number in every row.
        case value(number: String, unit: String?)
    }
    let name: String
    let source: Source
    let location: SourceLocation
    /// Path of the declaration, for messages.
    let path: String

    init(name: String, source: Source, location: SourceLocation, path: String) {
        (self.name, self.source, self.location, self.path) = (name, source, location, path)
    }

    /// A name that an option gives to a column.
    ///
    /// - Parameters:
    ///   - text: `arrival=Start of charging`, with the header behind the sign.
    ///   - known: names that may be given.
    /// - Throws: ``ColumnNameProblem`` where the text says something else.
    public init(option text: String, among known: [String]) throws(ColumnNameProblem) {
        let parts = text.split(separator: "=", maxSplits: 1).map(\.trimmingSpaces)
        guard parts.count == 2, known.contains(parts[0]), !parts[1].isEmpty else {
            throw ColumnNameProblem(
                advice: "write one of \(known.joined(separator: ", ")), '=' and the header, as \(known[0])=Start.")
        }
        self.init(
            name: parts[0], source: .header(parts[1], unit: nil), location: SourceLocation(file: "--column"), path: "")
    }

    /// A number that an option gives in place of a column.
    ///
    /// - Parameter text: a number with a unit, such as `7.2 kW`.
    /// - Throws: ``ColumnNameProblem`` where it is none, or measures something else than a power.
    public init(_ name: String, power text: String) throws(ColumnNameProblem) {
        guard let quantity = try? Quantity.parse(text, units: UnitSystem()), quantity.number >= 0,
            let unit = quantity.unit ?? Unit.named["kW"], unit.measuresTheSame(as: UnitSystem().engineUnit(of: .power))
        else { throw ColumnNameProblem(advice: "write a power, as '7.2 kW'.") }
        self.init(
            name: name, source: .value(number: "\(quantity.number)", unit: unit.symbol),
            location: SourceLocation(file: "--max-power"), path: "")
    }
}

/// What to write in place of an option that names no column.
public struct ColumnNameProblem: Error, Sendable {
    public let advice: String
}

extension CSVText {
    /// The table with columns under other names, too.
    ///
    /// A header such as `Price (EUR/MWh)` that is named so gives its unit in parentheses: a known one, or what looks
    /// like one and is refused where the column is used. Other words are a remark (``HeaderUnit``).
    ///
    /// - Returns: nil, with a sentence in the log, if there is no such column or a name is taken.
    func naming(_ names: [ColumnName], file: String, units: UnitSystem, log: DiagnosticLog) -> CSVText? {
        let errors = log.errorCount
        var named = self
        for name in names {
            if position(of: name.name) != nil, !isHeader(name.source, name.name) {
                log.error(
                    name.location, name.path,
                    "\(file) has a column '\(name.name)' already. Choose another name.")
                continue
            }
            switch name.source {
            case .header(let header, let unit):
                named.name(header, name, unit, file, units, log)
            case .value(let number, let unit):
                named.append(
                    Column(name: name.name, unit: unit, header: name.name),
                    number.replacing(".", with: "\(format.decimal)"))
            }
        }
        return log.errorCount == errors ? named : nil
    }

    private func isHeader(_ source: ColumnName.Source, _ name: String) -> Bool {
        guard case .header(let header, _) = source, let position = position(of: name) else { return false }
        return position == self.position(ofHeader: header)
    }

    private mutating func name(
        _ header: String, _ name: ColumnName, _ unit: String?, _ file: String, _ units: UnitSystem,
        _ log: DiagnosticLog
    ) {
        guard let position = position(ofHeader: header) else {
            log.error(
                name.location, name.path,
                "\(file) has no column '\(header)'."
                    + Sentence.suggestion(for: header, among: columns.map(\.header), called: "Its columns"))
            return
        }
        let own = said(by: columns[position], units)
        guard let unit else {
            let (symbol, remark): (String?, String?) =
                switch own {
                case .known(let symbol), .unknown(let symbol): (symbol, nil)
                case .remark(let remark): (nil, remark)
                case nil: (nil, nil)
                }
            give(name.name, unit: symbol, remark: remark, to: position, path: name.path)
            return
        }
        // What is no known unit contradicts none, nor does a letter of something else, as in `Load (A)`.
        if case .known(let symbol) = own, symbol != unit, !isLetter(symbol, columns[position], besides: unit, units) {
            log.error(
                name.location, name.path,
                "is declared in '\(unit)', but the header says '\(symbol)'. Take the unit out, or correct the header.")
            return
        }
        give(name.name, unit: unit, remark: nil, to: position, path: name.path)
    }

    /// The unit in brackets at the end, else what other brackets and parentheses hold.
    private func said(by column: Column, _ units: UnitSystem) -> HeaderUnit? {
        guard let symbol = column.unit else { return HeaderUnit(column.header, units) }
        return units.parse(symbol) == nil ? .unknown(symbol) : .known(symbol)
    }

    private func isLetter(_ symbol: String, _ column: Column, besides unit: String, _ units: UnitSystem) -> Bool {
        guard symbol.count == 1, column.unit == nil, let read = units.parse(symbol), let other = units.parse(unit)
        else { return false }
        return !read.measuresTheSame(as: other)
    }
}
