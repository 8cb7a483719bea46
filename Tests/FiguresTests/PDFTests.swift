import Foundation
import Testing

@testable import Figures

/// A figure as PDF: a file whose parts are where it says, with the marks and the words that the SVG has.
@Suite struct PDFTests {
    private static let name = "name (with) \\ signs"

    private static var figures: [any Figure] {
        let points = [(0.0, 1.0), (1, 3), (2, -1), (3, .nan), (4, 2)]
        let axis = Axis("share of x · y² [kWh/(m²·a)]")
        return [
            LineChart(
                title: "Lines", x: axis, y: Axis("gap", .logarithmic),
                series: [LineSeries(name, points.map { ($0.0, abs($0.1)) }), LineSeries("b", points, form: .steps)]),
            StackChart(
                title: "Stack", x: axis, y: axis, borders: [0, 1, 2],
                series: [.init(name, [1, 2]), .init("b", [-3, 1]), .init("c", [2, -2])], sumName: "all", shape: .column),
            WaterfallChart(title: "Falls", x: axis, items: [.init("a", 3), .init("b", -5)], sumName: "sum"),
            BarChart(title: "Bars", y: axis, groups: ["g", "h"], series: [.init("a", [1, 2]), .init("b", [3, -1])]),
            RegionChart(
                title: "Region", x: axis, y: axis,
                regions: [.init("r", corners: [.init(x: 0, y: 0), .init(x: 2, y: 0), .init(x: 1, y: 2)])],
                clouds: [.init("c", points: [.init(x: 1, y: 1)])]),
            LadderChart(
                title: "Ladder", x: axis, y: axis, rungs: [.init(from: 0, to: 2, price: 1)], amounts: [.init("a", 1)]),
            BoxPlot(
                title: "Boxes", y: axis,
                categories: [
                    .init(
                        String(repeating: "long ", count: 30), minimum: 0, lowerQuartile: 1, median: 2,
                        upperQuartile: 3, maximum: 9)
                ]),
            CriticalDifferenceDiagram(
                title: "Ranks", entries: [.init("a", meanRank: 1), .init("b", meanRank: 2.5)], criticalDifference: 1),
            LineChart(title: "", x: Axis(""), y: Axis(""), series: []),
        ]
    }

    @Test func everyFigureIsAFileThatHoldsTogether() {
        for figure in Self.figures {
            let file = figure.pdf()
            let reader = PDFReader(file.data)
            #expect(reader.faults.isEmpty, "\(type(of: figure)): \(reader.faults.prefix(3))")
            #expect(file == figure.pdf() && file.missing.isEmpty)
            // Pixels are three quarters of a point.
            let page = Picture(figure).page
            #expect(zip(reader.box, [0, 0, page.width * 0.75, page.height * 0.75]).allSatisfy { abs($0 - $1) < 0.01 })
        }
    }

    /// What the SVG's reader finds, and nothing else, is marked in the PDF.
    @Test func theMarksAreThoseOfTheSVG() {
        for figure in Self.figures {
            let picture = Picture(figure)
            let reader = PDFReader(figure.pdf().data)
            let corners = picture.elements.flatMap { element -> [PixelPoint] in
                switch element.name {
                case "line", "polyline", "polygon", "path": Picture.corners(element)
                case "circle": [PixelPoint(x: element["cx"] + element["r"], y: element["cy"])]
                default: []
                }
            }
            #expect(corners.count == reader.points.count, "\(type(of: figure))")
            #expect(zip(corners, reader.points).allSatisfy { abs($0.x - $1.x) + abs($0.y - $1.y) < 0.011 })
            // The paper, and one mark a shape.
            let shapes = picture.elements.count {
                ["line", "polyline", "polygon", "path", "circle", "rect"].contains($0.name)
            }
            #expect(reader.marks.count { ["f", "S", "B", "n"].contains($0.operation) } == shapes)
            // In Helvetica, exponents are raised digits, and codes below 32 are signs that Windows has not got.
            func plain(_ text: String) -> String {
                text.replacing("−", with: "\u{1}").replacing("²", with: "2").replacing("⁰", with: "0")
                    .replacing("¹", with: "1").replacing("⁻", with: "\u{1}").replacing("…", with: "\u{85}")
            }
            #expect(reader.texts == picture.texts().map(plain), "\(type(of: figure))")
        }
    }

    /// A text that ends at a place ends there by the widths of Helvetica: 722 + 556 + 222 + 222 thousandths of `Hall`.
    @Test func textStandsByTheWidthsOfItsFont() throws {
        var drawing = Drawing(width: 200, height: 100, title: "", description: "")
        drawing.text("Hall", at: PixelPoint(x: 150, y: 50), size: 10, anchor: .end)
        drawing.text("Hall", at: PixelPoint(x: 150, y: 50), size: 10, anchor: .middle, turn: -90)
        let matrices = PDFReader(drawing.pdf.data).marks.filter { $0.operation == "Tm" }
        let width = 10 * 1.722
        #expect(matrices[0].operands == ["1", "0", "0", "-1", "132.78", "50"])
        // Turned to run upwards, it begins below the place, and its letters' tops point to the left.
        let turned = matrices[1]
        #expect(turned.operands.prefix(4) == ["0", "-1", "-1", "0"])
        #expect(abs(turned.number(4) - 150) < 0.01 && abs(turned.number(5) - (50 + width / 2)) < 0.01)
    }

    @Test func whatTheFontHasNotGotIsSaid() {
        let chart = LineChart(
            title: "热 – Übermaß, čas, ∞", x: Axis("10⁻³ m²"), y: Axis("CO₂"), series: [])
        let file = chart.pdf()
        #expect(file.missing == ["热", "₂"])
        let texts = PDFReader(file.data).texts
        // Signs of Windows keep their codes, other accents are left off.
        #expect(texts.contains("? \u{96} \u{DC}berma\u{DF}, cas, inf"), "\(texts)")
        #expect(texts.contains("10\u{1}3 m2") && texts.contains("CO?"))
        #expect(PDFReader(file.data).faults.isEmpty)
    }
}
