/// A picture with its own data: the same value gives a drawing, as SVG or PDF, and the rows it was drawn from.
public protocol Figure: Sendable {
    /// Equal figures give equal drawings.
    func drawing() -> Drawing
    /// The data behind the picture, for a CSV file next to it.
    func table() -> FigureTable
}

extension Figure {
    /// One self-contained SVG document. Equal figures give equal bytes.
    public func svg() -> String { drawing().svg }
    /// A PDF file of one page. Equal figures give equal bytes.
    public func pdf() -> PDFFigure { drawing().pdf }
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
