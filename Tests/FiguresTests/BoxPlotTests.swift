import Testing

@testable import Figures

@Suite struct BoxPlotTests {
    private func category(_ name: String, _ numbers: [Double]) -> BoxPlot.Category {
        .init(
            name, minimum: numbers[0], lowerQuartile: numbers[1], median: numbers[2], upperQuartile: numbers[3],
            maximum: numbers[4])
    }

    private func boxes(_ picture: Picture) -> [PixelBox] {
        picture.elements.filter { $0.attributes["class"] == "box" }.map(Picture.box)
    }

    @Test func theFiveNumbersLieAtTheirHeights() throws {
        let picture = Picture(
            BoxPlot(title: "", y: Axis("y", range: 0...10), categories: [category("a", [0, 2.5, 5, 7.5, 10])]))
        let plot = try #require(picture.plot)
        let box = try #require(boxes(picture).first)
        #expect(abs(box.bottom - (plot.bottom - plot.height / 4)) < 0.02)
        #expect(abs(box.top - (plot.top + plot.height / 4)) < 0.02)
        #expect(abs(box.middle.x - plot.middle.x) < 0.02)
        let lines = picture.all("line", in: "boxes")
        let median = try #require(lines.first { $0["stroke-width"] == 3 })
        #expect(abs(median["y1"] - plot.middle.y) < 0.02)
        // Two whiskers with a cap each, and the median.
        #expect(lines.count == 5)
        #expect(
            lines.contains { abs($0["y1"] - plot.bottom) < 0.02 } && lines.contains { abs($0["y1"] - plot.top) < 0.02 })
    }

    @Test func logarithmicHeights() throws {
        let picture = Picture(
            BoxPlot(title: "", y: Axis("y", .logarithmic), categories: [category("a", [0.01, 0.1, 1, 10, 100])]))
        let plot = try #require(picture.plot)
        let box = try #require(boxes(picture).first)
        #expect(abs(box.height - plot.height / 2) < 0.02)
    }

    @Test func shortNamesStandUprightAndLongOnesAreTurned() {
        let upright = Picture(
            BoxPlot(title: "", y: Axis("y"), categories: ["GA", "DE"].map { category($0, [1, 2, 3, 4, 5]) }))
        #expect(upright.all("text", in: "axis x").allSatisfy { $0.attributes["transform"] == nil })
        let names = (0..<30).map { "algorithm with a rather long name, number \($0)" }
        let turned = Picture(
            BoxPlot(
                title: "t", label: "algorithm", y: Axis("y"), categories: names.map { category($0, [1, 2, 3, 4, 5]) }))
        let texts = turned.all("text", in: "axis x").filter { $0.text != "algorithm" }
        #expect(texts.count == 30 && texts.allSatisfy { $0.attributes["transform"]?.hasPrefix("rotate(-45") == true })
        #expect(upright.faults.isEmpty && turned.faults.isEmpty, "\(turned.faults)")
        #expect(turned.page.width == 800)
    }

    @Test func missingNumbersLeaveAGapAndInfiniteWhiskersHaveNoCap() {
        let picture = Picture(
            BoxPlot(
                title: "", y: Axis("y"),
                categories: [
                    category("missing", [.nan, 1, 2, 3, 4]), category("endless", [0, 1, 2, 3, .infinity]),
                    category("whole", [0, 1, 2, 3, 4]),
                ]))
        #expect(picture.texts(in: "axis x") == ["missing", "endless", "whole"])
        #expect(boxes(picture).count == 2 && picture.all("line", in: "boxes").count == 4 + 5)
        #expect(picture.faults.isEmpty)
    }

    @Test func theTableHoldsTheData() {
        let table = BoxPlot(
            title: "", label: "algorithm", y: Axis("y"), categories: [category("a", [1, 2, 3, 4, 5.5])]
        ).table()
        #expect(table.header == ["algorithm", "minimum", "lower quartile", "median", "upper quartile", "maximum"])
        #expect(table.rows == [["a", "1", "2", "3", "4", "5.5"]])
    }
}
