import Foundation
import Testing

@testable import Figures

@Suite struct StackChartTests {
    /// Pixels of one step's stack: its parts, from the outlines in the picture.
    private func heights(_ picture: Picture, _ column: ClosedRange<Double>) -> (above: Double, below: Double) {
        var (above, below) = (0.0, 0.0)
        guard let plot = picture.plot, let zero = zero(picture, plot) else { return (.nan, .nan) }
        for polygon in picture.all("polygon", in: "stack") {
            // Corners at the left end of the column: the part's upper and lower edge there.
            let points = Picture.points(polygon)
            let middle = (column.lowerBound + column.upperBound) / 2
            let edges = zip(points, points.dropFirst() + points.prefix(1)).filter { a, b in
                min(a.x, b.x) < middle && middle < max(a.x, b.x)
            }.map { $0.0.y }
            guard edges.count == 2 else { continue }
            let height = abs(edges[0] - edges[1])
            if (edges[0] + edges[1]) / 2 < zero { above += height } else { below += height }
        }
        return (above, below)
    }

    /// The place of zero: where the line of the sums runs in a chart whose stacks close.
    private func zero(_ picture: Picture, _ plot: PixelBox) -> Double? {
        picture.all("polyline", in: "sum").first.flatMap { Picture.points($0).first?.y }
    }

    @Test func heightsSumToTotalsAndStacksClose() throws {
        let chart = StackChart(
            title: "balance", x: Axis("hour", range: 0...3), y: Axis("power [kW]", range: -10...10),
            borders: [0, 1, 2, 3],
            series: [
                .init("chp", [3, 5, 0]), .init("grid", [1, 0, 4]), .init("store", [-1, 2, 1]),
                .init("demand", [-3, -7, -5]),
            ], sumName: "sum")
        #expect(chart.sums == [0, 0, 0])
        let picture = Picture(chart)
        #expect(picture.faults.isEmpty, "\(picture.faults)")
        let plot = try #require(picture.plot)
        let pixelsPerKilowatt = plot.height / 20
        for (t, total) in [4.0, 7, 5].enumerated() {
            let column = plot.left + plot.width * Double(t) / 3...plot.left + plot.width * Double(t + 1) / 3
            let (above, below) = heights(picture, column)
            #expect(abs(above - total * pixelsPerKilowatt) < 0.05, "step \(t)")
            #expect(abs(below - total * pixelsPerKilowatt) < 0.05, "step \(t)")
        }
        let sum = try #require(picture.all("polyline", in: "sum").first)
        #expect(Picture.points(sum).allSatisfy { abs($0.y - plot.middle.y) < 0.011 })
    }

    @Test func aStackThatDoesNotCloseShowsIt() throws {
        let picture = Picture(
            StackChart(
                title: "", x: Axis("t", range: 0...2), y: Axis("kW", range: -4...4), borders: [0, 1, 2],
                series: [.init("in", [3, 3]), .init("out", [-3, -1])], sumName: "rest"))
        let plot = try #require(picture.plot)
        let line = Picture.points(try #require(picture.all("polyline", in: "sum").first))
        let end = try #require(line.last)
        #expect(abs(end.y - plot.point(across: 1, up: 0.75).y) < 0.011)
        #expect(abs(line[0].y - plot.middle.y) < 0.011)
    }

    @Test func areasLookDifferentWithoutColour() {
        let looks = (0..<45).map { AreaStyle($0) }
        #expect(Set(looks.map { "\($0.fill) \($0.hatch)" }).count == 45)
        // Neighbours differ in lightness or hatching by far: luminance as of WCAG 2.
        func luminance(_ colour: String) -> Double {
            let number = Int(colour.dropFirst(), radix: 16) ?? 0
            func linear(_ shift: Int) -> Double {
                let share = Double((number >> shift) & 255) / 255
                return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
            }
            let parts = [linear(16), linear(8), linear(0)]
            return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
        }
        for (a, b) in zip(looks, looks.dropFirst()) {
            #expect(a.hatch != b.hatch)
            #expect(a.fill != b.fill && abs(luminance(a.fill) - luminance(b.fill)) > 0.03)
        }
    }

    @Test func hatchingStaysInItsBox() {
        var document = Drawing(width: 100, height: 100, title: "t", description: "d")
        let box = PixelBox(left: 10.3, top: 20.7, right: 61.9, bottom: 43.2)
        for index in 0..<5 { document.area([box], AreaStyle(index)) }
        let paths = Picture(document.svg).all("path")
        #expect(paths.count == 4)
        for point in paths.flatMap(Picture.segments).flatMap(\.self) {
            #expect((10.29...61.91).contains(point.x) && (20.69...43.21).contains(point.y))
        }
    }

    @Test func theTableHoldsTheValuesAndTheirSum() {
        let chart = StackChart(
            title: "", x: Axis("h"), y: Axis("kW"), borders: [0, 1, 2],
            series: [.init("a", [1, 2]), .init("b", [-1, 3])], sumName: "sum")
        #expect(chart.table().rows.suffix(2) == [["sum", "0", "0"], ["sum", "1", "5"]])
        #expect(chart.table().header == ["series", "h", "kW"] && chart.table().rows.count == 6)
    }
}
