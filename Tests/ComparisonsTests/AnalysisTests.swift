import Foundation
import Testing

@testable import Comparisons

/// Against numbers worked out by hand.
@Suite struct AnalysisTests {
    /// Two algorithms, three seeds, on two problems whose best known loss is 0.
    private func analysis() throws -> ComparisonAnalysis {
        let runs = [
            Handmade.run("sphere-3", "ga", 1, [(1, 9), (20, 0.5)]),
            Handmade.run("sphere-3", "ga", 2, [(3, 8), (100, 0.05)]),
            Handmade.run("sphere-3", "ga", 3, [(1, 7)]),
            Handmade.run("sphere-3", "pso", 1, [(1, 9.5), (50, 3)]),
            Handmade.run("sphere-3", "pso", 2, [(1, 20)]),
            Handmade.run("sphere-3", "pso", 3, []),
            Handmade.run("ackley-2", "ga", 1, [(1, 2)]),
            Handmade.run("ackley-2", "ga", 2, [(1, 2)]),
            Handmade.run("ackley-2", "ga", 3, [(1, 2)]),
            Handmade.run("ackley-2", "pso", 1, [(1, 1)]),
            Handmade.run("ackley-2", "pso", 2, [(1, 2)]),
            Handmade.run("ackley-2", "pso", 3, [(1, 3)]),
        ]
        return ComparisonAnalysis(
            Comparison(
                suite: try Handmade.suite(), settings: Handmade.settings(algorithms: ["ga", "pso"], seeds: 3),
                runs: runs,
                seconds: runs.map { _ in 1 }))
    }

    @Test func bestAfterAndHitFollowTheImprovements() {
        let run = Handmade.run("p", "a", 1, [(2, 9), (5, 4), (30, 1)])
        let losses = (1...40).map { n in n < 2 ? Double.infinity : n < 5 ? 9 : n < 30 ? 4 : 1 }
        for n in 1...40 { #expect(run.best(after: n) == losses[n - 1]) }
        for loss in [10.0, 9, 5, 4, 2, 1, 0.5] {
            #expect(run.hit(loss) == losses.firstIndex { $0 <= loss }.map { $0 + 1 })
        }
        #expect(Handmade.run("p", "a", 1, []).hit(5) == nil)
    }

    @Test func fixedBudget() throws {
        let analysis = try analysis()
        let quartiles = try #require(analysis.fixedBudget(0, 0))
        #expect(quartiles.minimum == 0.05 && quartiles.median == 0.5 && quartiles.maximum == 7)
        let failed = try #require(analysis.fixedBudget(0, 1))
        #expect(failed.minimum == 3 && failed.median == 20 && failed.maximum == .infinity)
    }

    /// Gap 1 on the sphere: hits at 20 and 100, one failure of 200 evaluations: (20 + 100 + 200) / 2.
    @Test func expectedRunningTime() throws {
        let analysis = try analysis()
        let time = analysis.fixedTarget(0, 0, gap: 1)
        #expect(time.successes == 2 && time.runs == 3 && time.expected == 160)
        #expect(analysis.fixedTarget(0, 0, gap: 10).expected == (1 + 3 + 1) / 3.0)
        #expect(analysis.fixedTarget(0, 1, gap: 1).expected == nil)
    }

    /// Of 2 problems, 3 targets and 3 seeds: after 1 evaluation the genetic algorithm is below 10 in two runs on the
    /// sphere and three on the other; after 3 in three; after 20 below 1 in one more; after 100 below 1 and 0.1 in
    /// another.
    @Test func shareOfTargetsReached() throws {
        let shares = try analysis().shareReached(0, after: [1, 2, 3, 20, 99, 100, 200])
        let expected = [5, 5, 6, 7, 7, 9, 9].map { $0 / 18.0 }
        for (share, wanted) in zip(shares, expected) { #expect(abs(share - wanted) < 1e-15) }
    }

    @Test func convergenceQuartiles() throws {
        let analysis = try analysis()
        let early = try #require(analysis.convergence(0, 0, after: 3))
        #expect(early.median == 8)
        let late = try #require(analysis.convergence(0, 0, after: 200))
        #expect(late.median == 0.5)
        #expect(analysis.checkpoints.first == 1 && analysis.checkpoints.last == 200)
        #expect(zip(analysis.checkpoints, analysis.checkpoints.dropFirst()).allSatisfy { $0 < $1 })
    }

    @Test func testsOverSeedsAndProblems() throws {
        let analysis = try analysis()
        // The first named is the reference. Of nine pairs on the sphere, the swarm's 3 beats 7 alone.
        #expect(analysis.problemTests[0].against[0] == nil)
        let sphere = try #require(analysis.problemTests[0].against[1])
        #expect(abs(sphere.effect - 1.0 / 9) < 1e-15)
        // Three differences of one sign: 2 / 2^3. The third is infinite.
        #expect(sphere.pValue == 0.25 && sphere.corrected == 0.25)
        let even = try #require(analysis.problemTests[1].against[1])
        #expect(even.effect == 0.5)
        // Medians: 0.5 against 20, and 2 against 2.
        let suite = try #require(analysis.suiteTest)
        #expect(suite.friedman.meanRanks == [1.25, 1.75])
        // One difference that is not zero tells nothing.
        #expect(suite.pairs.count == 1 && suite.pairs[0].corrected > 0.3)
    }

    @Test func gapsAreRelativeAboveOne() {
        #expect(BenchmarkProblem.gap(-95, to: -100) == 0.05)
        #expect(BenchmarkProblem.gap(0.3, to: 0.1) == 0.3 - 0.1)
        #expect(BenchmarkProblem.gap(.infinity, to: .infinity) == 0)
        #expect(BenchmarkProblem.gap(.infinity, to: 3) == .infinity)
    }

    @Test func whoReachedIt() throws {
        let analysis = try analysis()
        #expect(analysis.reached(0, gap: 1) == ["ga"])
        #expect(analysis.reached(1, gap: 1) == ["pso"])
        #expect(analysis.reached(0, gap: 1e-3).isEmpty)
    }
}
