import Figures
import Writing

/// A figure of a page with the sentence that says what it shows.
package struct PageFigure {
    /// Unique on its page: the name of its files.
    let name: String
    let figure: any Figure
    /// One or two sentences with the key numbers.
    let reading: String

    package init(name: String, figure: any Figure, reading: String) {
        self.name = name
        self.figure = figure
        self.reading = reading
    }

    var html: HTML {
        let table = figure.table()
        let csv = ([table.header] + table.rows).map { CSVLine.text($0) }.joined()
        let svg = figure.svg()
        let file = HTML.slug(name)
        return .element(
            "figure", [("id", "figure-" + file)],
            [
                .picture(svg),
                .element(
                    "figcaption", [],
                    [
                        .text(reading + " "),
                        .element(
                            "span", [("class", "files")],
                            [
                                .download("CSV", file + ".csv", type: "text/csv", csv), " ",
                                .download("SVG", file + ".svg", type: "image/svg+xml", svg),
                            ]),
                    ]),
            ])
    }
}

/// A part of a page under its own heading.
package struct PageSection {
    let title: String
    package var text: [String] = []
    package var tables: [HTML] = []
    package var figures: [PageFigure] = []

    package init(title: String) { self.title = title }

    var isEmpty: Bool { text.isEmpty && tables.isEmpty && figures.isEmpty }

    var html: HTML {
        .element(
            "section", [("id", HTML.slug(title))],
            [.heading(2, title)] + text.map(HTML.paragraph)
                + (figures.isEmpty ? [] : [.element("div", [("class", "figures")], figures.map(\.html))]) + tables)
    }
}

extension [PageFigure] {
    /// A page of hundreds of figures helps nobody: the first ones, and a sentence about the others.
    package func held(to most: Int, rest: String) -> (figures: [PageFigure], text: [String]) {
        count <= most
            ? (self, []) : (Array(prefix(most)), ["\(count - most) more are not drawn; \(rest) holds them all."])
    }
}
