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
            Example: stackelberg report results/stackelberg-park-ga-s1

            DIR is a folder that price, size, sweep or compare wrote; it contains this page already. The page is made \
            of the folder's tables and manifest alone, and each of its figures carries its own CSV and SVG.
            Exit codes: 0 written, 65 no result in the folder, or a damaged one, 73 cannot write.
            """)

    @Argument(help: "The result's folder.", completion: .directory)
    var folder: String
    @Option(help: "File of the page; default: DIR/report.html.")
    var output: String?

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
        }
    }
}
