import Energy
import Foundation
import Writing

/// Decisions that a run or a person wrote, such as `prices.csv`, read by the rules of all tables: columns in any order,
/// quotes, units in the header.
package struct DecisionTable {
    package struct Row {
        package let line: Int
        fileprivate let row: CSVText.Row
        fileprivate let table: DecisionTable

        /// What stands in a column, a blank cell too; nil where there is no such column.
        package func text(_ column: String) -> String? { table.text.position(of: column).map { row.cells[$0] } }

        /// A whole number; nil where the column or its cell has none.
        package func whole(_ column: String) -> Int? { text(column).flatMap { Int($0) } }

        /// A number in the engine's unit.
        ///
        /// The unit is that of the header's brackets, else that of the row in a column `unit`, else the engine's, in
        /// which decisions are told: also in a case whose own numbers without a unit are MW.
        ///
        /// - Returns: nil where there is no such column.
        /// - Throws: where the cell is no number, or its unit is unknown or measures something else.
        package func number(_ column: String, as dimension: Energy.Dimension) throws(CaseFileError) -> Double? {
            let (units, log) = (table.units, DiagnosticLog())
            guard let position = table.text.position(of: column) else { return nil }
            let location = SourceLocation(file: table.file, line: line)
            let own = text("unit").flatMap { $0.isEmpty ? nil : $0 }
            if table.text.columns[position].unit == nil, let own, units.parse(own) == nil {
                log.error(location, "unit", Sentence.unknownUnit(own, in: own, units))
                throw CaseFileError(diagnostics: log.inFileOrder)
            }
            let finite = -Double.greatestFiniteMagnitude...Double.greatestFiniteMagnitude
            guard
                let reader = table.text.column(
                    position, dimension, finite, in: own ?? units.engineSymbol(of: dimension), file: table.file, units,
                    log),
                let value = reader.value(row, at: location, called: column, log)
            else { throw CaseFileError(diagnostics: log.inFileOrder) }
            return value
        }
    }

    private let text: CSVText
    private let file: String
    private let units: UnitSystem

    package var rows: [Row] { text.rows.map { Row(line: $0.line, row: $0, table: self) } }

    /// - Parameters:
    ///   - columns: those that it needs.
    ///   - source: whose currency holds.
    package init(_ path: String, columns: [String], for source: Case) throws(CaseFileError) {
        let log = DiagnosticLog()
        file = path
        units = UnitSystem(currency: source.currency)
        let url = URL(fileURLWithPath: path)
        let read = TextFile.read(url, file: path, limit: CSVText.largestFile, log: log)
        guard let text = read.flatMap({ CSVText.parse($0, file: path, format: .fixed, log: log) }) else {
            throw CaseFileError(diagnostics: log.inFileOrder)
        }
        let header = SourceLocation(file: path, line: text.headerLine)
        for column in columns where text.position(of: column) == nil {
            log.error(
                header,
                "the column '\(column)' is missing. Needed are \(columns.joined(separator: ", ")); found are "
                    + text.columns.prefix(30).map(\.name).joined(separator: ", ") + ".")
        }
        guard !log.hasErrors else { throw CaseFileError(diagnostics: log.inFileOrder) }
        self.text = text
    }
}
