import Testing

@testable import Figures

@Suite struct WaterfallChartTests {
    private func bar(_ picture: Picture, _ group: String, _ index: Int = 0) throws -> (left: Double, right: Double) {
        let bars = picture.all("polygon", in: group)
        try #require(bars.indices.contains(index))
        let xs = Picture.points(bars[index]).map(\.x)
        return (xs.min() ?? .nan, xs.max() ?? .nan)
    }

    @Test func barsBeginWhereTheLastOneEndedAndSumUp() throws {
        let chart = WaterfallChart(
            title: "money", x: Axis("earned [CNY]", range: -50...150),
            items: [.init("sales", 120), .init("more", 20), .init("gas", -170)], sumName: "in all")
        #expect(chart.sum == -30)
        let picture = Picture(chart)
        #expect(picture.faults.isEmpty, "\(picture.faults)")
        let plot = try #require(picture.plot)
        func place(_ value: Double) -> Double { plot.left + plot.width * (value + 50) / 200 }
        let bars = [
            (try bar(picture, "rise", 0), 0.0, 120.0), (try bar(picture, "rise", 1), 120, 140),
            (try bar(picture, "fall"), -30, 140), (try bar(picture, "sum"), -30, 0),
        ]
        for (bar, low, high) in bars {
            #expect(abs(bar.left - place(low)) < 0.011 && abs(bar.right - place(high)) < 0.011)
        }
        // Widths in pixels add up as the money does.
        let widths = bars.map { $0.0.right - $0.0.left }
        #expect(abs(widths[0] + widths[1] - widths[2] + widths[3]) < 0.05)
        #expect(picture.texts(in: "amounts") == ["120.00", "20.00", "−170.00", "−30.00"])
        #expect(chart.table().rows.last == ["in all", "-30"])
    }

    @Test func emptyAndSenselessAmounts() {
        for items in [[], [WaterfallChart.Item("odd", .nan), .init("endless", .infinity), .init("fine", 1)]] {
            for shape in [FigureShape.wide, .column] {
                let picture = Picture(
                    WaterfallChart(title: "t", x: Axis("CNY"), items: items, sumName: "sum", shape: shape))
                #expect(picture.faults.isEmpty, "\(picture.faults)")
            }
        }
    }
}
