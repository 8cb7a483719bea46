import CaseFiles
import Foundation
import SwiftCSV
import TestSupport
import Testing
import Writing

@testable import Comparisons
@testable import Metaheuristics
@testable import Reports

/// Names and titles are somebody else's text: in no format of the program are they commands.
@Suite struct HarmlessTextTests {
    private static let nasty = [
        "=HYPERLINK(\"http://x\")", "+1+cmd|' /C calc'!A0", "-2+3+cmd", "@SUM(A1)", "'=1+1", "''@x", "\t=1", "=\u{301}1",
        "a,b", "say \"no\"", "two\nlines", "\r\n=1", "\u{1B}[31mred", "-", "plain", "-5", "-1e-9", "-inf", "",
    ]

    /// No text cell begins as a formula does, and every cell comes back as it was.
    @Test func tablesOfSpreadsheets() throws {
        var table = CSVTable(["@head", "b"])
        for cell in Self.nasty { table.add([cell, "x"]) }
        let csv = try EnumeratedCSV(string: table.text, delimiter: .comma, loadColumns: false)
        for cell in (csv.header + csv.rows.flatMap { $0 }) where Double(cell) == nil {
            #expect(!["=", "+", "-", "@", "\t", "\r"].contains(cell.unicodeScalars.first), "\(cell.debugDescription)")
        }
        #expect(try CSVTable(text: table.text, file: "t") == table)
        for cell in Self.nasty where !cell.contains(where: \.isNewline) {
            let line = CSVLine.text([cell, "x"]).dropLast()
            #expect(CSVLine.cells(of: line) == [cell, "x"], "\(cell.debugDescription)")
        }
        // Accents on what separates cells are kept off it, on either side.
        for cell in ["\"\u{301}", ",\u{301}x", "\u{301}x", "a\n\u{301}"] {
            let row = CSVTable(["a", "b"])
            var table = row
            table.add(["x", cell])
            let read = try CSVTable(text: table.text, file: "t")
            #expect(read.rows == [["x", read.rows[0][1]]] && read.rows[0][1].replacing("\u{200B}", with: "") == cell)
        }
        // Numbers are left alone.
        #expect(CSVLine.text(["-5", "+3", "-inf", "1e-9"]) == "-5,+3,-inf,1e-9\n")
    }

    @Test func terminals() {
        #expect(TerminalText.visible("a\u{1B}[2Jb\u{9B}c\u{7F}") == "a\\u001b[2Jb\\u009bc\\u007f")
        #expect(TerminalText.visible("two\nlines\tand a tab, 冬季, ∞") == "two\nlines\tand a tab, 冬季, ∞")
        #expect(TerminalText.visible("\u{202E}gnp.exe\u{2066}\u{2028}\r") == "\\u202egnp.exe\\u2066\\u2028\\u000d")
        #expect(TerminalText.line("one\ntwo\t") == "one\\u000atwo\\u0009")
        // As wide as it is shown, so that columns stay columns.
        let table = TextTable(header: ["a", "b"], rows: [["\u{1B}[31m", "1"], ["x\ny", "22"]]).text
        let lines = table.split(separator: "\n")
        #expect(lines.count == 3 && Set(lines.map(\.count)).count == 1)
    }

    @Test func markdown() {
        #expect(MarkupText.markdown("<script>alert(1)</script>") == "&lt;script&gt;alert(1)&lt;/script&gt;")
        #expect(MarkupText.markdown("[x](javascript:y) ![z](w)") == "\\[x\\](javascript:y) \\!\\[z\\](w)")
        #expect(MarkupText.markdown("a|b\n# c `d` *e* _f_ ~g~") == "a\\|b\\u000a".replacing("\\u", with: "\\\\u") + "\\# c \\`d\\` \\*e\\* \\_f\\_ \\~g\\~")
        #expect(MarkupText.markdown("- item") == "\\- item" && MarkupText.markdown("-5.5") == "-5.5")
        #expect(MarkupText.markdown("R&D, &lt; & 5 % of -∞") == "R&amp;D, &amp;lt; & 5 % of -∞")
    }

    @Test func latex() {
        #expect(MarkupText.latex("\\input{/etc/passwd} $x^2$ 50 % #1 & a_b ~") ==
            "\\textbackslash{}input\\{/etc/passwd\\} \\$x\\textasciicircum{}2\\$ 50 \\% \\#1 \\& a\\_b \\textasciitilde{}")
    }

    /// A suite whose every name is an attack: its folder holds all formats, and in none do they bite.
    @Test func aComparisonWithNastyNames() throws {
        let names = ["a,b", "=1+1", "<script>x</script>", "../../out", "x|y", "\u{1B}[31m", "A/B", "a/b"]
        let suite = BenchmarkSuite(
            name: "x/../../pwned", title: "<b>=cmd</b> \\end{table} | ` \u{1B}]0;x\u{7}", version: 1, population: 5,
            evaluations: 20, targets: [1],
            problems: try names.map { BenchmarkProblem(name: $0, function: try TestProblem(.sphere, dimension: 2)) })
        let settings = ComparisonSettings(algorithms: ["ga", "random"], seeds: 2, population: 5, evaluations: 20)
        try TemporaryFolder.with { parent in
            let url = parent.appendingPathComponent("in/out")
            do {
                let folder = try ComparisonFolder(at: url.path, suite: suite, settings: settings)
                let report = ComparisonReport(try Comparison.run(suite, settings, journal: folder.journal))
                try folder.write(report)
                #expect(!report.summary.contains("\u{1B}"))
            }
            // What is stored is found again under its names, so that nothing is run twice.
            let journal = try ComparisonFolder(at: url.path, suite: suite, settings: settings).journal
            #expect(journal.runs.count == 2 * 2 * names.count && journal.seconds.count == journal.runs.count)
            #expect(try FileManager.default.contentsOfDirectory(atPath: parent.path) == ["in"])
            #expect(try FileManager.default.contentsOfDirectory(atPath: parent.path + "/in") == ["out"])
            let figures = try FileManager.default.contentsOfDirectory(atPath: url.path + "/figures")
            #expect(figures.count == 2 * names.count + 2 && Set(figures.map { $0.lowercased() }).count == figures.count)
            func text(_ file: String) throws -> String {
                try String(contentsOf: url.appendingPathComponent(file), encoding: .utf8)
            }
            for file in ["report.html", "report.md"] { #expect(try !text(file).contains("<script>"), "\(file)") }
            for file in try FileManager.default.subpathsOfDirectory(atPath: url.path) where file.hasSuffix(".csv") {
                let csv = try CSVTable(text: text(file), file: file)
                #expect(csv.rows.allSatisfy { $0.count == csv.header.count })
                #expect(try !text(file).contains("\n=") && !text(file).contains(",="))
            }
            let latex = try text("tables.tex")
            #expect(latex.components(separatedBy: "\\end{table}").count == latex.components(separatedBy: "\\begin{table}").count)
            #expect(try ReportPage(folder: url).text == text("report.html"))
        }
    }
}
