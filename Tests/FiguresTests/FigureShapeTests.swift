import Testing

@testable import Figures

/// Whatever the data and the names, a figure in a column is a picture too.
@Suite struct FigureShapeTests {
    private static let name = "a name that is as long as nobody would like a name to be, & with <\"odd\"> characters"
    private static let numbers: [[Double]] = [
        [], [0], [1e300, -1e300], [.nan, .infinity], [1e-300, 2e-300], [3, -1, 4, -1, 5],
    ]

    @Test(arguments: numbers) func columnsHaveNoFaults(numbers: [Double]) {
        let axis = Axis(Self.name)
        for shape in [FigureShape.column, .wide] {
            for count in [0, 1, 2, 15] {
                let names = (0..<count).map { "\($0) " + Self.name }
                let places = numbers.map { RegionChart.Point(x: $0, y: $0) }
                let figures: [any Figure] = [
                    LineChart(
                        title: Self.name, x: axis, y: axis,
                        series: names.map { LineSeries($0, numbers.map { ($0, $0) }, form: .steps) }, shape: shape),
                    StackChart(
                        title: Self.name, x: axis, y: axis, borders: (0...numbers.count).map(Double.init),
                        series: names.map { StackChart.Series($0, numbers) }, sumName: Self.name, shape: shape),
                    WaterfallChart(
                        title: Self.name, x: axis, items: zip(names, numbers).map { .init($0, $1) },
                        sumName: Self.name, shape: shape),
                    RegionChart(
                        title: Self.name, x: axis, y: axis, regions: names.map { .init($0, corners: places) },
                        clouds: names.map { .init($0, points: places) }, shape: shape),
                    LadderChart(
                        title: Self.name, x: axis, y: axis,
                        rungs: zip(numbers, numbers.dropFirst()).map { .init(from: $0, to: $1, price: $0) },
                        amounts: zip(names, numbers).map { .init($0, $1) }, shape: shape),
                    CriticalDifferenceDiagram(
                        title: Self.name, entries: names.indices.map { .init("\($0)", meanRank: Double($0 + 1)) },
                        criticalDifference: 2, shape: shape),
                ]
                for figure in figures {
                    let picture = Picture(figure.svg())
                    #expect(picture.faults.isEmpty, "\(type(of: figure)) \(count): \(picture.faults.prefix(3))")
                    #expect(figure.svg() == figure.svg())
                    let table = figure.table()
                    #expect(table.rows.allSatisfy { $0.count == table.header.count })
                }
            }
        }
    }

    @Test func ticksStandAtMultiplesOfTheSpacing() {
        func labels(_ range: ClosedRange<Double>, _ spacing: Double) -> [String] {
            AxisScale(Axis("h", range: range, spacing: spacing), values: []).ticks(atMost: 9).map(\.label)
        }
        #expect(labels(0...24, 3) == ["0", "3", "6", "9", "12", "15", "18", "21", "24"])
        // A short axis has round numbers.
        #expect(labels(0...2, 3).count > 2)
        #expect(labels(0...168, 3) == ["0", "24", "48", "72", "96", "120", "144", "168"])
    }
}
