import Foundation
import Writing

/// A run as one page that needs nothing but itself: the answer first, then verdicts, figures and tables.
///
/// It is made of the run's tables and manifest alone, so the page of a folder and the page that a run writes are the
/// same, and every number on it stands in one of those tables. Equal runs give equal bytes.
package struct ReportPage {
    package static let file = "report.html"
    package let text: String
    private let figures: [PageFigure]

    /// A figure of the page as a PDF file.
    package struct PDFPicture {
        package let file: String
        package let data: Data
        /// Characters in whose place stands a question mark.
        package let missing: Set<Character>
    }

    /// Its figures, in the order of the page.
    package var pictures: [PDFPicture] {
        figures.map { figure in
            let pdf = figure.figure.pdf()
            return PDFPicture(file: figure.file + ".pdf", data: pdf.data, missing: pdf.missing)
        }
    }

    /// - Parameter sections: those without content are left out.
    package init(of record: ResultRecord, sections: [PageSection]) {
        let sections = sections.filter { !$0.isEmpty }.inLooksOfOwners.withDistinctFiles
        figures = sections.flatMap(\.figures)
        let manifest = record.manifest
        let title = manifest.title ?? manifest.caseName ?? manifest.suite.map { "Comparison \($0)" } ?? "Result"
        let links = sections.map { section in
            HTML.element("a", [("href", "#" + HTML.slug(section.title))], [.text(section.title)])
        }
        let page = HTML.element(
            "html", [("lang", "en")],
            [
                .element(
                    "head", [],
                    [
                        .element("meta", [("charset", "utf-8")], []),
                        .element(
                            "meta", [("name", "viewport"), ("content", "width=device-width, initial-scale=1")], []),
                        // Without an icon of its own a browser would ask its server for one.
                        .element("link", [("rel", "icon"), ("href", "data:,")], []),
                        .element("title", [], [.text(title)]), .style(PageStyle.rules),
                    ]),
                .element(
                    "body", [],
                    [
                        .element(
                            "header", [],
                            [.heading(1, title), .paragraph(Self.subtitle(manifest))]),
                        // The answer comes before the list of what else there is: on a phone that fills the screen.
                        .element(
                            "main", [],
                            sections.prefix(1).map(\.html)
                                + (links.count > 1
                                    ? [.element("nav", [("aria-label", "Sections")], links.flatMap { [$0, " "] })] : [])
                                + sections.dropFirst().map(\.html)),
                        .element("footer", [], [.paragraph(Self.origin(manifest))]),
                    ]),
            ])
        text = "<!DOCTYPE html>\n" + page.text
    }

    private static func subtitle(_ manifest: Manifest) -> String {
        var parts: [String] = []
        if let name = manifest.caseName { parts.append("Case \(name)") }
        if let variant = manifest.variant, !(manifest.over ?? []).contains(where: { $0.hasPrefix("variant=") }) {
            parts.append("variant \(variant)")
        }
        if let settings = manifest.settings {
            parts.append(
                "\(settings.algorithm), seed \(settings.seed), \(NumberText.grouped(Double(settings.evaluations))) evaluations, "
                    + "population \(settings.population)")
        }
        if let suite = manifest.suite { parts.append("Suite \(suite), version \(manifest.suiteVersion ?? 0)") }
        if let runs = manifest.runs, let evaluations = manifest.evaluations {
            parts.append(
                "\(NumberText.grouped(Double(runs))) runs of \(NumberText.grouped(Double(evaluations))) evaluations")
        }
        if let ties = manifest.ties { parts.append("ties \(ties.rawValue)") }
        return parts.joined(separator: "; ") + "."
    }

    private static func origin(_ manifest: Manifest) -> String {
        let inputs = (manifest.inputs ?? []).map { "\($0.file) \($0.sha256.prefix(12))" }
        return "Made by stackelberg \(manifest.version ?? "") with \(manifest.solver ?? "")."
            + (inputs.isEmpty
                ? "" : " Inputs and the first digits of their SHA-256: \(inputs.joined(separator: ", ")).")
    }
}
