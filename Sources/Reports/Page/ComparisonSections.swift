import Figures
import Foundation
import Statistics
import Writing

/// A comparison of algorithms: who is best, over all problems and on each.
struct ComparisonSections {
    let files: ResultFiles

    var all: [PageSection] {
        get throws { [try outcome(), try overall(), try problems()] }
    }

    // MARK: Over all problems

    private func outcome() throws -> PageSection {
        var section = PageSection(title: "Outcome")
        if let final = files.columns("final.csv"), final.has("failures") {
            let failures = try final.numbers("failures").reduce(0) { $0 + ($1.isFinite ? $1 : 0) }
            section.text.append(
                "\(final.rows.count) runs, each with the same counted budget; "
                    + (failures == 0
                        ? "every evaluation was answered."
                        : "evaluations without an answer: \(NumberText.grouped(failures))."))
        }
        guard let ranks = files.columns("ranks.csv"), !ranks.rows.isEmpty else { return section }
        let (names, means) = (try ranks.texts("algorithm"), try ranks.numbers("mean_rank"))
        let sorted = ranks.rows.sorted { means[$0] < means[$1] }
        let p = try ranks.numbers("friedman_p").first { $0.isFinite }
        section.text.append(
            "Best mean rank: \(names[sorted[0]]) with \(NumberText.grouped(means[sorted[0]], decimals: 2))."
                + (p.map { " Friedman's test: p = \(String(format: "%.2g", $0)) that all algorithms are equal." } ?? "")
        )
        section.tables = [
            .table(
                "Mean ranks over all problems, 1 is best", header: ["algorithm", "mean rank"],
                sorted.map { [names[$0], NumberText.grouped(means[$0], decimals: 2)] })
        ]
        return section
    }

    /// The last three decades: before them, searches draw their first points.
    private func budget() -> Axis {
        let budget = Double(files.manifest.evaluations ?? 10_000)
        return Axis("evaluations", .logarithmic, range: max(1, budget / 1000)...max(2, budget))
    }

    private func overall() throws -> PageSection {
        var section = PageSection(title: "All problems")
        if let runtime = files.columns("runtime.csv"), !runtime.rows.isEmpty {
            let (at, share) = (try runtime.numbers("evaluations"), try runtime.numbers("share_reached"))
            let groups = runtime.groups(["algorithm"])
            let chart = LineChart(
                title: "Share of targets reached", x: budget(), y: Axis("share of targets", range: 0...1),
                series: groups.map { key, rows in
                    LineSeries(key[0], rows.map { (at[$0], share[$0]) }, form: .steps)
                }, shape: .column)
            let ends = groups.compactMap { key, rows in rows.last.map { (key[0], share[$0]) } }
            let best = ends.max { $0.1 < $1.1 }
            section.figures.append(
                PageFigure(
                    name: "runtime", figure: chart,
                    reading: best.map {
                        "In the end \($0.0) has reached most targets, \(NumberText.grouped(100 * $0.1, decimals: 1)) %."
                    } ?? ""))
        }
        if let ranks = files.columns("ranks.csv"), !ranks.rows.isEmpty, ranks.has("critical_difference") {
            let (names, means) = (try ranks.texts("algorithm"), try ranks.numbers("mean_rank"))
            if let difference = try ranks.numbers("critical_difference").first(where: \.isFinite) {
                let diagram = CriticalDifferenceDiagram(
                    title: "Mean ranks; bars join what may be equal",
                    entries: zip(names, means).map { .init($0, meanRank: $1) }, criticalDifference: difference,
                    shape: .column)
                section.figures.append(
                    PageFigure(
                        name: "ranks", figure: diagram,
                        reading:
                            "Ranks that differ by less than \(NumberText.grouped(difference, decimals: 2)) may be equal."
                    ))
            }
        }
        return section
    }

    // MARK: Each problem

    private func problems() throws -> PageSection {
        var section = PageSection(title: "Each problem")
        guard let final = files.columns("final.csv") else { return section }
        let gaps = try final.numbers("gap")
        let curves = files.columns("convergence.csv")
        let problems = final.groups(["problem"])
        var rows: [[String]] = []
        var names: [String] = []
        for (key, group) in problems {
            let runs = final.groups(["algorithm"], among: group).map { algorithm in
                (name: algorithm.key[0], gaps: algorithm.rows.map { gaps[$0] }.filter(\.isFinite))
            }.filter { !$0.gaps.isEmpty }
            let boxes = runs.compactMap { run -> BoxPlot.Category? in
                guard let quartiles = Quartiles(run.gaps) else { return nil }
                return BoxPlot.Category(
                    run.name, minimum: quartiles.minimum, lowerQuartile: quartiles.lower, median: quartiles.median,
                    upperQuartile: quartiles.upper, maximum: quartiles.maximum)
            }
            guard let best = boxes.min(by: { $0.median < $1.median }) else { continue }
            if names.isEmpty { names = runs.map(\.name) }
            let medians = Dictionary(boxes.map { ($0.name, String(format: "%.3g", $0.median)) }) { first, _ in first }
            rows.append([key[0]] + names.map { medians[$0] ?? "" })
            if let curves { section.figures.append(try convergence(of: key[0], curves)) }
            section.figures.append(
                PageFigure(
                    name: "final \(key[0])",
                    figure: BoxPlot(
                        title: "\(key[0]): gap at the end of the runs", y: Axis("gap to the best known", .logarithmic),
                        categories: boxes, shape: .column),
                    reading:
                        "Smallest median gap: \(best.name), \(String(format: "%.3g", best.median)), over \(runs.first?.gaps.count ?? 0) runs."
                ))
        }
        // Two figures a problem.
        let held = section.figures.held(to: 80, rest: "the folder 'figures'")
        (section.figures, section.text) = (held.figures, held.text)
        section.tables = [
            .table("Median gap to the best known value at the end", header: ["problem"] + names, rows)
        ]
        return section
    }

    private func convergence(of problem: String, _ curves: Columns) throws -> PageFigure {
        let (problems, at, median) = (
            try curves.texts("problem"), try curves.numbers("evaluations"), try curves.numbers("median")
        )
        let rows = curves.rows.filter { problems[$0] == problem }
        let groups = curves.groups(["algorithm"], among: rows)
        let budget = budget()
        let half = (budget.range?.upperBound ?? 0) / 2
        let best = groups.compactMap { key, rows -> (name: String, gap: Double, halfway: Double)? in
            guard let last = rows.last, median[last].isFinite else { return nil }
            let halfway = rows.last { at[$0] <= half } ?? rows[0]
            return (key[0], median[last], median[halfway])
        }.min { $0.gap < $1.gap }
        return PageFigure(
            name: "convergence \(problem)",
            figure: LineChart(
                title: "\(problem): median gap along the runs", x: budget,
                y: Axis("gap to the best known", .logarithmic),
                series: groups.map { key, rows in LineSeries(key[0], rows.map { (at[$0], median[$0]) }) },
                shape: .column),
            reading: best.map {
                "\($0.name) has the smallest median gap at the end, \(String(format: "%.3g", $0.gap)); at half the budget "
                    + "\(String(format: "%.3g", $0.halfway))."
            } ?? "No run has a value.")
    }
}
