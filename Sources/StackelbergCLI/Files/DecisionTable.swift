import Foundation
import ResultFiles
import Writing

/// The rows of a table of decisions that a run or a person wrote, read back by the columns that a run writes.
struct DecisionTable {
    enum Problem: Error, CustomStringConvertible {
        case unreadable(path: String)
        case header(path: String, columns: [String], found: String)

        var description: String {
            switch self {
            case .unreadable(let path): "\(path): cannot be read. Does the file exist?"
            case .header(let path, let columns, let found):
                "\(path):1  the columns must begin with \(columns.joined(separator: ", ")); found '\(found)'."
            }
        }
    }

    struct Row {
        let line: Int
        fileprivate let cells: [String]
        fileprivate let columns: [String]

        /// What the row says in a column; nil where it says nothing of that kind.
        subscript<Value>(_ column: Column<Value>) -> Value? { text(column).flatMap { Value(TableCell(text: $0)) } }

        /// What stands in a column; nil where the row ends before it.
        func text(_ column: some TableColumn) -> String? {
            columns.firstIndex(of: column.name).flatMap { $0 < cells.count ? cells[$0] : nil }
        }
    }

    let rows: [Row]

    /// - Parameter columns: those with which the header must begin.
    init(_ path: String, columns: [any TableColumn]) throws {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            throw Problem.unreadable(path: path)
        }
        let lines = text.split(whereSeparator: \.isNewline)
        let wanted = columns.map { $0.heading().text }
        guard let header = lines.first, header.hasPrefix(wanted.joined(separator: ",")) else {
            throw Problem.header(path: path, columns: wanted, found: String(lines.first?.prefix(60) ?? ""))
        }
        rows = lines.enumerated().dropFirst().map { number, line in
            Row(line: number + 1, cells: CSVLine.cells(of: line) ?? [], columns: columns.map(\.name))
        }
    }
}
