import Foundation
import Testing

@testable import Figures

@Suite struct LineChartTests {
    private func chart(_ series: LineSeries..., x: Axis = Axis("x"), y: Axis = Axis("y")) -> LineChart {
        LineChart(title: "chart", x: x, y: y, series: series)
    }

    private func lines(_ picture: Picture) -> [[PixelPoint]] {
        picture.all("polyline", in: "lines").map(Picture.points)
    }

    @Test func endsOfTheAxesAreCornersOfTheFrame() throws {
        let picture = Picture(
            chart(
                LineSeries("s", [(10, 1), (100, 3), (1000, 5)]), x: Axis("x", .logarithmic, range: 10...1000),
                y: Axis("y", range: 1...5)))
        let plot = try #require(picture.plot)
        let line = try #require(lines(picture).first)
        let expected = [(0.0, 0.0), (0.5, 0.5), (1, 1)].map { plot.point(across: $0.0, up: $0.1) }
        for (point, place) in zip(line, expected) {
            #expect(abs(point.x - place.x) < 0.011 && abs(point.y - place.y) < 0.011)
        }
        #expect(line.count == 3 && picture.faults.isEmpty)
    }

    @Test func linesAreBrokenWhereNumbersAreMissing() {
        let series = LineSeries(
            "s", [(0, 0), (1, 1), (2, .nan), (3, 1), (4, 2), (5, .infinity), (6, 1), (.nan, 3), (8, 0), (9, 0)])
        let picture = Picture(chart(series))
        #expect(lines(picture).map(\.count) == [2, 2, 2])
        // Seven points have a place, one of them without neighbours, and each has a marker.
        #expect(picture.all("circle", in: "markers").count == 7)
    }

    @Test func stepsHoldTheirValue() throws {
        let picture = Picture(chart(LineSeries("s", [(0, 4), (1, 2), (3, 1)], form: .steps)))
        let line = try #require(lines(picture).first)
        #expect(line.count == 5)
        #expect(line[0].y == line[1].y && line[1].x == line[2].x && line[2].y == line[3].y && line[3].x == line[4].x)
    }

    @Test func bandsAreAreasBelowTheLines() throws {
        let points = [0.0, 1, 2].map { LineSeries.Point(x: $0, y: 2, lower: 1, upper: 3) } + [.init(x: 3, y: 2)]
        let picture = Picture(chart(LineSeries("s", points: points)))
        let band = try #require(picture.all("polygon", in: "bands").first)
        #expect(Picture.points(band).count == 6 && band["opacity"] < 0.5)
        let order = picture.elements.filter { $0.name == "g" }.compactMap { $0.attributes["class"] }
        #expect(order.firstIndex(of: "bands")! < order.firstIndex(of: "lines")!)
        #expect(order.firstIndex(of: "lines")! < order.firstIndex(of: "markers")!)
    }

    @Test func whatLeavesTheFrameIsCutWhereItLeaves() throws {
        // From (0, 0) to (4, 8) through a frame that ends at y = 4: the line leaves it at x = 2, the middle.
        let picture = Picture(
            chart(
                LineSeries(
                    "s", points: [.init(x: 0, y: 0, lower: -9, upper: 9), .init(x: 4, y: 8, lower: -9, upper: 1e300)]),
                x: Axis("x", range: 0...4), y: Axis("y", range: 0...4)))
        let plot = try #require(picture.plot)
        let line = try #require(lines(picture).first)
        #expect(abs(line[1].x - plot.middle.x) < 0.011 && abs(line[1].y - plot.top) < 0.011)
        let band = Picture.points(picture.all("polygon", in: "bands")[0])
        #expect(band.allSatisfy { PixelPath.contains(plot, $0) })
        #expect(picture.faults.isEmpty, "\(picture.faults)")
    }

    @Test func nonPositiveValuesLieOnTheLowerEndOfALogarithmicAxis() throws {
        let picture = Picture(chart(LineSeries("s", [(0, 1), (1, 0), (2, -5)]), y: Axis("y", .logarithmic)))
        let plot = try #require(picture.plot)
        let line = try #require(lines(picture).first)
        #expect(line[0].y < plot.bottom && abs(line[1].y - plot.bottom) < 0.011 && abs(line[2].y - plot.bottom) < 0.011)
    }

    @Test func aLongCurveStaysSmallAndKeepsItsSpike() throws {
        var points = (0..<200_000).map { (x: Double($0), y: 0.0) }
        points[123_456].y = 1
        let picture = Picture(chart(LineSeries("s", points)))
        let line = try #require(lines(picture).first)
        let plot = try #require(picture.plot)
        #expect(line.count < 6000)
        #expect(line.contains { abs($0.y - plot.top) < 0.011 })
        #expect((4...8).contains(picture.all("circle", in: "markers").count))
    }

    @Test func fourteenSeriesDifferWithoutColour() {
        let styles = (0..<14).map(SeriesStyle.init)
        #expect(Set(styles.map { "\($0.dash) \($0.marker)" }).count == 14)
        #expect(Set(styles.map { "\($0.dash) \($0.colour)" }).count == 14)
        // Red, green and blue weighted as the eye does: no ink is too pale for a thin line on white.
        for style in styles {
            let value = Int(style.colour.dropFirst(), radix: 16)!
            let grey = 0.299 * Double(value >> 16) + 0.587 * Double(value >> 8 & 255) + 0.114 * Double(value & 255)
            #expect(grey < 150)
        }
    }

    @Test func theLegendStandsRightOfTheFrame() throws {
        let series = (0..<40).map {
            LineSeries("series \($0) " + String(repeating: "long ", count: $0), [(0, Double($0))])
        }
        let picture = Picture(LineChart(title: "", x: Axis("x"), y: Axis("y"), series: series))
        let plot = try #require(picture.plot)
        let legend = picture.elements.filter { $0.groups.contains("legend") }
        #expect(legend.flatMap(Picture.corners).allSatisfy { $0.x > plot.right })
        #expect(picture.all("text", in: "legend").count == 40 && picture.faults.isEmpty, "\(picture.faults)")
        // What a name has lost can still be read.
        #expect(legend.filter { $0.name == "title" }.contains { $0.text == series[39].name })
    }

    @Test func equalChartsGiveEqualBytes() {
        func svg() -> String { chart(LineSeries("s", (0..<50).map { (Double($0), sin(Double($0))) })).svg() }
        #expect(svg() == svg())
        let numbers = Picture(svg()).elements.flatMap { $0.attributes.values }
        #expect(numbers.allSatisfy { $0.range(of: #"\.\d{3}|\de[-+\d]"#, options: .regularExpression) == nil })
    }

    @Test func documentsStandAlone() {
        let svg = chart(LineSeries("s", [(0, 0), (1, 1)])).svg()
        let root = Picture(svg).elements[0]
        #expect(
            root.name == "svg" && root.attributes["role"] == "img" && root.attributes["font-family"] == "sans-serif")
        #expect(root.attributes["viewBox"] == "0 0 800 480")
        #expect(Picture(svg).elements[1].name == "title" && Picture(svg).elements[2].name == "desc")
        #expect(Picture(svg).elements[2].text.contains("s: ends at (1, 1)"))
        for word in ["script", "href", "url(", " id="] { #expect(!svg.contains(word)) }
    }

    @Test func theTableHoldsTheData() {
        let series = LineSeries("s", points: [.init(x: 1, y: 0.1, lower: 0.05, upper: 1e-300), .init(x: 2, y: .nan)])
        let table = chart(series, x: Axis("evaluations"), y: Axis("gap [%]")).table()
        #expect(table.header == ["series", "evaluations", "gap [%]", "lower", "upper"])
        #expect(table.rows == [["s", "1", "0.1", "0.05", "1e-300"], ["s", "2", "nan", "", ""]])
    }
}
