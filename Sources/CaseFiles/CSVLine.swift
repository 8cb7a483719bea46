import SwiftCSV

/// Rows of the tables that this program writes (RFC 4180), and their cells read back.
///
/// A spreadsheet takes a cell that begins with one of `= + - @` for a formula, and runs it. A text that begins so gets an apostrophe before
/// it, which a spreadsheet shows as text; numbers are left alone.
public enum CSVLine {
    /// A row with its line feed.
    public static func text(_ cells: [String]) -> String { cells.map(written).joined(separator: ",") + "\n" }

    /// The cells of one line; nil where it is no row.
    public static func cells(of line: some StringProtocol) -> [String]? {
        try? EnumeratedCSV(string: String(line) + "\n", delimiter: .comma, loadColumns: false).header.map(plain)
    }

    /// A cell without the apostrophe that keeps it from being a formula.
    public static func plain(_ cell: String) -> String {
        cell.first == apostrophe && looksLikeFormula(cell) ? String(cell.dropFirst()) : cell
    }

    private static func written(_ cell: String) -> String {
        let harmless = looksLikeFormula(cell) ? "\(apostrophe)\(cell)" : cell
        guard harmless.unicodeScalars.contains(where: { ",\"\n\r".unicodeScalars.contains($0) }) else { return harmless }
        return "\"" + harmless.replacing("\"", with: "\"\"") + "\""
    }

    private static let apostrophe: Character = "'"
    private static let beginnings: Set<Character> = ["=", "+", "-", "@", "\t", "\r", "\r\n"]

    /// Apostrophes at the front count for nothing, so that a text that has one itself comes back as it was.
    private static func looksLikeFormula(_ cell: String) -> Bool {
        let text = cell.drop { $0 == apostrophe }
        guard let first = text.first, beginnings.contains(first) else { return false }
        return cell.first == apostrophe || Double(cell) == nil
    }
}
