import CaseFiles
import Disk
import ResultFiles
import Writing

/// A row per point of a sweep: its place on each axis, its quantities, and why it has no answer. The axes and the case
/// say what the other columns are called.
enum SweepTable {
    static let file = "sweep.csv"
    static let failure = Column<String>("failure")
}

/// A sweep as one table, for a folder, a terminal and a program, and as figures.
extension SweepResult {
    public var tables: [ResultTable] {
        let places = axes.map { Column<Double>(ColumnHeading(heading($0))) }
        let sums = [source.currency, source.currency + "/a", "kWh/a", "kg/a"]
        let quantities = quantities.map {
            (name: $0.name, column: Column<Double>(ColumnHeading($0.heading), amounts: sums.contains($0.unit)))
        }
        var table = ResultTable(
            file: SweepTable.file,
            headings: (places + quantities.map(\.column)).map { $0.heading() } + [SweepTable.failure.heading()])
        for point in points {
            table.add(
                zip(places, point.values).map { $0($1.number, written: $1.text) }
                    + quantities.map { $0.column(point.value(of: $0.name)) } + [SweepTable.failure(point.failure)])
        }
        return [table]
    }

    public var summary: String {
        let quantities = quantities
        var table = TextTable(header: axes.map(heading) + quantities.map { "\($0.short) [\($0.unit)]" })
        let columns = quantities.map { quantity in
            let values = points.map { $0.value(of: quantity.name) }
            let largest = values.reduce(0) { max($0, abs($1 ?? 0)) }
            return values.map { value in
                value.map { NumberText.grouped($0, decimals: largest < 1 ? 4 : largest < 1000 ? 2 : 0) } ?? "-"
            }
        }
        for (k, point) in points.enumerated() {
            table.rows.append(point.values.map(\.text) + columns.map { $0[k] })
        }
        let way = settings.map {
            "\($0.algorithm), seed \($0.seed), \(NumberText.grouped(Double($0.evaluations))) evaluations a point"
        }
        return "\(heading)\n\(points.count) points, \(way ?? "each solved as one mixed-integer program")\n\n"
            + table.text + "\n" + verdictLines
    }

    public var json: String {
        struct Value: Codable {
            let path: String
            let number: Double?
            let name: String?
        }
        struct Row: Codable {
            let at: [Value]
            let values: [String: Double]
            let failure: String?
        }
        struct Output: Codable {
            let caseName: String
            let over: [String]
            let algorithm: String?
            let units: [String: String]
            let points: [Row]
            let verdicts: [Verdict]
        }
        let rows = points.map { point in
            Row(
                at: zip(axes, point.values).map {
                    Value(path: $0.path, number: $1.number, name: $1.number == nil ? $1.text : nil)
                },
                values: point.quantities.reduce(into: [:]) { $0[$1.name] = $1.value },
                failure: point.failure.isEmpty ? nil : point.failure)
        }
        return JSONText.of(
            Output(
                caseName: source.name, over: axes.map(\.text), algorithm: settings?.algorithm,
                units: quantities.reduce(into: [:]) { $0[$1.name] = $1.unit }, points: rows, verdicts: verdicts))
    }

    public var figures: [(file: String, svg: String)] {
        SweepCharts(title: source.title, table: tables[0], axisCount: axes.count).all.map { chart in
            ("figures/\(FileName.of(chart.quantity.replacing(" ", with: "_"))).svg", chart.figure.svg())
        }
    }
}
