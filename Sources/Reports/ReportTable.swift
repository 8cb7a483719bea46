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
            line(row.map { $0.isBest ? "**\(Self.markdown($0.text))**" : Self.markdown($0.text) })
        }
        return line(header.map(Self.markdown)) + line(rule) + body.joined()
    }

    var latex: String {
        func line(_ cells: [String]) -> String { cells.joined(separator: " & ") + " \\\\\n" }
        let body = rows.map { row in
            line(row.map { $0.isBest ? "\\textbf{\(Self.latex($0.text))}" : Self.latex($0.text) })
        }
        return """
            \\begin{table}
            \\centering
            \\caption{\(Self.latex(title))}
            \\begin{tabular}{l\(String(repeating: "r", count: max(0, header.count - 1)))}
            \\hline
            \(line(header.map(Self.latex)))\\hline
            \(body.joined())\\hline
            \\end{tabular}
            \\end{table}

            """
    }

    private static func markdown(_ text: String) -> String {
        text.reduce(into: "") { result, character in
            if "|*_\\".contains(character) { result.append("\\") }
            result.append(character)
        }
    }

    private static func latex(_ text: String) -> String {
        text.reduce(into: "") { result, character in
            switch character {
            case "\\": result += "\\textbackslash{}"
            case "~": result += "\\textasciitilde{}"
            case "^": result += "\\textasciicircum{}"
            case "&", "%", "$", "#", "_", "{", "}": result += "\\\(character)"
            case "∞": result += "$\\infty$"
            default: result.append(character)
            }
        }
    }
}
