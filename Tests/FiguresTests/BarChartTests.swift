import Foundation
import Testing

@testable import Figures

@Suite struct BarChartTests {
    @Test func barsAreAsHighAsTheirValues() throws {
        let chart = BarChart(
            title: "costs", y: Axis("cost [CNY]", range: -10...30), groups: ["mill", "homes"],
            series: [.init("alone", [20, 10]), .init("together", [-5, .nan])])
        let picture = Picture(chart)
        #expect(picture.faults.isEmpty, "\(picture.faults)")
        let plot = try #require(picture.plot)
        let pixels = plot.height / 40
        let heights = picture.all("polygon", in: "bars").map { polygon in
            let ys = Picture.points(polygon).map(\.y)
            return (ys.max() ?? 0) - (ys.min() ?? 0)
        }
        #expect(heights.count == 3)
        for (height, value) in zip(heights, [20.0, 10, 5]) { #expect(abs(height - value * pixels) < 0.05) }
        // Bars of a group stand side by side, groups from left to right.
        let lefts = picture.all("polygon", in: "bars").map { Picture.points($0).map(\.x).min() ?? 0 }
        #expect(lefts[0] < lefts[2] && lefts[2] < lefts[1])
        #expect(chart.table().rows.count == 4 && chart.table().rows[3] == ["homes", "together", ""])
    }

    @Test func nothingIsDrawnOfNothing() {
        let empty = Picture(BarChart(title: "", y: Axis("CNY"), groups: [], series: []))
        #expect(empty.faults.isEmpty && empty.all("polygon", in: "bars").isEmpty)
        let names = (0..<40).map { "a party with a long name, number \($0)" }
        let many = Picture(
            BarChart(title: "many", y: Axis("CNY"), groups: names, series: [.init("gain", names.map { _ in 1 })]))
        #expect(many.faults.isEmpty, "\(many.faults)")
    }
}
