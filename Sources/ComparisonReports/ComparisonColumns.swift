import ResultFiles

// The tables of a comparison. Numbers that no run has are empty cells.

/// The best value of every run.
enum FinalTable: TableSchema {
    static let file = "final.csv"
    static let problem = Column<String>("problem")
    static let algorithm = Column<String>("algorithm")
    static let seed = Column<Int>("seed")
    static let value = Column<Double>("value")
    static let gap = Column<Double>("gap")
    static let evaluations = Column<Int>("evaluations")
    static let failures = Column<Int>("failures")
    static let columns: [any TableColumn] = [problem, algorithm, seed, value, gap, evaluations, failures]
}

/// Quartiles of the values at the end of the runs.
enum FixedBudgetTable: TableSchema {
    static let file = "fixed_budget.csv"
    static let problem = Column<String>("problem")
    static let dimension = Column<Int>("dimension")
    static let algorithm = Column<String>("algorithm")
    static let runs = Column<Int>("runs")
    static let best = Column<Double>("best")
    static let betterQuartile = Column<Double>("better_quartile")
    static let median = Column<Double>("median")
    static let worseQuartile = Column<Double>("worse_quartile")
    static let worst = Column<Double>("worst")
    static let medianGap = Column<Double>("median_gap")
    static let referenceValue = Column<Double>("reference_value")
    static let columns: [any TableColumn] = [
        problem, dimension, algorithm, runs, best, betterQuartile, median, worseQuartile, worst, medianGap,
        referenceValue,
    ]
}

/// How often each target was reached, and after how many evaluations.
enum FixedTargetTable: TableSchema {
    static let file = "fixed_target.csv"
    static let problem = Column<String>("problem")
    static let algorithm = Column<String>("algorithm")
    static let targetGap = Column<Double>("target_gap")
    static let successes = Column<Int>("successes")
    static let runs = Column<Int>("runs")
    static let successRate = Column<Double>("success_rate")
    static let expectedRunningTime = Column<Double>("expected_running_time")
    static let columns: [any TableColumn] = [
        problem, algorithm, targetGap, successes, runs, successRate, expectedRunningTime,
    ]
}

/// Quartiles of the gap along the runs.
enum CurveTable: TableSchema {
    static let file = "convergence.csv"
    static let problem = Column<String>("problem")
    static let algorithm = Column<String>("algorithm")
    static let evaluations = Column<Int>("evaluations")
    static let lowerQuartile = Column<Double>("lower_quartile")
    static let median = Column<Double>("median")
    static let upperQuartile = Column<Double>("upper_quartile")
    static let columns: [any TableColumn] = [problem, algorithm, evaluations, lowerQuartile, median, upperQuartile]
}

/// Share of problems, targets and seeds reached along the runs.
enum RuntimeTable: TableSchema {
    static let file = "runtime.csv"
    static let algorithm = Column<String>("algorithm")
    static let evaluations = Column<Int>("evaluations")
    static let shareReached = Column<Double>("share_reached")
    static let columns: [any TableColumn] = [algorithm, evaluations, shareReached]
}

/// Tests over the seeds of each problem.
enum TestTable: TableSchema {
    static let file = "tests.csv"
    static let problem = Column<String>("problem")
    static let algorithm = Column<String>("algorithm")
    static let meanRank = Column<Double>("mean_rank")
    static let friedmanChiSquare = Column<Double>("friedman_chi_square")
    static let friedmanP = Column<Double>("friedman_p")
    static let reference = Column<String>("reference")
    static let wilcoxonP = Column<Double>("wilcoxon_p")
    static let wilcoxonPHolm = Column<Double>("wilcoxon_p_holm")
    static let chanceBetter = Column<Double>("chance_better_than_reference")
    static let columns: [any TableColumn] = [
        problem, algorithm, meanRank, friedmanChiSquare, friedmanP, reference, wilcoxonP, wilcoxonPHolm, chanceBetter,
    ]
}

/// Tests over all problems.
enum RankTable: TableSchema {
    static let file = "ranks.csv"
    static let algorithm = Column<String>("algorithm")
    static let meanRank = Column<Double>("mean_rank")
    static let friedmanChiSquare = Column<Double>("friedman_chi_square")
    static let friedmanP = Column<Double>("friedman_p")
    static let imanDavenportF = Column<Double>("iman_davenport_f")
    static let imanDavenportP = Column<Double>("iman_davenport_p")
    static let criticalDifference = Column<Double>("critical_difference")
    static let columns: [any TableColumn] = [
        algorithm, meanRank, friedmanChiSquare, friedmanP, imanDavenportF, imanDavenportP, criticalDifference,
    ]
}

/// Each pair of algorithms over all problems.
enum PairTable: TableSchema {
    static let file = "pairs.csv"
    static let first = Column<String>("first")
    static let second = Column<String>("second")
    static let wilcoxonP = Column<Double>("wilcoxon_p")
    static let wilcoxonPHolm = Column<Double>("wilcoxon_p_holm")
    static let columns: [any TableColumn] = [first, second, wilcoxonP, wilcoxonPHolm]
}
