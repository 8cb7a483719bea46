import Statistics

/// What the runs of a comparison say. Indices follow the suite's problems and the settings' algorithms.
public struct ComparisonAnalysis: Sendable {
    public let comparison: Comparison
    /// What gaps are measured from: the best known loss of each problem, or the best of all runs where nobody knows
    /// one.
    public let referenceLosses: [Double]
    /// Best losses at the end of the runs, by seed; infinite where no decision could be answered.
    public let finalLosses: [[[Double]]]
    /// Over the seeds of each problem.
    public let problemTests: [ProblemTest]
    /// Over problems; nil with fewer than two problems or algorithms.
    public let suiteTest: SuiteTest?

    public init(_ comparison: Comparison) {
        self.comparison = comparison
        let problems = comparison.suite.problems.indices
        let algorithms = comparison.settings.algorithms.indices
        let losses = problems.map { p in
            algorithms.map { a in comparison.runs(p, a).map { $0.best ?? .infinity } }
        }
        finalLosses = losses
        referenceLosses = problems.map { p in
            let problem = comparison.suite.problems[p]
            return problem.bestKnown.map(problem.loss) ?? losses[p].joined().min() ?? 0
        }
        let reference = comparison.settings.algorithms.firstIndex(of: comparison.settings.reference) ?? 0
        problemTests = problems.map { ProblemTest(losses[$0], reference: reference) }
        suiteTest = SuiteTest(losses)
    }

    private var suite: BenchmarkSuite { comparison.suite }

    /// Gap of a loss on a problem; see ``BenchmarkProblem/gap(_:to:)``.
    public func gap(_ loss: Double, on problem: Int) -> Double {
        BenchmarkProblem.gap(loss, to: referenceLosses[problem])
    }

    /// Quartiles of final losses.
    public func fixedBudget(_ problem: Int, _ algorithm: Int) -> Quartiles? {
        Quartiles(finalLosses[problem][algorithm])
    }

    /// Running time to a gap.
    public func fixedTarget(_ problem: Int, _ algorithm: Int, gap target: Double) -> RunningTime {
        let reference = referenceLosses[problem]
        let loss = reference + target * max(1, abs(reference))
        return RunningTime(
            hits: comparison.runs(problem, algorithm).map { $0.hit(loss) },
            budget: comparison.settings.evaluations)
    }

    /// Quartiles of the gap after so many evaluations.
    public func convergence(_ problem: Int, _ algorithm: Int, after evaluations: Int) -> Quartiles? {
        Quartiles(comparison.runs(problem, algorithm).map { gap($0.best(after: evaluations), on: problem) })
    }

    /// Numbers of evaluations at which curves are drawn: about equally far apart on a logarithmic axis, the budget
    /// last.
    public var checkpoints: [Int] {
        let budget = comparison.settings.evaluations
        var points: [Int] = []
        var place = 1.0
        while place < Double(budget) {
            let point = Int(place.rounded())
            if point != points.last { points.append(point) }
            place *= 1.15
        }
        return points + [budget]
    }

    /// The share of (problem, target, seed) triples that an algorithm has reached after so many evaluations.
    public func shareReached(_ algorithm: Int, after evaluations: [Int]) -> [Double] {
        let hits = suite.problems.indices.flatMap { p in
            suite.targets.flatMap { target in
                let loss = referenceLosses[p] + target * max(1, abs(referenceLosses[p]))
                return comparison.runs(p, algorithm).map { $0.hit(loss) ?? .max }
            }
        }.sorted()
        var reached = 0
        return evaluations.map { limit in
            while reached < hits.count, hits[reached] <= limit { reached += 1 }
            return Double(reached) / Double(max(1, hits.count))
        }
    }

    /// Names of the algorithms that came within a gap of a problem's best known value, in any run.
    public func reached(_ problem: Int, gap target: Double) -> [String] {
        comparison.settings.algorithms.indices.filter { a in
            let best = finalLosses[problem][a].min() ?? .infinity
            return best.isFinite && gap(best, on: problem) <= target
        }.map { comparison.settings.algorithms[$0] }
    }
}

/// Tests over the seeds of one problem. Seeds are blocks: for the same seed all algorithms share what luck can be
/// shared.
public struct ProblemTest: Sendable {
    /// An algorithm beside the reference.
    public struct Against: Sendable {
        public let pValue: Double
        /// Corrected over the algorithms by Holm's method.
        public let corrected: Double
        /// Chance that a run is better than one of the reference's; see `chanceOfSmaller(_:than:)`.
        public let effect: Double
    }

    public let friedman: FriedmanTest?
    /// Wilcoxon's signed-rank test of each algorithm against the reference; nil for the reference itself.
    public let against: [Against?]

    init(_ losses: [[Double]], reference: Int) {
        let seeds = losses.first?.count ?? 0
        // A run without an answer is worse than every run with one; a seed for which nobody has one says nothing.
        let answered = (0..<seeds).filter { seed in losses.contains { $0[seed].isFinite } }
        friedman = FriedmanTest(answered.map { seed in losses.map { $0[seed] } })
        let losses = losses.map { row in answered.map { row[$0] } }
        let others = losses.indices.filter { $0 != reference }
        let pValues = others.map { SignedRankTest(losses[$0], losses[reference]).pValue }
        var against: [Against?] = losses.map { _ in nil }
        for (i, corrected) in holm(pValues).enumerated() {
            against[others[i]] = Against(
                pValue: pValues[i], corrected: corrected,
                effect: chanceOfSmaller(losses[others[i]], than: losses[reference]))
        }
        self.against = against
    }
}

/// Tests over the problems of a suite, by medians.
public struct SuiteTest: Sendable {
    /// Two algorithms beside each other.
    public struct Pair: Sendable {
        public let first: Int
        public let second: Int
        public let pValue: Double
        /// Corrected over all pairs by Holm's method.
        public let corrected: Double
    }

    public let friedman: FriedmanTest
    /// Mean ranks closer than this may be equal (Nemenyi, 5 %); nil above 20 algorithms.
    public let criticalDifference: Double?
    /// Wilcoxon's signed-rank test over problems, on medians scaled to 0 for the problem's best median and 1 for its
    /// worst: differences on different problems would not compare otherwise.
    public let pairs: [Pair]

    init?(_ losses: [[[Double]]]) {
        let medians = losses.map { $0.map { Quartiles($0)?.median ?? .infinity } }
            .filter { $0.contains(where: \.isFinite) }
        guard let friedman = FriedmanTest(medians), let count = medians.first?.count else { return nil }
        self.friedman = friedman
        criticalDifference = FriedmanTest.criticalDifference(treatments: count, blocks: medians.count)
        let scaled = medians.map(Self.scaled)
        let places = (0..<count).flatMap { a in (a + 1..<max(count, a + 1)).map { (a, $0) } }
        let pValues = places.map { a, b in
            SignedRankTest(scaled.map { $0[a] }, scaled.map { $0[b] }).pValue
        }
        pairs = zip(zip(places, pValues), holm(pValues)).map { place, corrected in
            Pair(first: place.0.0, second: place.0.1, pValue: place.1, corrected: corrected)
        }
    }

    /// Infinite medians count as twice the worst finite one.
    private static func scaled(_ medians: [Double]) -> [Double] {
        let finite = medians.filter(\.isFinite)
        guard let best = finite.min(), let worst = finite.max() else { return medians.map { _ in 0 } }
        let width = worst > best ? worst - best : 1
        return medians.map { $0.isFinite ? ($0 - best) / width : 2 }
    }
}
