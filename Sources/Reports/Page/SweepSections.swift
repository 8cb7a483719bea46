import Figures
import ResultFiles
import Writing

/// A sweep: every column over the numbers that were swept, and the whole table.
struct SweepSections {
    let record: ResultRecord

    var all: [PageSection] {
        get throws {
            var verdicts = PageSection(title: "Verdicts")
            verdicts.tables = [VerdictSection.banner(record.manifest.verdicts ?? [])]
            guard let table = record.tables[SweepTable.file] else { return [verdicts] }
            let axes = record.manifest.over?.count ?? 1
            guard axes > 0, axes < table.headings.count else {
                throw ReportError.damaged(
                    file: SweepTable.file, reason: "it has too few columns for what was swept over.")
            }
            let failed = table.cells.count { !($0.last?.text ?? "").isEmpty }
            verdicts.text = [
                "\(table.rows.count) points over \((record.manifest.over ?? []).joined(separator: " and "))"
                    + (failed == 0 ? ", each with an answer." : "; \(failed) of them have no answer.")
            ]
            var figures = PageSection(title: "Figures")
            let charts = SweepCharts(title: "", table: table, axisCount: axes).all
            figures.figures = charts.map { quantity, chart in
                var chart = chart
                chart.shape = .column
                return PageFigure(name: "sweep \(quantity)", figure: chart, reading: reading(quantity, chart))
            }
            var points = PageSection(title: "Points")
            points.tables = [
                .table(
                    "All points", header: table.header, words: axes,
                    table.cells.map { row in
                        row.enumerated().map { k, cell in
                            k < axes ? cell.text : cell.number.map(Self.shown) ?? cell.text
                        }
                    })
            ]
            return [verdicts, figures, points]
        }
    }

    private func reading(_ quantity: String, _ chart: LineChart) -> String {
        let points = chart.series.flatMap { line in line.points.filter { $0.y.isFinite }.map { (line.name, $0) } }
        guard let least = points.min(by: { $0.1.y < $1.1.y }), let most = points.max(by: { $0.1.y < $1.1.y }) else {
            return "No point has a value."
        }
        func words(_ point: (String, LineSeries.Point)) -> String {
            Self.shown(point.1.y) + " at \(NumberText.csv(point.1.x))"
                + (point.0.isEmpty ? "" : " (\(point.0))")
        }
        return least.1.y == most.1.y
            ? "\(quantity) is \(Self.shown(least.1.y)) everywhere."
            : "\(quantity) is least, \(words(least)), and greatest, \(words(most))."
    }

    /// A number as people read it.
    private static func shown(_ number: Double) -> String {
        NumberText.grouped(number, decimals: number == 0 ? 0 : abs(number) < 1 ? 4 : abs(number) < 1000 ? 2 : 0)
    }
}
