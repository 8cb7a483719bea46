import Foundation
import Scenarios
import Writing

/// A year of measured series in equal steps: the table that typical days are chosen from.
///
/// A CSV file with one row per time step, for complete days in order. One column says when each row begins, the others
/// are series. The length of a step follows from the times, or, if rows only have names, from the number of rows, if
/// that is a year's: 8760 or 8784 hours, 17,520 or 17,568 half hours, 35,040 or 35,136 quarters, and so on down to
/// seconds.
public struct YearTable: Sendable {
    /// Names of the series, without units.
    public let names: [String]
    /// One series per name, in the units of the file.
    public let columns: [[Double]]
    /// Rows of a day.
    public let stepsPerDay: Int
    /// Warnings: what is odd but not wrong.
    public let warnings: [Diagnostic]
    /// Names with their units, as they are written.
    private let headers: [String]

    public var days: Int { (columns.first?.count ?? 0) / stepsPerDay }
    /// Hours of a step.
    public var step: Double { 24 / Double(stepsPerDay) }

    /// - Parameters:
    ///   - index: name of the column that says when rows begin; by default the first one.
    ///   - timezone: time zone of its times, such as `Europe/Berlin`; nil for a clock that is never changed. Days are
    ///     those of that clock, each of 24 hours: when it is put back, the mean of the repeated hour is taken; when it
    ///     is put forward, the skipped hour repeats the step before it.
    ///   - step: length of a row, such as `15 min`, if neither times nor the number of rows give it.
    ///   - format: how the file is written.
    /// - Throws: ``CaseFileError`` with everything that is wrong with the table.
    public init(
        _ url: URL, index: String? = nil, timezone: String? = nil, step: String? = nil, format: CSVFormat = .standard
    ) throws {
        let log = DiagnosticLog()
        let reader = YearReader(file: url.lastPathComponent, format: format, log: log)
        guard let read = reader.read(url, index: index, timezone: timezone, step: step), !log.hasErrors else {
            throw CaseFileError(diagnostics: log.inFileOrder)
        }
        names = read.names
        headers = read.headers
        columns = read.columns
        stepsPerDay = read.stepsPerDay
        warnings = log.inFileOrder
    }

    /// - Parameters:
    ///   - names: of the series, with units if they have some, as in `load [kW]`.
    ///   - columns: one per name, each a whole number of days.
    public init(names: [String], columns: [[Double]], stepsPerDay: Int = 24) {
        headers = names
        self.names = names.map { CSVText.column($0).name }
        self.columns = columns
        self.stepsPerDay = stepsPerDay
        warnings = []
    }

    /// Where the series of a name is.
    ///
    /// - Parameter name: with its unit as in the file, or without.
    /// - Throws: ``YearTableError`` if there is none.
    public func position(of name: String) throws -> Int {
        guard let position = names.firstIndex(of: name) ?? headers.firstIndex(of: name) else {
            throw YearTableError.noColumn(name: name, known: names)
        }
        return position
    }

    /// Series of some names.
    public func series(_ wanted: [String]) throws -> [[Double]] {
        try wanted.map { columns[try position(of: $0)] }
    }

    /// A day as a table of a case, with the index `hour`.
    package func table(ofDay day: Int) -> String {
        let rows = (0..<stepsPerDay).map { k in
            ([NumberText.rounded(Double(k) * step)] + columns.map { "\($0[stepsPerDay * day + k])" })
                .joined(separator: ",")
        }
        let header =
            ["hour"]
            + headers.map { name in
                name.contains { ",\"".contains($0) } ? "\"\(name.replacing("\"", with: "\"\""))\"" : name
            }
        return ([header.joined(separator: ",")] + rows).joined(separator: "\n") + "\n"
    }

    /// The section `days` of a case whose table of that name contains these days, each in a file
    /// `<name>/day<number>.csv`. If the time steps are not hours, a comment before it gives those that the case needs.
    ///
    /// - Parameters:
    ///   - days: indices and how many days each represents.
    ///   - table: name under `tables`.
    package func section(_ days: [(day: Int, weight: Int)], table: String) -> String {
        let length = NumberText.duration(hours: step)
        return
            (stepsPerDay == 24
            ? "" : "# Days of \(stepsPerDay) steps: time: {steps: \(stepsPerDay), step: \(length)}\n")
            + "days:\n"
            + days.map {
                "  day\($0.day + 1): {weight: \($0.weight), tables.\(table).file: \(table)/day\($0.day + 1).csv}\n"
            }.joined()
    }
}

/// Why a year has no such series.
public enum YearTableError: Error, Equatable, CustomStringConvertible {
    case noColumn(name: String, known: [String])

    public var description: String {
        switch self {
        case .noColumn(let name, let known):
            "there is no series '\(name)'." + Sentence.suggestion(for: name, among: known, called: "Series")
        }
    }
}
