/// A picture with its own data: the same value gives an SVG text and the rows it was drawn from.
public protocol Figure: Sendable {
    /// One self-contained SVG document. Equal figures give equal bytes.
    func svg() -> String
    /// The data behind the picture, for a CSV file next to it.
    func table() -> FigureTable
}

/// Rows of text under one header.
public struct FigureTable: Sendable, Equatable {
    public let header: [String]
    public let rows: [[String]]

    public init(header: [String], rows: [[String]]) {
        self.header = header
        self.rows = rows
    }
}
