import Writing

/// A table in fixed columns for a terminal: first column left, the others right.
package struct TextTable {
    package var header: [String]
    package var rows: [[String]] = []

    package init(header: [String], rows: [[String]] = []) { (self.header, self.rows) = (header, rows) }

    package var text: String {
        let all = ([header] + rows).map { $0.map { $0.escaped(for: .terminalLine) } }
        let widths = header.indices.map { column in all.map { $0[column].count }.max() ?? 0 }
        return all.map { row in
            let cells = row.enumerated().map { column, cell in
                let blank = String(repeating: " ", count: widths[column] - cell.count)
                return column == 0 ? cell + blank : blank + cell
            }
            var line = cells.joined(separator: "  ")
            while line.hasSuffix(" ") { line.removeLast() }
            return "  " + line + "\n"
        }.joined()
    }
}
