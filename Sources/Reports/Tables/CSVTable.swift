import CaseFiles
import Writing

/// A tidy table on its way to a file: one header row, units in square brackets, one observation a row.
public struct CSVTable: Sendable, Equatable {
    public let header: [String]
    public private(set) var rows: [[String]] = []

    public init(_ header: [String]) { self.header = header }

    mutating func add(_ cells: [String]) { rows.append(cells) }

    /// The table as a file holds it; see `CSVLine`.
    public var text: String { ([header] + rows).map { CSVLine.text($0) }.joined() }
}
