import Foundation
import Writing

/// A CSV file as cells of text, with the line of every row.
struct CSVText: Sendable {
    struct Column: Sendable {
        var name: String
        /// The text in the header's brackets; nil without brackets.
        var unit: String?
        /// As the file writes it.
        var header: String
        /// What stands in parentheses and is no unit; nil where nothing does, or where the case says the unit.
        var remark: String?
        /// Path of the case's declaration of the column, empty for an option; nil without one.
        var declared: String?
        /// Hours that the clock of its times is ahead of UTC, where its name says so.
        var hoursAhead: Double?

        init(name: String, unit: String?, header: String) {
            (self.name, self.unit, self.header) = (name, unit, header)
            hoursAhead = ColumnClock.hoursAhead(in: header)
        }
    }
    struct Row: Sendable {
        var line: Int
        var cells: [String]
    }

    static let largestFile = 200_000_000

    private(set) var columns: [Column]
    let headerLine: Int
    private(set) var rows: [Row]
    let format: CSVFormat
    private var positions: [String: Int]

    private init(columns: [Column], headerLine: Int, rows: [Row], format: CSVFormat) {
        self.columns = columns
        self.headerLine = headerLine
        self.rows = rows
        self.format = format
        positions = Dictionary(columns.enumerated().map { ($1.name, $0) }) { first, _ in first }
    }

    /// Reads a table that does not belong to a case.
    ///
    /// - Returns: nil if there is none; the log then says why.
    static func read(_ url: URL, format: CSVFormat, log: DiagnosticLog) -> CSVText? {
        let file = url.lastPathComponent
        return TextFile.read(url, file: file, limit: largestFile, log: log).flatMap {
            parse($0, file: file, format: format, log: log)
        }
    }

    /// - Returns: nil if the file is not a table; the log then says why, for every line.
    static func parse(_ text: String, file: String, format: CSVFormat = .standard, log: DiagnosticLog) -> CSVText? {
        log.register(table: file)
        let errors = log.errorCount
        var header: [Column]?
        var headerLine = 1
        var rows: [Row] = []
        var line = 0
        for record in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            line += 1
            if record.allSatisfy(\.isWhitespace) { continue }
            let location = SourceLocation(file: file, line: line)
            if let control = record.firstControl {
                log.error(
                    location, "contains the control character \(control), which a terminal would obey. Take it out.")
                continue
            }
            guard let cells = cells(of: record, format, at: location, log) else { continue }
            guard let columns = header else {
                header = readHeader(cells, format, at: location, log)
                headerLine = line
                if header == nil { return nil }
                continue
            }
            guard cells.count == columns.count else {
                log.error(
                    location,
                    "this row has \(cells.count) \(cells.count == 1 ? "cell" : "cells"), but the header has "
                        + "\(columns.count) columns.")
                continue
            }
            rows.append(Row(line: line, cells: cells))
        }
        guard let header else {
            log.error(SourceLocation(file: file), "is empty. A table begins with a row of column names.")
            return nil
        }
        guard log.errorCount == errors else { return nil }
        guard !rows.isEmpty else {
            log.error(SourceLocation(file: file), "has a header but no rows.")
            return nil
        }
        return CSVText(columns: header, headerLine: headerLine, rows: rows, format: format)
    }

    /// One line at a time, so that an error affects only its line and every cell has its line number.
    private static func cells(
        of record: Substring, _ format: CSVFormat, at location: SourceLocation, _ log: DiagnosticLog
    ) -> [String]? {
        guard record.count(where: { $0 == "\"" }).isMultiple(of: 2) else {
            log.error(location, "a quotation mark is not closed on its line.")
            return nil
        }
        guard let row = try? CSVLine.rows(of: record + "\n", separator: format.separator).first else {
            log.error(location, "this row is no valid CSV: quotation marks must enclose a whole cell.")
            return nil
        }
        return row.map(\.trimmingSpaces)
    }

    private static func readHeader(
        _ cells: [String], _ format: CSVFormat, at location: SourceLocation, _ log: DiagnosticLog
    ) -> [Column]? {
        let words: [Character: (String, String)] = [
            ",": ("commas", ","), ";": ("semicolons", ";"), "\t": ("tabs", "tab"), "|": ("bars", "|"),
        ]
        if cells.count == 1, let separator = cells.first?.first(where: { words[$0] != nil && $0 != format.separator }),
            let (noun, word) = words[separator], let usual = words[format.separator]?.0
        {
            let declared = format.mayBeDeclared ? ", or declare the separator '\(word)'." : "."
            log.error(location, "columns are separated by \(noun). Use \(usual)\(declared)")
            return nil
        }
        let errors = log.errorCount
        var columns: [Column] = []
        var names: Set<String> = []
        for (number, cell) in cells.enumerated() {
            let column = column(cell)
            if column.name.isEmpty {
                log.error(location, "column \(number + 1) has no name.")
            } else if !names.insert(column.name).inserted {
                log.error(location, "the column '\(column.name)' appears more than once.")
            }
            columns.append(column)
        }
        return log.errorCount == errors ? columns : nil
    }

    /// `grid_buy [CNY/kWh]` as a name and a unit.
    static func column(_ cell: String) -> Column {
        guard cell.hasSuffix("]"), let open = cell.lastIndex(of: "[") else {
            return Column(name: cell, unit: nil, header: cell)
        }
        let unit = cell[cell.index(after: open)...].dropLast()
        return Column(name: cell[..<open].trimmingSpaces, unit: unit.trimmingSpaces, header: cell)
    }

    func position(of column: String) -> Int? { positions[column] }

    /// The column whose header is written so, with its unit or without.
    func position(ofHeader header: String) -> Int? {
        columns.firstIndex { $0.header == header } ?? columns.firstIndex { $0.name == header }
    }

    // MARK: Other names

    /// - Parameters:
    ///   - remark: what stands in parentheses in place of a unit.
    ///   - path: of the declaration.
    mutating func give(_ name: String, unit: String?, remark: String?, to position: Int, path: String) {
        positions[name] = position
        columns[position].unit = unit
        columns[position].remark = remark
        columns[position].declared = path
        // What the file says of its clock goes before what it is called here.
        columns[position].hoursAhead = columns[position].hoursAhead ?? ColumnClock.hoursAhead(in: name)
    }

    /// Adds a column with the same cell in every row.
    mutating func append(_ column: Column, _ cell: String) {
        positions[column.name] = columns.count
        columns.append(column)
        for k in rows.indices { rows[k].cells.append(cell) }
    }
}
