import SwiftCSV

/// Rows of the tables that this program writes (RFC 4180), and their cells read back.
///
/// A spreadsheet takes a cell that begins with one of `= + - @` for a formula, and runs it. A text that begins so gets
/// an apostrophe before it, which a spreadsheet shows as text; numbers are left alone.
package enum CSVLine {
    /// A row with its line feed.
    package static func text(_ cells: [String]) -> String { cells.map(written).joined(separator: ",") + "\n" }

    /// The rows of a whole table, the header first, as they stand in the file. A cell may have several lines.
    ///
    /// - Throws: where the text is no table; the error says why.
    package static func rows(of text: String, separator: Character = ",") throws -> [[String]] {
        let delimiter: CSVDelimiter = separator == "," ? .comma : .character(separator)
        let table = try EnumeratedCSV(string: text, delimiter: delimiter, loadColumns: false)
        return [table.header] + table.rows
    }

    /// The cells of one line; nil where it is no row.
    package static func cells(of line: some StringProtocol) -> [String]? {
        try? rows(of: String(line) + "\n").first?.map(plain)
    }

    /// A cell without the apostrophe that keeps it from being a formula.
    package static func plain(_ cell: String) -> String {
        cell.unicodeScalars.first == apostrophe && looksLikeFormula(cell)
            ? String(String.UnicodeScalarView(cell.unicodeScalars.dropFirst())) : cell
    }

    private static func written(_ cell: String) -> String {
        let harmless = apart(looksLikeFormula(cell) ? "\(apostrophe)\(cell)" : cell)
        guard harmless.unicodeScalars.contains(where: { $0 == "," || $0 == "\"" || $0 == "\n" || $0 == "\r" }) else {
            return harmless
        }
        let doubled = harmless.unicodeScalars.reduce(into: "") { result, scalar in
            result.unicodeScalars.append(scalar)
            if scalar == "\"" { result.unicodeScalars.append(scalar) }
        }
        return "\"\(doubled)\""
    }

    /// An accent on a comma or a quotation mark would make another letter of them to those who read letter by letter: a
    /// space without width keeps it off.
    private static func apart(_ cell: String) -> String {
        var last: Unicode.Scalar = ","
        return cell.unicodeScalars.reduce(into: "") { result, scalar in
            let isSeparator = last == "," || last == "\"" || last == "\n" || last == "\r"
            if isSeparator, scalar != "\n", "\(last)\(scalar)".count == 1 { result += "\u{200B}" }
            result.unicodeScalars.append(scalar)
            last = scalar
        }
    }

    private static let apostrophe: Unicode.Scalar = "'"
    private static let beginnings: Set<Unicode.Scalar> = ["=", "+", "-", "@", "\t", "\r"]

    /// Apostrophes at the front count for nothing, so that a text that has one itself comes back as it was.
    private static func looksLikeFormula(_ cell: String) -> Bool {
        let scalars = cell.unicodeScalars
        guard let first = scalars.first(where: { $0 != apostrophe }), beginnings.contains(first) else { return false }
        return scalars.first == apostrophe || Double(cell) == nil
    }
}
