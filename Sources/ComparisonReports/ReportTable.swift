import ResultFiles
import Writing

/// A table as people read it, for a terminal, Markdown and LaTeX. Cells that win are emphasised where the format can.
struct ReportTable {
    struct Cell: ExpressibleByStringLiteral {
        var text: String
        var isBest = false

        init(_ text: String, isBest: Bool = false) {
            self.text = text
            self.isBest = isBest
        }
        init(stringLiteral text: String) { self.init(text) }
    }

    var title: String
    var header: [String]
    var rows: [[Cell]] = []

    mutating func add(_ cells: [Cell]) { rows.append(cells) }

    var text: String { TextTable(header: header, rows: rows.map { $0.map(\.text) }).text }

    var markdown: String {
        func line(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |\n" }
        let rule = header.indices.map { $0 == 0 ? "---" : "---:" }
        let body = rows.map { row in
            line(row.map { $0.isBest ? "**\($0.text.escaped(for: .markdown))**" : $0.text.escaped(for: .markdown) })
        }
        return line(header.map { $0.escaped(for: .markdown) }) + line(rule) + body.joined()
    }

    var latex: String {
        func line(_ cells: [String]) -> String { cells.joined(separator: " & ") + " \\\\\n" }
        let body = rows.map { row in
            line(row.map { $0.isBest ? "\\textbf{\($0.text.escaped(for: .latex))}" : $0.text.escaped(for: .latex) })
        }
        return """
            \\begin{table}
            \\centering
            \\caption{\(title.escaped(for: .latex))}
            \\begin{tabular}{l\(String(repeating: "r", count: max(0, header.count - 1)))}
            \\hline
            \(line(header.map { $0.escaped(for: .latex) }))\\hline
            \(body.joined())\\hline
            \\end{tabular}
            \\end{table}

            """
    }
}
