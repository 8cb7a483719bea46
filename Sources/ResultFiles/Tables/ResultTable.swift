import Writing

/// A tidy table of a result, written or read back: one header row, units in square brackets, one observation per row.
///
///     let prices = try ResultTable(file: "prices.csv", text: String(contentsOf: url, encoding: .utf8))
///     for row in prices.texts { print(row) }
public struct ResultTable: Sendable {
    /// Name of its file.
    public let file: String
    package let headings: [ColumnHeading]
    package private(set) var cells: [[TableCell]] = []

    package init(file: String, headings: [ColumnHeading]) { (self.file, self.headings) = (file, headings) }

    /// A table to be filled.
    ///
    /// - Parameters:
    ///   - file: where it is not the schema's own.
    ///   - columns: those that it has; nil for all of the schema.
    ///   - money: the unit of amounts.
    package init<Schema: TableSchema>(
        _ schema: Schema.Type, file: String = Schema.file, columns: [any TableColumn]? = nil, money: String? = nil
    ) {
        self.init(file: file, headings: (columns ?? schema.columns).map { $0.heading(money: money) })
    }

    /// A row: values in the order of their columns. Columns that are left out stay empty.
    package mutating func add(_ values: [ColumnCell]) {
        var row = [TableCell](repeating: .empty, count: headings.count)
        var place = 0
        for value in values {
            while place < headings.count, headings[place].name != value.column { place += 1 }
            precondition(place < headings.count, "\(file) has no column '\(value.column)' at this place")
            row[place] = value.cell
            place += 1
        }
        cells.append(row)
    }

    /// A table read back.
    ///
    /// - Throws: ``ReportError`` where the text is no table, ends within a line, or a row has not one cell a column.
    public init(file: String, text: String) throws(ReportError) {
        // Tables are written to their last line feed; what stands behind it is what is left of a row.
        guard text.last?.isNewline != false else { throw .damaged(file: file, reason: "it ends within a line.") }
        let rows: [[String]]
        do {
            rows = try CSVLine.rows(of: text).map { $0.map(CSVLine.plain) }
        } catch { throw .damaged(file: file, reason: "it is no table: \(error).") }
        self.init(file: file, headings: (rows.first ?? []).map { ColumnHeading($0) })
        for (number, row) in rows.enumerated().dropFirst() {
            guard row.count == headings.count else {
                throw .damaged(
                    file: file, reason: "row \(number) has \(row.count) cells, but the header has \(headings.count).")
            }
            cells.append(row.map { TableCell(text: $0) })
        }
    }

    /// The names of the columns with their units.
    public var header: [String] { headings.map(\.text) }

    /// What stands in the cells, row by row.
    public var texts: [[String]] { cells.map { $0.map(\.text) } }

    /// The table as a file holds it.
    public var text: String { ([header] + texts).map { CSVLine.text($0) }.joined() }
}

// MARK: By columns

extension ResultTable {
    package var rows: Range<Int> { cells.indices }

    private func place(of column: some TableColumn) -> Int? { headings.firstIndex { $0.name == column.name } }

    package func has(_ column: some TableColumn) -> Bool { place(of: column) != nil }

    /// What stands in the heading's brackets.
    package func unit(of column: some TableColumn) -> String { place(of: column).flatMap { headings[$0].unit } ?? "" }

    /// One value per row.
    ///
    /// - Throws: ``ReportError`` where the column is missing, or a cell holds something else.
    package subscript<Value>(_ column: Column<Value>) -> [Value] {
        get throws { try values(of: column) { Value($0) } }
    }

    /// Steps count from 0 on.
    package func steps(_ column: Column<Int>) throws -> [Int] {
        try values(of: column, kind: "a step") { cell in
            Int(cell).flatMap { (0..<1_000_000).contains($0) ? $0 : nil }
        }
    }

    private func values<Value: CellValue>(
        of column: Column<Value>, kind: String = Value.kind, _ read: (TableCell) -> Value?
    ) throws(ReportError) -> [Value] {
        guard let k = place(of: column) else {
            throw .damaged(file: file, reason: "the column '\(column.name)' is missing.")
        }
        var values: [Value] = []
        values.reserveCapacity(cells.count)
        for (row, cells) in cells.enumerated() {
            guard let value = read(cells[k]) else {
                throw .damaged(file: file, reason: "row \(row + 1): '\(cells[k].text)' is not \(kind).")
            }
            values.append(value)
        }
        return values
    }

    /// One text per row; empty ones where the table has no such column.
    package func optional(_ column: Column<String>) -> [String] {
        guard let k = place(of: column) else { return cells.map { _ in "" } }
        return cells.map { $0[k].text }
    }

    /// Rows that agree in some columns, in the order in which they first come. A column that the table has not got is
    /// empty.
    ///
    /// - Parameter rows: the ones to look at; nil for all.
    package func groups(_ columns: [Column<String>], among rows: [Int]? = nil) -> [(key: [String], rows: [Int])] {
        let places = columns.map { place(of: $0) }
        var known: [[String]: Int] = [:]
        var groups: [(key: [String], rows: [Int])] = []
        for row in rows ?? Array(self.rows) {
            let key = places.map { $0.map { cells[row][$0].text } ?? "" }
            if let k = known[key] {
                groups[k].rows.append(row)
            } else {
                known[key] = groups.count
                groups.append((key, [row]))
            }
        }
        return groups
    }
}
