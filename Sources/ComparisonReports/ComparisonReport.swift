import Comparisons
import Foundation
import Statistics
import Studies
import Writing

/// A comparison in words and tables, for people.
public struct ComparisonReport: Sendable {
    let analysis: ComparisonAnalysis

    public init(_ comparison: Comparison) { analysis = ComparisonAnalysis(comparison) }

    var suite: BenchmarkSuite { analysis.comparison.suite }
    var settings: ComparisonSettings { analysis.comparison.settings }
    private var reference: String { settings.reference }

    static let significance = 0.05

    // MARK: Terminal

    /// What a terminal shows; the last column alone depends on the computer.
    public var summary: String {
        var table = overview
        table.header.append("us/evaluation")
        for a in settings.algorithms.indices {
            let times = suite.problems.indices.map { analysis.comparison.secondsAnEvaluation($0, a) }
            let mean = times.reduce(0, +) / Double(times.count)
            table.rows[a].append(.init(mean.isFinite ? Self.short(mean * 1e6) : "-"))
        }
        return
            "\(suite.title.escaped(for: .terminalLine)), version \(suite.version)\n\(setting)\n\n\(table.text)\n\(verdict)\n"
    }

    /// The other tables, for LaTeX and Markdown.
    var tables: [ReportTable] {
        [overview, medians, reachedBy] + suite.problems.indices.map(details)
    }

    private var setting: String {
        "\(settings.seeds) \(settings.seeds == 1 ? "seed" : "seeds"), \(settings.evaluations) evaluations a run, "
            + "population \(settings.population), \(suite.problems.count) "
            + (suite.problems.count == 1 ? "problem." : "problems.") + ties
    }

    /// By which rule the payoffs of games are compared; nil where there are no games.
    static func sentence(ties rules: [String]) -> String? {
        rules.isEmpty ? nil : "Ties of followers: \(rules.joined(separator: " or "))."
    }

    private var ties: String {
        Self.sentence(ties: suite.tieRules).map { " " + $0 } ?? ""
    }

    // MARK: Tables

    /// One row per algorithm. Ranks are over problems by medians, on a single problem over seeds.
    private var overview: ReportTable {
        var table = ReportTable(
            title: "\(suite.title): mean ranks, share of targets reached, problems won and lost against \(reference)",
            header: ["algorithm", "mean rank", "targets reached", "won", "lost", "even"])
        let ranks = analysis.suiteTest?.friedman.meanRanks ?? analysis.problemTests.first?.friedman?.meanRanks
        for (a, name) in settings.algorithms.enumerated() {
            let share = analysis.shareReached(a, after: [settings.evaluations])[0]
            let outcomes = suite.problems.indices.map { outcome($0, a) }
            let counts =
                name == reference
                ? ["-", "-", "-"]
                : [Outcome.better, .worse, .even].map { wanted in "\(outcomes.count { $0 == wanted })" }
            let isBest = ranks.map { $0[a] == $0.min() } ?? false
            table.add(
                [
                    .init(label(name), isBest: isBest), .init(ranks.map { Self.short($0[a]) } ?? "-", isBest: isBest),
                    .init(String(format: "%.1f %%", 100 * share)),
                ] + counts.map { .init($0) })
        }
        return table
    }

    /// Median gap of every algorithm on every problem; the best of a row is emphasised.
    private var medians: ReportTable {
        var table = ReportTable(
            title: "Median gap to the best known value after \(settings.evaluations) evaluations",
            header: ["problem"] + settings.algorithms.map(label))
        for (p, problem) in suite.problems.enumerated() {
            let gaps = settings.algorithms.indices.map { a in
                analysis.fixedBudget(p, a).map { analysis.gap($0.median, on: p) } ?? .infinity
            }
            table.add([.init(problem.name)] + gaps.map { .init(Self.short($0), isBest: $0 == gaps.min()) })
        }
        return table
    }

    /// Which algorithms came within the narrowest target, in any run.
    private var reachedBy: ReportTable {
        let target = suite.targets.last ?? 0
        var table = ReportTable(
            title: "Who came within \(Self.short(target)) of the best known value in at least one run",
            header: ["problem", "best known", "best of all runs", "reached by"])
        for (p, problem) in suite.problems.enumerated() {
            let best = analysis.finalLosses[p].joined().min().map { problem.value(ofLoss: $0) } ?? .nan
            let names = analysis.reached(p, gap: target)
            let all = names.count == settings.algorithms.count
            table.add([
                .init(problem.name), .init(problem.bestKnown.map(Self.long) ?? "unknown"), .init(Self.long(best)),
                .init(names.isEmpty ? "nobody" : all ? "all" : names.joined(separator: " ")),
            ])
        }
        return table
    }

    /// One problem: quality at the end, running time to the targets, and the tests.
    private func details(_ p: Int) -> ReportTable {
        let problem = suite.problems[p]
        var table = ReportTable(
            title: "\(problem.name) (\(problem.dimension) decisions): final value, success at gap "
                + "\(suite.targets.map(Self.short).joined(separator: " / ")), tests against \(reference)",
            header: [
                "algorithm", "best", "quartile", "median", "quartile", "worst", "success", "ERT", "mean rank",
                "p (Holm)", "chance better",
            ])
        let medians = settings.algorithms.indices.map { analysis.fixedBudget(p, $0)?.median ?? .infinity }
        for (a, name) in settings.algorithms.enumerated() {
            guard let quartiles = analysis.fixedBudget(p, a) else { continue }
            let isBest = quartiles.median == medians.min()
            let times = suite.targets.map { analysis.fixedTarget(p, a, gap: $0) }
            let test = analysis.problemTests[p]
            let values = [quartiles.minimum, quartiles.lower, quartiles.median, quartiles.upper, quartiles.maximum]
                .map { Self.long(problem.value(ofLoss: $0)) }
            var cells = [ReportTable.Cell(label(name), isBest: isBest)]
            for (i, value) in values.enumerated() { cells.append(.init(value, isBest: isBest && i == 2)) }
            cells.append(.init(times.map { "\($0.successes)" }.joined(separator: "/")))
            cells.append(
                .init(times.map { $0.expected.map { String(format: "%.0f", $0) } ?? "∞" }.joined(separator: "/")))
            cells.append(.init(test.friedman.map { Self.short($0.meanRanks[a]) } ?? "-"))
            cells.append(.init(test.against[a].map { Self.short($0.corrected) } ?? "-"))
            cells.append(.init(test.against[a].map { NumberText.fixed($0.effect, decimals: 2) } ?? "-"))
            table.add(cells)
        }
        return table
    }

    // MARK: Verdicts

    private enum Outcome { case better, worse, even }

    private func outcome(_ p: Int, _ a: Int) -> Outcome {
        guard let test = analysis.problemTests[p].against[a], test.corrected < Self.significance, test.effect != 0.5
        else { return .even }
        return test.effect > 0.5 ? .better : .worse
    }

    /// What may be said, in sentences.
    var verdict: String { verdictSentences.map { $0.escaped(for: .terminalLine) + "\n" }.joined() }

    private var verdictSentences: [String] {
        var lines: [String] = []
        if let test = analysis.suiteTest {
            lines.append(
                "Friedman over problems: chi-square \(Self.short(test.friedman.chiSquare)), p = \(Self.short(test.friedman.pValue)); "
                    + "Iman-Davenport F \(Self.short(test.friedman.imanDavenport)), p = \(Self.short(test.friedman.imanDavenportPValue))."
            )
            if let difference = test.criticalDifference {
                lines.append("Mean ranks closer than \(Self.short(difference)) may be equal (Nemenyi, 5 %).")
            }
        } else if let friedman = analysis.problemTests.first?.friedman {
            lines.append(
                "Friedman over seeds: chi-square \(Self.short(friedman.chiSquare)), p = \(Self.short(friedman.pValue))."
            )
        }
        lines.append(
            "Won, lost and even: problems where Wilcoxon's signed-rank test over seeds, corrected by Holm, tells an algorithm "
                + "from \(reference) at 5 %.")
        if settings.algorithms.contains(where: { !isAnytime($0) }) {
            lines.append(
                "* moves follow the share of the budget spent: before its end, its curve is not what a smaller budget would give."
            )
        }
        for (p, problem) in suite.problems.enumerated() {
            let losses = analysis.finalLosses[p].joined()
            let failed = losses.count { !$0.isFinite }
            if failed > 0 {
                lines.append(
                    "\(problem.name): \(failed) of \(losses.count) runs found no decision that can be answered; they count as worse than "
                        + "all others.")
            }
            guard let known = problem.bestKnown, let best = analysis.finalLosses[p].joined().min() else { continue }
            if analysis.gap(best, on: p) < -1e-6 {
                lines.append(
                    "\(problem.name): \(Self.long(problem.value(ofLoss: best))) is better than the best known value, \(Self.long(known))."
                )
            }
        }
        return lines
    }

    /// The whole report as Markdown; it holds no time.
    var markdown: String {
        let algorithms = settings.algorithms.map { name in
            "- \(label(name)): \(SearchRegistry.named(name)?.title ?? name)\n"
        }.joined()
        let sections = tables.map { "## \($0.title.escaped(for: .markdown))\n\n\($0.markdown)\n" }.joined()
        let figures = ComparisonFigures(report: self).all.map {
            "![\($0.title.escaped(for: .markdown))](figures/\($0.file).svg)\n\n"
        }
        .joined()
        return """
            # \(suite.title.escaped(for: .markdown))

            Suite `\(suite.name.replacing("`", with: "'"))`, version \(suite.version). \(setting) Gaps are relative to the best known value, absolute where that is \
            below 1; where none is known, to the best of all runs. ERT: expected running time, in evaluations.

            \(verdictSentences.map { $0.escaped(for: .markdown) + "\n\n" }.joined())\(algorithms)
            \(sections)## Figures

            \(figures)
            """
    }

    var latex: String { tables.map { $0.latex + "\n" }.joined() }

    // MARK: Words and numbers

    private func isAnytime(_ name: String) -> Bool { SearchRegistry.named(name)?.isAnytime ?? true }

    func label(_ name: String) -> String { isAnytime(name) ? name : name + "*" }

    static func short(_ value: Double) -> String {
        value.isNaN ? "-" : value.isInfinite ? (value > 0 ? "∞" : "-∞") : NumberText.significant(value, digits: 3)
    }

    /// A value of a problem; an infinite one is that of a run in which no decision could be answered.
    static func long(_ value: Double) -> String {
        value.isNaN ? "-" : value.isInfinite ? "no answer" : NumberText.significant(value, digits: 6)
    }
}
