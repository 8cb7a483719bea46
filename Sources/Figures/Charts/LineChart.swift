import Writing

/// Curves over a common axis: convergence, runtime distributions, anything that runs from left to right.
///
/// ```swift
/// LineChart(
///     title: "Convergence", x: Axis("evaluations"), y: Axis("gap", .logarithmic),
///     series: [LineSeries("GOA", [(1, 0.5), (100, 0.02)], form: .steps)]
/// ).svg()
/// ```
public struct LineChart: LookedFigure, Equatable {
    public var title: String
    public var x: Axis
    public var y: Axis
    public var series: [LineSeries]
    public var shape: FigureShape
    var looks = SeriesLooks()

    public init(title: String, x: Axis, y: Axis, series: [LineSeries], shape: FigureShape = .wide) {
        self.title = title
        self.x = x
        self.y = y
        self.series = series
        self.shape = shape
    }

    public func table() -> FigureTable {
        let rows = series.flatMap { series in
            series.points.map { point in
                [series.name, NumberText.csv(point.x), NumberText.csv(point.y)]
                    + [point.lower, point.upper].map { $0.map(NumberText.csv) ?? "" }
            }
        }
        return FigureTable(header: ["series", x.label, y.label, "lower", "upper"], rows: rows)
    }

    public func drawing() -> Drawing {
        let points = series.flatMap(\.points)
        let across = AxisScale(x, values: points.map(\.x))
        let up = AxisScale(y, values: points.flatMap { [$0.y, $0.lower, $0.upper].compactMap(\.self) })
        let isNamed = series.contains { !$0.name.isEmpty }
        let legend = Legend(
            isNamed ? series.enumerated().map { .init(name: $1.name, sample: .line(looks.line($0))) } : [],
            shape: shape)

        let frame = ChartFrame(
            title: title, across: across, up: up, x: x.label, y: y.label, legend: legend, shape: shape)
        return frame.drawing(title: title, description: description) { document in
            let paths = series.enumerated().map {
                SeriesPath($1, style: looks.line($0), number: $0, across: across, up: up, area: frame.area)
            }
            // All areas lie below all lines, and all lines below all markers.
            document.group("bands") { document in for path in paths { path.drawBand(in: &document) } }
            document.group("lines") { document in for path in paths { path.drawLine(in: &document) } }
            document.group("markers") { document in for path in paths { path.drawMarkers(in: &document) } }
        }
    }

    public var owners: [SeriesOwner?] { series.map(\.owner) }

    /// A description of the picture, for readers who cannot see it.
    private var description: String {
        let ends = series.map { series in
            let last = series.points.last { $0.x.isFinite && $0.y.isFinite }
            return series.name
                + (last.map { ": ends at (\(NumberText.csv($0.x)), \(NumberText.csv($0.y)))" } ?? ": no data")
        }
        return "Line chart of \(y.label) (\(y.scale.rawValue)) over \(x.label) (\(x.scale.rawValue)). "
            + (ends.isEmpty ? "No series." : ends.joined(separator: "; ") + ".")
    }
}
