import Figures
import ResultFiles
import Statistics
import Writing

extension ResultRecord {
    /// Whether it is of a comparison of algorithms, or of a run on a case.
    public var isComparison: Bool { table(RankTable.self) != nil || table(RuntimeTable.self) != nil }
}

extension ReportPage {
    /// The page of a comparison.
    ///
    /// - Throws: `ReportError` where a table is damaged.
    public init(comparison record: ResultRecord) throws {
        self.init(of: record, sections: try ComparisonSections(record: record).all)
    }
}

/// A comparison of algorithms: who is best, over all problems and on each.
struct ComparisonSections {
    let record: ResultRecord

    var all: [PageSection] {
        get throws { [try outcome(), try overall(), try problems()] }
    }

    // MARK: Over all problems

    private func outcome() throws -> PageSection {
        var section = PageSection(title: "Outcome")
        if let final = record.table(FinalTable.self), final.has(FinalTable.failures) {
            let failures = try final[FinalTable.failures].reduce(0, +)
            section.text.append(
                "\(final.rows.count) runs, each with the same counted budget; "
                    + (failures == 0
                        ? "every evaluation was answered."
                        : "evaluations without an answer: \(NumberText.grouped(Double(failures)))."))
        }
        if let sentence = ComparisonReport.sentence(ties: record.manifest.tieRules ?? []) {
            section.text.append(sentence)
        }
        guard let ranks = record.table(RankTable.self), !ranks.rows.isEmpty else { return section }
        let (names, means) = (try ranks[RankTable.algorithm], try ranks[RankTable.meanRank])
        let sorted = ranks.rows.sorted { means[$0] < means[$1] }
        let p = try ranks[RankTable.friedmanP].first { $0.isFinite }
        if let p {
            section.text.append(
                "Friedman's test: p = \(NumberText.significant(p, digits: 2)) that all algorithms are equal.")
        }
        section.lead = [
            .answer([
                AnswerItem(
                    "Best mean rank", names[sorted[0]], NumberText.grouped(means[sorted[0]], decimals: 2),
                    note: "Over all problems; 1 is best. "
                        + (p.map { p in
                            p < ComparisonReport.significance
                                ? "The algorithms differ: Friedman's test at 5 %."
                                : "That may be chance: Friedman's test at 5 %."
                        } ?? ""))
            ])
        ]
        section.tables = [
            .table(
                "Mean ranks over all problems, 1 is best", header: ["algorithm", "mean rank"],
                sorted.map { [names[$0], NumberText.grouped(means[$0], decimals: 2)] })
        ]
        return section
    }

    /// The last three decades: before them, searches draw their first points.
    private func budget() -> Axis {
        let budget = Double(record.manifest.evaluations ?? 10_000)
        return Axis("evaluations", .logarithmic, range: max(1, budget / 1000)...max(2, budget))
    }

    private func overall() throws -> PageSection {
        var section = PageSection(title: "All problems")
        if let runtime = record.table(RuntimeTable.self), !runtime.rows.isEmpty {
            let at = try runtime[RuntimeTable.evaluations].map(Double.init)
            let share = try runtime[RuntimeTable.shareReached]
            let groups = runtime.groups([RuntimeTable.algorithm])
            let chart = LineChart(
                title: "Share of targets reached", x: budget(), y: Axis("share of targets", range: 0...1),
                series: groups.map { key, rows in
                    LineSeries(
                        key[0], rows.map { (at[$0], share[$0]) }, form: .steps, owner: SeriesOwner(key[0]))
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
        if let ranks = record.table(RankTable.self), !ranks.rows.isEmpty, ranks.has(RankTable.criticalDifference) {
            let (names, means) = (try ranks[RankTable.algorithm], try ranks[RankTable.meanRank])
            if let difference = try ranks[RankTable.criticalDifference].first(where: \.isFinite) {
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
        guard let final = record.table(FinalTable.self) else { return section }
        let gaps = try final[FinalTable.gap]
        let curves = record.table(CurveTable.self)
        let problems = final.groups([FinalTable.problem])
        var rows: [[String]] = []
        var names: [String] = []
        for (key, group) in problems {
            let runs = final.groups([FinalTable.algorithm], among: group).map { algorithm in
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
            let medians = Dictionary(boxes.map { ($0.name, NumberText.significant($0.median, digits: 3)) }) {
                first, _ in first
            }
            rows.append([key[0]] + names.map { medians[$0] ?? "" })
            if let curves { section.figures.append(try convergence(of: key[0], curves)) }
            section.figures.append(
                PageFigure(
                    name: "final \(key[0])",
                    figure: BoxPlot(
                        title: "\(key[0]): gap at the end of the runs", y: Axis("gap to the best known", .logarithmic),
                        categories: boxes, shape: .column),
                    reading:
                        "Smallest median gap: \(best.name), \(NumberText.significant(best.median, digits: 3)), over \(runs.first?.gaps.count ?? 0) runs."
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

    private func convergence(of problem: String, _ curves: ResultTable) throws -> PageFigure {
        let (problems, at, median) = (
            try curves[CurveTable.problem], try curves[CurveTable.evaluations].map(Double.init),
            try curves[CurveTable.median]
        )
        let rows = curves.rows.filter { problems[$0] == problem }
        let groups = curves.groups([CurveTable.algorithm], among: rows)
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
                series: groups.map { key, rows in
                    LineSeries(key[0], rows.map { (at[$0], median[$0]) }, owner: SeriesOwner(key[0]))
                },
                shape: .column),
            reading: best.map {
                "\($0.name) has the smallest median gap at the end, \(NumberText.significant($0.gap, digits: 3)); at half the budget "
                    + "\(NumberText.significant($0.halfway, digits: 3))."
            } ?? "No run has a value.")
    }
}
