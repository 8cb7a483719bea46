import Foundation
import Testing

@testable import Figures

/// Whatever the data, a figure is a picture: well formed, inside its page, no text on another.
@Suite struct HardFigureTests {
    private static let numberSets: [[Double]] = [
        [], [0], [1e300], [-1e300, 1e300], [1e-300, 2e-300], [1e-300, 1, 1e300], [7, 7, 7], [.nan, .nan],
        [.infinity, 1, -.infinity],
        [0, -1, -2], [.greatestFiniteMagnitude, -.greatestFiniteMagnitude, .leastNonzeroMagnitude],
        [123_456.789_01, 123_456.789_02],
        [0.1, 0.25, 1e6],
    ]
    private static func axes(_ label: String) -> [Axis] {
        [
            Axis(label), Axis(label, .logarithmic), Axis(label, range: 0.5...0.7),
            Axis(label, .logarithmic, range: 0...1e-5),
        ]
    }
    private static let name = "a name that is as long as nobody would like a name to be, & with <\"odd\"> characters"

    /// The eye of the tests below can see.
    @Test func faultsAreFound() {
        var document = Drawing(width: 200, height: 100, title: "", description: "")
        document.text("upright", at: PixelPoint(x: 50, y: 50))
        #expect(Picture(document.svg).faults.isEmpty)
        var crowded = document
        crowded.text("turned", at: PixelPoint(x: 60, y: 80), turn: -90)
        #expect(Picture(crowded.svg).overlaps == ["'upright' on 'turned'"])
        document.text("outside", at: PixelPoint(x: 180, y: 90))
        #expect(Picture(document.svg).faults.count == 1)
        #expect(Picture("<svg><g></svg>").faults.count == 1)
    }

    @Test(arguments: numberSets) func lineCharts(numbers: [Double]) {
        let title = String(repeating: Self.name + " ", count: 4)
        for axis in Self.axes(title) {
            for form in [LineSeries.Form.straight, .steps] {
                let series = (0..<14).map { index in
                    let points = numbers.map { LineSeries.Point(x: $0, y: $0, lower: $0 / 2, upper: $0 * 2) }
                    return LineSeries("\(index) " + Self.name, points: points, form: form)
                }
                let chart = LineChart(title: title, x: axis, y: axis, series: series)
                let picture = Picture(chart)
                #expect(picture.faults.isEmpty, "\(picture.faults)")
                #expect(chart.svg() == chart.svg())
            }
        }
    }

    @Test(arguments: numberSets) func boxPlots(numbers: [Double]) {
        for count in [0, 1, 5, 30, 60] {
            for axis in Self.axes(Self.name) {
                let categories = (0..<count).map { index in
                    let sorted = numbers.sorted() + [Double](repeating: numbers.last ?? 0, count: 5)
                    return BoxPlot.Category(
                        "\(index) " + Self.name, minimum: sorted[0], lowerQuartile: sorted[1], median: sorted[2],
                        upperQuartile: sorted[3], maximum: sorted[4])
                }
                let picture = Picture(BoxPlot(title: Self.name, label: Self.name, y: axis, categories: categories))
                #expect(picture.faults.isEmpty, "\(count) \(picture.faults)")
            }
        }
    }

    @Test(arguments: numberSets) func criticalDifferences(numbers: [Double]) {
        for difference in [0, 1, 1e300, .infinity, .nan, -1] {
            let entries = numbers.map { CriticalDifferenceDiagram.Entry(Self.name, meanRank: $0) }
            for entries in [entries, entries + (1...30).map { .init("\($0) " + Self.name, meanRank: Double($0)) }] {
                let picture = Picture(
                    CriticalDifferenceDiagram(title: Self.name, entries: entries, criticalDifference: difference))
                #expect(picture.faults.isEmpty, "\(picture.faults)")
                #expect(picture.all("polyline", in: "names").count == entries.filter { $0.meanRank.isFinite }.count)
            }
        }
    }
}
