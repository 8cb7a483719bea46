import Comparisons
import ResultFiles
import Statistics

/// The tidy tables of a comparison, every number with ten digits. None holds a time: equal comparisons give equal
/// bytes.
struct ComparisonTables {
    let analysis: ComparisonAnalysis

    private var suite: BenchmarkSuite { analysis.comparison.suite }
    private var settings: ComparisonSettings { analysis.comparison.settings }

    var all: [ResultTable] {
        [final, fixedBudget, fixedTarget, convergence, runtime, tests]
            + (analysis.suiteTest.map { [ranks($0), pairs($0)] } ?? [])
    }

    /// Every problem with every algorithm.
    private func forEachPair(
        _ body: (_ problem: Int, _ algorithm: Int, _ names: (problem: String, algorithm: String)) -> Void
    ) {
        for (p, problem) in suite.problems.enumerated() {
            for (a, algorithm) in settings.algorithms.enumerated() { body(p, a, (problem.name, algorithm)) }
        }
    }

    /// Infinite values are those of runs without an answer.
    private static func finite(_ value: Double?) -> Double? { value.flatMap { $0.isFinite ? $0 : nil } }

    /// The best value of every run.
    private var final: ResultTable {
        var table = ResultTable(FinalTable.self)
        forEachPair { p, a, names in
            for run in analysis.comparison.runs(p, a) {
                let value = run.best.map { suite.problems[p].value(ofLoss: $0) }
                table.add([
                    FinalTable.problem(names.problem), FinalTable.algorithm(names.algorithm),
                    FinalTable.seed(Int(clamping: run.key.seed)), FinalTable.value(Self.finite(value)),
                    FinalTable.gap(Self.finite(run.best.map { analysis.gap($0, on: p) })),
                    FinalTable.evaluations(run.evaluations), FinalTable.failures(run.failures),
                ])
            }
        }
        return table
    }

    private var fixedBudget: ResultTable {
        var table = ResultTable(FixedBudgetTable.self)
        forEachPair { p, a, names in
            let problem = suite.problems[p]
            guard let quartiles = analysis.fixedBudget(p, a) else { return }
            func value(_ loss: Double) -> Double? { Self.finite(problem.value(ofLoss: loss)) }
            table.add([
                FixedBudgetTable.problem(names.problem), FixedBudgetTable.dimension(problem.dimension),
                FixedBudgetTable.algorithm(names.algorithm), FixedBudgetTable.runs(settings.seeds),
                FixedBudgetTable.best(value(quartiles.minimum)),
                FixedBudgetTable.betterQuartile(value(quartiles.lower)),
                FixedBudgetTable.median(value(quartiles.median)),
                FixedBudgetTable.worseQuartile(value(quartiles.upper)),
                FixedBudgetTable.worst(value(quartiles.maximum)),
                FixedBudgetTable.medianGap(Self.finite(analysis.gap(quartiles.median, on: p))),
                FixedBudgetTable.referenceValue(value(analysis.referenceLosses[p])),
            ])
        }
        return table
    }

    private var fixedTarget: ResultTable {
        var table = ResultTable(FixedTargetTable.self)
        forEachPair { p, a, names in
            for target in suite.targets {
                let time = analysis.fixedTarget(p, a, gap: target)
                table.add([
                    FixedTargetTable.problem(names.problem), FixedTargetTable.algorithm(names.algorithm),
                    FixedTargetTable.targetGap(target), FixedTargetTable.successes(time.successes),
                    FixedTargetTable.runs(time.runs), FixedTargetTable.successRate(time.successRate),
                    FixedTargetTable.expectedRunningTime(Self.finite(time.expected)),
                ])
            }
        }
        return table
    }

    private var convergence: ResultTable {
        var table = ResultTable(CurveTable.self)
        forEachPair { p, a, names in
            for point in analysis.checkpoints {
                guard let gap = analysis.convergence(p, a, after: point) else { continue }
                table.add([
                    CurveTable.problem(names.problem), CurveTable.algorithm(names.algorithm),
                    CurveTable.evaluations(point), CurveTable.lowerQuartile(Self.finite(gap.lower)),
                    CurveTable.median(Self.finite(gap.median)), CurveTable.upperQuartile(Self.finite(gap.upper)),
                ])
            }
        }
        return table
    }

    private var runtime: ResultTable {
        var table = ResultTable(RuntimeTable.self)
        for (a, algorithm) in settings.algorithms.enumerated() {
            let shares = analysis.shareReached(a, after: analysis.checkpoints)
            for (point, share) in zip(analysis.checkpoints, shares) {
                table.add([
                    RuntimeTable.algorithm(algorithm), RuntimeTable.evaluations(point),
                    RuntimeTable.shareReached(share),
                ])
            }
        }
        return table
    }

    private var tests: ResultTable {
        var table = ResultTable(TestTable.self)
        forEachPair { p, a, names in
            let test = analysis.problemTests[p]
            table.add([
                TestTable.problem(names.problem), TestTable.algorithm(names.algorithm),
                TestTable.meanRank(Self.finite(test.friedman?.meanRanks[a])),
                TestTable.friedmanChiSquare(Self.finite(test.friedman?.chiSquare)),
                TestTable.friedmanP(Self.finite(test.friedman?.pValue)), TestTable.reference(settings.reference),
                TestTable.wilcoxonP(Self.finite(test.against[a]?.pValue)),
                TestTable.wilcoxonPHolm(Self.finite(test.against[a]?.corrected)),
                TestTable.chanceBetter(Self.finite(test.against[a]?.effect)),
            ])
        }
        return table
    }

    private func ranks(_ test: SuiteTest) -> ResultTable {
        var table = ResultTable(RankTable.self)
        for (a, algorithm) in settings.algorithms.enumerated() {
            let friedman = test.friedman
            table.add([
                RankTable.algorithm(algorithm), RankTable.meanRank(Self.finite(friedman.meanRanks[a])),
                RankTable.friedmanChiSquare(Self.finite(friedman.chiSquare)),
                RankTable.friedmanP(Self.finite(friedman.pValue)),
                RankTable.imanDavenportF(Self.finite(friedman.imanDavenport)),
                RankTable.imanDavenportP(Self.finite(friedman.imanDavenportPValue)),
                RankTable.criticalDifference(Self.finite(test.criticalDifference)),
            ])
        }
        return table
    }

    private func pairs(_ test: SuiteTest) -> ResultTable {
        var table = ResultTable(PairTable.self)
        for pair in test.pairs {
            table.add([
                PairTable.first(settings.algorithms[pair.first]), PairTable.second(settings.algorithms[pair.second]),
                PairTable.wilcoxonP(Self.finite(pair.pValue)), PairTable.wilcoxonPHolm(Self.finite(pair.corrected)),
            ])
        }
        return table
    }
}
