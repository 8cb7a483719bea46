import Foundation

/// The rows of a table of decisions that a run wrote, read back.
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

    let rows: [(line: Int, cells: [Substring])]

    /// - Parameter columns: the names with which the header must begin.
    init(_ path: String, columns: [String]) throws {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            throw Problem.unreadable(path: path)
        }
        let lines = text.split(whereSeparator: \.isNewline)
        guard let header = lines.first, header.hasPrefix(columns.joined(separator: ",")) else {
            throw Problem.header(path: path, columns: columns, found: String(lines.first?.prefix(60) ?? ""))
        }
        rows = lines.enumerated().dropFirst().map {
            ($0.offset + 1, $0.element.split(separator: ",", omittingEmptySubsequences: false))
        }
    }
}
