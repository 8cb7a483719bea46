import ArgumentParser
import ComparisonReports
import Disk
import Foundation
import Reports
import ResultFiles

struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Makes a self-contained page of a result, with figures.",
        discussion: """
            Examples: stackelberg report results/stackelberg-park-ga-s1; stackelberg report results/my-sweep --pdf

            DIR is a folder that price, size, sweep or compare wrote; it contains this page already. The page is made \
            of the folder's tables and manifest alone, and each of its figures carries its own CSV and SVG. --pdf \
            writes every figure of the page as a PDF file of vectors into DIR/figures too, for papers; their text is in \
            Helvetica, which no PDF viewer lacks.
            Exit codes: 0 written, 65 no result in the folder, or a damaged one, 73 cannot write.
            """)

    @Argument(help: "The result's folder.", completion: .directory)
    var folder: String
    @Option(help: "File of the page; default: DIR/report.html.")
    var output: String?
    @Flag(help: "Write each figure as a PDF file into DIR/figures, too.")
    var pdf = false

    func run() throws {
        try reporting {
            let folder = URL(fileURLWithPath: folder)
            let record = try ResultRecord(folder: folder)
            let page = try record.isComparison ? ReportPage(comparison: record) : ReportPage(run: record)
            if let output {
                try WholeFile.write(page.text, to: URL(fileURLWithPath: output))
            } else {
                try OpenFolder(folder).write(page.text, to: ReportPage.file)
            }
            print("Page: \(output ?? folder.appendingPathComponent(ReportPage.file).relativePath)")
            if pdf { try write(page.pictures, in: folder) }
        }
    }
    private func write(_ pictures: [ReportPage.PDFPicture], in folder: URL) throws {
        let open = try OpenFolder(folder)
        var missing: Set<Character> = []
        for picture in pictures {
            try open.write(picture.data, to: "figures/\(picture.file)")
            missing.formUnion(picture.missing)
        }
        print("Figures: \(pictures.count) PDF files in \(folder.appendingPathComponent("figures").relativePath)")
        guard !missing.isEmpty else { return }
        let some = missing.map(String.init).sorted().prefix(10).joined(separator: " ")
        complain(
            "Helvetica has no sign for \(some): the PDF files have '?' in its place. The SVG files on the page have them all."
        )
    }
}
