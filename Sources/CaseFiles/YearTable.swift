import Foundation
import Scenarios

/// A year of measured series, hour by hour: the table that typical days are chosen from.
///
/// A CSV file with one row an hour, whole days in order. Columns that hold a number in every row are series; others, such as the
/// time, are left out.
public struct YearTable: Sendable {
    public let names: [String]
    /// One series a name, in the units of the file.
    public let columns: [[Double]]
    public var days: Int { (columns.first?.count ?? 0) / 24 }

    /// - Throws: ``YearTableError`` where there is no file, no series, or no whole number of days.
    public init(_ url: URL) throws {
        let file = url.lastPathComponent
        guard let text = try? String(contentsOf: url, encoding: .utf8) else {
            throw YearTableError.cannotRead(file: file)
        }
        let rows = text.split(whereSeparator: \.isNewline)
            .map { $0.split(separator: ",", omittingEmptySubsequences: false).map(\.trimmingSpaces) }
        guard let header = rows.first, rows.count > 1 else { throw YearTableError.noSeries(file: file) }
        if let short = rows.firstIndex(where: { $0.count != header.count }) {
            throw YearTableError.unequalRow(
                file: file, line: short + 1, count: rows[short].count, expected: header.count)
        }
        guard (rows.count - 1) % 24 == 0 else { throw YearTableError.notWholeDays(file: file, rows: rows.count - 1) }
        let series = header.indices.compactMap { column -> (String, [Double])? in
            let values = rows.dropFirst().compactMap { Double($0[column]) }.filter(\.isFinite)
            return values.count == rows.count - 1 ? (header[column], values) : nil
        }
        guard !series.isEmpty else { throw YearTableError.noSeries(file: file) }
        self.init(names: series.map(\.0), columns: series.map(\.1))
    }

    /// - Parameter columns: one a name, each a whole number of days, hour by hour.
    public init(names: [String], columns: [[Double]]) {
        self.names = names
        self.columns = columns
    }

    /// Series of some names.
    public func series(_ wanted: [String]) throws -> [[Double]] {
        try wanted.map { name in
            guard let position = names.firstIndex(of: name) else {
                throw YearTableError.noColumn(name: name, known: names)
            }
            return columns[position]
        }
    }

    /// A day as a table of a case, with the index `hour`.
    public func table(ofDay day: Int) -> String {
        let rows = (0..<24).map { hour in
            ([String(hour)] + columns.map { "\($0[24 * day + hour])" }).joined(separator: ",")
        }
        return (["hour," + names.joined(separator: ",")] + rows).joined(separator: "\n") + "\n"
    }

    /// The section `days` of a case whose table of that name these days are, each in a file `<name>/day<number>.csv`.
    ///
    /// - Parameters:
    ///   - days: indices and how many days each stands for.
    ///   - table: name under `tables`.
    public func section(_ days: [(day: Int, weight: Int)], table: String) -> String {
        "days:\n"
            + days.map {
                "  day\($0.day + 1): {weight: \($0.weight), tables.\(table).file: \(table)/day\($0.day + 1).csv}\n"
            }.joined()
    }
}

/// Why a table is no year.
public enum YearTableError: Error, Equatable, CustomStringConvertible {
    case cannotRead(file: String)
    case noSeries(file: String)
    case notWholeDays(file: String, rows: Int)
    case unequalRow(file: String, line: Int, count: Int, expected: Int)
    case noColumn(name: String, known: [String])

    public var description: String {
        switch self {
        case .cannotRead(let file): "\(file): cannot be read. Check that it is there, and that it is UTF-8 text."
        case .noSeries(let file):
            "\(file): has no column with a number in every row. Give a header and one row an hour."
        case .notWholeDays(let file, let rows):
            "\(file): has \(rows) rows, which is no whole number of days of 24 h. Give one row an hour of every day."
        case .unequalRow(let file, let line, let count, let expected):
            "\(file):\(line)  has \(count) cells, but the header has \(expected). Complete the row."
        case .noColumn(let name, let known):
            "there is no series '\(name)'." + Sentence.suggestion(for: name, among: known, called: "Series")
        }
    }
}
