import SwiftCSV
import Testing

@testable import Writing

@Suite struct CSVLineTests {
    private static let nasty = [
        "=HYPERLINK(\"http://x\")", "+1+cmd|' /C calc'!A0", "-2+3+cmd", "@SUM(A1)", "'=1+1", "''@x", "\t=1",
        "=\u{301}1",
        "a,b", "say \"no\"", "two\nlines", "\r\n=1", "\u{1B}[31mred", "-", "plain", "-5", "-1e-9", "-inf", "",
    ]

    /// No text cell begins as a formula does, and every cell comes back as it was.
    @Test func textsAreNoFormulas() throws {
        let rows = [["@head", "b"]] + Self.nasty.map { [$0, "x"] }
        let text = rows.map { CSVLine.text($0) }.joined()
        let csv = try EnumeratedCSV(string: text, delimiter: .comma, loadColumns: false)
        for cell in (csv.header + csv.rows.flatMap { $0 }) where Double(cell) == nil {
            #expect(!["=", "+", "-", "@", "\t", "\r"].contains(cell.unicodeScalars.first), "\(cell.debugDescription)")
        }
        #expect(try CSVLine.rows(of: text).map { $0.map(CSVLine.plain) } == rows)
        for cell in Self.nasty where !cell.contains(where: \.isNewline) {
            let line = CSVLine.text([cell, "x"]).dropLast()
            #expect(CSVLine.cells(of: line) == [cell, "x"], "\(cell.debugDescription)")
        }
        #expect(CSVLine.text(["x,y", "say \"no\""]) == "\"x,y\",\"say \"\"no\"\"\"\n")
    }

    /// Accents on what separates cells are kept off it, on either side.
    @Test(arguments: ["\"\u{301}", ",\u{301}x", "\u{301}x", "a\n\u{301}"]) func accentsJoinNoSeparator(cell: String)
        throws
    {
        let rows = try CSVLine.rows(of: CSVLine.text(["a", "b"]) + CSVLine.text(["x", cell]))
        #expect(rows.count == 2 && rows[1].count == 2 && rows[1][0] == "x")
        #expect(rows[1][1].replacing("\u{200B}", with: "") == cell)
    }

    @Test func numbersAreLeftAlone() {
        #expect(CSVLine.text(["-5", "+3", "-inf", "1e-9"]) == "-5,+3,-inf,1e-9\n")
    }
}
