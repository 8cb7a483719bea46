import Comparisons
import Statistics
import Writing

/// The tidy tables of a comparison, every number with ten digits. None holds a time: equal comparisons give equal bytes.
struct ComparisonTables {
    let analysis: ComparisonAnalysis

    private var suite: BenchmarkSuite { analysis.comparison.suite }
    private var settings: ComparisonSettings { analysis.comparison.settings }

    var all: [(file: String, table: CSVTable)] {
        [
            ("final.csv", final), ("fixed_budget.csv", fixedBudget), ("fixed_target.csv", fixedTarget),
            ("convergence.csv", convergence), ("runtime.csv", runtime), ("tests.csv", tests),
        ] + (analysis.suiteTest.map { [("ranks.csv", ranks($0)), ("pairs.csv", pairs($0))] } ?? [])
    }

    /// Every problem with every algorithm.
    private func forEachPair(_ body: (_ problem: Int, _ algorithm: Int, _ names: [String]) -> Void) {
        for (p, problem) in suite.problems.enumerated() {
            for (a, algorithm) in settings.algorithms.enumerated() { body(p, a, [problem.name, algorithm]) }
        }
    }

    private static func text(_ value: Double?) -> String {
        guard let value, value.isFinite else { return "" }
        return NumberText.csv(value)
    }

    /// The best value of every run.
    private var final: CSVTable {
        var table = CSVTable(["problem", "algorithm", "seed", "value", "gap", "evaluations", "failures"])
        forEachPair { p, a, names in
            for run in analysis.comparison.runs(p, a) {
                let value = run.best.map { suite.problems[p].value(ofLoss: $0) }
                table.add(
                    names + [
                        "\(run.key.seed)", Self.text(value), Self.text(run.best.map { analysis.gap($0, on: p) }),
                        "\(run.evaluations)", "\(run.failures)",
                    ])
            }
        }
        return table
    }

    private var fixedBudget: CSVTable {
        var table = CSVTable([
            "problem", "dimension", "algorithm", "runs", "best", "better_quartile", "median", "worse_quartile", "worst",
            "median_gap", "reference_value",
        ])
        forEachPair { p, a, names in
            let problem = suite.problems[p]
            guard let quartiles = analysis.fixedBudget(p, a) else { return }
            let losses = [quartiles.minimum, quartiles.lower, quartiles.median, quartiles.upper, quartiles.maximum]
            table.add(
                [names[0], "\(problem.dimension)", names[1], "\(settings.seeds)"]
                    + losses.map { Self.text(problem.value(ofLoss: $0)) }
                    + [
                        Self.text(analysis.gap(quartiles.median, on: p)),
                        Self.text(problem.value(ofLoss: analysis.referenceLosses[p])),
                    ])
        }
        return table
    }

    private var fixedTarget: CSVTable {
        var table = CSVTable([
            "problem", "algorithm", "target_gap", "successes", "runs", "success_rate", "expected_running_time",
        ])
        forEachPair { p, a, names in
            for target in suite.targets {
                let time = analysis.fixedTarget(p, a, gap: target)
                table.add(
                    names + [
                        NumberText.csv(target), "\(time.successes)", "\(time.runs)", NumberText.csv(time.successRate),
                        Self.text(time.expected),
                    ])
            }
        }
        return table
    }

    /// Quartiles of the gap along the runs.
    private var convergence: CSVTable {
        var table = CSVTable(["problem", "algorithm", "evaluations", "lower_quartile", "median", "upper_quartile"])
        forEachPair { p, a, names in
            for point in analysis.checkpoints {
                guard let gap = analysis.convergence(p, a, after: point) else { continue }
                table.add(names + ["\(point)"] + [gap.lower, gap.median, gap.upper].map(Self.text))
            }
        }
        return table
    }

    /// Share of problems, targets and seeds reached along the runs.
    private var runtime: CSVTable {
        var table = CSVTable(["algorithm", "evaluations", "share_reached"])
        for (a, algorithm) in settings.algorithms.enumerated() {
            let shares = analysis.shareReached(a, after: analysis.checkpoints)
            for (point, share) in zip(analysis.checkpoints, shares) {
                table.add([algorithm, "\(point)", NumberText.csv(share)])
            }
        }
        return table
    }

    private var tests: CSVTable {
        var table = CSVTable([
            "problem", "algorithm", "mean_rank", "friedman_chi_square", "friedman_p", "reference", "wilcoxon_p",
            "wilcoxon_p_holm", "chance_better_than_reference",
        ])
        forEachPair { p, a, names in
            let test = analysis.problemTests[p]
            table.add(
                names + [
                    Self.text(test.friedman?.meanRanks[a]), Self.text(test.friedman?.chiSquare),
                    Self.text(test.friedman?.pValue), settings.reference, Self.text(test.against[a]?.pValue),
                    Self.text(test.against[a]?.corrected), Self.text(test.against[a]?.effect),
                ])
        }
        return table
    }

    private func ranks(_ test: SuiteTest) -> CSVTable {
        var table = CSVTable([
            "algorithm", "mean_rank", "friedman_chi_square", "friedman_p", "iman_davenport_f", "iman_davenport_p",
            "critical_difference",
        ])
        for (a, algorithm) in settings.algorithms.enumerated() {
            let friedman = test.friedman
            table.add(
                [algorithm]
                    + [
                        friedman.meanRanks[a], friedman.chiSquare, friedman.pValue, friedman.imanDavenport,
                        friedman.imanDavenportPValue, test.criticalDifference,
                    ].map(Self.text))
        }
        return table
    }

    private func pairs(_ test: SuiteTest) -> CSVTable {
        var table = CSVTable(["first", "second", "wilcoxon_p", "wilcoxon_p_holm"])
        for pair in test.pairs {
            table.add(
                [settings.algorithms[pair.first], settings.algorithms[pair.second]]
                    + [pair.pValue, pair.corrected].map(Self.text))
        }
        return table
    }
}
