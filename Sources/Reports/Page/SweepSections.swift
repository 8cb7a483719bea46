import Figures
import ResultFiles
import Writing

/// A sweep: every column over the numbers that were swept, and the whole table.
struct SweepSections {
    let record: ResultRecord

    var all: [PageSection] {
        get throws {
            var verdicts = PageSection(title: "Answer")
            verdicts.tables = [VerdictSection.banner(record.manifest.verdicts ?? [])]
            guard let table = record.tables[SweepTable.file] else { return [verdicts] }
            let axes = record.manifest.over?.count ?? 1
            guard axes > 0, axes < table.headings.count else {
                throw ReportError.damaged(
                    file: SweepTable.file, reason: "it has too few columns for what was swept over.")
            }
            verdicts.lead = [.answer(items(table, axes))]
            let failed = table.cells.count { !($0.last?.text ?? "").isEmpty }
            verdicts.text = [
                "\(table.rows.count) points over \((record.manifest.over ?? []).joined(separator: " and "))"
                    + (failed == 0 ? ", each with an answer." : "; \(failed) of them have no answer.")
            ]
            var figures = PageSection(title: "Figures")
            figures.figures = SweepCharts(title: "", table: table, axisCount: axes, shape: .column).all.map { chart in
                PageFigure(name: "sweep \(chart.quantity)", figure: chart.figure, reading: reading(chart))
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

    /// How many points have an answer, and the best of them: of a payoff the greatest, of a cost the least.
    private func items(_ table: ResultTable, _ axes: Int) -> [AnswerItem] {
        let answered = table.cells.filter { ($0.last?.text ?? "").isEmpty }
        let points = AnswerItem(
            "Points with an answer", "\(answered.count)", "of \(table.rows.count)",
            note: "Over " + (record.manifest.over ?? []).joined(separator: " and ") + ".")
        for (name, words, isGain) in [("payoff", "Greatest payoff", true), ("cost", "Least cost", false)] {
            guard let column = table.headings.firstIndex(where: { $0.name == name }), column >= axes else { continue }
            let known = answered.filter { $0[column].number?.isFinite == true }
            let best = known.max { a, b in
                let (a, b) = (a[column].number ?? .nan, b[column].number ?? .nan)
                return isGain ? a < b : a > b
            }
            guard let best, let value = best[column].number else { continue }
            let place = (0..<axes).map { "\(table.headings[$0].name) = \(best[$0].text)" }
            return [
                AnswerItem(
                    words, NumberText.grouped(value, decimals: 2), table.headings[column].unit ?? "",
                    note: "At \(place.joined(separator: ", ")).\(known.count > 1 ? "" : " It is the only point.")"),
                points,
            ]
        }
        return [points]
    }

    private func reading(_ chart: SweepCharts.Chart) -> String {
        let points = chart.points.filter(\.value.isFinite)
        guard let least = points.min(by: { $0.value < $1.value }), let most = points.max(by: { $0.value < $1.value })
        else { return "No point has a value." }
        func words(_ point: (place: String, value: Double)) -> String {
            "\(Self.shown(point.value)) at \(point.place)"
        }
        return least.value == most.value
            ? "\(chart.quantity) is \(Self.shown(least.value)) everywhere."
            : "\(chart.quantity) is least, \(words(least)), and greatest, \(words(most))."
    }

    /// A number as people read it.
    private static func shown(_ number: Double) -> String {
        NumberText.grouped(number, decimals: number == 0 ? 0 : abs(number) < 1 ? 4 : abs(number) < 1000 ? 2 : 0)
    }
}
