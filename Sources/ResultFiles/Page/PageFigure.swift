import Figures
import Writing

/// A figure of a page with the sentence that says what it shows.
package struct PageFigure {
    var figure: any Figure
    /// One or two sentences with the key numbers.
    let reading: String

    package init(name: String, figure: any Figure, reading: String) {
        file = HTML.slug(name)
        self.figure = figure
        self.reading = reading
    }

    /// The name of its files, without an ending. Names that differ in signs alone get numbers, on their page.
    var file: String

    var html: HTML {
        let table = figure.table()
        let csv = ([table.header] + table.rows).map { CSVLine.text($0) }.joined()
        let svg = figure.svg()
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
    /// What stands before all else.
    package var lead: [HTML] = []
    package var text: [String] = []
    package var tables: [HTML] = []
    package var figures: [PageFigure] = []

    package init(title: String) { self.title = title }

    var isEmpty: Bool { lead.isEmpty && text.isEmpty && tables.isEmpty && figures.isEmpty }

    var html: HTML {
        .element(
            "section", [("id", HTML.slug(title))],
            [.heading(2, title)] + lead + text.map(HTML.paragraph)
                + (figures.isEmpty ? [] : [.element("div", [("class", "figures")], figures.map(\.html))]) + tables)
    }
}

extension [PageSection] {
    /// The same sections with files of different names.
    var withDistinctFiles: [PageSection] {
        var taken: Set<String> = []
        return map { section in
            var section = section
            for k in section.figures.indices {
                let name = section.figures[k].file
                var (file, number) = (name, 1)
                while !taken.insert(file).inserted {
                    number += 1
                    file = "\(name)-\(number)"
                }
                section.figures[k].file = file
            }
            return section
        }
    }

    /// The same sections, each owner of a series in one look in all figures.
    var inLooksOfOwners: [PageSection] {
        func owned(_ figure: PageFigure) -> [SeriesOwner] {
            ((figure.figure as? any OwnedFigure)?.owners ?? []).compactMap(\.self)
        }
        let looks = PageLooks.assigned(flatMap(\.figures).map(owned))
        return map { section in
            var section = section
            for k in section.figures.indices {
                guard let figure = section.figures[k].figure as? any OwnedFigure else { continue }
                section.figures[k].figure = figure.looking(looks)
            }
            return section
        }
    }
}

extension [PageFigure] {
    /// A page of hundreds of figures helps nobody: the first ones, and a sentence about the others.
    package func held(to most: Int, rest: String) -> (figures: [PageFigure], text: [String]) {
        count <= most
            ? (self, []) : (Array(prefix(most)), ["\(count - most) more are not drawn; \(rest) holds them all."])
    }
}
